"""`kemu validate`: the rules on all documents of a store."""

from __future__ import annotations

import argparse
from typing import TYPE_CHECKING

from kemu.cli.parser import Parser, examples

if TYPE_CHECKING:
    from kemu.store.validation import Validated

HELP = (
    examples(
        "kemu validate --store 图库",
        "kemu validate --store 图库 --format csv --out 问题.csv",
        "kemu validate --store 图库 --shapes 我的规则/",
    )
    + "\n\n逐份核对图库里现行的文件。原因分析和改法要看原文，请用 kemu check。"
)
COLUMNS = ("document", "file", "verdict", "rule", "severity", "page", "message", "value")


def arguments(parser: Parser) -> None:
    """Declare the arguments."""
    parser.add_argument("--store", required=True, metavar="位置", help="图库的文件夹或服务器地址")
    parser.add_argument("--shapes", metavar="文件夹", help="再用上自己写的 SHACL 规则（.ttl）")
    parser.add_argument("--all-versions", action="store_true", help="被替换的旧版本也核对")
    parser.add_argument(
        "--format", choices=("text", "csv", "json"), default="text", help="默认 text"
    )
    parser.add_argument("--out", metavar="文件", help="写到文件，不写到终端")
    parser.add_argument("--lang", choices=("zh", "en"), default="zh", help="语言（默认 zh）")


def run(options: argparse.Namespace) -> int:
    """Judge every document; 1 if any has violations or could not be judged."""
    from pathlib import Path

    from kemu.cli.console import emit
    from kemu.store.opening import opened
    from kemu.store.validation import validate

    shapes = Path(options.shapes) if options.shapes else None
    with opened(options.store).reading() as reader:
        found = list(validate(reader, shapes, options.all_versions))
    emit(_rendered(found, options.format, options.lang).encode(), options.out, options.format)
    return int(any(one.verdict in ("violations", "not_checked") for one in found))


def _rendered(found: list[Validated], form: str, lang: str) -> str:
    from kemu.report.formats.csv_lines import lines
    from kemu.report.formats.json_text import dumps

    if form == "json":
        return dumps([_whole(one, lang) for one in found])
    if form == "csv":
        return lines(COLUMNS, (row for one in found for row in _lines(one, lang)))
    return "".join(_shown(one, lang) for one in found)


def _whole(one: Validated, lang: str) -> dict[str, object]:
    told = one.entry.identity
    return {
        "document": {
            "iri": one.entry.node.value, "file": one.entry.name, "title": told.title,
            "organisation": told.organisation, "year": told.year, "kind": told.statement,
            "sha256": one.entry.sha256, "version": one.entry.version,
        },
        "verdict": one.verdict,
        "judged": one.judged.judged,
        "blocked": one.judged.blocked,
        "findings": [
            {
                "rule": each.rule, "severity": each.severity.value, "page": each.page,
                "message": each.messages.get(lang, ""), "value": each.value, **each.figures,
            }
            for each in one.judged.findings
        ],
    }  # fmt: skip


def _lines(one: Validated, lang: str) -> list[list[object]]:
    base: list[object] = [one.entry.node.value, one.entry.name, one.verdict]
    found: list[list[object]] = [
        [*base, each.rule, each.severity.value, each.page, each.messages.get(lang, ""), each.value]
        for each in one.judged.findings
    ]
    return found or [[*base, "", "", None, "", ""]]


def _shown(one: Validated, lang: str) -> str:
    from kemu.report.words import Words

    words = Words(lang)
    head = f"{one.entry.name}：{words('verdict', one.verdict)}\n"
    where = "第 {} 页 " if lang == "zh" else "p. {} "
    return head + "".join(
        f"  {each.rule} {words('severity', each.severity.value)} "
        f"{where.format(each.page) if each.page else ''}{each.messages.get(lang, '')}\n"
        for each in one.judged.findings
    )
