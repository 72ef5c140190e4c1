"""`kemu codes` as a user meets it: tables checked, a book imported, a broken one refused."""

from __future__ import annotations

import csv
import io
import json
import shutil
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from kemu.classification import shipped, use
from kemu.classification.store.editions import Store
from kemu.classification.tables.rows import FILES
from kemu.cli import main
from tests.classification import books
from tests.classification.books import Section

ROOT = Path(__file__).resolve().parents[2]
BOOK = str(books.SAMPLES / f"{books.SAMPLE}.xlsx")
WATER = ROOT / "data" / "samples" / "临江市水务局_2025年度部门预算.txt"
Run = tuple[int, str, str]
Kemu = Callable[..., Run]


@pytest.fixture
def kemu(capfd: pytest.CaptureFixture[str]) -> Iterator[Kemu]:
    def run(*words: str) -> Run:
        capfd.readouterr()
        try:
            code = main(words)
        except SystemExit as stop:
            code = int(stop.code or 0)
        shown = capfd.readouterr()
        return code, shown.out, shown.err

    yield run
    use(None)


def test_the_shipped_tables_are_sound(kemu: Kemu) -> None:
    code, out, err = kemu("codes", "check")
    assert (code, err) == (0, "")
    assert "0 处错误" in out


def test_a_broken_table_is_told_with_its_line(kemu: Kemu, tmp_path: Path) -> None:
    for file in FILES.values():
        shutil.copy(ROOT / "data" / "codes" / file, tmp_path / file)
    path = tmp_path / "economic_department.csv"
    lines = path.read_text(encoding="utf-8").splitlines(keepends=True)
    path.write_text("".join([*lines, lines[3]]), encoding="utf-8")
    code, out, _ = kemu("codes", "check", str(tmp_path))
    assert code == 1
    assert f"economic_department.csv:{len(lines) + 1}: 30102" in out
    code, out, _ = kemu("codes", "check", str(tmp_path), "--format", "json")
    assert code == 1
    assert {"unique"} <= {problem["rule"] for problem in json.loads(out)}


def test_a_folder_without_tables(kemu: Kemu, tmp_path: Path) -> None:
    code, out, err = kemu("codes", "check", str(tmp_path))
    assert (code, out) == (2, "")
    assert "E-CODES-TABLE" in err


def test_a_book_is_only_compared_where_no_store_is_named(kemu: Kemu, tmp_path: Path) -> None:
    code, out, err = kemu("codes", "import", BOOK, "--edition", "2099")
    assert (code, err) == (0, "")
    for words in ("更名  2012604", "新增  2080117", "移动  2088801", "2080109", "没有写入"):
        assert words in out
    assert "取消" not in out.split("\n\n")[1].replace("不算取消", "")


def test_a_book_declared_whole_ends_codes(kemu: Kemu, tmp_path: Path) -> None:
    store = tmp_path / "我的科目"
    code, out, _ = kemu(
        "codes", "import", BOOK, "--edition", "2099", "--complete", "--store", str(store)
    )
    assert code == 0
    assert "2080599" in out
    (version,) = (p for p in (store / "codes" / "edition-2099").iterdir() if p.is_dir())
    assert sorted(p.name for p in version.iterdir()) == [
        "edition.csv", "edition.json", "edition.nq",
    ]  # fmt: skip
    code, out, _ = kemu("codes", "editions", "--store", str(store), "--format", "json")
    (edition,) = json.loads(out)
    assert edition["complete"] == ["functional", "deptEconomic"]
    assert edition["codes"] == 45


def test_the_shipped_data_stay_as_they_are(kemu: Kemu, tmp_path: Path) -> None:
    before = {p.name: p.read_bytes() for p in (ROOT / "data" / "codes").iterdir()}
    kemu("codes", "import", BOOK, "--edition", "2099", "--complete", "--store", str(tmp_path))
    assert {p.name: p.read_bytes() for p in (ROOT / "data" / "codes").iterdir()} == before


def test_formats_for_machines(kemu: Kemu, tmp_path: Path) -> None:
    code, out, _ = kemu("codes", "import", BOOK, "--edition", "2099", "--format", "json")
    found = json.loads(out)
    assert (code, found["edition"], found["codes"], found["written"]) == (0, 2099, 45, None)
    assert found["complete"] == []
    assert {"kind": "moved", "code": "2088801", "oldCode": "2080109"}.items() <= next(
        d for d in found["differences"] if d["kind"] == "moved"
    ).items()
    target = tmp_path / "differences.csv"
    kemu("codes", "import", BOOK, "--edition", "2099", "--format", "csv", "--out", str(target))
    rows = list(csv.DictReader(io.StringIO(target.read_text(encoding="utf-8"))))
    assert {r["code"]: r["old_name"] for r in rows}["2012604"] == "档案馆"


def test_the_same_book_twice_and_another_of_the_same_year(kemu: Kemu, tmp_path: Path) -> None:
    store = ("--store", str(tmp_path / "own"))
    assert kemu("codes", "import", BOOK, "--edition", "2099", *store)[0] == 0
    assert kemu("codes", "import", BOOK, "--edition", "2099", *store)[0] == 0
    other = books.docx(tmp_path / "other.docx", books.sample()[:1])
    code, _, err = kemu("codes", "import", str(other), "--edition", "2099", *store)
    assert code == 2
    assert "E-STORE-EXISTS" in err
    code, _, _ = kemu("codes", "import", str(other), "--edition", "2099", *store, "--replace")
    assert code == 0
    _, out, _ = kemu("codes", "editions", *store)
    assert "other.docx" in out


def names(kemu: Kemu, store: Path, code: str) -> list[str]:
    """Return the names that a code has in the imported edition of 2099, if it has one."""
    edition = Store(store).edition(2099)
    return [row.name for row in edition.rows if row.code == code] if edition else []


def test_an_import_is_compared_with_the_one_before_and_undone(kemu: Kemu, tmp_path: Path) -> None:
    own = tmp_path / "own"
    store = ("--edition", "2099", "--store", str(own))
    first = books.sample()[0]
    (changed, *rest) = first.rows
    other = Section(first.title, first.levels, ((changed[0], "公共服务", changed[2]), *rest[:-1]))
    path = books.xlsx(tmp_path / "other.xlsx", [other])
    kemu("codes", "import", BOOK, *store)
    _, out, _ = kemu("codes", "import", str(path), *store, "--dry-run", "--format", "json")
    since = {d["code"]: (d["kind"], d["oldName"]) for d in json.loads(out)["sinceImport"]}
    assert since[changed[0]] == ("renamed", changed[1])
    assert since[rest[-1][0]] == ("gone", None)
    assert rest[0][0] not in since
    assert names(kemu, own, changed[0]) == [changed[1]]
    code, out, _ = kemu("codes", "import", str(path), *store, "--replace")
    assert code == 0
    assert "与已导入的 2099 年版的不同" in out
    assert names(kemu, own, changed[0]) == ["公共服务"]

    code, out, _ = kemu("codes", "undo", *store)
    assert code == 0
    assert "恢复为" in out
    assert names(kemu, own, changed[0]) == [changed[1]]
    code, out, _ = kemu("codes", "undo", *store, "--format", "json")
    assert (code, json.loads(out)) == (0, {"year": 2099, "restored": None})
    assert names(kemu, own, changed[0]) == []
    code, _, err = kemu("codes", "undo", *store)
    assert code == 2
    assert "E-STORE-NONE" in err


def test_a_damaged_edition_is_replaced_or_undone(kemu: Kemu, tmp_path: Path) -> None:
    store = ("--edition", "2099", "--store", str(tmp_path))
    kemu("codes", "import", BOOK, *store)
    for table in tmp_path.rglob("edition.csv"):
        table.write_text("", encoding="utf-8")
    code, _, err = kemu("codes", "import", BOOK, *store)
    assert code == 2
    assert "E-STORE-EDITION" in err
    assert kemu("codes", "import", BOOK, *store, "--replace")[0] == 0
    for table in tmp_path.rglob("edition.csv"):
        table.write_text("", encoding="utf-8")
    assert kemu("codes", "undo", *store)[0] == 0
    assert kemu("codes", "import", BOOK, *store)[0] == 0


def test_the_good_rows_of_a_bad_book_come_in_if_asked_for(kemu: Kemu, tmp_path: Path) -> None:
    rows = books.sample()[0].rows
    bad = (*rows[:3], rows[2], ("", "没有代码的科目", ""), ("20101X9", "字母", ""), *rows[3:])
    path = books.xlsx(
        tmp_path / "b.xlsx", [Section("一般公共预算支出功能分类科目", ("类", "款", "项"), bad)],
        "single",
    )  # fmt: skip
    store = ("--edition", "2099", "--store", str(tmp_path / "own"))
    code, out, err = kemu("codes", "import", str(path), *store, "--skip-bad")
    assert code == 0
    assert [line.split("：")[0].rpartition("第")[2] for line in err.splitlines()] == [
        "7行", "8行", "6行",
    ]  # fmt: skip
    assert "有 3 处不对的行没有采用" in out
    _, out, _ = kemu("codes", "editions", "--store", str(tmp_path / "own"), "--format", "json")
    (edition,) = json.loads(out)
    assert (edition["codes"], edition["complete"]) == (len(rows), [])


@pytest.mark.parametrize("form", ["text", "json"])
def test_a_broken_book_is_explained_and_nothing_written(
    kemu: Kemu, tmp_path: Path, form: str
) -> None:
    rows = books.sample()[0].rows
    one = Section(
        "一般公共预算支出功能分类科目", ("类", "款", "项"), (*rows[:3], rows[2], *rows[3:])
    )
    path = books.xlsx(tmp_path / "book.xlsx", [one], "single")
    store = tmp_path / "own"
    code, out, err = kemu(
        "codes", "import", str(path), "--edition", "2099", "--store", str(store), "--format", form
    )
    assert code == 2
    assert "E-BOOK-ROWS" in err
    assert not store.exists()
    if form == "json":
        (problem,) = json.loads(out)["problems"]
        assert (problem["kind"], problem["place"], problem["code"]) == (
            "duplicate", "1 第6行", "2010101",
        )  # fmt: skip
    else:
        assert out == ""
        assert "1 第6行：2010101" in err


def test_a_file_that_is_no_book(kemu: Kemu) -> None:
    code, out, err = kemu("codes", "import", str(WATER), "--edition", "2025")
    assert (code, out) == (2, "")
    assert "E-BOOK-EMPTY" in err


def test_editions_of_no_store(kemu: Kemu, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("KEMU_STORE", raising=False)
    code, _, err = kemu("codes", "editions")
    assert code == 2
    assert "E-CLI-USAGE" in err
    code, out, _ = kemu("codes", "editions", "--store", str(tmp_path))
    assert (code, out) == (0, "还没有导入科目书\n")


def test_a_code_that_a_complete_edition_lacks_is_a_violation(
    kemu: Kemu, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Without the book nobody can say that a code does not exist; with it the check does."""
    document = tmp_path / WATER.name
    document.write_text(
        WATER.read_text(encoding="utf-8").replace("2130399", "2130388"), encoding="utf-8"
    )

    def found() -> list[str]:
        _, out, _ = kemu("check", str(document), "--format", "json")
        (one,) = json.loads(out)
        return [f["message"] for f in one["findings"] if f["rule"] == "R2.1"]

    assert found() == []
    tables = shipped()
    schemes = [
        Section(title, levels, tuple((c.notation, c.name, "") for c in tables.edition(name, 2025)))
        for title, levels, name in (
            ("一般公共预算支出功能分类科目", ("类", "款", "项"), "functional"),
            ("部门预算支出经济分类科目", ("类", "款"), "deptEconomic"),
            ("政府预算支出经济分类科目", ("类", "款"), "govEconomic"),
        )
    ]
    book = books.xlsx(tmp_path / "2025.xlsx", schemes)
    store = tmp_path / "own"
    code, out, _ = kemu("codes", "import", str(book), "--edition", "2025", "--store", str(store))
    assert code == 0
    assert "完整：支出功能分类" in out
    use(store)
    messages = found()
    assert messages
    assert all("2130388" in message for message in messages)
    kemu_lookup = kemu("lookup", "2130399", "--format", "json")[1]
    assert json.loads(kemu_lookup)["answers"][0]["sources"][0] == "BOOK:2025"


def test_documents_are_recorded_once_and_shown(kemu: Kemu, tmp_path: Path) -> None:
    store = ("--store", str(tmp_path / "own"))
    code, out, _ = kemu("codes", "record", str(WATER), *store, "--format", "json")
    told = json.loads(out)
    (moved,) = told.pop("tightened")
    assert (code, told) == (0, {"added": 1, "known": 0, "failed": 0, "documents": 1})
    assert (moved["code"], moved["edge"]) == ("21303", "seen")
    assert moved["after"] < moved["before"]
    _, out, _ = kemu("codes", "record", str(WATER), *store)
    assert "新记 0 份，已有 1 份" in out
    code, out, _ = kemu("codes", "evidence", "208.05.05", *store)
    assert code == 0
    assert "1 份文件，1 个单位，2025 年，其中 1 份同时印出代码" in out
    assert "名词解释，1 种写法" in out
    _, out, _ = kemu("codes", "evidence", "2080505", *store, "--format", "json")
    (found,) = json.loads(out)
    assert found["names"][0]["examples"][0]["document"] == WATER.name
    assert found["definitions"][0]["documents"] == 1


def test_an_unreadable_document_stops_no_other(kemu: Kemu, tmp_path: Path) -> None:
    (tmp_path / "空.txt").write_bytes(b"")
    store = ("--store", str(tmp_path / "own"))
    code, out, err = kemu("codes", "record", str(tmp_path / "空.txt"), str(WATER), *store)
    assert code == 2
    assert "新记 1 份" in out
    assert "E-READ-EMPTY" in err


@pytest.mark.parametrize(("word", "code"), [("abc", 2), ("4080505", 2), ("2089988", 1)])
def test_evidence_of_what_is_no_code(kemu: Kemu, tmp_path: Path, word: str, code: int) -> None:
    assert kemu("codes", "evidence", word, "--store", str(tmp_path))[0] == code


@pytest.mark.parametrize("action", ["record", "import", "undo"])
def test_a_store_that_cannot_be_written_is_told(kemu: Kemu, tmp_path: Path, action: str) -> None:
    """A file stands where the folder of the store should be; so nothing can be made below it."""
    (tmp_path / "own").write_text("a file, no folder", encoding="utf-8")
    words = {
        "record": ("record", str(WATER)),
        "import": ("import", BOOK, "--edition", "2099"),
        "undo": ("undo", "--edition", "2099"),
    }[action]
    code, out, err = kemu("codes", *words, "--store", str(tmp_path / "own"))
    assert (code, out) == (2, "")
    assert ("E-STORE-NONE" if action == "undo" else "E-STORE-WRITE") in err
    assert str(tmp_path / "own") in err
    assert (tmp_path / "own").read_text(encoding="utf-8") == "a file, no folder"
