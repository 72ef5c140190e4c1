"""Pages for people: drop a file, look up a code. They show what the interface answers."""

from __future__ import annotations

from typing import Annotated, Any, Literal

from fastapi import APIRouter, Query, Request, Response
from fastapi.responses import RedirectResponse
from markupsafe import Markup

from kemu import __version__
from kemu.api.http import problems
from kemu.api.http.answers import RDF_FORMS
from kemu.api.http.negotiation import HTML, JSON, choose, preferred, reply
from kemu.api.lookup.codes import Scheme
from kemu.classification import active, load, shipped
from kemu.classification.lookup.query import Lookup, checked_year, lookup
from kemu.classification.store.attested import attested
from kemu.errors import InputError, KemuError, NotFoundError
from kemu.report.codes.rdf import rdf
from kemu.report.codes.text import lookup_json
from kemu.report.formats.html import template, text
from kemu.report.formats.json_text import dumps
from kemu.report.words import Words

EXAMPLES = ("2080505", "住房公积金", "30108", "行政事业单位离退休", "zfgjj")
_VERDICTS = (
    *("conforms", "hints", "warnings", "partial", "violations", "not_checked"),
    *("unreadable", "failed", "other"),
)
_DIGITS = 4

router = APIRouter(include_in_schema=False)
Lang = Annotated[Literal["zh", "en"], Query()]


@router.get("/")
def start(request: Request, lang: Lang = "zh") -> Response:
    """Return the start page."""
    words = Words(lang)
    verdicts = {name: words("verdict", name) for name in _VERDICTS}
    return page(
        request, "start.html", lang, examples=EXAMPLES,
        verdicts=Markup(dumps(verdicts).replace("<", "\\u003c")),
        script=Markup(text("pages/start.js")),
    )  # fmt: skip


@router.get("/report")
def report(request: Request, lang: Lang = "zh") -> Response:
    """Return the page that shows a report which the browser keeps."""
    return page(request, "report.html", lang, script=Markup(text("pages/report.js")))


@router.get("/codes")
def codes(request: Request, q: str = "", year: str = "", lang: Lang = "zh") -> Response:
    """Return the codes that fit; the code's own page where there is just one."""
    try:
        found = lookup(load(), q, asked_year(year), limit=50)
    except KemuError as error:
        return _problem(request, error, lang)
    if len(found.answers) == 1 and found.exact:
        concept = found.answers[0].entry.concept
        tail = f"?year={found.year}" if found.year else ""
        return RedirectResponse(f"/code/{concept.scheme}/{concept.notation}{tail}", 303)
    values = lookup_json(found)
    return page(request, "codes.html", lang, q=q, year=found.year or "", **_shown(values))


def asked_year(text: str) -> int | None:
    """Return the year typed into the form; none if it was left empty.

    Raises:
        InputError: It is no year.
    """
    typed = text.strip()
    if not typed:
        return None
    if len(typed) != _DIGITS or not typed.isdecimal():
        raise InputError("E-CODES-YEAR", f"“{text[:20]}”不是年份", "year", "请写四位数字。")
    return checked_year(int(typed))


@router.get("/code/{scheme}/{notation}")
def code(
    request: Request,
    scheme: Scheme,
    notation: str,
    year: Annotated[int | None, Query()] = None,
    lang: Lang = "zh",
) -> Response:
    """Return what is known of one code: a page, or data, as the client asks."""
    media = choose(request, (HTML, JSON, *RDF_FORMS))
    found = lookup(load(), notation, year, (scheme,))
    if media != HTML and not (found.answers and found.exact):
        raise NotFoundError("E-API-NO-CODE", found.message)
    if media in RDF_FORMS:
        return reply(request, rdf([(scheme, notation)], RDF_FORMS[media]), media)
    if not found.answers or not found.exact:
        values = lookup_json(found)
        return page(request, "codes.html", lang, 404, q=notation, year=year or "", **_shown(values))
    return _code_page(request, found, media, lang)


def _code_page(request: Request, found: Lookup, media: str, lang: str) -> Response:
    values = lookup_json(found)
    answers = values["answers"]
    assert isinstance(answers, list)
    if media == JSON:
        return reply(request, dumps(answers[0]), JSON)
    concept = found.answers[0].entry.concept
    store = active()
    seen = attested(store, shipped(), concept.scheme, concept.notation).to_json() if store else None
    shown = {"a": answers[0], "seen": seen, "year": found.year or ""}
    return page(request, "code.html", lang, message=found.message, **shown)


def _shown(values: dict[str, object]) -> dict[str, Any]:
    return {name: values[name] for name in ("answers", "total", "message", "terms")}


def _problem(request: Request, error: KemuError, lang: str) -> Response:
    """Return an error as a page, or as a problem to a client that wants no page."""
    if preferred(request, (HTML, problems.MEDIA, JSON)) != HTML:
        raise error
    shown = {"title": error.message, "detail": error.where, "advice": error.advice}
    return page(request, "problem.html", lang, 400, year="", **shown)


def page(request: Request, name: str, lang: str, status: int = 200, **values: Any) -> Response:
    """Return a page made from one of the templates of api/pages."""
    html = template(f"pages/{name}").render(
        w=Words(lang),
        lang=lang,
        version=__version__,
        more_css=Markup(text("pages/pages.css")),
        **({"year": ""} | values),
    )
    if status != 200:
        return Response(html, status, media_type="text/html; charset=utf-8")
    return reply(request, html, HTML)
