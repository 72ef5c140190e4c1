"""The rows of `make bench`: renderings by format, and each option of a choice alone."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from benchmarks.layouts import slips
from benchmarks.layouts.choices import Layout, draw, options
from benchmarks.layouts.measure import Score, score
from benchmarks.layouts.rendering import rendering
from benchmarks.layouts.unread import draw_held
from kemu.report.layout import table
from kemu.report.shares import percent

DRAWN = 40
"""Renderings of a run that says no other number; each takes about a second."""
_HEADER = ("layouts", "renderings", "amounts", "keys equal", "wrong", "whole", "accused", "slips",
           "found")  # fmt: skip
_RIGHT = tuple(range(1, len(_HEADER)))
_NEEDS = {"paths": {"prose": "after"}, "lists": {"prose": "after"}}
"""What makes an option show."""


@dataclass
class Tally:
    """What came of several renderings of one kind."""

    renderings: int = 0
    amounts: int = 0
    right: int = 0
    wrong: int = 0
    whole: int = 0
    accused: int = 0
    slips: int = 0
    found: int = 0

    def add(self, made: Score) -> None:
        """Count a clean rendering."""
        self.renderings += 1
        self.amounts += made.held.printed
        self.right += made.held.right
        self.wrong += len(made.held.wrong)
        self.whole += made.holds
        self.accused += bool(made.violations)

    def row(self, name: str) -> tuple[str, ...]:
        """Return the tally as a row of the table."""
        return (
            name, str(self.renderings), str(self.amounts), percent(self.right, self.amounts),
            str(self.wrong), str(self.whole), str(self.accused), str(self.slips),
            percent(self.found, self.slips) if self.slips else "–",
        )  # fmt: skip


def measure(count: int = DRAWN) -> None:
    """Print what becomes of layouts drawn by seed, and of a quarter as many known to be held.

    Args:
        count: How many renderings, and as many with a planted slip.
    """
    forms: dict[str, Tally] = {name: Tally() for name in [*options()["form"], "all", "held today"]}
    for seed in range(count):
        layout = draw(seed)
        _tell(str(seed), layout, [forms[layout.form], forms["all"]])
    for seed in range(count // 4):
        _tell(f"held-{seed}", draw_held(seed), [forms["held today"]])
    print(f"版式生成器 / generated layouts, seeds 0 to {count - 1}, each with and without a slip")
    print(table(_HEADER, [tally.row(name) for name, tally in forms.items()], 140, _RIGHT))


def by_choice(seeds: Sequence[str] = ("a",), forms: Sequence[str] = ("html",)) -> None:
    """Print what each option costs alone, in a layout that is plain otherwise."""
    rows = []
    for form in forms:
        plain = Layout.of({"form": form})
        for name, layout in [("plain", plain), *_each(plain)]:
            tally = Tally()
            for seed in seeds:
                tally.add(score(rendering(seed, layout)))
            rows.append(tally.row(f"{form}: {name}"))
    print("每种选择单独的代价 / what each option costs alone")
    print(table(_HEADER, rows, 140, _RIGHT))


def _each(plain: Layout) -> Iterator[tuple[str, Layout]]:
    """Yield every option but the plainest, alone in a plain layout."""
    for name, listed in options().items():
        for option in listed[1:] if name != "form" else ():
            yield f"{name} {option}", plain.but(**{name: option}, **_NEEDS.get(name, {}))


def _tell(seed: str, layout: Layout, tallies: Iterable[Tally]) -> None:
    """Add a rendering and its dirty twin to tallies."""
    clean = rendering(seed, layout)
    made = score(clean)
    first = sum(map(ord, seed)) % len(slips.KINDS)
    kinds = [*slips.KINDS[first:], *slips.KINDS]
    planted = next((p for p in (slips.plant(clean, kind) for kind in kinds) if p), None)
    found = planted is not None and planted[1].named(score(planted[0]).violations)
    for tally in tallies:
        tally.add(made)
        tally.slips += planted is not None
        tally.found += found
