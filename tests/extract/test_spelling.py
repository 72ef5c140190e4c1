"""No word that labels say is misspelt in code where mypy cannot see it.

mypy finds a misspelt member or kind in `key.flow == "…"`; it does not in `says.get("flow") == "…"`,
where a label may say anything, nor among the alternatives of `in (…)`.
"""

from __future__ import annotations

import ast
from collections.abc import Iterator
from pathlib import Path
from typing import get_args

import pytest

import kemu
from kemu.model import dimensions, language
from kemu.model.facts import ALL, DIMENSIONS, NOT_APPLICABLE, UNDETERMINED

PACKAGE = Path(kemu.__file__).parent
ROOMS = ("extract", "graph", "validate")
SAYS = {"says", "own", "merged", "kept", "inherited", "listed", "stated", "scope"}
"""Names of what words say: dimension → member."""
KINDS = {"kind", "role", "relation", "missing", "direction", "severity"}
SPOKEN = {
    word for value in vars(language).values() for word in get_args(value) if isinstance(word, str)
}


def strings(node: ast.expr) -> Iterator[str]:
    """Yield the strings that a comparison names: one, or several in a row."""
    if isinstance(node, ast.Constant) and isinstance(node.value, str):
        yield node.value
    elif isinstance(node, ast.Tuple | ast.Set | ast.List):
        for one in node.elts:
            yield from strings(one)


def name(node: ast.expr) -> str:
    return getattr(node, "attr", getattr(node, "id", ""))


def asked(node: ast.expr) -> str:
    """Return the key that is looked up in what words say: `says.get("flow")`, `says["flow"]`."""
    if isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute) and node.args:
        looked = node.func.attr in ("get", "setdefault", "pop") and name(node.func.value) in SAYS
        return next(strings(node.args[0]), "") if looked else ""
    if isinstance(node, ast.Subscript) and name(node.value) in SAYS:
        return next(strings(node.slice), "")
    return ""


def misspelt(tree: ast.AST) -> Iterator[tuple[int, str]]:
    for node in ast.walk(tree):
        if isinstance(node, ast.expr) and (key := asked(node)) and key not in DIMENSIONS:
            yield node.lineno, key
        if not isinstance(node, ast.Compare) or len(node.comparators) != 1:
            continue
        left, right = node.left, node.comparators[0]
        dimension = asked(left) or (left.attr if isinstance(left, ast.Attribute) else "")
        if dimension in dimensions.dimensions() and dimension != "basis":
            known = {*dimensions.members(dimension), ALL, NOT_APPLICABLE, UNDETERMINED}
        elif dimension in KINDS and isinstance(node.ops[0], ast.In | ast.NotIn):
            known = SPOKEN
        elif isinstance(node.ops[0], ast.In | ast.NotIn) and name(right) in SAYS:
            left, right, known = right, left, set(DIMENSIONS)
        else:
            continue
        yield from ((node.lineno, word) for word in strings(right) if word not in known)


@pytest.mark.parametrize("room", ROOMS)
def test_no_member_or_kind_is_misspelt(room: str) -> None:
    found = {
        f"{path.relative_to(PACKAGE)}:{line}": word
        for path in sorted((PACKAGE / room).rglob("*.py"))
        for line, word in misspelt(ast.parse(path.read_text(encoding="utf-8")))
    }
    assert found == {}


@pytest.mark.parametrize(
    "code",
    [
        'says.get("flow") == "revenu"',
        'says["item"] in ("all", "grandTotl")',
        'says.get("fnd")',
        '"natur" in self.own',
        'key.item in ("all", "grandTotl")',
        'row.kind in ("code", "labl")',
    ],
)
def test_what_would_be_found(code: str) -> None:
    assert len(list(misspelt(ast.parse(code)))) == 1
