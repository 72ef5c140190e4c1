"""The report as one self-contained HTML page: no other file, no network, no need of script."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache
from typing import Any

from jinja2 import Environment, FunctionLoader, StrictUndefined, Template
from markupsafe import Markup

from kemu import __version__
from kemu.assets import asset
from kemu.model.findings import CheckResult
from kemu.report.listing import Row, rank, row_of, rows_of
from kemu.report.outcome import Outcome, path_of
from kemu.report.shares import percent
from kemu.report.view import View, view
from kemu.report.words import Words
from kemu.visible import visible


def page(outcomes: Sequence[Outcome], lang: str, titles: dict[str, str]) -> str:
    """Return one page: one document's report, or a list of several and their reports below."""
    views = [(f"d{n}-", _view(o, lang, titles)) for n, o in enumerate(outcomes, start=1)]
    shown = [(prefix, found) for prefix, found in views if found is not None]
    if len(outcomes) == 1 and shown:
        return _render(lang, titles, shown[0][1].title, views=[("", shown[0][1])])
    links = [f"#{prefix}top" for prefix, _ in views]
    title = Words(lang)("label", "index_title")
    rows = rows_of(outcomes, [found for _, found in views], links)
    back = "#" if len(outcomes) > 1 else ""
    return _render(lang, titles, title, rows=rows, views=shown, back=back)


@dataclass(frozen=True)
class Page:
    """A document's page in a folder.

    Attributes:
        name: Of the file; empty where the document could not be read.
        html: Its content.
        gone: Names of files that it replaces.
    """

    name: str
    html: str
    gone: tuple[str, ...]


class Folder:
    """One page per document that could be read, and `index.html`; only the list is kept."""

    def __init__(self, lang: str, titles: dict[str, str]) -> None:
        self._lang = lang
        self._titles = titles
        self._number = 0
        self._rows: list[tuple[str, Row]] = []

    def add(self, outcome: Outcome, replaces: Sequence[str] = ()) -> Page:
        """Return a document's page.

        Args:
            outcome: What became of it.
            replaces: Files whose pages no longer count: this is of all of them.
        """
        self._number += 1
        found = _view(outcome, self._lang, self._titles)
        name = f"{self._number:04d}.html" if found else ""
        gone = tuple(row.link for path, row in self._rows if path in replaces and row.link)
        kept = [(path, row) for path, row in self._rows if path not in replaces]
        self._rows = [*kept, (path_of(outcome), row_of(outcome, found, name))]
        return Page(name, self._page(found), gone)

    def _page(self, found: View | None) -> str:
        if found is None:
            return ""
        only = [("", found)]
        return _render(self._lang, self._titles, found.title, views=only, back="index.html")

    def index(self) -> str:
        """Return the list, the worst first."""
        rows = sorted((row for _, row in self._rows), key=rank)
        title = Words(self._lang)("label", "index_title")
        return _render(self._lang, self._titles, title, rows=rows)


def _view(outcome: Outcome, lang: str, titles: dict[str, str]) -> View | None:
    return view(outcome, lang, titles) if isinstance(outcome, CheckResult) else None


def _render(
    lang: str,
    titles: dict[str, str],
    title: str,
    rows: Sequence[Row] = (),
    views: Sequence[tuple[str, View]] = (),
    back: str = "",
) -> str:
    words = Words(lang)
    values: dict[str, Any] = {
        "w": words,
        "pick": words.pick,
        "percent": percent,
        "anchor": lambda identifier: f"f-{identifier}",
        "lang": lang,
        "titles": titles,
        "title": title,
        "rows": rows,
        "views": views,
        "back": back,
        "version": __version__,
    }
    return template("report/page.html").render(values)


def template(name: str) -> Template:
    """Return a template below api/; the report's style sheet and script are in `css` and `js`."""
    inlined = {"css": Markup(text("report/report.css")), "js": Markup(text("report/report.js"))}
    return _environment().get_template(name, globals=inlined)


def text(name: str) -> str:
    """Return a file below api/ as text."""
    return asset("api", *name.split("/")).read_text(encoding="utf-8")


@cache
def _environment() -> Environment:
    return Environment(
        loader=FunctionLoader(text),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
        keep_trailing_newline=True,
        finalize=lambda value: visible(value, lines=True) if type(value) is str else value,
    )
