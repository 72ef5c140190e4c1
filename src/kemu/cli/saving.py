"""Further copies of a result: the format follows from the file's suffix."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from kemu.cli.console import save
from kemu.errors import InputError
from kemu.report import Failure, Outcome, render

REPORTS = {
    ".html": "html", ".htm": "html", ".xlsx": "xlsx", ".json": "json", ".csv": "csv",
    ".ttl": "ttl", ".txt": "text",
}  # fmt: skip
GRAPHS = (".trig", ".nq")
_TEXT_WIDTH = 100


def suffix_known(name: str) -> None:
    """Check, before any work is done, that a file to be saved has a suffix that says its format.

    Raises:
        InputError: It has not.
    """
    if Path(name).suffix.lower() not in (*REPORTS, *GRAPHS):
        known = " ".join((*REPORTS, *GRAPHS))
        raise InputError("E-CLI-SUFFIX", "看不出要保存成什么格式", name, f"可用的后缀：{known}。")


def save_all(outcomes: Sequence[Outcome], names: Sequence[str], lang: str) -> None:
    """Write every copy asked for."""
    for name in names:
        suffix = Path(name).suffix.lower()
        form = REPORTS.get(suffix)
        if form is None:
            save(graph(outcomes, suffix), Path(name))
        else:
            save(render(outcomes, form, lang, _TEXT_WIDTH), Path(name))


def graph(outcomes: Sequence[Outcome], suffix: str) -> bytes:
    """Return the knowledge graph of all documents, one named graph each."""
    from kemu.graph.build import quads
    from kemu.graph.serialise import trig_of

    results = [outcome for outcome in outcomes if not isinstance(outcome, Failure)]
    whole = [quad for result in results for quad in quads(result.extraction)]
    if suffix == ".trig":
        return trig_of(whole)
    return "".join(sorted({f"{quad} .\n" for quad in whole})).encode()
