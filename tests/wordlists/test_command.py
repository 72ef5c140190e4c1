"""`kemu graph check` and `--graph` as a user meets them, each in a process of its own."""

from __future__ import annotations

import csv
import os
import re
import subprocess
import sys
from pathlib import Path

import pytest

from kemu.wordlists.layout import LAYOUTS

ROOT = Path(__file__).resolve().parents[2]
TEXT = """青溪县档案馆2025年单位预算公开说明

一、支出预算情况说明
2025年支出预算100.00万元，其中：日常保障经费60.00万元，项目支出40.00万元。
"""


def kemu(*words: str | Path, **variables: str) -> tuple[int, str, str]:
    done = subprocess.run(
        [sys.executable, "-m", "kemu", *map(str, words)],
        capture_output=True,
        env=os.environ | {"PYTHONUTF8": "1"} | variables,
        check=False,
    )
    return done.returncode, done.stdout.decode(), done.stderr.decode()


def natures(out: str) -> list[str]:
    return [row["nature"] for row in csv.DictReader(out.lstrip("\ufeff").splitlines())]


@pytest.fixture
def page(tmp_path: Path) -> Path:
    path = tmp_path / "公开.txt"
    path.write_text(TEXT, encoding="utf-8")
    return path


@pytest.fixture
def words(tmp_path: Path) -> Path:
    """The folder that CONTRIBUTING.md shows."""
    guide = ROOT / "CONTRIBUTING.md"
    if not guide.is_file():
        pytest.skip("CONTRIBUTING.md is not part of this distribution")
    shown = re.search(
        r"a file `(?P<name>\w+\.toml)` with\n\n```toml\n(?P<text>.*?)```",
        guide.read_text(encoding="utf-8"),
        re.DOTALL,
    )
    assert shown is not None
    folder = tmp_path / "我的词表"
    folder.mkdir()
    (folder / shown["name"]).write_text(shown["text"], encoding="utf-8")
    return folder


def test_words_of_ones_own_are_read_by(page: Path, words: Path) -> None:
    assert kemu("graph", "check", words)[0] == 0
    _, out, _ = kemu("facts", page, "--format", "csv")
    assert "basic" not in natures(out)
    code, out, err = kemu("facts", page, "--format", "csv", "--graph", words)
    assert (code, err) == (0, "")
    assert natures(out) == ["all", "basic", "project"]


def test_only_a_command_chooses_words(page: Path, words: Path) -> None:
    code, out, _ = kemu("facts", page, "--format", "csv", KEMU_GRAPH=str(words))
    assert code == 0
    assert "basic" not in natures(out)


def test_processes_of_a_run_read_by_the_same_words(page: Path, words: Path) -> None:
    other = page.with_name("公开二.txt")
    other.write_text(TEXT.replace("青溪县档案馆", "临江市档案馆"), encoding="utf-8")
    options = ("--format", "csv", "--graph", words, "--jobs", "2")
    _, out, _ = kemu("facts", page, other, *options)
    assert natures(out) == ["all", "basic", "project"] * 2


def test_nothing_is_read_by_words_that_are_not_sound(page: Path, words: Path) -> None:
    file = words / "tables.toml"
    file.write_text('[column]\nnames = ["栏目"]\nrat = ["速度"]\n', encoding="utf-8")
    for verb in (["check"], ["facts"], ["read", "--to", "html"]):
        code, out, err = kemu(verb[0], page, *verb[1:], "--graph", words)
        assert (code, out) == (2, "")
        assert f"{file}:2：不认识的键 column.names [E-WORDS-KEY] 是不是 name？" in err
        assert "另有 1 处" in err
    code, out, err = kemu("graph", "check", words)
    assert (code, out) == (2, "")
    assert [line.split("：")[0] for line in err.splitlines()] == [f"{file}:2", f"{file}:3"]


def test_no_such_folder(page: Path) -> None:
    code, out, err = kemu("check", page, "--graph", page.parent / "没有")
    assert (code, out) == (2, "")
    assert "E-WORDS-FOLDER" in err


def test_every_file_of_words_has_a_layout() -> None:
    files = ROOT / "graph"
    if not files.is_dir():
        pytest.skip("only in a checkout")
    assert {path.stem for path in files.glob("*.toml")} == set(LAYOUTS)
