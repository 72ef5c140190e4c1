"""Files of the project that users meet: pinned versions, licences, texts with real output."""

from __future__ import annotations

import re
import subprocess
import sys
import tomllib
from collections import Counter
from email import message_from_bytes
from zipfile import ZipFile

import pytest
from packaging.requirements import Requirement
from packaging.utils import canonicalize_name

from kemu.model import iri
from tests.cli.shown import ROOT, TEXTS, consoles, matches, output, renewed

MOST_MODULES = 14
MOST_LINES = 400

pytestmark = pytest.mark.skipif(
    not (ROOT / "Makefile").is_file(), reason="only in a checkout: the files are in no wheel"
)


def _lock() -> dict[str, str]:
    lines = (ROOT / "requirements" / "lock.txt").read_text(encoding="utf-8").splitlines()
    pinned = [Requirement(line) for line in lines if line and not line.startswith("#")]
    return {canonicalize_name(r.name): str(r.specifier).removeprefix("==") for r in pinned}


def test_every_dependency_is_pinned_within_its_bounds() -> None:
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))
    wanted = [
        *project["build-system"]["requires"],
        *project["project"]["dependencies"],
        *project["dependency-groups"]["dev"],
    ]
    lock = _lock()
    for requirement in map(Requirement, wanted):
        version = lock.get(canonicalize_name(requirement.name))
        assert version is not None, f"{requirement.name} is not pinned: run `make lock`"
        assert requirement.specifier.contains(version), requirement


def test_the_lock_names_no_place_to_fetch_from() -> None:
    text = (ROOT / "requirements" / "lock.txt").read_text(encoding="utf-8")
    assert not re.search(r"https?:|--(extra-)?index|@ ", text)


def _shown() -> list[tuple[str, str, list[str]]]:
    found = [(name, *one) for name in TEXTS if (ROOT / name).is_file() for one in consoles(name)]
    return [one for one in found if any(line.strip() for line in one[2])]


@pytest.mark.parametrize(
    ("name", "command", "shown"), _shown(), ids=[f"{n}: {c}" for n, c, _ in _shown()]
)
def test_shown_output_is_real(name: str, command: str, shown: list[str]) -> None:
    real = output(command)
    assert matches(shown, real), "run `make docs` and read the difference\n" + "\n".join(real)


def test_shown_output_is_found_again_in_new_output() -> None:
    shown = ["…", "1. wrong by 5", "  more", "…", "end 3"]
    real = ["head", "", "2. wrong by 7", "  other", "", "rest", "", "end 4", "last"]
    assert not matches(shown, real)
    assert renewed(shown, real) == ["…", "2. wrong by 7", "  other", "…", "end 4", "last"]
    assert matches(renewed(shown, real), real)
    assert renewed(["a"], ["b", "c"]) == ["b", "c"]
    assert renewed(["x 1", "…"], ["x 2", "y", "z"]) == ["x 2", "…"]


def test_texts_show_real_output() -> None:
    assert {name for name, _, _ in _shown()} == set(TEXTS)
    assert "make demo" in {command for _, command, _ in _shown()}


def test_every_command_is_told_of_in_the_readme() -> None:
    from kemu.cli import COMMANDS

    text = (ROOT / "README.md").read_text(encoding="utf-8")
    for command in COMMANDS:
        assert f"kemu {command}" in text, command


def test_licences() -> None:
    assert "Apache License" in (ROOT / "LICENSE").read_text(encoding="utf-8")
    assert "CC0 1.0 Universal" in (ROOT / "data" / "LICENSE").read_text(encoding="utf-8")


def test_folders_and_modules_can_be_read_in_one_sitting() -> None:
    modules = [path for path in (ROOT / "src").rglob("*.py") if path.name != "__init__.py"]
    folders = Counter(path.parent.relative_to(ROOT).as_posix() for path in modules)
    assert [name for name, count in folders.items() if count > MOST_MODULES] == []
    long = {
        path.relative_to(ROOT).as_posix(): lines
        for path in modules
        if (lines := len(path.read_text(encoding="utf-8").splitlines())) > MOST_LINES
    }
    assert long == {}


@pytest.fixture(scope="module")
def wheel(tmp_path_factory: pytest.TempPathFactory) -> ZipFile:
    folder = tmp_path_factory.mktemp("wheel")
    command = [sys.executable, "-m", "hatchling", "build", "-t", "wheel", "-d", str(folder)]
    subprocess.run(command, cwd=ROOT, check=True, capture_output=True)
    return ZipFile(next(folder.glob("*.whl")))


def test_the_wheel_carries_its_types_and_all_that_is_data(wheel: ZipFile) -> None:
    names = set(wheel.namelist())
    assert "kemu/py.typed" in names
    for folder in ("ontology", "shapes", "graph", "api"):
        for path in (ROOT / folder).rglob("*.*"):
            assert f"kemu/_assets/{path.relative_to(ROOT).as_posix()}" in names, path


def test_the_wheel_says_what_it_is_and_where_it_lives(wheel: ZipFile) -> None:
    name = next(name for name in wheel.namelist() if name.endswith("/METADATA"))
    said = message_from_bytes(wheel.read(name))
    urls = dict(url.split(", ") for url in said.get_all("Project-URL", ()))
    assert {"Homepage", "Documentation"} <= urls.keys()
    assert all(url.startswith(iri.BASE) for url in urls.values())
    kinds = said.get_all("Classifier", ())
    assert {"Typing :: Typed", "Natural Language :: Chinese (Simplified)"} <= set(kinds)
