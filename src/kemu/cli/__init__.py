"""The command line. Commands load what they need when they run, so that `kemu -h` is instant."""

from __future__ import annotations

import argparse
import gc
import os
import sys
from importlib import import_module
from typing import TYPE_CHECKING

from kemu.cli.console import Terminated, prepare, tell
from kemu.cli.parser import Parser, examples, in_chinese
from kemu.errors import KemuError

if TYPE_CHECKING:
    from collections.abc import Sequence

_COLLECT = 50_000
"""New objects between two looks for garbage: a command makes many, hardly any in cycles."""

COMMANDS = {
    "check": "检查公开文件，给出结论和每一处问题",
    "facts": "列出文件里读到的每一个金额和它的含义",
    "read": "看看文件是怎样被读懂的",
    "lookup": "按代码或名称查政府收支分类科目",
    "resolve": "把“…（类）…（款）…（项）”对应到科目代码",
    "changes": "两个年度之间科目的变化",
    "codes": "维护科目：检查科目表，导入年度科目书，看文件中的印证",
    "graph": "检查词表：自带的，或自己添的",
    "explain": "解释一条检查规则",
    "ingest": "把公开文件收入图库，供查询和汇总",
    "query": "用 SPARQL 查询文件或图库里的数据",
    "validate": "用规则核对图库里的全部文件",
    "export": "把图库写成 RDF、表格、科目表或数据立方",
    "serve": "启动网页和接口服务",
}


def build(command: str = "") -> Parser:
    """Return the parser; only the named command's own arguments are loaded."""
    from kemu import __version__

    parser = Parser(
        prog="kemu",
        description="科目（Kemu）：检查预决算公开文件，查询政府收支分类科目。",
        epilog=examples(
            "kemu check 单位预算.pdf",
            "kemu check 全部文件/ --format html --out 报告.html --jobs 4",
            "kemu lookup 2080505 --year 2019",
            "kemu check -h          查看一个命令的全部用法",
        )
        + "\n\n退出码：0 没有必改的问题 · 1 有必改的问题，或读懂的内容不够检查"
        + " · 2 用法不对或文件读不了 · 3 程序错误",
    )
    parser.add_argument("--version", action="version", version=f"kemu {__version__}", help="版本")
    parser.add_argument("--debug", action="store_true", help="出错时显示程序的调用过程")
    commands = parser.add_subparsers(title="命令", dest="command", metavar="命令", required=True)
    for name, words in COMMANDS.items():
        if command in ("", name):
            module = import_module(f"kemu.cli.commands.{name}")
            one = commands.add_parser(
                name, help=words, description=words + "。", epilog=module.HELP
            )
            module.arguments(one)
            one.add_argument("--debug", action="store_true", help=argparse.SUPPRESS)
            one.set_defaults(run=module.run)
        else:
            commands.add_parser(name, help=words)
    return parser


def main(argv: Sequence[str] | None = None) -> int:
    """Run one command and return the exit code."""
    gc.set_threshold(_COLLECT)
    prepare()
    words = list(sys.argv[1:] if argv is None else argv)
    debug = "--debug" in words
    try:
        return _run(words)
    except KemuError as error:
        if debug:
            raise
        tell(str(error))
        return error.exit_code
    except KeyboardInterrupt as stop:
        tell("已中断。")
        return 143 if isinstance(stop, Terminated) else 130
    except BrokenPipeError:
        # The reader went away (`kemu facts … | head`): end as a process that the pipe ended.
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return 141
    except Exception as error:
        if debug:
            raise
        tell(
            f"程序出错：{type(error).__name__}: {error} [E-INTERNAL]"
            " 请加 --debug 重试，并把输出告诉维护者。"
        )
        return 3


def _run(words: list[str]) -> int:
    from kemu import knowledge

    knowledge.use(None)
    named = next((word for word in words if word in COMMANDS), "")
    with in_chinese():
        options = build(named or "none").parse_args(words)
    code: int = options.run(options)
    return code
