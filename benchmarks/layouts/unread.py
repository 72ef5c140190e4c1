"""Which layouts today's reader holds, from the data of those that it does not."""

from __future__ import annotations

import random
import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from benchmarks.layouts.choices import Layout, options

_DATA = Path(__file__).with_name("unread.toml")


@dataclass(frozen=True)
class Unread:
    """Options that together are not read right, and what comes of them."""

    choices: Mapping[str, tuple[str, ...]]
    reason: str

    def covers(self, drawn: Mapping[str, str]) -> bool:
        """Tell whether all of the choices are among those drawn."""
        return all(drawn.get(name) in listed for name, listed in self.choices.items())


@cache
def unread() -> tuple[Unread, ...]:
    """Return what is known not to be read right."""
    data = tomllib.loads(_DATA.read_text(encoding="utf-8"))
    return tuple(
        Unread({name: tuple(listed) for name, listed in entry["choices"].items()}, entry["reason"])
        for entry in data["unread"]
    )


def held(name: str, drawn: Mapping[str, str]) -> tuple[str, ...]:
    """Return the options of a choice that are read right together with those drawn before it."""
    return tuple(
        option
        for option in options()[name]
        if not any(entry.covers({**drawn, name: option}) for entry in unread())
    )


def draw_held(seed: int | str) -> Layout:
    """Return a layout drawn by seed among those that are read right."""
    chance = random.Random(f"held/{seed}")
    drawn: dict[str, str] = {}
    for name in options():
        drawn[name] = chance.choice(held(name, drawn))
    return Layout.of(drawn)
