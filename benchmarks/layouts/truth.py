"""What the reader must bind, taken from the blocks; and how an extraction is held against it."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from decimal import Decimal

from benchmarks.layouts.blocks import Block, Grid, Line, Printed
from benchmarks.layouts.model import Money
from kemu.model.facts import Fact, Key


@dataclass(frozen=True)
class Expected:
    """One printed amount.

    Attributes:
        keys: What it measures; several keys where the words may mean any of them and all measure
            the same money.
        amount: In 元, as printed.
        half_step: Half of the last printed digit, in 元; None where nothing but a zero is printed.
        place: Where: the table's title and the row's and column's words, or the sentence.
    """

    keys: frozenset[Key]
    amount: Decimal
    half_step: Decimal | None
    place: str


def expected(blocks: Sequence[Block], money: Money) -> Iterator[Expected]:
    """Yield every amount that a rendering prints."""
    for block in blocks:
        if isinstance(block, Line):
            for amount in block.amounts:
                yield _expected(amount, money, block.text[:40])
        else:
            yield from _in_table(block, money)


def _in_table(grid: Grid, money: Money) -> Iterator[Expected]:
    for line in grid.places():
        label = " ".join(c.text for c, starts in line if starts and c.amount is None and c.text)
        for cell, starts in line:
            if starts and cell.amount is not None:
                yield _expected(cell.amount, money, f"{grid.name}：{label}")


def _expected(amount: Printed, money: Money, place: str) -> Expected:
    half = amount.half_step if amount.value else None
    return Expected(money.alike(amount.key), amount.value, half, f"{place} {amount.text}")


@dataclass(frozen=True)
class Held:
    """What came of holding facts against the truth.

    Attributes:
        printed: Number of amounts printed.
        right: Of these, bound with their key, value and precision.
        missing: The others.
        wrong: Facts with a key that no printed amount has.
    """

    printed: int
    right: int
    missing: tuple[Expected, ...]
    wrong: tuple[Fact, ...]

    @property
    def share(self) -> float:
        """The share of printed amounts that are bound right."""
        return self.right / self.printed if self.printed else 1.0


def hold(wanted: Iterable[Expected], facts: Iterable[Fact]) -> Held:
    """Hold the money facts of an extraction against the truth; a fact serves one amount."""
    left: dict[tuple[str, Decimal], list[Fact]] = {}
    for fact in facts:
        digest = fact.key.digest()
        if digest is not None and fact.key.measure == "money":
            left.setdefault((digest, fact.amount.value), []).append(fact)
    listed = list(wanted)
    missing = []
    for one in sorted(listed, key=lambda one: len(one.keys)):
        if not _take(one, left):
            missing.append(one)
    wrong = tuple(fact for facts in left.values() for fact in facts)
    return Held(len(listed), len(listed) - len(missing), tuple(missing), wrong)


def _take(one: Expected, left: dict[tuple[str, Decimal], list[Fact]]) -> bool:
    for key in one.keys:
        facts = left.get((key.digest() or "", one.amount), [])
        for fact in facts:
            if one.half_step in (None, fact.amount.half_step):
                facts.remove(fact)
                return True
    return False


def causes(held: Held) -> Counter[str]:
    """Return how often each dimension is why a wrong fact is wrong: what its nearest truth has."""
    found: Counter[str] = Counter()
    for fact in held.wrong:
        same = [one for one in held.missing if one.amount == fact.amount.value]
        found.update(_differences(fact.key, same[0].keys) if same else ["no such amount"])
    return found


def _differences(key: Key, keys: Iterable[Key]) -> list[str]:
    options = [[d for d in key.__slots__ if getattr(key, d) != getattr(k, d)] for k in keys]
    return min(options, key=len)
