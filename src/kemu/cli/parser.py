"""The command line in Chinese: argparse with a catalogue of its words, and errors of ours."""

from __future__ import annotations

import argparse
import gettext
import os
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import NoReturn

from kemu.errors import InputError

LOCALE = Path(__file__).parent / "locale"
_DOMAIN = "kemu"


@contextmanager
def in_chinese() -> Iterator[None]:
    """Let argparse speak Chinese meanwhile, whatever language the system has.

    argparse takes its words from gettext, and gettext the language from the environment.
    """
    gettext.bindtextdomain(_DOMAIN, str(LOCALE))
    domain, language = gettext.textdomain(), os.environ.get("LANGUAGE")
    gettext.textdomain(_DOMAIN)
    os.environ["LANGUAGE"] = "zh"
    try:
        yield
    finally:
        gettext.textdomain(domain)
        del os.environ["LANGUAGE"]
        if language is not None:
            os.environ["LANGUAGE"] = language


class Formatter(argparse.RawDescriptionHelpFormatter):
    """Help with Chinese headings and examples left as they are written."""

    def __init__(self, prog: str) -> None:
        super().__init__(prog, max_help_position=26, width=96)


class Parser(argparse.ArgumentParser):
    """A parser whose help and errors are in Chinese."""

    def __init__(self, **options: object) -> None:
        options.setdefault("formatter_class", Formatter)
        super().__init__(allow_abbrev=False, **options)  # type: ignore[arg-type]

    def error(self, message: str) -> NoReturn:
        """Raise what is wrong with the command line."""
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
