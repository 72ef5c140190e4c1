"""Which layouts today's reader holds, from the data of those that it does not."""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from benchmarks.layouts.choices import Layout

_DATA = Path(__file__).with_name("unread.toml")


@dataclass(frozen=True)
class Unread:
    """Options that together are not read right, and what comes of them."""

    choices: Mapping[str, tuple[str, ...]]
    reason: str

    def covers(self, layout: Layout) -> bool:
        """Tell whether a layout has all of the choices."""
        return all(getattr(layout, name) in listed for name, listed in self.choices.items())


@cache
def unread() -> tuple[Unread, ...]:
    """Return what is known not to be read right."""
    data = tomllib.loads(_DATA.read_text(encoding="utf-8"))
    return tuple(
        Unread({name: tuple(listed) for name, listed in entry["choices"].items()}, entry["reason"])
        for entry in data["unread"]
    )


def is_held(layout: Layout) -> bool:
    """Tell whether a layout has none of the choices that are not read right."""
    return not any(entry.covers(layout) for entry in unread())
