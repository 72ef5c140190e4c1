"""The rooms of the classification rest on each other one way, imports inside functions included."""

from __future__ import annotations

import ast
from collections.abc import Iterator
from pathlib import Path

import kemu.classification

ROOT = Path(kemu.classification.__file__).parent
ROOMS = {
    "tables": set[str](),
    "resolve": {"tables"},
    "lookup": {"tables", "resolve"},
    "history": {"tables"},
    "books": {"tables"},
    "rdf": {"tables", "history", "books"},
    "store": {"tables", "books", "rdf"},
}
"""Each room with those it may rest on; the modules above all rooms may rest on every one."""


def imported(path: Path) -> Iterator[str]:
    """Yield the rooms of the classification that a module imports from; empty for above them."""
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.ImportFrom) and node.module:
            names = [f"{node.module}.{name.name}" for name in node.names]
        elif isinstance(node, ast.Import):
            names = [name.name for name in node.names]
        else:
            continue
        for name in names:
            if f"{name}.".startswith("kemu.classification."):
                room = name.split(".")[2:3]
                yield room[0] if room and room[0] in ROOMS else ""


def test_every_room_is_known() -> None:
    assert {path.name for path in ROOT.iterdir() if (path / "__init__.py").is_file()} == set(ROOMS)


def test_rooms_rest_on_those_below_them_only() -> None:
    for room, below in ROOMS.items():
        for path in (ROOT / room).glob("*.py"):
            assert set(imported(path)) <= {room, *below}, path


def test_only_one_module_looks_at_the_environment() -> None:
    looking = {
        path.relative_to(ROOT).as_posix()
        for path in ROOT.rglob("*.py")
        if "environ" in path.read_text(encoding="utf-8")
    }
    assert looking == {"in_force.py"}
