"""A store whose writer is killed, finds no room, or is not alone."""

from __future__ import annotations

import itertools
import subprocess
import sys
from pathlib import Path

import pytest

from kemu.cli import main
from kemu.store import register
from kemu.store.opening import opened
from tests.store.making import page

ROOT = Path(__file__).resolve().parents[2]
posix = pytest.mark.skipif(sys.platform == "win32", reason="needs fork and limits of a process")


def names(store: Path) -> set[str]:
    """Return what a store holds; opening it and reading all of it is part of the test."""
    backend = opened(str(store))
    if not backend.exists:
        return set()
    with backend.reading() as reader:
        held = register.read(reader.quads(register.GRAPH)).entries
        for entry in held:
            assert len({q.subject for q in reader.quads(entry.node)}) > entry.facts > 0
        assert len({q.graph_name for q in reader.quads()}) == len(held) + 3
    return {entry.name for entry in held}


@posix
def test_killed_at_any_step_the_store_holds_what_was_said(tmp_path: Path) -> None:
    old, new = page(tmp_path, "旧.html"), page(tmp_path, "新.html", amount="7.25")
    start = tmp_path / "start"
    main(["ingest", str(old), "--store", str(start)])
    script = [sys.executable, "-m", "tests.store.killing"]
    done = subprocess.run(
        [*script, str(start), str(tmp_path / "copies"), str(new)],
        cwd=ROOT, capture_output=True, encoding="utf-8", check=True,
    )  # fmt: skip
    assert done.stdout.splitlines()[-1] == "0", done.stderr
    copies = sorted(p for p in (tmp_path / "copies").iterdir() if p.is_dir())
    assert len(copies) > 20
    states = []
    for copy in copies:
        held, said = names(copy), copy.with_suffix(".said").read_text(encoding="utf-8")
        assert held in ({"旧.html"}, {"旧.html", "新.html"})
        assert "新.html" in held or not said, copy
        states.append("新.html" in held)
    assert [state for state, _ in itertools.groupby(states)] == [False, True]
    for copy in (copies[len(copies) // 2], copies[-2]):
        assert main(["ingest", str(new), "--store", str(copy)]) == 0
        assert names(copy) == {"旧.html", "新.html"}
        assert not list(copy.glob("new-*"))


_LIMITED = """
import resource, signal, sys
from kemu.cli import main
import filelock, kemu.store.embedded, kemu.store.ingest
signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
resource.setrlimit(resource.RLIMIT_FSIZE, (int(sys.argv[1]), int(sys.argv[1])))
sys.exit(main(sys.argv[2:]))
"""


@posix
@pytest.mark.parametrize("room", [500, 5000, 30_000])
def test_a_full_disk_leaves_what_was_held(tmp_path: Path, room: int) -> None:
    store = tmp_path / "库"
    main(["ingest", str(page(tmp_path, "旧.html")), "--store", str(store)])
    new = page(tmp_path, "新.html", amount="7.25")
    command = [sys.executable, "-c", _LIMITED, str(room), "ingest", str(new), "--store", str(store)]
    done = subprocess.run(command, cwd=ROOT, capture_output=True, encoding="utf-8", check=False)
    assert (done.returncode, done.stdout) == (2, ""), done.stderr
    assert "E-INGEST-WRITE" in done.stderr
    assert names(store) == {"旧.html"}
    assert main(["ingest", str(new), "--store", str(store)]) == 0
    assert names(store) == {"旧.html", "新.html"}


def test_one_writer_and_many_readers(tmp_path: Path, capfd: pytest.CaptureFixture[str]) -> None:
    """A second writer is told; readers see what was in force when they began."""
    store = tmp_path / "库"
    main(["ingest", str(page(tmp_path, "旧.html")), "--store", str(store)])
    backend, new = opened(str(store)), page(tmp_path, "新.html", amount="7.25")
    count = "SELECT (COUNT(*) AS ?n) WHERE { GRAPH <graph/documents> { ?d kemu:versionNumber ?v } }"
    with backend.writing():
        capfd.readouterr()
        other = [sys.executable, "-m", "kemu", "ingest", str(new), "--store", str(store)]
        done = subprocess.run(other, cwd=ROOT, capture_output=True, encoding="utf-8", check=False)
        assert done.returncode == 2
        assert "E-INGEST-BUSY" in done.stderr
        assert main(["query", count, "--store", str(store), "--format", "csv"]) == 0
        assert capfd.readouterr().out.split() == ["n", "1"]
    with backend.reading() as reader:
        assert main(["ingest", str(new), "--store", str(store)]) == 0
        assert names(store) == {"旧.html", "新.html"}
        assert len(register.read(reader.quads(register.GRAPH)).entries) == 1
        assert sum(1 for _ in reader.quads()) > 100
    main(["ingest", str(page(tmp_path, "再.html", amount="8.25")), "--store", str(store)])
    assert len([p for p in store.iterdir() if p.is_dir()]) == 1
