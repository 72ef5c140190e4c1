"""`kemu changes`: what changed in the classification between two years."""

from __future__ import annotations

import argparse
from typing import Any

from kemu.cli.parser import Parser, examples, year

HELP = (
    examples(
        "kemu changes --from 2018 --to 2020",
        "kemu changes --from 2020 --to 2026 --format csv --out 变化.csv",
    )
    + "\n\n只列出年度已知的变化；没有列出的科目不一定没有变化。"
)


def arguments(parser: Parser) -> None:
    """Declare the arguments."""
    parser.add_argument("--from", dest="first", type=year, required=True, metavar="年", help="起")
    parser.add_argument("--to", dest="last", type=year, required=True, metavar="年", help="止")
    parser.add_argument("--format", choices=("text", "json", "csv"), default="text", help="格式")
    parser.add_argument("--out", metavar="文件", help="写到文件，不写到终端")
    parser.add_argument("--lang", choices=("zh", "en"), default="zh", help="语言（默认 zh）")


def run(options: argparse.Namespace) -> int:
    """List the changes."""
    from kemu.classification import load
    from kemu.cli.console import emit
    from kemu.errors import InputError
    from kemu.report.changes import changes

    if options.first >= options.last:
        raise InputError("E-CLI-YEARS", f"{options.first} 不早于 {options.last}", "--from --to")
    found = sorted(
        changes(load(), options.first, options.last),
        key=lambda one: (one["year"], one["scheme"], one["code"]),
    )
    emit(_rendered(found, options).encode(), options.out)
    return 0


def _rendered(found: list[dict[str, Any]], options: argparse.Namespace) -> str:
    if options.format == "json":
        from kemu.report.as_json import dumps

        return dumps(found)
    if options.format == "csv":
        from kemu.report.as_csv import lines

        columns = list(found[0]) if found else ["year", "kind", "scheme", "code"]
        rows = [[";".join(v) if isinstance(v, list) else v for v in one.values()] for one in found]
        return lines(columns, rows)
    from kemu.report.words import Words

    words = Words(options.lang)
    if not found:
        return words("code", "no_change") + "\n"
    return "".join(_line(one, words) + "\n" for one in found)


def _line(one: dict[str, Any], words: Any) -> str:
    names = " → ".join(name for name in (one["old_name"], one["new_name"]) if name)
    after = f" → {'、'.join(one['successor'])}" if one["successor"] and not one["new_name"] else ""
    kind = words("change", one["kind"])
    basis = words("year_basis", one["year_basis"]) if one["year_basis"] else ""
    scheme = words("scheme", one["scheme"])
    return f"{one['year']} {kind} {one['code']} {names}{after}（{scheme}；{basis}）"
