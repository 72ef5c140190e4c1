"""One item worked on: its result, or what went wrong."""

from __future__ import annotations

import traceback
from collections.abc import Callable
from typing import Protocol, TypeVar

from kemu.errors import KemuError
from kemu.report.outcome import Failure
from kemu.visible import visible


class Named(Protocol):
    """Something to work on."""

    @property
    def name(self) -> str:
        """The file, as the user gave it."""


_Item = TypeVar("_Item", bound=Named)
_Result = TypeVar("_Result")


def attempt(work: Callable[[_Item], _Result], item: _Item) -> _Result | Failure:
    """Return the result for one item, or what went wrong; never an exception."""
    try:
        return work(item)
    except KemuError as error:
        return failed(item.name, error)
    except Exception as error:
        last = traceback.extract_tb(error.__traceback__)[-1]
        where = f"{last.filename.replace(chr(92), '/').rpartition('/')[2]}:{last.lineno}"
        reason = visible(f"{item.name}：程序出错：{type(error).__name__}: {error}（{where}）")
        return Failure(item.name, "E-INTERNAL", f"{reason} [E-INTERNAL]", 3)


def failed(name: str, error: KemuError) -> Failure:
    """Return what became of a file that an error kept from being used."""
    text, shown = str(error), visible(name)
    return Failure(name, error.code, text if shown in text else f"{shown}：{text}", error.exit_code)
