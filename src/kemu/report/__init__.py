"""Reports of what a check found: text, HTML and Excel for people, JSON, CSV and Turtle besides."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Protocol

from kemu.report.outcome import Failure, Outcome, exit_code
from kemu.visible import visible

FORMATS = ("text", "json", "html", "xlsx", "ttl", "csv")
STREAMS = ("text", "json", "ttl", "csv")
"""Formats that can be written document by document."""

__all__ = ["FORMATS", "STREAMS", "Failure", "Outcome", "Stream", "exit_code", "render", "stream"]


class Stream(Protocol):
    """A report as its documents come."""

    def one(self, outcome: Outcome, replaces: Sequence[str] = ()) -> str:
        """Return what to write for a document; files of `replaces` have been written before."""

    def end(self) -> str:
        """Return what to write after the last one."""


def render(outcomes: Sequence[Outcome], form: str, lang: str = "zh", width: int = 100) -> bytes:
    """Return the report of one or many documents in one format, UTF-8 where it is text.

    Args:
        outcomes: A result or a failure per file.
        form: One of `FORMATS`.
        lang: `zh` or `en`.
        width: Terminal columns, for `text`.
    """
    if form in STREAMS:
        written = stream(form, lang, width)
        return "".join([*map(written.one, outcomes), written.end()]).encode(*ENCODING)
    from kemu.report.explain.rules import titles

    if form == "xlsx":
        from kemu.report.formats.xlsx import workbook

        return workbook(outcomes, lang, titles(lang))
    from kemu.report.formats.html import page

    return page(outcomes, lang, titles(lang)).encode(*ENCODING)


ENCODING = ("utf-8", "backslashreplace")
"""A file name on disk may be no text; what it is then is shown."""


def stream(form: str, lang: str = "zh", width: int = 100) -> Stream:
    """Return a writer of one of `STREAMS`."""
    if form == "json":
        from kemu.report.formats import json_text

        return json_text.Stream(lang)
    if form == "csv":
        from kemu.report.formats import csv_lines

        return csv_lines.Stream(lang)
    if form == "ttl":
        return _Turtle()
    from kemu.report.explain.rules import titles
    from kemu.report.formats import text

    return _Visible(text.Stream(lang, titles(lang), width))


class _Turtle:
    """The reports of the shapes, which are sets of triples: one below the other."""

    def __init__(self) -> None:
        self._before = ""

    def one(self, outcome: Outcome, replaces: Sequence[str] = ()) -> str:
        if isinstance(outcome, Failure):
            return ""
        before, self._before = self._before, "\n"
        return before + outcome.report

    def end(self) -> str:
        return ""


class _Visible:
    """Text in which nothing of a document or a file name is obeyed by a terminal."""

    def __init__(self, inner: Stream) -> None:
        self._inner = inner

    def one(self, outcome: Outcome, replaces: Sequence[str] = ()) -> str:
        return visible(self._inner.one(outcome, replaces), lines=True)

    def end(self) -> str:
        return visible(self._inner.end(), lines=True)
