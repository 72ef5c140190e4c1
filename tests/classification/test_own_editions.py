"""A user's own editions: laid over the tables, never into them; written whole or not at all."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pyoxigraph as ox
import pytest

from kemu.classification import Classification, load, shipped, use
from kemu.classification.books.book import Book, BookRow
from kemu.classification.books.edition import edition_of
from kemu.classification.books.reading import book
from kemu.classification.lookup.query import lookup
from kemu.classification.store.editions import Store
from kemu.errors import InputError
from kemu.read import read
from tests.classification import books

SHIPPED = shipped()


@pytest.fixture
def folder(tmp_path: Path) -> Iterator[Path]:
    yield tmp_path / "own"
    use(None)


def made(*rows: tuple[str, str], year: int = 2026, scheme: str = "functional") -> Book:
    """Return a book of (code, name) rows."""
    printed = tuple(
        BookRow(scheme, code, name, f"反映{name}。", "", "科目", f"第{n}行")
        for n, (code, name) in enumerate(rows, start=1)
    )
    return Book(f"{year}.xlsx", f"{year:064d}", f"{year}年科目", (year,), printed, (), (), ())


def contents(folder: Path) -> dict[Path, bytes]:
    """Return every file below a folder with its bytes."""
    return {path: path.read_bytes() for path in folder.rglob("*") if path.is_file()}


def put(folder: Path, *several: tuple[Book, int, bool]) -> Classification:
    """Put books in force, as (book, year, complete), and return the classification."""
    for one, year, complete in several:
        Store(folder).write(edition_of(one, year, ["functional"] if complete else []), replace=True)
    use(folder)
    return load()


def test_what_is_written_is_what_is_read(folder: Path) -> None:
    found = book(read(books.SAMPLES / f"{books.SAMPLE}.docx"), shipped())
    written = edition_of(found, 2099, ["functional"])
    Store(folder).write(written)
    assert Store(folder).edition(2099) == written
    assert Store(folder).editions() == (written,)
    again = contents(folder)
    assert Store(folder).write(written) is None
    assert contents(folder) == again


def test_the_graph_has_explanations_with_their_source(folder: Path) -> None:
    found = book(read(books.SAMPLES / f"{books.SAMPLE}.docx"), shipped())
    written = Store(folder).write(edition_of(found, 2099, ["functional"]))
    assert written is not None
    store = ox.Store()
    store.load(path=written / "edition.nq", format=ox.RdfFormat.N_QUADS)
    query = """PREFIX skos: <http://www.w3.org/2004/02/skos/core#>
      PREFIX dcterms: <http://purl.org/dc/terms/> PREFIX kemu: <https://w3id.org/kemu/ontology#>
      SELECT ?text ?title ?above ?complete WHERE { GRAPH ?g {
        ?c skos:notation "2012604" ; skos:definition ?text ; dcterms:source ?b ;
          skos:inScheme ?s ; skos:broader/skos:notation ?above .
        ?b dcterms:title ?title . ?s kemu:complete ?complete } }"""
    solutions = store.query(query)
    assert isinstance(solutions, ox.QuerySolutions)
    ((text, title, above, complete),) = [tuple(v.value for v in s) for s in solutions]  # type: ignore[union-attr]
    assert text == "反映各级档案馆收集、保管和提供利用档案的支出。"
    assert (title, above, complete) == ("政府收支分类科目·样例2099年版", "20126", "true")


def test_no_store_no_change(folder: Path) -> None:
    put(folder, (made(("201", "一般公共服务支出")), 2026, False))
    use(None)
    assert [c.name for c in load().concepts("functional")] == [
        c.name for c in SHIPPED.concepts("functional")
    ]


def test_a_new_code_is_known(folder: Path) -> None:
    assert SHIPPED.get("functional", "2080199") is not None
    assert SHIPPED.get("functional", "2080177") is None
    table = put(folder, (made(("2080177", "数字人社")), 2026, False))
    concept = table.get("functional", "2080177", 2026)
    assert concept is not None
    assert (concept.name, concept.confidence, concept.sources) == ("数字人社", "A", ("BOOK:2026",))
    assert [a.entry.concept.notation for a in lookup(load(), "数字人社").answers] == ["2080177"]


def test_a_new_name_begins_with_the_edition_at_the_latest(folder: Path) -> None:
    table = put(folder, (made(("2012604", "档案馆运行")), 2026, False))
    old, new = table.versions("functional", "2012604")
    assert (old.name, old.valid_to, old.to_basis) == ("档案馆", 2025, "bounded")
    assert (new.name, new.valid_from, new.from_basis) == ("档案馆运行", 2026, "bounded")
    assert "档案馆" in [name.text for name in new.former_names]
    assert table.get("functional", "2012604", 2022) == old


def test_an_old_edition_tells_the_former_name(folder: Path) -> None:
    assert SHIPPED.get("functional", "2210203").name == "购房补贴"  # type: ignore[union-attr]
    first = min(SHIPPED.get("functional", "2210203").years_seen)  # type: ignore[union-attr]
    table = put(folder, (made(("2210203", "购房补助"), year=first - 1), first - 1, False))
    old, new = table.versions("functional", "2210203")
    assert (old.name, old.valid_to, new.valid_from) == ("购房补助", first - 1, first)


def test_a_number_put_to_another_use_is_no_renaming(folder: Path) -> None:
    table = put(folder, (made(("20126", "碳汇交易")), 2026, False))
    new = table.get("functional", "20126", 2026)
    assert new is not None
    assert [name.text for name in new.names] == ["碳汇交易"]


def test_only_a_complete_edition_ends_codes(folder: Path) -> None:
    rows = tuple((c.notation, c.name) for c in SHIPPED.edition("functional", 2026))
    without = tuple(row for row in rows if row[0] != "2210203")
    part = put(folder, (made(*without), 2026, False))
    assert part.get("functional", "2210203", 2026) is not None
    Store(folder).write(edition_of(made(*without), 2026, ["functional"]), replace=True)
    use(folder)
    whole = load()
    assert whole.get("functional", "2210203", 2026) is None
    kept = whole.get("functional", "2210203", 2025)
    assert kept is not None
    assert (kept.valid_to, kept.to_basis) == (2025, "sourced")
    assert {c.notation for c in whole.edition("functional", 2026)} == {code for code, _ in without}
    # Years before are as they were.
    before = [(c.notation, c.name) for c in whole.edition("functional", 2024)]
    assert before == [(c.notation, c.name) for c in SHIPPED.edition("functional", 2024)]


def test_the_same_edition_twice_is_the_edition_once(folder: Path) -> None:
    rows = tuple((c.notation, c.name) for c in SHIPPED.edition("functional", 2026))
    table = put(folder, (made(*rows), 2026, True))
    assert [(c.notation, c.name) for c in table.edition("functional", 2026)] == list(rows)
    assert {c.confidence for c in table.edition("functional", 2026)} == {"A"}


def only_version(folder: Path) -> Path:
    """Return the folder of the only version of 2026 that a store holds."""
    (found,) = (p for p in (folder / "codes" / "edition-2026").iterdir() if p.is_dir())
    return found


def test_an_edition_that_no_pointer_names_does_not_exist(folder: Path) -> None:
    put(folder, (made(("2080177", "数字人社")), 2026, False))
    (folder / "codes" / "edition-2026" / "in-force.json").unlink()
    use(folder)
    assert load().get("functional", "2080177") is None


@pytest.mark.parametrize("damage", ["", "{", "[]", '{"versions": "x"}', '{"versions": ["../x"]}'])
def test_a_damaged_pointer_is_explained(folder: Path, damage: str) -> None:
    put(folder, (made(("2080177", "数字人社")), 2026, False))
    (folder / "codes" / "edition-2026" / "in-force.json").write_text(damage, encoding="utf-8")
    use(folder)
    with pytest.raises(InputError) as raised:
        load()
    assert raised.value.code == "E-STORE-EDITION"
    assert "edition-2026" in raised.value.where
    # The book imported again mends it.
    put(folder, (made(("2080177", "数字人社")), 2026, False))
    assert load().get("functional", "2080177") is not None


@pytest.mark.parametrize("name", ["edition.csv", "edition.nq", "edition.json"])
@pytest.mark.parametrize("damage", ["cut", "changed", "gone"])
def test_a_file_that_is_not_as_it_was_written_is_noticed(
    folder: Path, name: str, damage: str
) -> None:
    put(folder, (made(("2080177", "数字人社"), ("2080178", "智慧人社")), 2026, False))
    path = only_version(folder) / name
    data = path.read_bytes()
    if damage == "gone":
        path.unlink()
    else:
        flipped = bytes([*data[:50], data[50] ^ 1, *data[51:]])
        path.write_bytes(data[:-20] if damage == "cut" else flipped)
    use(folder)
    with pytest.raises(InputError) as raised:
        load()
    assert raised.value.code == "E-STORE-EDITION"


def test_a_store_of_the_old_format_is_told_not_passed_over(folder: Path) -> None:
    (folder / "codes").mkdir(parents=True)
    (folder / "codes" / "edition-2026.json").write_text("{}", encoding="utf-8")
    use(folder)
    with pytest.raises(InputError, match="旧的格式"):
        load()
    put(folder, (made(("2080177", "数字人社")), 2026, False))
    assert load().get("functional", "2080177") is not None


def test_another_edition_of_the_year_is_replaced_only_if_asked_for(folder: Path) -> None:
    store = Store(folder)
    first, second = (edition_of(made(("2080177", name)), 2026, []) for name in ("甲", "乙"))
    store.write(first)
    with pytest.raises(InputError) as raised:
        store.write(second)
    assert raised.value.code == "E-STORE-EXISTS"
    assert store.edition(2026) == first
    store.write(second, replace=True)
    assert store.edition(2026) == second


def test_every_replacement_can_be_taken_back(folder: Path) -> None:
    store = Store(folder)
    several = [edition_of(made(("2080177", name)), 2026, []) for name in "甲乙丙"]
    for one in several:
        store.write(one, replace=True)
    assert store.undo(2026) == several[1]
    assert store.undo(2026) == several[0]
    assert store.undo(2026) is None
    with pytest.raises(InputError) as raised:
        store.undo(2026)
    assert raised.value.code == "E-STORE-NONE"
    store.write(several[2])
    assert store.editions() == (several[2],)


def test_a_folder_that_cannot_be_written_is_explained(tmp_path: Path) -> None:
    (tmp_path / "own").write_text("a file, no folder", encoding="utf-8")
    with pytest.raises(InputError) as raised:
        Store(tmp_path / "own").write(edition_of(made(("201", "甲")), 2026, []))
    assert raised.value.code == "E-STORE-WRITE"
