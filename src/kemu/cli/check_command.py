"""`kemu check`: from files to a verdict with evidence."""

from __future__ import annotations

import argparse
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from kemu.cli.parser import Parser, examples, positive

if TYPE_CHECKING:
    from kemu.model.facts import Extraction
    from kemu.model.findings import CheckResult
    from kemu.report import Outcome

FORMATS = ("text", "json", "html", "xlsx", "ttl", "csv")

HELP = examples(
    "kemu check 单位预算.pdf                              在终端显示结论和问题",
    "kemu check 单位预算.docx --format html --out 报告.html  一个网页文件，双击即可打开",
    "kemu check 2025年/ --format xlsx --out 清单.xlsx --jobs 4",
    "kemu check 2025年/ --format html --out 报告/          每份文件一页，另有一览表",
    "kemu check 单位预算.pdf --save 报告.html --save 图谱.trig   同时留下其他格式",
)


def arguments(parser: Parser) -> None:
    """Declare the arguments."""
    parser.add_argument("paths", nargs="+", metavar="文件", help="文件或文件夹，可以有多个")
    parser.add_argument(
        "--format", choices=FORMATS, default="text", help="结果的格式（默认 text，适合终端）"
    )
    parser.add_argument("--out", metavar="位置", help="写到文件，不写到终端；html 也可以是文件夹")
    parser.add_argument(
        "--save", action="append", default=[], metavar="文件",
        help="再留一份，看后缀：.html .xlsx .json .csv .ttl .txt；.trig .nq 是图谱；可以重复",
    )  # fmt: skip
    parser.add_argument("--shapes", metavar="文件夹", help="再用上自己写的 SHACL 规则（.ttl）")
    parser.add_argument("--lang", choices=("zh", "en"), default="zh", help="报告的语言（默认 zh）")
    parser.add_argument(
        "--ocr", action="store_true", help="识别扫描页（需要 kemu[ocr] 和 tesseract）"
    )
    parser.add_argument("--jobs", type=positive, default=1, metavar="数", help="同时用几个进程")


def run(options: argparse.Namespace) -> int:
    """Check every file, write the report, return the highest exit code."""
    from kemu.cli.saving import save_all, suffix_known
    from kemu.report import exit_code

    for name in options.save:
        suffix_known(name)
    outcomes = checked(options)
    _report(outcomes, options)
    save_all(outcomes, options.save, options.lang)
    return max(map(exit_code, outcomes), default=0)


def checked(options: argparse.Namespace) -> list[Outcome]:
    """Return the check of every document, or why a file could not be used."""
    from kemu.cli import batch
    from kemu.cli.documents import extractions
    from kemu.report import Failure

    folder = _folder(options.shapes)
    with batch.sharing():
        found = extractions(options.paths, options.jobs, options.ocr)
        seen = [Observed(one, folder) for one in found if not isinstance(one, Failure)]
        judged = batch.run(seen, judge, options.jobs)
        return [one if isinstance(one, Failure) else next(judged) for one in found]


def _folder(shapes: str | None) -> Path | None:
    """Return the folder of further rules, found fit for use before any document is read."""
    if shapes is None:
        return None
    from kemu.validate.rules import load

    load(Path(shapes))
    return Path(shapes)


@dataclass(frozen=True)
class Observed:
    """What was observed in a document, to be judged with a folder of further rules."""

    extraction: Extraction
    shapes: Path | None = None

    @property
    def name(self) -> str:
        """The document's file."""
        return self.extraction.document.path


def judge(observed: Observed) -> CheckResult:
    """Return what the rules say about a document."""
    from kemu.validate import check

    return check(observed.extraction, observed.shapes)


def _report(outcomes: list[Outcome], options: argparse.Namespace) -> None:
    from kemu.cli.console import emit, save, tell, width
    from kemu.report import Failure, render
    from kemu.report.explain.rules import titles

    if options.format != "text" or options.out:
        for outcome in outcomes:
            if isinstance(outcome, Failure):
                tell(outcome.message)
    if options.format == "html" and options.out and not Path(options.out).suffix:
        from kemu.report.formats.html import pages

        for name, page in pages(outcomes, options.lang, titles(options.lang)).items():
            save(page.encode(), Path(options.out) / name)
        return
    emit(render(outcomes, options.format, options.lang, width()), options.out)
