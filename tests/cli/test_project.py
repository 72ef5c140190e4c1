"""Files of the project that users meet: pinned versions, licences, texts with real output."""

from __future__ import annotations

import os
import re
import shlex
import subprocess
import sys
import tomllib
from collections.abc import Iterator
from pathlib import Path

import pytest
from packaging.requirements import Requirement
from packaging.utils import canonicalize_name

ROOT = Path(__file__).resolve().parents[2]
TEXTS = ("README.md", "docs/tutorial.md")
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


def _consoles(name: str) -> Iterator[tuple[str, list[str]]]:
    """Yield each command shown in a text and the lines of output shown below it."""
    text = (ROOT / name).read_text(encoding="utf-8")
    for block in re.findall(r"^```console\n(.*?)^```", text, re.DOTALL | re.MULTILINE):
        for part in re.split(r"^\$ ", block, flags=re.MULTILINE)[1:]:
            command, *shown = part.rstrip("\n").split("\n")
            yield command, shown


def _shown() -> list[tuple[str, str, list[str]]]:
    found = [(name, *pair) for name in TEXTS if (ROOT / name).is_file() for pair in _consoles(name)]
    return [one for one in found if any(line.strip() for line in one[2])]


@pytest.mark.parametrize(
    ("name", "command", "shown"), _shown(), ids=[f"{n}: {c}" for n, c, _ in _shown()]
)
def test_shown_output_is_real(name: str, command: str, shown: list[str]) -> None:
    """Run what a text shows; a line `…` stands for any lines."""
    real = _output(command).rstrip("\n").split("\n")
    pattern = "\n".join(re.escape(line) for line in shown)
    pattern = re.sub(r"^…$", "(?:.*\n)*?.*", pattern, flags=re.MULTILINE)
    assert re.fullmatch(pattern, "\n".join(real)), "\n".join(real)


def _output(command: str) -> str:
    if command == "make demo":
        command = "kemu check " + _demo()
    words = [word for one in shlex.split(command) for word in _expanded(one)]
    assert words[0] == "kemu", "only kemu and make demo are run by this test"
    done = subprocess.run(
        [sys.executable, "-m", *words],
        cwd=ROOT,
        env=os.environ | {"COLUMNS": "100"},
        capture_output=True,
        encoding="utf-8",
        check=False,
    )
    assert "Traceback" not in done.stderr
    return done.stdout + done.stderr


def _expanded(word: str) -> list[str]:
    return sorted(str(p.relative_to(ROOT)) for p in ROOT.glob(word)) if "*" in word else [word]


def _demo() -> str:
    makefile = (ROOT / "Makefile").read_text(encoding="utf-8")
    found = re.search(r"kemu check (\S+(?: \S+)*?) --save", makefile)
    assert found
    return found[1]


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
