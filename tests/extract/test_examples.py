"""What graph/*.toml says beyond its own examples, which tests/wordlists holds."""

from __future__ import annotations

from kemu.extract.prose import counts
from kemu.extract.words import lexicon


def test_members_that_a_title_names_side_by_side_are_read_so_only_there() -> None:
    for entry in lexicon.data()["together"]:
        for title in entry["examples"]:
            reading = lexicon.base().read(title)
            assert reading.whole == {"item": entry["item"]}, title
            assert not reading.understood, "only titles are read so"


def test_whatever_is_counted_has_a_measure() -> None:
    assert set(counts.data()["measure"]) >= set(counts.data()["item"])
