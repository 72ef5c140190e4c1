"""The store that is meant, `kemu codes editions` and `kemu codes undo`."""

from __future__ import annotations

import argparse
from pathlib import Path

from kemu.classification import active
from kemu.classification.store.editions import Store
from kemu.cli.console import emit
from kemu.errors import InputError
from kemu.report.formats.json_text import dumps
from kemu.report.words import Words


def editions(options: argparse.Namespace) -> int:
    """List the imported editions of a store."""
    found = required(options).editions()
    if options.format == "json":
        text = dumps([edition.about() for edition in found])
    else:
        words = Words(options.lang)
        shown = [words("book", "editions", **edition.about()) for edition in found]
        text = "\n".join(shown or [words("book", "no_editions")]) + "\n"
    emit(text.encode(), options.out)
    return 0


def undo(options: argparse.Namespace) -> int:
    """Take back the last import of a year."""
    back = required(options).undo(options.edition)
    if options.format == "json":
        text = dumps({"year": options.edition, "restored": back.about() if back else None})
    elif back is None:
        text = Words(options.lang)("book", "undone", year=options.edition) + "\n"
    else:
        text = Words(options.lang)("book", "restored", **back.about()) + "\n"
    emit(text.encode(), options.out)
    return 0


def required(options: argparse.Namespace) -> Store:
    """Return the store meant.

    Raises:
        InputError: None is named.
    """
    store = named(options)
    if store is None:
        raise InputError(
            "E-CLI-USAGE", "没有说用哪个科目库", f"kemu codes {options.action}", "请加 --store。"
        )
    return store


def named(options: argparse.Namespace) -> Store | None:
    """Return the store of `--store` or of the environment, or None."""
    return Store(Path(options.store)) if options.store else active()
