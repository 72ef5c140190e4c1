"""How many requests of one kind may be at work or waiting at once."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

from kemu.errors import InputError


class Places:
    """Places for requests that take a while.

    Args:
        most: How many there are.
        told: What is said when all are taken, in Chinese, with `{}` for their number.
    """

    def __init__(self, most: int, told: str) -> None:
        self._most = most
        self._told = told
        self._begun = 0

    @contextmanager
    def taken(self) -> Iterator[None]:
        """Take a place.

        Raises:
            InputError: All are taken.
        """
        if self._begun >= self._most:
            raise InputError("E-API-BUSY", self._told.format(self._begun), "", "请稍后再试。")
        self._begun += 1
        try:
            yield
        finally:
            self._begun -= 1
