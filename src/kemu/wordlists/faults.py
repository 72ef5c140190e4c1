"""What is wrong with files of words, each with its place and a way out."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass

from rapidfuzz import fuzz, process

from kemu.errors import InputError
from kemu.knowledge import Source
from kemu.knowledge.sources import Keys

_NEAR = 60
_SHOWN = 8


@dataclass(frozen=True)
class Place:
    """Where something stands in a file of words.

    Attributes:
        source: The file.
        keys: From the outside.
        value: What stands there, to find its line.
        nth: How often the same value stands there before it.
    """

    source: Source
    keys: Keys
    value: object = None
    nth: int = 0

    def __str__(self) -> str:
        return self.source.where(self.source.line(self.keys, self.value, self.nth))

    @property
    def dotted(self) -> str:
        """The keys as they are written: `fund.stateCapital`."""
        return ".".join(str(key) for key in self.keys if isinstance(key, str))

    def fault(self, code: str, message: str, advice: str) -> InputError:
        """Return what is wrong here."""
        return InputError(code, message, str(self), advice)


def nearest(name: str, known: Collection[str]) -> str:
    """Return the advice for a misspelt name: the nearest known ones, else some of them."""
    names = sorted(set(known))
    found = process.extractOne(name, names, scorer=fuzz.ratio, score_cutoff=_NEAR)
    if found is not None:
        return f"是不是 {found[0]}？"
    shown = "、".join(names[:_SHOWN])
    return f"可以写：{shown}{'……' if len(names) > _SHOWN else ''}。"
