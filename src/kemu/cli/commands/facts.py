"""`kemu facts`: every amount that was read, with its meaning and its place."""

from __future__ import annotations

import argparse

from kemu.cli.commands.graph import laid_over, use
from kemu.cli.parser import Parser, examples, positive

HELP = examples(
    "kemu facts 单位预算.pdf                        一行一个金额的表",
    "kemu facts 单位预算.pdf --format csv --out 金额.csv",
    "kemu facts 单位预算.pdf --format csv --lang zh --out 金额.csv   各项含义用中文写出",
    "kemu facts 单位预算.pdf --graph 我的词表/      用上自己的词表",
    "kemu facts 2025年/ --format json --jobs 4",
)


def arguments(parser: Parser) -> None:
    """Declare the arguments."""
    parser.add_argument("paths", nargs="+", metavar="文件", help="文件或文件夹，可以有多个")
    parser.add_argument(
        "--format", choices=("csv", "json", "table"), default="table",
        help="csv 和 json 列出全部字段，table 适合在终端看（默认）",
    )  # fmt: skip
    laid_over(parser)
    parser.add_argument("--out", metavar="文件", help="写到文件，不写到终端")
    parser.add_argument(
        "--ocr", action="store_true", help="识别扫描页（需要 kemu[ocr] 和 tesseract）"
    )
    parser.add_argument(
        "--lang", choices=("zh", "en"),
        help="用哪种语言写出含义（table 默认 zh；csv 不写时用固定的标识，便于程序处理）",
    )  # fmt: skip
    parser.add_argument("--jobs", type=positive, default=1, metavar="数", help="同时用几个进程")


def run(options: argparse.Namespace) -> int:
    """List the facts of every file, return the highest exit code."""
    use(options)
    from kemu.cli.console import Progress, emit, tell, width
    from kemu.pipeline.documents import extractions
    from kemu.report import ENCODING, Failure
    from kemu.report.formats import facts

    outcomes = extractions(options.paths, options.jobs, options.ocr, Progress)
    failures = [o for o in outcomes if isinstance(o, Failure)]
    found = [o for o in outcomes if not isinstance(o, Failure)]
    for failure in failures:
        tell(failure.message)
    if options.format == "csv":
        text = facts.as_csv(found, options.lang or "")
    elif options.format == "json":
        text = facts.as_json(found)
    else:
        text = facts.as_table(found, options.lang or "zh", width())
    emit(text.encode(*ENCODING), options.out, options.format)
    return max((failure.exit_code for failure in failures), default=0)
