"""Documents into a store: once, in versions, never one over another by mistake."""

from __future__ import annotations

from pathlib import Path

import pyoxigraph as ox
import pytest

from kemu.cli import main
from kemu.store import register
from kemu.store.opening import opened
from kemu.store.register import Entry
from tests.store.making import UNIT, page


def entries(store: Path) -> list[Entry]:
    with opened(str(store)).reading() as reader:
        return register.read(reader.quads(register.GRAPH)).entries


def quads(store: Path) -> set[ox.Quad]:
    with opened(str(store)).reading() as reader:
        return set(reader.quads())


def take(store: Path, *files: Path) -> int:
    return main(["ingest", *map(str, files), "--store", str(store)])


def test_the_same_file_again_changes_nothing(
    tmp_path: Path, capfd: pytest.CaptureFixture[str]
) -> None:
    store, file = tmp_path / "库", page(tmp_path)
    assert take(store, file) == 0
    assert "已收入（" in capfd.readouterr().out
    before, lying = quads(store), sorted(p.name for p in store.iterdir() if p.is_dir())
    assert take(store, file) == 0
    assert "没有变化" in capfd.readouterr().out
    assert quads(store) == before
    assert sorted(p.name for p in store.iterdir() if p.is_dir()) == lying


def test_another_file_of_one_identity_is_a_version_and_the_old_graph_is_kept(
    tmp_path: Path, capfd: pytest.CaptureFixture[str]
) -> None:
    store = tmp_path / "库"
    first, second = page(tmp_path, "甲.html"), page(tmp_path, "乙.html", amount="130.50")
    take(store, first)
    old = entries(store)[0]
    kept = {quad for quad in quads(store) if quad.graph_name == old.node}
    take(store, second)
    assert "是第 2 版，替换 甲.html" in capfd.readouterr().out
    by_name = {entry.name: entry for entry in entries(store)}
    assert by_name["乙.html"].version == 2
    assert by_name["乙.html"].replaces == (old.sha256,)
    assert not by_name["甲.html"].current
    assert by_name["甲.html"].replaced_by == by_name["乙.html"].sha256
    assert {quad for quad in quads(store) if quad.graph_name == old.node} == kept


def test_a_query_sees_the_version_in_force_unless_all_are_asked_for(
    tmp_path: Path, capfd: pytest.CaptureFixture[str]
) -> None:
    store = tmp_path / "库"
    take(store, page(tmp_path, "甲.html"), page(tmp_path / "后", "乙.html", amount="130.50"))
    capfd.readouterr()
    for pattern in ("GRAPH ?g { ?f a qb:Observation ; kemu:printed ?p }",
                    "?f a qb:Observation ; kemu:printed ?p"):  # fmt: skip
        query = f"SELECT DISTINCT ?p WHERE {{ {pattern} FILTER(?p != '0.00') }}"
        for more, seen in (((), {"130.50"}), (("--all-versions",), {"130.50", "120.50"})):
            assert main(["query", query, "--store", str(store), "--format", "csv", *more]) == 0
            assert set(capfd.readouterr().out.split()[1:]) == seen


def test_another_year_or_statement_is_another_document(tmp_path: Path) -> None:
    store = tmp_path / "库"
    take(
        store,
        page(tmp_path / "a", title=f"{UNIT}2025年单位预算公开说明"),
        page(tmp_path / "b", title=f"{UNIT}2024年单位预算公开说明"),
        page(tmp_path / "c", title=f"{UNIT}2024年度单位决算公开说明"),
    )
    assert [entry.current for entry in entries(store)] == [True] * 3


def test_a_document_of_nobody_replaces_nothing(
    tmp_path: Path, capfd: pytest.CaptureFixture[str]
) -> None:
    store = tmp_path / "库"
    for amount in ("1.00", "2.00"):
        take(store, page(tmp_path / amount, title="公开说明", amount=amount))
        assert "没有替换任何文件" in capfd.readouterr().out
    assert [entry.current for entry in entries(store)] == [True, True]


def test_a_text_beside_tables_is_another_part(tmp_path: Path) -> None:
    """Explanation and tables of one disclosure, taken in on two days, are both in force."""
    store = tmp_path / "库"
    take(store, page(tmp_path / "表"))
    text = tmp_path / "说明.txt"
    text.write_text(
        f"{UNIT}2025年单位预算公开说明\n\n2025年一般公共预算支出120.50万元。\n", encoding="utf-8"
    )
    take(store, text)
    assert [(e.current, e.version) for e in entries(store)] == [(True, 1), (True, 1)]


def test_what_cannot_be_read_stops_nothing(
    tmp_path: Path, capfd: pytest.CaptureFixture[str]
) -> None:
    store, bad = tmp_path / "库", tmp_path / "坏.pdf"
    bad.write_bytes(b"%PDF-1.4 broken")
    assert take(store, bad, page(tmp_path)) == 2
    assert "坏.pdf" in capfd.readouterr().err
    assert len(entries(store)) == 1
