"""A batch that is killed or interrupted leaves what was done."""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

pytestmark = pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="there are no named pipes")

PROSE = """{unit}2025年单位预算说明

一、收支总体情况
{unit}2025年收支预算总数100.00万元。其中：基本支出60.00万元，项目支出40.00万元。
"""
UNITS = ("青禾县档案馆", "白石县图书馆")
_PATIENCE = 180
"""Seconds after which a busy machine is no longer the reason."""


@pytest.fixture
def files(tmp_path: Path) -> list[str]:
    """Two documents in folders of their own, and a pipe that is never written to."""
    names = []
    for unit in UNITS:
        path = tmp_path / unit / f"{unit}预算.txt"
        path.parent.mkdir()
        path.write_text(PROSE.format(unit=unit), encoding="utf-8")
        names.append(str(path))
    pipe = tmp_path / "管道.txt"
    os.mkfifo(pipe)
    return [*names, str(pipe)]


def _waited(ready: Callable[[], bool]) -> None:
    for _ in range(10 * _PATIENCE):
        if ready():
            return
        time.sleep(0.1)
    raise AssertionError("the results did not come")


@contextmanager
def _kemu(*words: str, out: Path) -> Iterator[subprocess.Popen[bytes]]:
    command = [sys.executable, "-m", "kemu", "check", *words]
    with (
        out.open("wb") as stream,
        subprocess.Popen(
            command, stdout=stream, stderr=subprocess.PIPE, preexec_fn=_heed_interrupts
        ) as process,
    ):
        try:
            yield process
        finally:
            process.kill()


def _heed_interrupts() -> None:
    """Let the process be interrupted even where whoever started the tests is not."""
    signal.signal(signal.SIGINT, signal.SIG_DFL)


def _shown(path: Path) -> str:
    return path.read_text(encoding="utf-8") if path.exists() else ""


@pytest.mark.parametrize(("form", "jobs"), [("text", "1"), ("json", "1"), ("text", "2")])
def test_what_is_known_is_on_stdout_when_the_process_is_killed(
    files: list[str], tmp_path: Path, form: str, jobs: str
) -> None:
    out = tmp_path / "out"
    last = {"text": "【核对清单】", "json": '"notices": ['}[form]
    with _kemu(*files, "--format", form, "--jobs", jobs, out=out) as process:
        _waited(lambda: _shown(out).count(last) == 2)
        process.send_signal(signal.SIGKILL)
    assert all(unit in _shown(out) for unit in UNITS)
    if form == "json":
        assert len(json.loads(_shown(out) + "]")) == 2


@pytest.mark.parametrize("suffix", ["html", "xlsx", "json", "csv", "ttl", "txt", "trig", "nq"])
def test_reports_lie_beside_a_file_that_a_killed_process_did_not_write(
    files: list[str], tmp_path: Path, suffix: str
) -> None:
    target = tmp_path / f"结果.{suffix}"
    parts = tmp_path / f"结果.{suffix}.未完成"
    with _kemu(*files, "--save", str(target), out=tmp_path / "out") as process:
        _waited(lambda: parts.is_dir() and len(list(parts.glob("[0-9]*"))) == 2)
        process.send_signal(signal.SIGKILL)
    assert [p.name for p in sorted(parts.iterdir())] == [
        f"{n:04d} {unit}预算.{suffix}" for n, unit in enumerate(UNITS, start=1)
    ]
    assert all(path.stat().st_size for path in parts.iterdir())
    assert not target.exists()


def test_pages_in_a_folder_are_there_when_the_process_is_killed(
    files: list[str], tmp_path: Path
) -> None:
    folder = tmp_path / "报告"
    with _kemu(*files, "--format", "html", "--out", str(folder), out=tmp_path / "o") as process:
        _waited(lambda: (folder / "0002.html").exists())
        process.send_signal(signal.SIGKILL)
    assert UNITS[1] in (folder / "0002.html").read_text(encoding="utf-8")
    assert "0001.html" in (folder / "index.html").read_text(encoding="utf-8")


@pytest.mark.parametrize(("number", "code"), [(signal.SIGTERM, 143), (signal.SIGINT, 130)])
@pytest.mark.parametrize("form", ["html", "json"])
def test_an_interrupted_batch_writes_what_was_done(
    files: list[str], tmp_path: Path, number: int, code: int, form: str
) -> None:
    target, copy = tmp_path / f"结果.{form}", tmp_path / "副本.xlsx"
    words = ("--format", form, "--out", str(target), "--save", str(copy))
    with _kemu(*files, *words, out=tmp_path / "out") as process:
        parts = tmp_path / f"{copy.name}.未完成"
        _waited(lambda: parts.is_dir() and len(list(parts.glob("[0-9]*"))) == 2)
        process.send_signal(number)
        said = process.communicate(timeout=_PATIENCE)[1].decode()
        assert process.returncode == code
    assert "检查完的 2 份" in said
    assert "Traceback" not in said
    assert all(unit in target.read_text(encoding="utf-8") for unit in UNITS)
    assert copy.exists()
    assert not list(tmp_path.glob("*.未完成"))
