"""Errors a user can meet. Each says what, where and what to do; library code never exits."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Self

from kemu.visible import visible


@dataclass
class KemuError(Exception):
    """An error with a stable code, a place and a way out; `docs/errors.md` explains every code.

    Attributes:
        code: Stable identifier such as `E-READ-ENCODING`.
        message: What is wrong, in Chinese, with the value found.
        where: File, page, row or argument concerned; empty if none.
        advice: What the user can do about it, in Chinese.
    """

    code: str
    message: str
    where: str = ""
    advice: str = ""

    exit_code = 3

    def __reduce__(self) -> tuple[type[Self], tuple[str, str, str, str]]:
        """Return how it is made again in another process."""
        return type(self), (self.code, self.message, self.where, self.advice)

    def __str__(self) -> str:
        place = f"{visible(self.where)}：" if self.where else ""
        advice = f" {self.advice}" if self.advice else ""
        return f"{place}{self.message} [{self.code}]{advice}"


class InputError(KemuError):
    """A file, argument or request that cannot be used. Exit code 2; HTTP 400."""

    exit_code = 2


class NotFoundError(KemuError):
    """Something asked for by name does not exist. Exit code 2; HTTP 404."""

    exit_code = 2


class InternalError(KemuError):
    """Kemu itself is at fault. Exit code 3; HTTP 500."""

    exit_code = 3
