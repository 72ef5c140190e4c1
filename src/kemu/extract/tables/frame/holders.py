"""Whose money a table is about, by the line above it that names an organisation."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence

from kemu.extract.document.organisations import name_pattern, slots
from kemu.model.document import Table
from kemu.read.blocks import captions

_CODED = re.compile(rf"^[\[【]?\d{{3,9}}[\]】]?[-—_]?(?P<name>{name_pattern()})$")
"""A unit's code and name alone on a line."""
_LATER = 1_000
"""A caption is no line of the cover."""


def holders(tables: Sequence[Table], own: frozenset[str]) -> Mapping[int | None, str]:
    """Return for the tables of a document that print the tables of its units whose each is.

    Empty where the captions name no more than one organisation: that is the document's own, under
    whatever name.

    Args:
        tables: All tables.
        own: Names of the document's own organisation.
    """
    named = {table.place.table: name for table in tables if (name := _holder(table))}
    several = len({name for name in named.values() if name not in own}) > 1
    return {table: name for table, name in named.items() if name not in own} if several else {}


def _holder(table: Table) -> str:
    for caption in table.captions:
        for part in captions.parts(caption.content):
            for name, *_ in slots(part, _LATER):
                return name
            match = _CODED.match(part)
            if match is not None:
                return match["name"]
    return ""
