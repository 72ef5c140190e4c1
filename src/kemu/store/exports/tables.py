"""Facts as tidy tables: one line a fact, CSV or Parquet, labels in Chinese and English."""

from __future__ import annotations

import io
from collections.abc import Iterable, Iterator
from typing import Any

from kemu.errors import InputError
from kemu.model.facts import DIMENSIONS
from kemu.report.formats.csv_lines import lines
from kemu.report.money import plain
from kemu.store.exports.facts import Row

_LABELLED = tuple(name for name in DIMENSIONS if name not in ("year", "project", "basis"))
COLUMNS = (
    "document", "file", "title", "statement", "level", "version", "page", "place",
    *(column for name in DIMENSIONS for column in (
        (name, f"{name}_zh", f"{name}_en") if name in _LABELLED else (name,)
    )),
    "amount", "half_step", "printed", "printed_unit", "label", "column_path", "quote",
    "key", "fact",
)  # fmt: skip
_AMOUNTS = ("amount", "half_step")
_NUMBERS = ("version", "page")


def csv(rows: Iterable[Row]) -> bytes:
    """Return the facts as CSV; amounts in 元 (or items), exactly."""
    texts = ([_text(column, value) for column, value in one.items()] for one in records(rows))
    return lines(COLUMNS, texts).encode()


def parquet(rows: Iterable[Row]) -> bytes:
    """Return the facts as Parquet; amounts are decimals with six places.

    Raises:
        InputError: pyarrow is not installed.
    """
    try:
        import pyarrow as pa
        from pyarrow import parquet as files
    except ImportError:
        raise InputError(
            "E-EXPORT-PARQUET", "写 Parquet 要用 pyarrow", "--to parquet",
            "请先安装：pip install kemu[parquet]。",
        ) from None  # fmt: skip
    kinds = {name: pa.decimal128(30, 6) for name in _AMOUNTS} | {n: pa.int32() for n in _NUMBERS}
    schema = pa.schema([(name, kinds.get(name, pa.string())) for name in COLUMNS])
    held = list(records(rows))
    buffer = io.BytesIO()
    files.write_table(pa.Table.from_pylist(held, schema=schema), buffer)
    return buffer.getvalue()


def records(rows: Iterable[Row]) -> Iterator[dict[str, Any]]:
    """Yield each fact as column → value."""
    for row in rows:
        told = row.entry.identity
        values: dict[str, Any] = {
            "document": row.entry.node.value, "file": row.entry.name, "title": told.title,
            "statement": told.statement, "level": told.level, "version": row.entry.version,
            "page": row.page, "place": row.place.removeprefix(row.entry.node.value + "/"),
        }  # fmt: skip
        for name in DIMENSIONS:
            values[name] = row.tokens[name]
            if name in _LABELLED:
                values[f"{name}_zh"], values[f"{name}_en"] = row.names[name]
        values |= {
            "amount": row.value, "half_step": row.half_step, "printed": row.texts["printed"],
            "printed_unit": row.texts["printedUnit"], "label": row.texts["label"],
            "column_path": row.texts["columnPath"], "quote": row.texts["quote"],
            "key": row.key, "fact": row.node,
        }  # fmt: skip
        yield {column: values[column] for column in COLUMNS}


def _text(column: str, value: Any) -> object:
    return plain(value) if column in _AMOUNTS else value
