"""`kemu lookup`: what a code or a name of the classification is."""

from __future__ import annotations

import argparse
from typing import TYPE_CHECKING

from kemu.cli.parser import Parser, examples, positive

if TYPE_CHECKING:
    from kemu.classification.lookup.query import Lookup

LEVELS = ("类", "款", "项", "目")

HELP = (
    examples(
        "kemu lookup 2080505                 按代码查：所属、年度、曾用名、名词解释",
        "kemu lookup 2080505 --year 2019     当年的名称",
        "kemu lookup 208.05.05               带点、空格、方括号都可以",
        "kemu lookup 公积金                   按名称查，可以只写一部分",
        "kemu lookup 车补                    平常的说法，有几个科目就都列出",
        "kemu lookup zfgjj                   拼音首字母，也可以写全拼：chailvfei",
        "kemu lookup education               类、款的英文名称",
        "kemu lookup 行政运行 --under 20801   只在一个上级之下找",
        "kemu lookup 30108 --format json",
    )
    + "\n\n没有查到时列出相近的科目，退出码为 1。"
)


def arguments(parser: Parser) -> None:
    """Declare the arguments."""
    parser.add_argument("words", nargs="+", metavar="代码或名称", help="代码、名称或名称的一部分")
    parser.add_argument("--year", type=int, metavar="年", help="按哪一年的科目查（默认最新）")
    parser.add_argument(
        "--scheme",
        choices=("functional", "deptEconomic", "govEconomic", "revenue"),
        help="只查一套：支出功能分类、部门预算经济分类、政府预算经济分类、收入分类",
    )
    parser.add_argument("--under", default="", metavar="代码", help="只查这个代码之下的")
    parser.add_argument(
        "--level", action="append", default=[], choices=LEVELS, help="只查这一级，可以重复"
    )
    parser.add_argument("--limit", type=positive, default=20, metavar="数", help="最多列几个（20）")
    parser.add_argument(
        "--format", choices=("text", "json", "ttl", "jsonld"), default="text", help="格式"
    )
    parser.add_argument("--out", metavar="文件", help="写到文件，不写到终端")
    parser.add_argument("--lang", choices=("zh", "en"), default="zh", help="语言（默认 zh）")


def run(options: argparse.Namespace) -> int:
    """Show one code, or the codes whose name fits."""
    from kemu.classification import SCHEMES, load
    from kemu.classification.lookup.query import lookup
    from kemu.cli.console import emit

    schemes = (options.scheme,) if options.scheme else SCHEMES
    found = lookup(
        load(), " ".join(options.words), options.year, schemes, options.limit, options.under,
        options.level,
    )  # fmt: skip
    emit(_rendered(found, options), options.out, options.format)
    return 0 if (found.answers and found.exact) or _explained(found) else 1


def _explained(found: Lookup) -> bool:
    """Return whether a glossary explains the words, though they are no name of a code."""
    from kemu.report.codes.definitions import of_items

    return bool(of_items(found.query))


def _rendered(found: Lookup, options: argparse.Namespace) -> bytes:
    from kemu.report.codes import text

    if options.format == "json":
        from kemu.report.formats.json_text import dumps

        return dumps(text.lookup_json(found)).encode()
    if options.format in ("ttl", "jsonld"):
        from kemu.report.codes.rdf import rdf

        concepts = [answer.entry.concept for answer in found.answers]
        return rdf([(c.scheme, c.notation) for c in concepts], options.format)
    from kemu.cli.console import width
    from kemu.report.words import Words

    return text.lookup(found, Words(options.lang), width()).encode()
