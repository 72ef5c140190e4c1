"""The command line in Chinese: argparse with its own words replaced."""

from __future__ import annotations

import argparse
import re
from collections.abc import Iterable
from typing import NoReturn

from kemu.errors import InputError

_PHRASES = (
    (r"the following arguments are required: (.*)", r"缺少参数：\1"),
    (r"unrecognized arguments: (.*)", r"不认识的参数：\1"),
    (r"argument (.*?): invalid choice: (.*?) \(choose from (.*)\)", r"\1 不能是 \2，可选：\3"),
    (r"argument (.*?): expected one argument", r"\1 后面要有一个值"),
    (r"argument (.*?): expected at least one argument", r"\1 后面至少要有一个值"),
    (r"argument (.*?): not allowed with argument (.*)", r"\1 不能和 \2 同时使用"),
    (r"argument (.*?): invalid (?:int|positive|year) value: (.*)", r"\1 的值不对：\2"),
    (r"argument (.*?): (.*)", r"\1：\2"),
    (r"ambiguous option: (.*?) could match (.*)", r"\1 可以是 \2，请写全"),
    (r"one of the arguments (.*) is required", r"需要其中一个参数：\1"),
)


class Formatter(argparse.RawDescriptionHelpFormatter):
    """Help with Chinese headings and examples left as they are written."""

    def __init__(self, prog: str) -> None:
        super().__init__(prog, max_help_position=26, width=96)

    def add_usage(
        self,
        usage: str | None,
        actions: Iterable[argparse.Action],
        groups: Iterable[argparse._MutuallyExclusiveGroup],
        prefix: str | None = None,
    ) -> None:
        """Begin the usage line in Chinese."""
        super().add_usage(usage, actions, groups, "用法：" if prefix is None else prefix)


class Parser(argparse.ArgumentParser):
    """A parser whose help and errors are in Chinese."""

    def __init__(self, **options: object) -> None:
        options.setdefault("formatter_class", Formatter)
        super().__init__(add_help=False, allow_abbrev=False, **options)  # type: ignore[arg-type]
        self._positionals.title = "参数"
        self._optionals.title = "选项"
        self.add_argument("-h", "--help", action="help", help="显示帮助")

    def error(self, message: str) -> NoReturn:
        """Raise what is wrong with the command line."""
        for pattern, words in _PHRASES:
            found = re.fullmatch(pattern, message, re.DOTALL)
            if found:
                message = found.expand(words)
                break
        raise InputError("E-CLI-USAGE", message, self.prog, f"用 {self.prog} -h 查看用法。")


def examples(*lines: str) -> str:
    """Return the closing part of a help text."""
    return "例子：\n" + "\n".join(f"  {line}" for line in lines)


def positive(text: str) -> int:
    """Return a whole number of at least 1."""
    number = int(text)
    if number < 1:
        raise ValueError(text)
    return number


def year(text: str) -> int:
    """Return a year for which a classification may exist."""
    number = int(text)
    if not 1949 <= number <= 2100:
        raise ValueError(text)
    return number
