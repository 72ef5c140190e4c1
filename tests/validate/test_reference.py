"""The package's shapes find the same with their own engine as with pySHACL."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

from kemu.extract import extract
from kemu.graph.build import store
from kemu.read import read
from kemu.validate import engine, reference
from kemu.validate.queries import Result
from tests.shapes.test_examples import EXAMPLES, Example

SAMPLES = sorted((Path(__file__).resolve().parents[2] / "data" / "samples").glob("*.txt"))


def _told(results: list[Result]) -> list[tuple[object, ...]]:
    return [
        (r.shape.iri, r.shape.severity, r.value, sorted(map(str, (row.items() for row in r.rows))))
        for r in results
    ]


@pytest.mark.parametrize("path", EXAMPLES, ids=lambda path: f"{path.parent.name}/{path.name}")
def test_an_example_is_judged_alike(path: Path) -> None:
    built = Example.read(path).store
    assert _told(engine.results(built)) == _told(reference.results(built))


@pytest.mark.parametrize("path", SAMPLES, ids=lambda path: path.stem[:8])
def test_a_sample_is_judged_alike(path: Path) -> None:
    built = store(extract(read(path)))
    found = _told(engine.results(built))
    assert found == _told(reference.results(built))
    assert bool(found) or "含错误" not in path.name


def test_a_check_loads_only_what_it_uses() -> None:
    """A text without mistakes needs no SHACL library, no graph library, no processes."""
    code = (
        "import sys; from kemu.cli import main\n"
        f"code = main(['check', {str(SAMPLES[-1])!r}])\n"
        "heavy = {'rdflib', 'pyshacl', 'networkx', 'pdfplumber', 'pypdfium2'}\n"
        "heavy |= {'importlib.metadata', 'multiprocessing', 'jinja2', 'xlsxwriter', 'lxml'}\n"
        "loaded = heavy & set(sys.modules)\n"
        "sys.exit(repr(loaded) if loaded else code)"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, check=False)
    assert done.returncode == 0, done.stderr.decode()
