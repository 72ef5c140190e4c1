"""Where results are written, and what of a document or a file name may reach a terminal."""

from __future__ import annotations

import csv
import io
import json
import os
import re
import stat
import subprocess
import sys
import threading
from collections.abc import Callable
from pathlib import Path

import pytest

from kemu.cli import main

ESCAPES = "\x1b[2J\x1b]0;x\x07"
TURNED = "\u202e"
TEXT = """青禾县档案馆2025年单位预算

一、收支总体情况
青禾县档案馆2025年支出预算总数100.00万元。其中：基本支出60.00万元，项目支出{esc}30.00万元{rlo}。
"""
OBEYED = re.compile(r"[\x00-\x08\x0b-\x1f\x7f-\x9f\u202a-\u202e\u2066-\u2069\u200e\u200f]")
unix = pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="there are no named pipes")


@pytest.fixture
def budget(tmp_path: Path) -> str:
    path = tmp_path / "预算.txt"
    path.write_text(TEXT.format(esc="", rlo=""), encoding="utf-8")
    return str(path)


WRITERS: list[tuple[str, ...]] = [
    ("check", "--format", "csv", "--out"),
    ("check", "--save"),
    ("facts", "--format", "csv", "--out"),
    ("query", "documents", "--format", "csv", "--out"),
]


def _words(writer: tuple[str, ...], file: str, target: Path) -> list[str]:
    words = [*writer, str(target)]
    words.insert(2 if writer[0] == "query" else 1, file)
    return words


@unix
@pytest.mark.parametrize("writer", WRITERS)
def test_a_pipe_is_written_to_and_stays(
    writer: tuple[str, ...], budget: str, tmp_path: Path
) -> None:
    pipe = tmp_path / "管道.csv"
    os.mkfifo(pipe)
    read: list[bytes] = []
    reader = threading.Thread(target=lambda: read.append(pipe.read_bytes()))
    reader.start()
    assert main(_words(writer, budget, pipe)) in (0, 1)
    reader.join(timeout=20)
    assert read[0].count(b"\n") >= 1
    assert stat.S_ISFIFO(pipe.stat().st_mode)
    assert [p.name for p in tmp_path.iterdir() if p.name.startswith(".")] == []


@unix
def test_a_device_is_written_to_and_stays(budget: str) -> None:
    master, slave = os.openpty()
    try:
        name = Path(os.ttyname(slave))
        before = name.stat()
        assert main(["facts", budget, "--format", "json", "--out", str(name)]) == 0
        assert os.read(master, 100).startswith(b"[")
        assert stat.S_ISCHR(name.stat().st_mode)
        assert os.path.samestat(before, name.stat())
    finally:
        os.close(slave)
        os.close(master)


@unix
@pytest.mark.parametrize("writer", WRITERS)
def test_a_link_stays_and_what_it_leads_to_is_written(
    writer: tuple[str, ...], budget: str, tmp_path: Path
) -> None:
    kept = tmp_path / "别处" / "旧.csv"
    kept.parent.mkdir()
    kept.write_text("old", encoding="utf-8")
    kept.chmod(0o640)
    for target, link in ((kept, "链接.csv"), (tmp_path / "别处" / "新.csv", "还没有.csv")):
        (tmp_path / link).symlink_to(target)
        assert main(_words(writer, budget, tmp_path / link)) in (0, 1)
        assert (tmp_path / link).is_symlink()
        assert target.read_bytes().startswith(b"\xef\xbb\xbf")
    assert stat.S_IMODE(kept.stat().st_mode) == 0o640


@unix
@pytest.mark.parametrize(("mask", "mode"), [(0o022, 0o644), (0o077, 0o600), (0o002, 0o664)])
def test_a_new_file_has_the_rights_that_the_umask_leaves(
    budget: str, tmp_path: Path, mask: int, mode: int
) -> None:
    target = tmp_path / "结果.json"
    before = os.umask(mask)
    try:
        assert main(["facts", budget, "--format", "json", "--out", str(target)]) == 0
    finally:
        os.umask(before)
    assert stat.S_IMODE(target.stat().st_mode) == mode


def test_a_folder_that_is_made_is_said(
    budget: str, tmp_path: Path, capfd: pytest.CaptureFixture[str]
) -> None:
    target = tmp_path / "新" / "更新" / "金额.csv"
    assert main(["facts", budget, "--format", "csv", "--out", str(target)]) == 0
    assert f"新建了文件夹 {tmp_path / '新'}\n" in capfd.readouterr().err
    assert main(["facts", budget, "--format", "csv", "--out", str(target)]) == 0
    assert capfd.readouterr().err == ""
    assert main(["facts", budget, "--out", str(Path(budget) / "x.csv")]) == 2
    assert "E-CLI-OUTPUT" in capfd.readouterr().err


def test_csv_has_a_mark_in_a_file_and_none_on_stdout(
    budget: str, tmp_path: Path, capfdbinary: pytest.CaptureFixture[bytes]
) -> None:
    commands = [
        *(_words(writer[:-1], budget, Path())[:-1] for writer in WRITERS if "--save" not in writer),
        ["changes", "--from", "2018", "--to", "2019", "--format", "csv"],
    ]
    for words in commands:
        target = tmp_path / "结果.csv"
        assert main([*words, "--out", str(target)]) in (0, 1)
        capfdbinary.readouterr()
        assert main(words) in (0, 1)
        shown = capfdbinary.readouterr().out
        assert target.read_bytes() == b"\xef\xbb\xbf" + shown


def test_values_are_words_of_the_language_asked_for(
    budget: str, capfd: pytest.CaptureFixture[str]
) -> None:
    def column(name: str, *words: str) -> set[str]:
        assert main(list(words)) in (0, 1)
        return {row[name] for row in csv.DictReader(io.StringIO(capfd.readouterr().out))}

    changes = ("changes", "--from", "2018", "--to", "2019", "--format", "csv")
    assert "更名" in column("kind", *changes)
    assert "renamed" in column("kind", *changes, "--lang", "en")
    assert column("scheme", *changes) == {"支出功能分类"}
    check = ("check", budget, "--format", "csv")
    assert column("severity", *check) == {"必改"}
    assert column("severity", *check, "--lang", "en") == {"violation"}
    assert column("unit", *check, "--lang", "zh") == {"元"}
    facts = ("facts", budget, "--format", "csv")
    assert column("flow", *facts) == {"expenditure"}
    assert column("flow", *facts, "--lang", "zh") == {"支出"}
    assert column("kind", "query", "documents", budget, "--format", "csv") == {"预算"}


@pytest.fixture
def evil(tmp_path: Path) -> str:
    """A document and a file name with escape sequences and a mark that turns text round."""
    name = f"预{ESCAPES}算{TURNED}txt.txt" if os.name == "posix" else f"预{TURNED}算.txt"
    path = tmp_path / name
    path.write_text(TEXT.format(esc="\x1b[2J", rlo=TURNED), encoding="utf-8")
    return str(path)


@pytest.mark.parametrize(
    "words",
    [("check",), ("check", "--lang", "en"), ("facts",), ("read",), ("query", "documents")],
)
def test_text_obeys_nothing_of_a_document(
    words: tuple[str, ...], evil: str, tmp_path: Path, capfd: pytest.CaptureFixture[str]
) -> None:
    assert main([words[0], *words[1:2], evil] if words[0] == "query" else [words[0], evil]) in (
        0,
        1,
    )
    shown = capfd.readouterr()
    assert not OBEYED.search(shown.out + shown.err)
    target = tmp_path / "报告.txt"
    assert main(["check", evil, "--save", str(target)]) in (0, 1)
    assert not OBEYED.search(target.read_text(encoding="utf-8"))
    assert r"\x1b" in target.read_text(encoding="utf-8") or os.name != "posix"


def test_messages_obey_nothing_of_a_name(tmp_path: Path, capfd: pytest.CaptureFixture[str]) -> None:
    missing = str(tmp_path / f"没有{ESCAPES}\n可以发{TURNED}.txt")
    for words in (["facts", missing], ["read", missing], ["query", "documents", missing]):
        assert main(words) == 2
        said = capfd.readouterr().err
        assert not OBEYED.search(said)
        assert r"\x1b[2J" in said
        assert r"\n可以发" in said
    assert main(["check", missing, missing + "x"]) == 2
    shown = capfd.readouterr()
    assert not OBEYED.search(shown.out + shown.err)
    assert main([f"che{ESCAPES}ck"]) == 2
    assert not OBEYED.search(capfd.readouterr().err)


def test_json_says_the_same_in_escapes(evil: str, capfd: pytest.CaptureFixture[str]) -> None:
    assert main(["check", evil, "--format", "json"]) in (0, 1)
    shown = capfd.readouterr().out
    assert not OBEYED.search(shown)
    assert json.loads(shown)[0]["document"]["path"] == evil


@unix
def test_a_terminal_is_shown_no_escapes_in_any_format(evil: str) -> None:
    command = [sys.executable, "-m", "kemu", "check", evil, evil, "--format"]
    for form in ("text", "csv", "html"):
        master, slave = os.openpty()
        with subprocess.Popen([*command, form], stdout=slave, stderr=slave) as process:
            os.close(slave)
            shown = b"".join(iter(_reads(master), b""))
        os.close(master)
        assert process.returncode in (0, 1)
        assert b"\x1b[2J" not in shown
        assert "预".encode() in shown
        assert TURNED.encode() not in shown


def _reads(descriptor: int) -> Callable[[], bytes]:
    def read() -> bytes:
        try:
            return os.read(descriptor, 4096)
        except OSError:
            return b""

    return read


@unix
def test_a_name_that_is_no_text_is_shown(tmp_path: Path, capfd: pytest.CaptureFixture[str]) -> None:
    path = os.fsdecode(os.fsencode(tmp_path) + b"/\xff\xfe.txt")
    try:
        Path(path).write_text(TEXT.format(esc="", rlo=""), encoding="utf-8")
    except (OSError, UnicodeError):
        pytest.skip("the file system takes no such names")
    for form in ("text", "json", "csv", "html", "xlsx", "ttl"):
        out = str(tmp_path / f"结果.{form}")
        assert main(["check", path, "--format", form, "--out", out]) in (0, 1), form
    for form in ("table", "csv", "json"):
        assert main(["facts", path, "--format", form]) == 0
    assert main([*("check", path, path + "x"), "--save", str(tmp_path / "a.trig")]) == 2
    assert "E-INTERNAL" not in capfd.readouterr().err


FORMULAS = ("=1+1", "+cmd|' /C calc'!A0", "-2+3+cmd", "@SUM(1+9)*cmd", "\t=1", "＝1＋1")


@pytest.mark.parametrize("formula", FORMULAS)
def test_no_cell_is_a_formula(
    formula: str, tmp_path: Path, capfd: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    name = f"{formula.replace('/', '').replace('|', '').strip()}.txt"
    Path(name).write_text(TEXT.format(esc="", rlo="").replace("项目", formula), encoding="utf-8")
    commands = (
        ["check", f"./{name}", "--format", "csv"],
        ["facts", f"./{name}", "--format", "csv"],
        ["query", "definitions", f"./{name}", "--format", "csv"],
        ["query", f'SELECT ("{formula.strip()}" AS ?x) {{}}', f"./{name}", "--format", "csv"],
    )
    for words in commands:
        assert main(words) in (0, 1)
        for row in csv.reader(io.StringIO(capfd.readouterr().out, newline="")):
            for cell in row:
                harmless = re.fullmatch(r"[+-]?[\d,.]+%?", cell)
                assert harmless or not re.match(r"[=+\-@\t\r＝＋－＠]", cell), cell


def test_numbers_stay_numbers() -> None:
    from kemu.report.formats.csv_lines import lines

    text = lines(("a",), [["-12.50"], ["+3"], ["-1,000.00"], ["-5%"], ["-"], ["－"], [-7]])
    assert text.split("\r\n")[1:-1] == ["-12.50", "+3", '"-1,000.00"', "-5%", "-", "－", "-7"]
    assert lines(("a",), [["=1"], ["-a"]]).split("\r\n")[1:-1] == ["'=1", "'-a"]
