"""`kemu resolve`: which code a printed path or name means."""

from __future__ import annotations

import argparse

from kemu.cli.parser import Parser, examples

HELP = (
    examples(
        "kemu resolve 卫生健康（类）行政事业单位医疗（款）行政单位医疗（项） --year 2023",
        'kemu resolve "卫生健康支出 > 行政事业单位医疗 > 行政单位医疗"',
        "kemu resolve 人大事务 行政运行",
        "kemu resolve 05 --under 20805",
        'kemu resolve "[2080505]机关事业单位养老保险缴费" --format json',
    )
    + "\n\n没有唯一对应的科目时列出所有可能，退出码为 1。"
)


def arguments(parser: Parser) -> None:
    """Declare the arguments."""
    parser.add_argument("words", nargs="+", metavar="名称", help="类、款、项的名称，照原文写即可")
    parser.add_argument("--year", type=int, metavar="年", help="按哪一年的科目（默认最新）")
    parser.add_argument("--under", default="", metavar="代码", help="在哪个科目之下")
    parser.add_argument("--format", choices=("text", "json"), default="text", help="格式")
    parser.add_argument("--out", metavar="文件", help="写到文件，不写到终端")
    parser.add_argument("--lang", choices=("zh", "en"), default="zh", help="语言（默认 zh）")


def run(options: argparse.Namespace) -> int:
    """Show the code, or the codes that fit equally well."""
    from kemu.classification import load
    from kemu.classification.lookup.query import resolve
    from kemu.cli.console import emit, width
    from kemu.report.words import Words

    found = resolve(load(), " ".join(options.words), options.year, options.under)
    if options.format == "json":
        from kemu.report.formats.json_text import dumps

        text = dumps(found.to_json())
    else:
        from kemu.report.codes import text as codes_text

        text = codes_text.resolved(found, Words(options.lang), width())
    emit(text.encode(), options.out, options.format)
    return 0 if found.resolution else 1
