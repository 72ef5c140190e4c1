"""Dirty twins: a rendering with one planted slip, and what a checker must name."""

from __future__ import annotations

import random
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from decimal import Decimal

from benchmarks.layouts.blocks import FACTORS, Block, Cell, Grid, Line, Printed
from benchmarks.layouts.rendering import Rendering
from kemu.model.facts import ALL, Key
from kemu.model.findings import Finding

_CODES = ("functional", "dept_economic", "gov_economic")
_LEAST = Decimal(10)
"""Units of money that an amount has at least to be worth a slip; rounding cannot explain it."""


@dataclass(frozen=True)
class Planted:
    """One slip.

    Attributes:
        kind: `amount`, `digits`, `total`, `row` or `prose`.
        place: The table's title, or the sentence.
        text: What is printed there wrongly; of a dropped row its total.
        right: What should stand there; of a dropped row what is missing from its total.
        value: `text` in 元: the number that a finding must name.
    """

    kind: str
    place: str
    text: str
    right: str
    value: Decimal

    def named(self, findings: Iterable[Finding]) -> bool:
        """Tell whether a finding names the number at fault."""
        return any(self.names(finding) for finding in findings)

    def names(self, finding: Finding) -> bool:
        """Tell whether a finding rests on the number at fault."""
        return any(evidence.value == self.value for evidence in finding.evidence)


def plant(rendering: Rendering, kind: str) -> tuple[Rendering, Planted] | None:
    """Return a rendering with a slip, and the slip; None where nothing in it can go wrong so."""
    chance = random.Random(f"slip/{kind}/{rendering.seed}")
    choices = list(_KINDS[kind](rendering, chance))
    if not choices:
        return None
    at, block, slip = chance.choice(choices)
    blocks = list(rendering.blocks)
    blocks[at] = block
    return replace(rendering, seed=f"{rendering.seed}-{kind}", blocks=tuple(blocks)), slip


_Choice = tuple[int, Block, Planted]
_Change = Callable[[Rendering, Printed, random.Random], str | None]


# Changed texts ----------------------------------------------------------------------------


def _digit(rendering: Rendering, amount: Printed, chance: random.Random) -> str:
    """Return an amount with one digit before the decimal point changed."""
    end = len(amount.text.partition(".")[0])
    at = chance.choice([i for i in range(end) if amount.text[i].isdigit()])
    other = chance.choice([d for d in "123456789" if d != amount.text[at]])
    return amount.text[:at] + other + amount.text[at + 1 :]


def _swapped(rendering: Rendering, amount: Printed, chance: random.Random) -> str | None:
    """Return an amount with two neighbouring digits before the decimal point swapped."""
    text = amount.text
    end = len(text.partition(".")[0])
    pairs = [
        i for i in range(end - 1) if text[i : i + 2].isdigit() and text[i] != text[i + 1] != "0"
    ]
    if not pairs:
        return None
    at = chance.choice(pairs)
    return text[:at] + text[at + 1] + text[at] + text[at + 2 :]


def _stale(rendering: Rendering, amount: Printed, chance: random.Random) -> str | None:
    """Return a total from before one of its parts was added."""
    parts = [
        part.value
        for grid in rendering.blocks
        if isinstance(grid, Grid)
        for part in _amounts(grid)
        if _part_of(part.key, amount.key) and _units(part) >= _LEAST and part.value < amount.value
    ]
    if not parts:
        return None
    value = amount.value - chance.choice(sorted(parts))
    shown = value * 100 / FACTORS[amount.unit]
    return (
        f"{shown:,.2f}"
        if "," in amount.text or rendering.layout.digits == "thousands"
        else (f"{shown:.2f}")
    )


def _part_of(part: Key, total: Key) -> bool:
    """Tell whether a key differs from another by one more level of code."""
    for dimension in _CODES:
        code, above = getattr(part, dimension), getattr(total, dimension)
        if code != ALL and replace(part, **{dimension: above}) == total:
            one_more = len(code) == (3 if above == ALL else len(above) + 2)
            return one_more and (above == ALL or code.startswith(above))
    return False


# Where ------------------------------------------------------------------------------------


def _in_tables(
    change: _Change, kind: str
) -> Callable[[Rendering, random.Random], Iterator[_Choice]]:
    def found(rendering: Rendering, chance: random.Random) -> Iterator[_Choice]:
        often = Counter(key for one in rendering.truth for key in one.keys)
        for at, grid in enumerate(rendering.blocks):
            if not isinstance(grid, Grid):
                continue
            for r, row in enumerate(grid.rows):
                for c, cell in enumerate(row):
                    amount = cell.amount
                    if amount is None or _units(amount) < _LEAST or not _checked(amount.key, often):
                        continue
                    text = change(rendering, amount, chance)
                    if text is not None and text != amount.text:
                        slip = _planted(kind, grid.name, amount, text)
                        yield at, _with(grid, r, c, text, slip), slip

    return found


def _in_prose(rendering: Rendering, chance: random.Random) -> Iterator[_Choice]:
    printed = {key for one in rendering.truth if "：" in one.place for key in one.keys}
    for at, line in enumerate(rendering.blocks):
        if not isinstance(line, Line):
            continue
        for amount in line.amounts:
            once = line.text.count(amount.text) == 1
            if once and _units(amount) >= _LEAST and amount.key in printed:
                text = _digit(rendering, amount, chance)
                slip = _planted("prose", line.text[:40], amount, text)
                changed = tuple(part.replace(amount.text, text) for part in line.parts)
                yield at, replace(line, parts=changed), slip


def _dropped(rendering: Rendering, chance: random.Random) -> Iterator[_Choice]:
    """Yield tables that lack one row, a part of a total with other parts and without own parts."""
    for at, grid in enumerate(rendering.blocks):
        if not isinstance(grid, Grid):
            continue
        places = grid.places()
        firsts = [next(iter(_row_amounts(row)), None) for row in grid.rows]
        for r, amount in enumerate(firsts):
            if amount is None or _units(amount) < _LEAST or not all(s for _, s in places[r]):
                continue
            above = next((a for a in firsts if a and _part_of(amount.key, a.key)), None)
            beside = [a for a in firsts if a and above and _part_of(a.key, above.key)]
            below = any(a and _part_of(a.key, amount.key) for a in firsts)
            if above is not None and len(beside) > 1 and not below:
                slip = Planted("row", grid.name, above.text, amount.text, above.value)
                yield at, replace(grid, rows=grid.rows[:r] + grid.rows[r + 1 :]), slip


_KINDS: dict[str, Callable[[Rendering, random.Random], Iterator[_Choice]]] = {
    "amount": _in_tables(_digit, "amount"),
    "digits": _in_tables(_swapped, "digits"),
    "total": _in_tables(_stale, "total"),
    "row": _dropped,
    "prose": _in_prose,
}
KINDS = tuple(_KINDS)


def _checked(key: Key, often: Counter[Key]) -> bool:
    """Tell whether an amount is part of a sum of codes or is printed twice."""
    return any(getattr(key, code) != ALL for code in _CODES) or often[key] > 1


def _units(amount: Printed) -> Decimal:
    return abs(amount.value) * 100 / FACTORS["万元"]


def _planted(kind: str, place: str, amount: Printed, text: str) -> Planted:
    value = Decimal(text.replace(",", "")) * FACTORS[amount.unit] / 100
    return Planted(kind, place, text, amount.text, value)


def _with(grid: Grid, row: int, column: int, text: str, slip: Planted) -> Grid:
    cells = list(grid.rows[row])
    old = cells[column]
    assert old.amount is not None
    wrong = replace(old.amount, text=text, value=slip.value)
    cells[column] = replace(old, text=text, amount=wrong)
    rows = list(grid.rows)
    rows[row] = tuple(cells)
    return replace(grid, rows=tuple(rows))


def _amounts(grid: Grid) -> Iterator[Printed]:
    for row in grid.rows:
        yield from _row_amounts(row)


def _row_amounts(row: Sequence[Cell]) -> Iterator[Printed]:
    return (cell.amount for cell in row if cell.amount is not None)
