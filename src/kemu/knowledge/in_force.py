"""The words in force: those of Kemu with what a user's folder lays over them."""

from __future__ import annotations

import os
from functools import cache
from pathlib import Path
from typing import Any

from kemu.errors import InternalError
from kemu.knowledge.laid import laid
from kemu.knowledge.sources import own, sources

_VARIABLE = "KEMU_GRAPH"
"""Tells the processes that this one starts which folder is in force; commands take it from none."""


@cache
def table(name: str) -> dict[str, Any]:
    """Return one file of words as in force.

    Args:
        name: Of the file, without suffix: `lexicon`.

    Raises:
        InputError: The user's folder is gone, or contradicts the file.
    """
    shipped = own(name)
    folder = os.environ.get(_VARIABLE, "")
    theirs = sources(Path(folder)).get(name) if folder else None
    return shipped.values if theirs is None else laid(shipped, theirs)


def use(folder: Path | None) -> None:
    """Lay a folder over the words, for this process and those it starts; None for none.

    Raises:
        InputError: There is no such folder, or it holds no words.
        InternalError: Words were read before: what was made of them would stay.
    """
    chosen = "" if folder is None else str(folder.resolve())
    if chosen == os.environ.get(_VARIABLE, ""):
        return
    if table.cache_info().currsize:
        raise InternalError("E-WORDS-LATE", "词表已经读过，不能再换", chosen, "请另起一个进程。")
    os.environ.pop(_VARIABLE, None)
    if folder is not None:
        sources(folder)
        os.environ[_VARIABLE] = chosen
