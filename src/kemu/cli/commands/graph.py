"""`kemu graph`: check the words that documents are read by, Kemu's and one's own."""

from __future__ import annotations

import argparse
from pathlib import Path

from kemu.cli.parser import Parser, examples

HELP = (
    examples(
        "kemu graph check                          检查自带的词表（graph/*.toml）",
        "kemu graph check 我的词表/                 检查自己的词表，连同它与自带词表是否冲突",
        "kemu check 单位预算.pdf --graph 我的词表/   检查文件时用上自己的词表",
    )
    + "\n\n自己的词表与 graph/ 里的文件同名、同样写法，只写要添的词语；自带的词表从不改动。"
    + "\n退出码：0 没有错误 · 2 有错误，每处一行：文件:行、错在哪里、怎样改"
)


def arguments(parser: Parser) -> None:
    """Declare the arguments."""
    actions = parser.add_subparsers(title="动作", dest="action", metavar="动作", required=True)
    one = actions.add_parser("check", help="检查词表", description="检查词表。", epilog=HELP)
    one.add_argument("folder", nargs="?", metavar="文件夹", help="自己的词表（默认自带的）")
    one.add_argument("--debug", action="store_true", help=argparse.SUPPRESS)


def run(options: argparse.Namespace) -> int:
    """List what is wrong with the words, a line each."""
    from kemu import knowledge
    from kemu.cli.console import emit, tell
    from kemu.wordlists import faults

    folder = Path(options.folder) if options.folder else None
    knowledge.use(folder)
    found = faults(folder)
    for fault in found:
        tell(str(fault))
    if found:
        return found[0].exit_code
    emit(f"词表没有错误（{folder or '自带的'}）。\n".encode(), None)
    return 0


def laid_over(parser: Parser) -> None:
    """Declare `--graph`, for commands that read documents."""
    parser.add_argument(
        "--graph", metavar="文件夹", help="再用上自己的词表（.toml），见 kemu graph -h"
    )


def use(options: argparse.Namespace) -> None:
    """Put the folder of `--graph` in force, found sound before any document is read.

    Raises:
        InputError: It is not sound.
    """
    if options.graph is not None:
        from kemu.wordlists import lay

        lay(Path(options.graph))
