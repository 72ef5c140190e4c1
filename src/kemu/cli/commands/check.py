"""`kemu check`: from files to a verdict with evidence."""

from __future__ import annotations

import argparse
import re
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

from kemu.cli import review
from kemu.cli.commands.graph import laid_over, use
from kemu.cli.console import Progress, terminated
from kemu.cli.parser import Parser, examples, positive

if TYPE_CHECKING:
    from kemu.cli.targets import Target
    from kemu.model.facts import Extraction
    from kemu.model.findings import CheckResult
    from kemu.pipeline.documents import Step

_NUMBER = re.compile(r"R\d+(?:\.\d+)?")
FORMATS = ("text", "json", "html", "xlsx", "ttl", "csv")

HELP = examples(
    "kemu check 单位预算.pdf                              在终端显示结论和问题",
    "kemu check 单位预算.docx --format html --out 报告.html  一个网页文件，双击即可打开",
    "kemu check 2025年/ --format xlsx --out 清单.xlsx --jobs 4",
    "kemu check 2025年/ --format html --out 报告/          每份文件一页，另有一览表",
    "kemu check 单位预算.pdf --graph 我的词表/            读文件时用上自己的词表",
    "kemu check 单位预算.pdf --save 报告.html --save 图谱.trig   同时留下其他格式",
    "kemu check 部门.pdf 单位1.pdf 单位2.pdf --across      几份文件互相核对",
    "kemu check 单位预算.pdf --since 上次.json              改好后再查：新的、已改的、没变的",
    "kemu check 单位预算.pdf --accept 指纹 --reason 按省厅口径   这一条不改，记在文件旁边",
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
    laid_over(parser)
    parser.add_argument(
        "--skip", action="append", default=[], metavar="规则",
        help="停用规则：R8.5，或 R8（整类），或一个文件，每行一个；可以重复；停用的算未检查",
    )  # fmt: skip
    parser.add_argument("--lang", choices=("zh", "en"), default="zh", help="报告的语言（默认 zh）")
    parser.add_argument(
        "--ocr", action="store_true", help="识别扫描页（需要 kemu[ocr] 和 tesseract）"
    )
    parser.add_argument(
        "--across", action="store_true",
        help="几份文件互相核对：部门与单位、上年与本年、预算与决算；全部检查完才写结果",
    )  # fmt: skip
    review.arguments(parser)
    parser.add_argument("--jobs", type=positive, default=1, metavar="数", help="同时用几个进程")


def run(options: argparse.Namespace) -> int:
    """Check every file, write the results as they come, return the highest exit code."""
    from functools import partial

    use(options)
    from kemu.cli.targets import targets
    from kemu.pipeline.documents import steps
    from kemu.pipeline.together import together
    from kemu.report import STREAMS

    reviewed = review.reviewing(options)
    wanted = targets(options)
    shapes = _folder(options.shapes)
    off = _off(options.skip, shapes)
    work = partial(judge, shapes=shapes, off=off)
    # What a program reads holds no result that is taken back later.
    early = bool(options.out) or options.format not in STREAMS or options.format == "text"
    early = early and not options.across
    codes: dict[str, int] = {}

    def take(found: Step) -> None:
        step = replace(found, outcome=reviewed(found.checked))
        _noted(step, codes, told=options.format != "text" or bool(options.out))
        for target in wanted:
            target.take(step)

    with terminated():
        try:
            found = steps(options.paths, options.jobs, options.ocr, work, early, Progress)
            for step in together(found, off) if options.across else found:
                take(step)
        except KeyboardInterrupt:
            from kemu.cli.console import tell

            tell(f"已中断。检查完的 {len(codes)} 份已写入结果，其余没有检查。")
            _ended(wanted)
            raise
        _ended(wanted)
    return max(codes.values(), default=0)


def _folder(shapes: str | None) -> Path | None:
    """Return the folder of further rules, found fit for use before any document is read."""
    if shapes is None:
        return None
    from kemu.validate.rules import load

    load(Path(shapes))
    return Path(shapes)


def _off(names: list[str], shapes: Path | None) -> frozenset[str]:
    """Return the numbers of the rules to switch off, named by themselves or in files."""
    from kemu.validate.rules import chosen

    found = [name for each in names for name in (_lines(Path(each)) if _is_file(each) else [each])]
    return chosen(found, shapes)


def _is_file(name: str) -> bool:
    return not _NUMBER.fullmatch(name) and Path(name).is_file()


def _lines(path: Path) -> list[str]:
    """Return the lines of a file without comments and blanks."""
    lines = path.read_text(encoding="utf-8-sig").splitlines()
    return [rule for line in lines if (rule := line.partition("#")[0].strip())]


def judge(
    extraction: Extraction, shapes: Path | None = None, off: frozenset[str] = frozenset()
) -> CheckResult:
    """Return what the rules say about a document, but for those switched off."""
    from kemu.validate import check

    return check(extraction, shapes, off)


def _noted(step: Step, codes: dict[str, int], told: bool) -> None:
    """Note the exit code of a result; what could not be read is said where no report says it."""
    from kemu.cli.console import tell
    from kemu.report import Failure, exit_code
    from kemu.report.outcome import path_of

    outcome = step.checked
    for name in step.replaces:
        codes.pop(name, None)
    codes[path_of(outcome)] = exit_code(outcome)
    if told and isinstance(outcome, Failure):
        tell(outcome.message)


def _ended(targets: list[Target]) -> None:
    for target in targets:
        target.end()
