"""The generator itself: one amount for a key, whatever the layout, and files that hold it all."""

from __future__ import annotations

import io
from collections import Counter
from collections.abc import Callable
from decimal import Decimal
from html import unescape
from pathlib import Path

import docx
import pypdfium2
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from python_calamine import CalamineWorkbook

from benchmarks.layouts import slips
from benchmarks.layouts.blocks import FACTORS, Grid, Line
from benchmarks.layouts.choices import Layout, draw, options
from benchmarks.layouts.rendering import Rendering, rendering
from benchmarks.layouts.unread import draw_held, unread
from kemu.model.facts import ALL, DIMENSIONS, UNDETERMINED, Key

SEEDS = st.integers(0, 10_000)
DRAWN = settings(max_examples=60, deadline=None, derandomize=True)
YUAN = {unit: Decimal(factor) / 100 for unit, factor in FACTORS.items()}


def printed(made: Rendering) -> list[str]:
    """Return every amount that a rendering prints, as printed."""
    found: list[str] = []
    for block in made.blocks:
        if isinstance(block, Line):
            found += [amount.text for amount in block.amounts]
        else:
            cells = (cell for row in block.rows for cell in row)
            found += [cell.amount.text for cell in cells if cell.amount is not None]
    return found


@given(SEEDS)
@DRAWN
def test_a_key_has_one_amount(seed: int) -> None:
    amounts: dict[Key, set[Decimal]] = {}
    for one in rendering(seed).truth:
        for key in one.keys:
            amounts.setdefault(key, set()).add(one.amount)
    for values in amounts.values():
        assert max(values) - min(values) <= 50  # 元 and 万元 of two decimals


@given(SEEDS)
@DRAWN
def test_every_dimension_is_told(seed: int) -> None:
    for one in rendering(seed).truth:
        assert all(UNDETERMINED not in [getattr(k, d) for d in DIMENSIONS] for k in one.keys)


@given(SEEDS)
@DRAWN
def test_classes_add_to_the_total_and_items_to_their_class(seed: int) -> None:
    made = rendering(seed).money
    spent = made.key(flow="expenditure")
    items = {line.functional for line in made.book.lines}
    for length, above in ((3, 0), (5, 3), (7, 5)):
        for whole in {item[:above] for item in items}:
            parts = {item[:length] for item in items if item.startswith(whole)}
            total = made.fen(made.key(flow="expenditure", functional=whole or ALL))
            assert total == sum(
                made.fen(made.key(flow="expenditure", functional=part)) for part in parts
            )
    assert made.fen(spent) == sum(line.fen for line in made.book.lines)


@given(SEEDS)
@DRAWN
def test_income_and_what_is_carried_over_pay_for_all(seed: int) -> None:
    made = rendering(seed).money
    income, over, grand = (
        made.fen(made.key(flow="revenue", **says))
        for says in ({"carry": "current"}, {"carry": "carriedOver"}, {"item": "grandTotal"})
    )
    left = made.fen(made.key(flow="expenditure", carry="carriedForward"))
    assert income + over == grand == made.fen(made.key(flow="expenditure")) + left


def test_a_layout_changes_no_amount() -> None:
    """One money in many layouts: what both print of a key is the same."""
    plain = {k: o.amount for o in rendering("a", Layout()).truth for k in o.keys}
    for seed in range(20):
        layout = draw(seed, statement="budget", units="none", carried="nothing", grain="exact")
        other = {k: o.amount for o in rendering(seed, layout, "a").truth for k in o.keys}
        shared = plain.keys() & other.keys()
        assert len(shared) > len(plain) / 4
        assert all(plain[key] == other[key] for key in shared)


def _web(data: bytes) -> str:
    return unescape(data.decode())


def _word(data: bytes) -> str:
    body = docx.Document(io.BytesIO(data)).element.body
    return "\n".join(t.text or "" for t in body.iter("{*}t"))


def _pages(data: bytes) -> str:
    pages = pypdfium2.PdfDocument(data)
    return "\n".join(page.get_textpage().get_text_bounded() for page in pages)


TEXTS: dict[str, Callable[[bytes], str]] = {
    "html": _web, "docx": _word, "text tabs": bytes.decode, "text blanks": bytes.decode,
    "pdf ruled": _pages, "pdf half-ruled": _pages, "pdf unruled": _pages,
}  # fmt: skip


@pytest.mark.parametrize("form", TEXTS)
def test_a_file_prints_every_amount(form: str) -> None:
    made = rendering("b", draw(7, form=form, wraps="names", zeros="0.00"))
    text = (
        TEXTS[form](made.data()).replace("\r", "").replace("\n", "")
        if "pdf" in form
        else (TEXTS[form](made.data()))
    )
    wanted = Counter(text for text in printed(made) if len(text) > 4)
    assert wanted
    for amount, count in wanted.items():
        assert text.count(amount) >= count, amount


def test_a_workbook_holds_every_amount(tmp_path: Path) -> None:
    made = rendering("b", draw(7, form="xlsx", zeros="0.00"))
    book = CalamineWorkbook.from_path(str(made.write(tmp_path)))
    rows = [row for name in book.sheet_names for row in book.get_sheet_by_name(name).to_python()]
    held = Counter(round(value, 2) for row in rows for value in row if isinstance(value, float))
    tables = [block for block in made.blocks if isinstance(block, Grid)]
    cells = [cell.amount for grid in tables for row in grid.rows for cell in row]
    wanted = Counter(float(a.text.replace(",", "")) for a in cells if a is not None)
    assert wanted <= held


@pytest.mark.parametrize("form", options()["form"])
def test_a_seed_gives_the_same_file(form: str) -> None:
    layout = draw(11, form=form)
    assert rendering("c", layout).data() == rendering("c", layout).data()


@pytest.mark.parametrize("kind", slips.KINDS)
def test_a_slip_changes_one_thing_by_more_than_rounding(kind: str) -> None:
    clean = rendering("d", Layout(prose="after"))
    twin = slips.plant(clean, kind)
    assert twin is not None
    dirty, slip = twin
    changed = [
        (one, other) for one, other in zip(clean.blocks, dirty.blocks, strict=True) if one != other
    ]
    assert len(changed) == 1
    before, after = (Counter(printed_in) for printed_in in (printed(clean), printed(dirty)))
    if kind == "row":
        assert (before - after)[slip.right] >= 1
        assert not after - before
    elif kind != "prose":
        assert before - after == {slip.right: 1}
        assert after - before == {slip.text: 1}
        gap = abs(Decimal(slip.text) - Decimal(slip.right))
        assert gap * YUAN["万元"] > 1000


def test_what_is_not_read_is_told_in_choices_that_there_are() -> None:
    known = options()
    for entry in unread():
        assert entry.reason
        for name, listed in entry.choices.items():
            assert set(listed) < set(known[name]), (name, listed)


def test_held_layouts_have_no_choice_that_is_not_read() -> None:
    for seed in range(200):
        layout = draw_held(seed)
        drawn = {name: getattr(layout, name) for name in options()}
        assert not any(entry.covers(drawn) for entry in unread())
