"""Shapes and oracle agree: on generated documents, with one error put in, and on the seeds.

A generated document prints the roundings of true amounts, so nothing in it is wrong; what rounding
leaves apart may only be hinted at. Then one thing is changed, and both judges must say the same.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from decimal import ROUND_HALF_UP, Decimal
from fractions import Fraction
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from kemu.model.facts import BlankCell, Extraction
from tests.validate.agreement import by_shapes
from tests.validate.making import Maker
from tests.validate.oracle import judge

SEEDS = Path(__file__).resolve().parents[2] / ".." / "shared" / "seeds"
GENERATED = settings(
    max_examples=40, deadline=None, suppress_health_check=[HealthCheck.too_slow], derandomize=True
)
# Large enough not to be printed as 0 by rounding: a rate on a printed 0 is worth a warning.
POSITIVE = st.integers(min_value=10**5, max_value=10**9)
AMOUNTS = st.one_of(st.just(0), POSITIVE)
FORMS = st.sampled_from([("万元", 2), ("万元", 2), ("万元", 1), ("万元", 0), ("元", 0), ("元", 2)])


def rounded(value: Fraction, digits: int) -> str:
    """Return a number as printed with so many decimals."""
    scaled = Decimal(value.numerator) / Decimal(value.denominator)
    return f"{scaled.quantize(Decimal(1).scaleb(-digits), ROUND_HALF_UP):f}"


class Printer:
    """Prints true amounts in 元, each in a drawn form."""

    def __init__(self, draw: st.DrawFn) -> None:
        self.draw = draw
        self.maker = Maker()

    def amount(self, value: int, **where: str) -> str:
        unit, digits = self.draw(FORMS)
        table = self.draw(st.sampled_from([None, 1, 2]))
        printed = rounded(Fraction(value, 10000 if unit == "万元" else 1), digits)
        return self.maker.fact(printed, table=table, unit=unit, **where)

    def percent(self, value: Fraction) -> str:
        return rounded(value, self.draw(st.integers(0, 2)))


@st.composite
def documents(draw: st.DrawFn) -> Maker:
    """Draw a document in which every printed number is the rounding of the truth."""
    printer = Printer(draw)
    maker = printer.maker
    values = draw(st.lists(AMOUNTS, min_size=1, max_size=5))
    items = [printer.amount(v, functional=f"20801{i:02d}") for i, v in enumerate(values, 1)]
    again = [printer.amount(v, functional=f"20801{i:02d}") for i, v in enumerate(values, 1)]
    total = printer.amount(sum(values), functional="20801")
    blank = maker.blank(functional="2080199")
    missing = draw(st.sampled_from(["blankIsZero", "notDisclosed"]))
    maker.equation(total, *items, blank, basis="codeHierarchy", missing=missing)
    maker.equation(total, *again, basis=draw(st.sampled_from(["list", "ceiling", "oneItemClass"])))
    _shares(printer, values, items, total)
    if draw(st.booleans()):
        _completions(printer, values, items, total)
    _comparison(printer, sum(values), total)
    return maker


def _shares(printer: Printer, values: list[int], items: list[str], total: str) -> None:
    complete = printer.draw(st.booleans())
    digits = printer.draw(st.integers(0, 2))
    for value, item in zip(values, items, strict=True):
        if sum(values):
            share = rounded(Fraction(100 * value, sum(values)), digits)
            printer.maker.claim(
                "share", share, part=item, whole=total, group="list", group_complete=complete
            )


def _completions(printer: Printer, values: list[int], items: list[str], total: str) -> None:
    """State how far every item and their total were completed, with or without the budgets."""
    plans = [printer.draw(POSITIVE) for _ in values]
    shown = printer.draw(st.booleans())
    whole = {"actual": total}
    if shown:
        whole["budget"] = printer.amount(sum(plans), phase="fullYear")
    for index, (value, plan, item) in enumerate(zip(values, plans, items, strict=True), 1):
        part = {"actual": item}
        if shown:
            code = f"20801{index:02d}"
            part["budget"] = printer.amount(plan, phase="fullYear", functional=code)
        if value or printer.draw(st.booleans()):
            rate = printer.percent(Fraction(100 * value, plan))
            printer.maker.claim("completion", rate, **part)
    if all(values):
        done = printer.percent(Fraction(100 * sum(values), sum(plans)))
        printer.maker.claim("completion", done, **whole)


def _comparison(printer: Printer, now: int, current: str) -> None:
    maker = printer.maker
    then = printer.draw(POSITIVE)
    base = printer.amount(then, functional="20801", year="2022")
    way = "increase" if now >= then else "decrease"
    shown = printer.draw(st.booleans())
    operands = {"current": current, "base": base} if shown else {"current": current}
    moved = rounded(Fraction(abs(now - then), 10000), 2)
    change = maker.claim("change", moved, direction=way, **operands)
    rate = printer.percent(Fraction(100 * abs(now - then), then))
    maker.claim("rate", rate, direction=way, change=change, **operands)
    word = "equal" if now == then else "greater" if now > then else "less"
    maker.claim("direction", left=current, right=base, direction=word)


@given(documents())
@GENERATED
def test_nothing_is_wrong_in_a_correct_document(maker: Maker) -> None:
    extraction = maker.extraction()
    said = by_shapes(extraction)
    assert said == judge(extraction)
    assert {severity for _, severity, _ in said} <= {"hint"}


Change = Callable[[Extraction, st.DataObject], Extraction]


def _amount(extraction: Extraction, data: st.DataObject) -> Extraction:
    """Print another number: a few units of the last digit off, ten thousand times, a sign."""
    index = data.draw(st.integers(0, len(extraction.facts) - 1))
    fact = extraction.facts[index]
    steps = data.draw(st.integers(-12, 12))
    factor = data.draw(st.sampled_from([1, 1, 1, 10000, -1]))
    value = fact.amount.value * factor + steps * fact.amount.half_step
    facts = list(extraction.facts)
    facts[index] = replace(fact, amount=replace(fact.amount, value=value))
    return replace(extraction, facts=tuple(facts))


def _stated(extraction: Extraction, data: st.DataObject) -> Extraction:
    """State another number, in another unit or with the opposite word."""
    index = data.draw(st.integers(0, len(extraction.claims) - 1))
    claim = extraction.claims[index]
    field = data.draw(st.sampled_from(["stated", "direction", "unit"]))
    if field == "stated" and claim.stated is not None and claim.stated_half_step is not None:
        steps = data.draw(st.integers(-8, 8))
        claim = replace(claim, stated=claim.stated + steps * claim.stated_half_step)
    elif field == "direction" and claim.direction:
        words = ["increase", "decrease", "equal", "greater", "less", "unresolved", ""]
        claim = replace(claim, direction=data.draw(st.sampled_from(words)))
    else:
        claim = replace(claim, unit=data.draw(st.sampled_from(["%", "", "万元"])))
    claims = list(extraction.claims)
    claims[index] = claim
    return replace(extraction, claims=tuple(claims))


def _blank(extraction: Extraction, data: st.DataObject) -> Extraction:
    """Leave the cell of an amount blank."""
    index = data.draw(st.integers(0, len(extraction.facts) - 1))
    fact = extraction.facts[index]
    cell = BlankCell(fact.slug, fact.key, fact.place, fact.label)
    facts = extraction.facts[:index] + extraction.facts[index + 1 :]
    return replace(extraction, facts=facts, blanks=(*extraction.blanks, cell))


def _operand(extraction: Extraction, data: st.DataObject) -> Extraction:
    """Do not print one of the amounts that a claim compares."""
    index = data.draw(st.integers(0, len(extraction.claims) - 1))
    claim = extraction.claims[index]
    role = data.draw(st.sampled_from(sorted(claim.operands)))
    operands = {name: slug for name, slug in claim.operands.items() if name != role}
    claims = list(extraction.claims)
    claims[index] = replace(claim, operands=operands)
    return replace(extraction, claims=tuple(claims))


def _equation(extraction: Extraction, data: st.DataObject) -> Extraction:
    """Drop a term, or change how an equation is meant."""
    index = data.draw(st.integers(0, len(extraction.equations) - 1))
    equation = extraction.equations[index]
    equations = list(extraction.equations)
    equations[index] = data.draw(
        st.sampled_from(
            [
                replace(equation, parts=equation.parts[1:] or equation.parts),
                replace(equation, parts=(*equation.parts, equation.parts[0])),
                replace(equation, relation="atMost"),
                replace(equation, missing="mustBePresent"),
                replace(equation, basis="economicComposition"),
                replace(equation, parts=(replace(equation.parts[0], weight=-1),)),
            ]
        )
    )
    return replace(extraction, equations=tuple(equations))


@pytest.mark.parametrize("change", [_amount, _stated, _blank, _operand, _equation])
@given(maker=documents(), data=st.data())
@GENERATED
def test_both_judges_say_the_same_about_one_error(
    change: Change, maker: Maker, data: st.DataObject
) -> None:
    extraction = change(maker.extraction(), data)
    assert by_shapes(extraction) == judge(extraction)


@pytest.mark.skipif(not SEEDS.is_dir(), reason="the shared seed documents are not here")
@pytest.mark.parametrize("number", ["000", "001", "002", "003", "004"])
def test_both_judges_say_the_same_about_a_seed(number: str) -> None:
    from kemu.extract import extract
    from kemu.read import read

    (path,) = SEEDS.glob(f"{number}_*.txt")
    extraction = extract(read(path))
    said = by_shapes(extraction)
    assert said == judge(extraction)
    assert said


@pytest.mark.skipif(not SEEDS.is_dir(), reason="the shared seed documents are not here")
@pytest.mark.parametrize("number", ["000", "001", "002", "003", "004"])
def test_an_amount_changed_in_a_seed_is_judged_the_same(number: str) -> None:
    """Every amount in turn would take minutes: seven spread over the document, two slips each."""
    from kemu.extract import extract
    from kemu.read import read

    (path,) = SEEDS.glob(f"{number}_*.txt")
    extraction = extract(read(path))
    before = judge(extraction)
    noticed = 0
    for index in range(0, len(extraction.facts), len(extraction.facts) // 7 + 1):
        fact = extraction.facts[index]
        for value in (fact.amount.value * 10, fact.amount.value + 4 * fact.amount.half_step):
            facts = list(extraction.facts)
            facts[index] = replace(fact, amount=replace(fact.amount, value=value))
            changed = replace(extraction, facts=tuple(facts))
            said = by_shapes(changed)
            assert said == judge(changed)
            noticed += said != before
    assert noticed
