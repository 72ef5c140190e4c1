"""Where the results of a check go: the terminal, files, a folder of pages.

A result is written when it is known. What cannot be written piece by piece, a workbook or one page
of many reports, is written at the end; until then each document's report lies in a folder beside
it, and stays there if the check does not come to its end.
"""

from __future__ import annotations

import argparse
import re
import time
from collections.abc import Sequence
from pathlib import Path, PurePath
from typing import Protocol

from kemu.cli.console import emit, save, width
from kemu.errors import InputError
from kemu.files import is_plain, replace_file
from kemu.pipeline.documents import Step
from kemu.report import ENCODING, STREAMS, Failure, Outcome, render, stream
from kemu.report.outcome import path_of

REPORTS = {
    ".html": "html", ".htm": "html", ".xlsx": "xlsx", ".json": "json", ".csv": "csv",
    ".ttl": "ttl", ".txt": "text",
}  # fmt: skip
GRAPHS = {".trig": "trig", ".nq": "nq"}
UNFINISHED = ".未完成"
"""What is put behind the name of a file for the folder of its parts."""
_PART = re.compile(r"\d{4,} .*")
_TEXT_WIDTH = 100
_LIST_AGAIN = 2.0
"""Seconds after which a folder's list of pages is written anew while pages are added."""


class Target(Protocol):
    """Where results go."""

    def take(self, step: Step) -> None:
        """Take a result as soon as it is known."""

    def end(self) -> None:
        """Write what can be written only when all results are known."""


def form_of(name: str) -> str:
    """Return the format that a file's suffix asks for.

    Raises:
        InputError: It asks for none.
    """
    known = REPORTS | GRAPHS
    form = known.get(Path(name).suffix.lower())
    if form is None:
        raise InputError(
            "E-CLI-SUFFIX", "看不出要保存成什么格式", name, f"可用的后缀：{' '.join(known)}。"
        )
    return form


class Shown:
    """Results on stdout as they come."""

    def __init__(self, form: str, lang: str) -> None:
        self._stream = stream(form, lang, width())

    def take(self, step: Step) -> None:
        """Show a document's report."""
        emit(self._stream.one(step.checked, step.replaces).encode(*ENCODING), None)

    def end(self) -> None:
        """Show what comes after all reports."""
        emit(self._stream.end().encode(*ENCODING), None)


class Whole:
    """One file, or stdout, that is written when all results are known."""

    def __init__(self, form: str, lang: str, out: str | None = None) -> None:
        self._form, self._lang, self._out = form, lang, out
        self._parts: list[_Part] = []
        self._folder = Path(out + UNFINISHED) if out and is_plain(Path(out)) else None

    def take(self, step: Step) -> None:
        """Keep a result, from the second one on each in a file of its own too."""
        for part in [p for p in self._parts if path_of(p.outcome) in step.replaces]:
            part.file.unlink(missing_ok=True)
            self._parts.remove(part)
        number = self._parts[-1].number + 1 if self._parts else 1
        self._parts.append(_Part(number, step.checked, self._folder or Path(), self._form))
        if self._folder and len(self._parts) > 1:
            for part in self._parts:
                part.write(self._lang)

    def end(self) -> None:
        """Write the file; what lay beside it is no longer needed."""
        outcomes = [part.outcome for part in self._parts]
        emit(_rendered(outcomes, self._form, self._lang), self._out, self._form)
        if self._folder and self._folder.is_dir():
            for path in [p for p in self._folder.iterdir() if _PART.fullmatch(p.name)]:
                path.unlink(missing_ok=True)
            if not any(self._folder.iterdir()):
                self._folder.rmdir()


class _Part:
    """The report of a single document beside a file that is not yet written."""

    def __init__(self, number: int, outcome: Outcome, folder: Path, form: str) -> None:
        self.number, self.outcome, self._form = number, outcome, form
        stem = re.sub(r"[^\w.（）()-]", "_", PurePath(path_of(outcome)).stem)[:60]
        self.file = folder / f"{number:04d} {stem}.{'txt' if form == 'text' else form}"
        self._written = False

    def write(self, lang: str) -> None:
        """Write the report if that has not been done."""
        if not self._written:
            replace_file(
                self.file, _rendered([self.outcome], self._form, lang), "E-CLI-OUTPUT",
                "写不了结果文件", "请换一个位置。",
            )  # fmt: skip
        self._written = True


class Pages:
    """A folder with a page for each document and a list of them."""

    def __init__(self, folder: str, lang: str) -> None:
        from kemu.report.explain.rules import titles
        from kemu.report.formats.html import Folder

        self._folder = Path(folder)
        self._made = Folder(lang, titles(lang))
        self._listed = 0.0

    def take(self, step: Step) -> None:
        """Write a document's page, and now and then the list."""
        page = self._made.add(step.checked, step.replaces)
        for name in page.gone:
            (self._folder / name).unlink(missing_ok=True)
        if page.name:
            save(page.html.encode(*ENCODING), self._folder / page.name)
        if time.monotonic() - self._listed > _LIST_AGAIN:
            self.end()
            self._listed = time.monotonic()

    def end(self) -> None:
        """Write the list, the worst first."""
        save(self._made.index().encode(*ENCODING), self._folder / "index.html")


def targets(options: argparse.Namespace) -> list[Target]:
    """Return where the user wants the results.

    Raises:
        InputError: The suffix of a file tells no format.
    """
    saved = [Whole(form_of(name), options.lang, name) for name in options.save]
    out = None if options.out == "-" else options.out
    if options.format == "html" and out and not Path(out).suffix:
        return [Pages(out, options.lang), *saved]
    if options.format in STREAMS and not out:
        return [Shown(options.format, options.lang), *saved]
    return [Whole(options.format, options.lang, out), *saved]


def _rendered(outcomes: Sequence[Outcome], form: str, lang: str) -> bytes:
    if form in GRAPHS.values():
        return _graph(outcomes, form)
    return render(outcomes, form, lang, _TEXT_WIDTH)


def _graph(outcomes: Sequence[Outcome], form: str) -> bytes:
    """Return the knowledge graph of all documents, one named graph each."""
    from kemu.graph.build import quads
    from kemu.graph.serialise import trig_of

    results = [outcome for outcome in outcomes if not isinstance(outcome, Failure)]
    whole = [quad for result in results for quad in quads(result.extraction)]
    if form == "trig":
        return trig_of(whole)
    return "".join(sorted({f"{quad} .\n" for quad in whole})).encode()
