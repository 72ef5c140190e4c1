"""Rows named by codes of two classifications, where the outer code is printed once."""

from __future__ import annotations

from collections.abc import Sequence

from kemu.model.language import Dimension, Says

_CLASS = 3


class Pairs:
    """The codes that rows of one band print together.

    `[50101]工资奖金津贴补贴 │ [30101]基本工资` stands for the rows below it that print `[30102]`
    beside a blank cell, up to the next row that prints a code there, or a 类.
    """

    def __init__(self) -> None:
        self._open: dict[Dimension, str] = {}

    def filled(self, own: Says, fields: Sequence[Dimension]) -> Says:
        """Return what a row says, with the outer code that is printed above it.

        Args:
            own: What the row itself says.
            fields: The dimensions of the classifications, in the order of their columns.
        """
        printed = [field for field in fields if field in own]
        if len(printed) == len(fields):
            self._open = dict(own) if len(fields) > 1 else {}
        elif printed != list(fields[1:]) or any(len(own[field]) == _CLASS for field in printed):
            self._open = {}
        outer = {field: self._open[field] for field in fields[:1] if field in self._open}
        return {**outer, **own}
