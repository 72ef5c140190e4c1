"""One classification is in force; others stand beside it, each with what it was made of."""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from kemu.classification import SCHEMES, Classification, active, load, reload, shipped, use
from kemu.classification.books.book import Book, BookRow
from kemu.classification.books.edition import edition_of
from kemu.classification.lookup.query import lookup
from kemu.classification.lookup.suggest import suggest
from kemu.classification.store.editions import Store
from kemu.classification.tables.concept import FUNCTIONAL
from kemu.classification.tables.rows import CodeRow
from kemu.classification.tables.scheme_table import SchemeTable


@pytest.fixture
def folder(tmp_path: Path) -> Iterator[Path]:
    yield tmp_path / "own"
    use(None)


def small(name: str) -> Classification:
    """Return a classification of a 类 and one 款."""
    rows = {FUNCTIONAL: [CodeRow("299", "试验支出", "类", ""), CodeRow("29901", name, "款", "299")]}
    return Classification(SchemeTable(scheme, rows.get(scheme, ())) for scheme in SCHEMES)


def printing(name: str, code: str = "2080177") -> Book:
    row = BookRow(FUNCTIONAL, code, name, "反映试验。", "", "科目", "第1行")
    return Book("书.xlsx", "ab" * 32, "2026年科目", (2026,), (row,), (), (), ())


def test_two_classifications_answer_each_from_its_own_tables() -> None:
    one, other = small("甲事务"), small("乙事务")
    for table, own, foreign in ((one, "甲事务", "乙事务"), (other, "乙事务", "甲事务")):
        assert table.resolve_name(own).code == "29901"
        assert not table.resolve_name(foreign)
        assert [answer.entry.name for answer in lookup(table, own).answers] == [own]
        assert [one.name for one in suggest(table, own[:2])] == [own]
        assert {str(member) for member in table.history.graph} == {"299 试验支出", f"29901 {own}"}
    assert not shipped().resolve_name("甲事务")


def test_what_is_in_force_changes_only_when_told_to(folder: Path) -> None:
    use(folder)
    before = load()
    assert load() is before
    Store(folder).write(edition_of(printing("数字人社"), 2026, []))
    assert load() is before
    assert load().get(FUNCTIONAL, "2080177") is None
    reload()
    concept = load().get(FUNCTIONAL, "2080177")
    assert concept is not None
    assert concept.name == "数字人社"
    assert [edition.year for edition in load().editions] == [2026]
    # What was in force stays what it was.
    assert before.get(FUNCTIONAL, "2080177") is None


def test_nothing_in_force_is_what_is_shipped(folder: Path) -> None:
    use(None)
    assert active() is None
    assert load() is shipped()


def test_a_process_started_from_this_one_has_the_same_in_force(folder: Path) -> None:
    Store(folder).write(edition_of(printing("数字人社"), 2026, []))
    use(folder)
    script = (
        "from kemu.classification import load;"
        "print(ascii(load().get('functional', '2080177').name))"
    )
    done = subprocess.run(
        [sys.executable, "-c", script], env=dict(os.environ), capture_output=True, check=True
    )
    assert done.stdout.decode().strip() == ascii("数字人社")
