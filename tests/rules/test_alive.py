"""Every rule is alive: a small document fires it and nothing else, and its twin nothing at all.

A file of documents/ bears the number of its rule. A document stands there as it would be printed,
the cells of a row parted by `|`; `{300.00→310.00}` is right on the left, which the twin prints, and
wrong on the right. `severity` is what the finding weighs, `says` a part of its message; `beside`
are other documents that it is checked together with.
"""

from __future__ import annotations

import itertools
import re
import tomllib
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path

import pytest

from kemu.across.checking import check_together
from kemu.model.findings import Finding
from kemu.validate.rules import load
from tests.whole.pages import checked, prose

FOLDER = Path(__file__).parent / "documents"
INTERNAL = {"R1.1": "the reader makes no amount without value, half step, unit factor and place"}
"""Rules that hold the graph, not the document, to account, and why no document can fire them."""
_SLOT = re.compile(r"\{([^{}→]*)→([^{}→]*)\}")


@dataclass(frozen=True)
class Printed:
    """A document with one thing at fault."""

    rule: str
    name: str
    page: str
    severity: str
    says: str
    beside: tuple[str, ...] = ()

    def parts(self, wrong: bool) -> list[str]:
        """Return its parts as HTML: paragraphs, and tables from the lines with `|`."""
        return _parts(_SLOT.sub(lambda slot: slot[2 if wrong else 1], self.page))

    def findings(self, folder: Path, wrong: bool) -> tuple[Finding, ...]:
        """Return what is found in it, checked alone or together with those beside it."""
        pages = [self.parts(wrong), *map(_parts, self.beside)]
        folders = [folder / str(number) for number in range(len(pages))]
        for each in folders:
            each.mkdir()
        alone = [checked(at, *parts, title="") for at, parts in zip(folders, pages, strict=True)]
        return check_together(alone)[0].findings


def _parts(page: str) -> list[str]:
    lines = page.strip().splitlines()
    parts = []
    for in_table, group in itertools.groupby(lines, key=lambda line: "|" in line):
        printed = list(group)
        parts.append(_table(printed) if in_table else prose(*printed))
    return parts


def _table(rows: Iterable[str]) -> str:
    cells = ("".join(f"<td>{cell.strip()}</td>" for cell in row.split("|")) for row in rows)
    return "<table>" + "".join(f"<tr>{row}</tr>" for row in cells) + "</table>"


def documents() -> list[Printed]:
    found = []
    for path in sorted(FOLDER.glob("*.toml")):
        for number, each in enumerate(tomllib.loads(path.read_text(encoding="utf-8"))["document"]):
            name = f"{path.stem}-{each.get('where', number)}"
            told = (each["page"], each["severity"], each["says"], tuple(each.get("beside", ())))
            found.append(Printed(path.stem, name, *told))
    return found


DOCUMENTS = documents()


@pytest.mark.parametrize("document", DOCUMENTS, ids=lambda document: document.name)
def test_a_document_fires_exactly_its_rule(document: Printed, tmp_path: Path) -> None:
    findings = document.findings(tmp_path, wrong=True)
    told = [f"{each.rule} {each.severity.value} {each.messages['zh']}" for each in findings]
    assert {each.rule for each in findings} == {document.rule}, told
    assert {each.severity.value for each in findings} == {document.severity}, told
    assert any(document.says in line for line in told), told


@pytest.mark.parametrize("document", DOCUMENTS, ids=lambda document: document.name)
def test_its_twin_is_silent(document: Printed, tmp_path: Path) -> None:
    findings = document.findings(tmp_path, wrong=False)
    assert [f"{each.rule} {each.messages['zh']}" for each in findings] == []


def test_every_rule_has_a_document() -> None:
    alive = {document.rule for document in DOCUMENTS}
    assert set(load().rules) - alive == set(INTERNAL), "rules without a document that fires them"
    assert alive <= set(load().rules), "documents of rules that are not there"


def test_every_document_has_one_thing_at_fault() -> None:
    for document in DOCUMENTS:
        assert len(_SLOT.findall(document.page)) == 1, document.name
