"""`kemu codes`: keep the classification itself: check tables, import the yearly book, evidence."""

from __future__ import annotations

import argparse
from importlib import import_module

from kemu.cli.parser import Parser, examples, positive, year

HELP = (
    examples(
        "kemu codes check                                     检查自带的科目表",
        "kemu codes import 科目书.xlsx --edition 2026 --store 我的科目",
        "kemu codes import 科目书.pdf --edition 2026           不写 --store：只比较",
        "kemu codes editions --store 我的科目                  已导入哪些年度",
        "kemu codes undo --edition 2026 --store 我的科目      撤销那一年最近一次导入",
        "kemu codes record 全部文件/ --store 我的科目           记下文件里印出的名称和名词解释",
        "kemu codes evidence 2080505 --store 我的科目          多少份文件印出它，有哪些写法",
    )
    + "\n\n自带的科目表从不改动。把环境变量 KEMU_STORE 设为科目库的位置，其他命令也就采用它。"
)
_ACTIONS = {
    "check": ("checking", "check"),
    "import": ("importing", "import_book"),
    "record": ("recording", "record"),
    "evidence": ("recording", "evidence"),
    "undo": ("stores", "undo"),
    "editions": ("stores", "editions"),
}
"""Action to its module in `kemu.cli.codes` and the function there."""


def arguments(parser: Parser) -> None:
    """Declare the arguments."""
    actions = parser.add_subparsers(title="动作", dest="action", metavar="动作", required=True)
    one = actions.add_parser("check", help="检查科目表本身", description="检查科目表本身。")
    one.add_argument("folder", nargs="?", metavar="文件夹", help="自己的科目表（默认自带的）")
    _common(one, ("text", "json"))
    one = actions.add_parser(
        "import", help="导入年度科目书", description="读科目书，与科目表比较，写成自己的版本。"
    )
    one.add_argument("file", metavar="文件", help="xlsx、docx 或 PDF：类、款、项，科目名称，说明")
    one.add_argument("--edition", type=year, required=True, metavar="年", help="哪一年的科目书")
    _store(one)
    whole = one.add_mutually_exclusive_group()
    whole.add_argument("--complete", action="store_true", help="这是全本：没有的代码就是不存在")
    whole.add_argument("--partial", action="store_true", help="这只是一部分")
    whole.add_argument(
        "--skip-bad", action="store_true", help="列出不对的行，其余照常导入（不算全本）"
    )
    one.add_argument("--replace", action="store_true", help="替换已导入的同年版本")
    one.add_argument("--dry-run", action="store_true", help="只比较，不写入")
    _common(one, ("text", "json", "csv"))
    one = actions.add_parser(
        "record", help="记下文件里的印证", description="记下文件里印出的代码、名称和名词解释。"
    )
    one.add_argument("paths", nargs="+", metavar="文件", help="公开文件、文件夹或压缩包")
    _store(one)
    one.add_argument("--jobs", type=positive, default=1, metavar="数", help="同时用几个进程")
    _common(one, ("text", "json"))
    one = actions.add_parser(
        "evidence", help="一个科目的印证", description="多少份文件印出它，名称和解释有哪些写法。"
    )
    one.add_argument("code", metavar="代码", help="科目代码，可带点或空格")
    _store(one)
    _common(one, ("text", "json"))
    one = actions.add_parser(
        "undo", help="撤销一次导入", description="撤销一年最近一次导入，恢复被它替换的版本。"
    )
    one.add_argument("--edition", type=year, required=True, metavar="年", help="哪一年的科目书")
    _store(one)
    _common(one, ("text", "json"))
    one = actions.add_parser("editions", help="列出已导入的版本", description="列出已导入的版本。")
    _store(one)
    _common(one, ("text", "json"))


def _store(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("--store", metavar="文件夹", help="自己的科目库（默认 KEMU_STORE）")


def _common(parser: argparse.ArgumentParser, formats: tuple[str, ...]) -> None:
    parser.add_argument("--format", choices=formats, default="text", help="格式（默认 text）")
    parser.add_argument("--out", metavar="文件", help="写到文件，不写到终端")
    parser.add_argument("--lang", choices=("zh", "en"), default="zh", help="语言（默认 zh）")
    parser.add_argument("--debug", action="store_true", help=argparse.SUPPRESS)


def run(options: argparse.Namespace) -> int:
    """Do one of the actions."""
    module, function = _ACTIONS[options.action]
    done: int = getattr(import_module(f"kemu.cli.codes.{module}"), function)(options)
    return done
