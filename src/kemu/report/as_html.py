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
from kemu.model.findings import CheckResult, Verdict
from kemu.report.outcome import Failure, Outcome, path_of
from kemu.report.shares import percent
from kemu.report.view import View, view
from kemu.report.words import Words

# Worst first: what must be mended, then what nobody has checked, then the rest.
_ORDER = ("violations", "unreadable", Verdict.NOT_CHECKED, "warnings", "hints", "conforms")


@dataclass(frozen=True)
class Row:
    """One document in the list of a batch."""

    verdict: str
    title: str
    path: str
    year: str
    must: int | None
    should: int | None
    rounding: int | None
    share: str
    link: str
    error: str = ""


def page(outcomes: Sequence[Outcome], lang: str, titles: dict[str, str]) -> str:
    """Return one page: one document's report, or a list of several and their reports below."""
    views = [(f"d{n}-", _view(o, lang, titles)) for n, o in enumerate(outcomes, start=1)]
    shown = [(prefix, found) for prefix, found in views if found is not None]
    if len(outcomes) == 1 and shown:
        return _render(lang, titles, shown[0][1].title, views=[("", shown[0][1])])
    links = [f"#{prefix}top" for prefix, _ in views]
    title = Words(lang)("label", "index_title")
    rows = rows_of(outcomes, [found for _, found in views], links, lang)
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
    files["index.html"] = _render(lang, titles, title, rows=rows_of(outcomes, views, links, lang))
    return files


def rows_of(
    outcomes: Sequence[Outcome], views: Sequence[View | None], links: Sequence[str], lang: str
) -> list[Row]:
    """Return the list of a batch, worst first."""
    rows = [_row(o, v, link, lang) for o, v, link in zip(outcomes, views, links, strict=True)]
    return sorted(
        rows,
        key=lambda row: (_ORDER.index(row.verdict), -(row.must or 0), -(row.should or 0), row.path),
    )


def _row(outcome: Outcome, found: View | None, link: str, lang: str) -> Row:
    path = path_of(outcome)
    if isinstance(outcome, Failure) or found is None:
        error = outcome.message if isinstance(outcome, Failure) else ""
        return Row(
            "unreadable", path, "", "", None, None, None, "", "", error.removeprefix(path + "：")
        )
    counts, coverage = found.counts, found.coverage
    return Row(
        verdict=found.verdict.value,
        title=found.title,
        path=path if path != found.title else "",
        year=found.year,
        must=counts["must"],
        should=counts["should"],
        rounding=counts["rounding"],
        share=percent(coverage.in_checks, coverage.numbers),
        link=link,
    )


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
