"""The report as one self-contained HTML page: no other file, no network, no need of script."""

from __future__ import annotations

from collections.abc import Sequence
from functools import cache
from typing import Any

from jinja2 import Environment, FunctionLoader, StrictUndefined, Template
from markupsafe import Markup

from kemu import __version__
from kemu.assets import asset
from kemu.model.findings import CheckResult
from kemu.report.listing import Row, rows_of
from kemu.report.outcome import Outcome
from kemu.report.shares import percent
from kemu.report.view import View, view
from kemu.report.words import Words


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


def pages(outcomes: Sequence[Outcome], lang: str, titles: dict[str, str]) -> dict[str, str]:
    """Return file name → page: `index.html` and one page per document that could be read."""
    files, links = {}, []
    views = [_view(outcome, lang, titles) for outcome in outcomes]
    for number, found in enumerate(views, start=1):
        name = f"{number:04d}.html" if found else ""
        links.append(name)
        if found:
            only = [("", found)]
            files[name] = _render(lang, titles, found.title, views=only, back="index.html")
    title = Words(lang)("label", "index_title")
    files["index.html"] = _render(lang, titles, title, rows=rows_of(outcomes, views, links))
    return files


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
    )
