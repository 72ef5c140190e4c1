"""`kemu ingest`: documents into a store."""

from __future__ import annotations

import argparse
from typing import TYPE_CHECKING

from kemu.cli.parser import Parser, examples, positive

if TYPE_CHECKING:
    from kemu.store.ingest import Outcome, Received

HELP = (
    examples(
        "kemu ingest 2025年/ --store 图库",
        "kemu ingest 单位预算.pdf 单位决算.pdf --store 图库 --jobs 4",
        "kemu ingest 2025年/ --store http://127.0.0.1:7878",
    )
    + "\n\n每份文件说一行，说了就已在图库里。同一份文件再收一次没有变化；"
    "\n同一单位、年度、预决算、层级的另一份是新的一版，旧的留着，标为被替换；"
    "\n看不出是谁的、哪年的，单独收下，不替换任何文件。"
    "\n用 kemu query documents --store 图库 看里面有哪些文件。"
)


def arguments(parser: Parser) -> None:
    """Declare the arguments."""
    parser.add_argument("paths", nargs="+", metavar="文件", help="文件或文件夹，可以有多个")
    parser.add_argument(
        "--store", required=True, metavar="位置", help="图库的文件夹，或 SPARQL 服务器的地址"
    )
    parser.add_argument(
        "--ocr", action="store_true", help="识别扫描页（需要 kemu[ocr] 和 tesseract）"
    )
    parser.add_argument("--jobs", type=positive, default=1, metavar="数", help="同时用几个进程")


def run(options: argparse.Namespace) -> int:
    """Take every document in, say each when it is there; return the highest exit code."""
    from kemu.cli.console import Progress, terminated
    from kemu.report import Failure
    from kemu.store.ingest import ingest
    from kemu.store.opening import opened

    codes = [0]
    with terminated():
        for outcome in ingest(
            opened(options.store), options.paths, options.jobs, options.ocr, Progress
        ):
            _say(outcome)
            codes.append(outcome.exit_code if isinstance(outcome, Failure) else 0)
    return max(codes)


def _say(outcome: Outcome) -> None:
    from kemu.cli.console import emit, tell
    from kemu.report import Failure

    if isinstance(outcome, Failure):
        tell(outcome.message)
        return
    emit(f"{outcome.path}：{_words(outcome)}\n".encode(), None, "text")


def _words(one: Received) -> str:
    from kemu.store.register import Relation

    entry, told = one.entry, one.entry.identity
    others = "、".join(other.name for other in one.others)
    about = f"{told.organisation} {told.year} {_NAMES.get(told.statement, '')}，{entry.facts} 个数"
    return {
        Relation.NEW: f"已收入（{about}）",
        Relation.SAME: "图库里已有这份文件，没有变化",
        Relation.VERSION: f"已收入，是第 {entry.version} 版，替换 {others}（{about}）",
        Relation.PART: f"已收入，与 {others} 是同一套公开材料的不同文件（{about}）",
        Relation.UNIDENTIFIED: f"已单独收入；看不出{_missing(one)}，没有替换任何文件（{about}）",
    }[one.relation]


_NAMES = {"budget": "预算", "finalAccount": "决算"}


def _missing(one: Received) -> str:
    told = one.entry.identity
    names = {
        "单位": told.organisation, "年度": told.year, "是预算还是决算": told.statement,
        "是部门还是单位": told.level,
    }  # fmt: skip
    return "、".join(name for name, value in names.items() if not value)
