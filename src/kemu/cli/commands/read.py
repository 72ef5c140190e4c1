"""`kemu read`: a document as it was understood."""

from __future__ import annotations

import argparse
from pathlib import Path

from kemu.cli.commands.graph import laid_over, use
from kemu.cli.parser import Parser, examples
from kemu.model.document import Document

HELP = (
    examples(
        "kemu read 单位预算.pdf                     段落和表格的文字",
        "kemu read 单位预算.pdf --to html --out 读懂.html",
        "kemu read 单位预算.pdf --to html --out 读懂.html --graph 我的词表/",
        "kemu read 单位预算.pdf --to trig --out 图谱.trig",
        "kemu read 单位预算.pdf --why 1,202.95      这个数为什么读成这样",
    )
    + "\n\nhtml 显示原文，弄清含义的金额标成绿色，没有弄清的标成红色，鼠标停在上面看含义。"
)


def arguments(parser: Parser) -> None:
    """Declare the arguments."""
    parser.add_argument("path", metavar="文件", help="一份公开文件")
    parser.add_argument(
        "--to", choices=("text", "json", "html", "trig", "nq"), default="text",
        help="text 和 json 是读到的内容，html 是读懂的样子，trig 和 nq 是图谱（默认 text）",
    )  # fmt: skip
    parser.add_argument(
        "--ocr", action="store_true", help="识别扫描页（需要 kemu[ocr] 和 tesseract）"
    )
    laid_over(parser)
    parser.add_argument(
        "--why",
        metavar="位置",
        help="数字的位置（照报告写）或数字本身：哪些文字使它有了含义，或为什么没有",
    )
    parser.add_argument("--out", metavar="文件", help="写到文件，不写到终端")
    parser.add_argument("--lang", choices=("zh", "en"), default="zh", help="语言（默认 zh）")


def run(options: argparse.Namespace) -> int:
    """Show one document."""
    use(options)
    from kemu.cli.console import emit

    emit(_rendered(options), options.out, options.to)
    return 0


def _rendered(options: argparse.Namespace) -> bytes:
    from kemu.read import read

    document = read(Path(options.path), ocr=options.ocr)
    if options.why is not None:
        return _why(document, options.why, options.lang).encode()
    if options.to in ("text", "json"):
        from kemu.report.formats import reading
        from kemu.report.formats.json_text import dumps

        shown = reading.text(document) if options.to == "text" else dumps(reading.values(document))
        return shown.encode()
    from kemu.extract import extract

    extraction = extract(document)
    if options.to == "html":
        from kemu.report.formats import reading

        return reading.page(extraction, options.lang).encode()
    from kemu.graph import serialise

    return serialise.trig(extraction) if options.to == "trig" else serialise.nquads(extraction)


def _why(document: Document, asked: str, lang: str) -> str:
    from kemu.extract import extract
    from kemu.extract.words.trace import Kept
    from kemu.report.formats.why import why

    trace = Kept()
    return why(extract(document, trace), trace, asked, lang)
