"""`kemu codes import`: a yearly book compared with the tables, and put in force if asked for."""

from __future__ import annotations

import argparse
from dataclasses import replace
from pathlib import Path

from kemu.classification import load, shipped
from kemu.classification.books.book import Book
from kemu.classification.books.comparison import between, compared, completeness
from kemu.classification.books.edition import Edition, edition_of
from kemu.classification.books.reading import book
from kemu.cli.codes.stores import named
from kemu.cli.console import emit, tell, width
from kemu.errors import InputError
from kemu.read import read
from kemu.report.codes.book import Imported, as_csv, as_json, as_text
from kemu.report.words import Words

MOST_SHOWN = 40
"""So many slips of a book are told one by one."""


def import_book(options: argparse.Namespace) -> int:
    """Compare a book with the tables and write it as an edition if a store is named."""
    found = book(read(Path(options.file)), load())
    if not found.rows and not found.slips:
        raise InputError(
            "E-BOOK-EMPTY",
            "没有找到科目",
            options.file,
            "文件应为 xlsx、docx 或 PDF，表头应有“科目编码”和“科目名称”。",
        )
    if found.slips:
        _tell(found, options)
    if found.slips and not (options.skip_bad and found.rows):
        _refuse(found, options)
    imported = _written(_compared(found, options), options)
    render = {"json": as_json, "csv": as_csv}.get(options.format)
    words = Words(options.lang)
    text = render(imported) if render else as_text(imported, words, width())
    emit(text.encode(), options.out, options.format)
    return 0


def _compared(found: Book, options: argparse.Namespace) -> Imported:
    table = shipped()
    partial = completeness(found, options.edition, table)
    if options.complete:
        partial = dict.fromkeys(partial, "")
    elif options.partial:
        partial = dict.fromkeys(partial, Words(options.lang)("book", "said_partial"))
    elif found.slips:
        left_out = Words(options.lang)("book", "left_out", n=len(found.slips))
        partial = dict.fromkeys(partial, left_out)
    old = _before(options)
    since = between(old.rows, found.rows) if old else None
    differences = compared(found, options.edition, table)
    return Imported(found, options.edition, differences, partial, since=since)


def _before(options: argparse.Namespace) -> Edition | None:
    """Return the edition that the store has of the year; a damaged one only stands to be replaced.

    Raises:
        InputError: It cannot be read, and is not to be replaced.
    """
    store = named(options)
    try:
        return store.edition(options.edition) if store else None
    except InputError:
        if options.replace:
            return None
        raise


def _tell(found: Book, options: argparse.Namespace) -> None:
    """Tell every slip of a book, a line each; JSON has them in its place."""
    if options.format == "json":
        return
    for slip in found.slips[:MOST_SHOWN]:
        tell(str(slip))
    if len(found.slips) > MOST_SHOWN:
        tell(f"… +{len(found.slips) - MOST_SHOWN}")


def _refuse(found: Book, options: argparse.Namespace) -> None:
    """Say that a book cannot be used.

    Raises:
        InputError: Always.
    """
    if options.format == "json":
        emit(as_json(Imported(found, options.edition, (), {})).encode(), options.out)
    counted = Words(options.lang)("book", "slips", n=len(found.slips))
    advice = "请改正或换完整的文件；只导入其余的行请加 --skip-bad。"
    raise InputError("E-BOOK-ROWS", counted, options.file, advice)


def _written(imported: Imported, options: argparse.Namespace) -> Imported:
    """Write the edition if a store is named; the same book again changes nothing."""
    store = named(options)
    if store is None or options.dry_run:
        return imported
    complete = [scheme for scheme, why in imported.partial.items() if not why]
    edition = edition_of(imported.book, imported.year, complete)
    store.write(edition, replace=options.replace)
    return replace(imported, written=str(store.folder), store=str(store.folder.parent))
