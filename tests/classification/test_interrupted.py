"""A store whose writers are killed, find the disk full, or come two at a time."""

from __future__ import annotations

import itertools
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

from kemu.classification import shipped
from kemu.classification.books.edition import Edition, edition_of
from kemu.classification.books.reading import book
from kemu.classification.store import editions
from kemu.classification.store.editions import Store
from kemu.errors import InputError
from kemu.read import read
from tests.classification import books
from tests.classification.books import Section

HERE = Path(__file__).resolve().parent
ROOT = HERE.parents[1]
YEAR = 2099
posix = pytest.mark.skipif(sys.platform == "win32", reason="needs fork and limits of a process")


@pytest.fixture(scope="module")
def volumes(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, Path]:
    """Two books of one year."""
    folder = tmp_path_factory.mktemp("books")
    first = books.sample()[0]
    (changed, *rest) = first.rows
    other = Section(first.title, first.levels, ((changed[0], "公共服务", changed[2]), *rest))
    one = books.xlsx(folder / "one.xlsx", books.sample()[:1])
    return one, books.xlsx(folder / "two.xlsx", [other])


@pytest.fixture(scope="module")
def both(volumes: tuple[Path, Path]) -> tuple[Edition, Edition]:
    """The editions that the two books make."""
    first, second = (edition_of(book(read(v), shipped()), YEAR, []) for v in volumes)
    assert first != second
    return first, second


def importing(volume: Path, store: str = "{}") -> list[str]:
    return ["codes", "import", str(volume), "--edition", str(YEAR), "--partial", "--replace",
            "--store", store]  # fmt: skip


def undoing(store: str = "{}") -> list[str]:
    return ["codes", "undo", "--edition", str(YEAR), "--store", store]


def killed(start: Path, copies: Path, command: list[str]) -> list[Path]:
    """Return the stores that a command left, killed before its first step, or a later one."""
    script = [sys.executable, str(HERE / "killing.py"), str(start), str(copies), *command]
    done = subprocess.run(script, cwd=ROOT, capture_output=True, encoding="utf-8", check=True)
    assert done.stdout.splitlines()[-1] == "0", done.stderr
    return sorted(copies.iterdir())


def goes_on(store: Path, before: Edition | None, after: Edition | None, first: Edition) -> bool:
    """Hold that a store has one of two editions and can go on; return whether it has the later.

    Going on means: it is taken back, leads to what was before it, and a book is put in again.
    """
    found = Store(store).edition(YEAR)
    assert found in (before, after), store
    assert Store(store).editions() == ((found,) if found else ())
    if found is not None:
        back = Store(store).undo(YEAR)
        assert back == (first if found not in (None, first) else None), store
    Store(store).write(first, replace=True)
    assert Store(store).edition(YEAR) == first
    return found == after


def is_one_step(later: list[bool]) -> bool:
    """Return whether there are states before and after, and none between them."""
    return not later[0] and later[-1] and [state for state, _ in itertools.groupby(later)] == [
        False, True,
    ]  # fmt: skip


@posix
def test_a_first_import_killed_at_any_step(
    tmp_path: Path, volumes: tuple[Path, Path], both: tuple[Edition, Edition]
) -> None:
    stores = killed(tmp_path / "none", tmp_path / "copies", importing(volumes[0]))
    assert len(stores) > 15
    assert is_one_step([goes_on(store, None, both[0], both[0]) for store in stores])


@posix
def test_a_replacement_killed_at_any_step(
    tmp_path: Path, volumes: tuple[Path, Path], both: tuple[Edition, Edition]
) -> None:
    start = tmp_path / "start"
    Store(start).write(both[0])
    stores = killed(start, tmp_path / "copies", importing(volumes[1]))
    assert len(stores) > 15
    assert is_one_step([goes_on(store, both[0], both[1], both[0]) for store in stores])


@posix
def test_taking_back_killed_at_any_step(tmp_path: Path, both: tuple[Edition, Edition]) -> None:
    start = tmp_path / "start"
    Store(start).write(both[0])
    Store(start).write(both[1], replace=True)
    stores = killed(start, tmp_path / "copies", undoing())
    assert len(stores) > 8
    assert is_one_step([goes_on(store, both[1], both[0], both[0]) for store in stores])


def test_what_a_killed_writer_left_is_swept_up(
    tmp_path: Path, both: tuple[Edition, Edition]
) -> None:
    store = Store(tmp_path)
    written = store.write(both[0])
    assert written is not None
    (written.parent / "new-0123").mkdir()
    (written.parent / "new-0123" / "edition.csv").write_bytes(b"half")
    store.write(both[1], replace=True)
    assert not (written.parent / "new-0123").exists()
    store.undo(YEAR)
    assert {p.name for p in written.parent.iterdir()} == {written.name, "in-force.json"}


_LIMITED = """
import resource, sys
from kemu.cli import main
import filelock, kemu.cli.codes.importing
resource.setrlimit(resource.RLIMIT_FSIZE, (int(sys.argv[1]), int(sys.argv[1])))
sys.exit(main(sys.argv[2:]))
"""


@posix
@pytest.mark.parametrize("room", [0, 100, 3000, 10_000])
def test_a_full_disk_leaves_what_was_in_force(
    tmp_path: Path, volumes: tuple[Path, Path], both: tuple[Edition, Edition], room: int
) -> None:
    Store(tmp_path).write(both[0])
    fails_for_want_of_room(room, importing(volumes[1], str(tmp_path)))
    assert not goes_on(tmp_path, both[0], both[1], both[0])


@posix
def test_nothing_is_taken_back_on_a_full_disk(
    tmp_path: Path, both: tuple[Edition, Edition]
) -> None:
    Store(tmp_path).write(both[0])
    Store(tmp_path).write(both[1], replace=True)
    fails_for_want_of_room(0, undoing(str(tmp_path)))
    assert not goes_on(tmp_path, both[1], both[0], both[0])


def fails_for_want_of_room(room: int, command: list[str]) -> None:
    """Run a command in a process from which no file takes more than so many bytes."""
    whole = [sys.executable, "-c", _LIMITED, str(room), *command]
    done = subprocess.run(whole, cwd=ROOT, capture_output=True, encoding="utf-8", check=False)
    assert (done.returncode, done.stdout) == (2, ""), done.stderr
    assert "E-STORE-WRITE" in done.stderr


def start(command: list[str]) -> subprocess.Popen[bytes]:
    whole = [sys.executable, "-m", "kemu", *command]
    return subprocess.Popen(whole, cwd=ROOT, stdout=subprocess.PIPE, stderr=subprocess.PIPE)


def test_two_writers_at_once(
    tmp_path: Path, volumes: tuple[Path, Path], both: tuple[Edition, Edition]
) -> None:
    """Whoever reads meanwhile sees one edition or the other; every replacement can be undone."""
    Store(tmp_path).write(both[0])
    writers = [start(importing(volume, str(tmp_path))) for volume in (*volumes, *volumes)]
    while any(writer.poll() is None for writer in writers):
        assert Store(tmp_path).edition(YEAR) in both
    for writer in writers:
        _, err = writer.communicate()
        assert writer.returncode == 0, err.decode("utf-8", "replace")
    seen = []
    while edition := Store(tmp_path).edition(YEAR):
        seen.append(edition)
        Store(tmp_path).undo(YEAR)
    assert seen[-1] == both[0]
    assert 2 <= len(seen) <= 5
    assert all(one != next_ for one, next_ in itertools.pairwise(seen))


def test_writers_killed_at_any_time(
    tmp_path: Path, volumes: tuple[Path, Path], both: tuple[Edition, Edition]
) -> None:
    """Two write; one of them is ended at some moment, the other one is not kept from writing."""
    Store(tmp_path).write(both[0])
    for wait in (0.3, 0.6, 0.9, 1.2):
        doomed, other = (start(importing(volume, str(tmp_path))) for volume in volumes)
        try:
            doomed.wait(wait)
        except subprocess.TimeoutExpired:
            doomed.kill()
        doomed.communicate()
        _, err = other.communicate()
        assert other.returncode == 0, err.decode("utf-8", "replace")
        assert Store(tmp_path).edition(YEAR) in both
    assert Store(tmp_path).undo(YEAR) in (*both, None)


def test_a_writer_that_waits_too_long_says_so(
    tmp_path: Path, both: tuple[Edition, Edition], monkeypatch: pytest.MonkeyPatch
) -> None:
    store = Store(tmp_path)
    store.write(both[0])
    monkeypatch.setattr(editions, "PATIENCE", 0.05)
    holder = (
        "import sys, filelock\n"
        "with filelock.FileLock(sys.argv[1]): print('held', flush=True); sys.stdin.read()"
    )
    lock = str(tmp_path / "codes" / "lock")
    actions: list[Callable[[], object]] = [
        lambda: store.write(both[1], replace=True),
        lambda: store.undo(YEAR),
    ]
    with subprocess.Popen(
        [sys.executable, "-c", holder, lock], stdin=subprocess.PIPE, stdout=subprocess.PIPE
    ) as other:
        assert other.stdout is not None
        other.stdout.readline()
        for action in actions:
            with pytest.raises(InputError) as raised:
                action()
            assert raised.value.code == "E-STORE-BUSY"
        other.communicate(b"")
    assert store.edition(YEAR) == both[0]
    store.write(both[1], replace=True)
    assert store.edition(YEAR) == both[1]
