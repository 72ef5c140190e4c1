"""The classification in force: the shipped tables with what a user's store lays over them.

This is the one place that looks at the environment. Whoever needs the classification asks `load`
for it; everything below takes it as an argument and keeps nothing of it.
"""

from __future__ import annotations

import os
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING

from kemu.classification.classification import Classification
from kemu.classification.tables.concept import SCHEMES
from kemu.classification.tables.rows import code_rows
from kemu.classification.tables.scheme_table import SchemeTable

if TYPE_CHECKING:
    from kemu.classification.store.editions import Store

VARIABLE = "KEMU_STORE"
"""Names the folder of the store, for this process and those it starts."""


@cache
def shipped() -> Classification:
    """Return the classification as it comes with Kemu, without any store."""
    return Classification(SchemeTable(scheme, code_rows(scheme)) for scheme in SCHEMES)


@cache
def load() -> Classification:
    """Return the classification in force; the same object until `reload` or `use`.

    Raises:
        InputError: The store in force is damaged.
    """
    store = active()
    return shipped() if store is None else _with(store)


def _with(store: Store) -> Classification:
    """Return the classification with what a store holds laid over the shipped tables."""
    tables = (SchemeTable(scheme, rows) for scheme, rows in store.tables().items())
    return Classification(tables, store.editions())


def reload() -> None:
    """Have the next `load` look again at what is in force."""
    load.cache_clear()


def active() -> Store | None:
    """Return the store that is in force, or None."""
    folder = os.environ.get(VARIABLE, "")
    if not folder:
        return None
    from kemu.classification.store.editions import Store

    return Store(Path(folder))


def use(folder: Path | None) -> None:
    """Put a store in force for this process and those it starts; None for none."""
    if folder is None:
        os.environ.pop(VARIABLE, None)
    else:
        os.environ[VARIABLE] = str(folder.resolve())
    reload()
