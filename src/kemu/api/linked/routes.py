"""Linked data: every IRI of Kemu leads to what it names, as a page or as data.

The path of an IRI below the base is its path on this server, below a prefix if one is configured.
Terms and rules have fragments, so that their file is what is served; a page has them as anchors.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Annotated, Literal
from urllib.parse import unquote

import pyoxigraph as ox
from fastapi import APIRouter, Query, Request, Response
from fastapi.responses import RedirectResponse

from kemu.api.http.answers import RDF_FORMS
from kemu.api.http.negotiation import HTML, JSON_LD, choose, reply
from kemu.api.linked.descriptions import Node, own, triples_of
from kemu.api.pages import page
from kemu.classification.rdf.serialised import AnyTriple, context, prefixes, serialised
from kemu.errors import InputError, NotFoundError
from kemu.graph import vocabulary
from kemu.model import iri
from kemu.report.formats.json_text import dumps

ALIASES = {
    "docs/rules": "shapes",
    "graph/codes": "api/v1/schemes",
    ".well-known/void": "catalogue",
}
"""Paths of IRIs that name a document which another address serves."""
PRINTED = ("document", "key", "org", "software")
"""First segments of IRIs of what single documents print."""
SEGMENTS = (
    *("basis", "catalogue", "change", "code", "cofog", "correspondence", "dimensions", "docs"),
    *(".well-known", "graph", "ontology", "scheme", "shapes", *PRINTED),
)
MOST_SHOWN = 300
"""So many things are shown on a page; the data have all."""
_LABELS = ("http://www.w3.org/2004/02/skos/core#prefLabel", vocabulary.LABEL.value)
_TITLE = "http://purl.org/dc/terms/title"

router = APIRouter(include_in_schema=False)
Lang = Annotated[Literal["zh", "en"], Query()]


@dataclass(frozen=True)
class Value:
    """One value as a page shows it."""

    text: str
    link: str = ""
    lang: str = ""


@dataclass(frozen=True)
class Thing:
    """One subject as a page shows it: its name, its anchor, and its properties in order."""

    iri: str
    name: str
    anchor: str
    properties: list[tuple[str, list[Value]]]


@router.get("/context.jsonld")
def context_file(request: Request) -> Response:
    """Return the context with which JSON-LD is written here."""
    return reply(request, dumps(context()), JSON_LD)


@router.get("/id")
def by_iri(request: Request, iri_: Annotated[str, Query(alias="iri", max_length=500)]) -> Response:
    """Lead to the address of an IRI on this server."""
    if not iri_.startswith(iri.BASE):
        message = f"“{iri_[:60]}”不是 Kemu 的 IRI"
        raise InputError("E-API-IRI", message, "iri", f"应以 {iri.BASE} 开头。")
    return RedirectResponse(local(request, iri_), 303)


def thing(request: Request, lang: Lang = "zh") -> Response:
    """Return what is said of an IRI: a page, or data, as the client asks."""
    root = request.scope.get("root_path", "")
    path = request.url.path.removeprefix(root).strip("/")
    if path in ALIASES:
        return RedirectResponse(f"{root}/{ALIASES[path]}", 303)
    triples = triples_of(path)
    if not triples:
        raise _unknown(path)
    media = choose(request, (HTML, *RDF_FORMS))
    if media == HTML:
        response = _page(request, path, triples, lang)
    else:
        response = reply(request, serialised(triples, RDF_FORMS[media]), media)
    response.headers["Link"] = f'<{own(path)}>; rel="canonical"'
    return response


for _segment in SEGMENTS:
    router.add_api_route(f"/{_segment}", thing)
    router.add_api_route(f"/{_segment}/{{rest:path}}", thing)


def _unknown(path: str) -> NotFoundError:
    if path.split("/")[0] in PRINTED:
        message = f"/{path[:60]} 说的是某份文件里的内容，这里没有"
        advice = "文件里的数据在它自己的图里：kemu query，或 kemu check --save 图谱.trig。"
        return NotFoundError("E-API-ELSEWHERE", message, "", advice)
    message = f"没有这个地址：/{path[:100]}"
    return NotFoundError("E-API-NOT-FOUND", message, "", "接口说明见 /openapi.json。")


def local(request: Request, address: str) -> str:
    """Return the address on this server of one of Kemu's IRIs; others as they are."""
    if not address.startswith(iri.BASE):
        return address
    return f"{request.scope.get('root_path', '')}/{address.removeprefix(iri.BASE)}"


def _page(request: Request, path: str, triples: list[AnyTriple], lang: str) -> Response:
    things = _things(request, path, triples, lang)
    main = next((one for one in things if one.iri == own(path)), None)
    title = main.name if main else path
    return page(
        request, "resource.html", lang, title=title, iri=own(path), things=things[:MOST_SHOWN],
        left=max(0, len(things) - MOST_SHOWN),
        media=list(RDF_FORMS),
    )  # fmt: skip


def _things(request: Request, path: str, triples: Iterable[AnyTriple], lang: str) -> list[Thing]:
    """Return the subjects, the one asked for first; blank nodes are shown where they are used."""
    subjects: dict[str, list[AnyTriple]] = {}
    for triple in triples:
        subjects.setdefault(_key(triple[0]), []).append(triple)
    names = {key: _name(key, group, lang) for key, group in subjects.items()}
    found = [
        Thing(key, names[key], _anchor(path, key), _properties(request, group, names, lang))
        for key, group in subjects.items()
        if not key.startswith("_:")
    ]
    return sorted(found, key=lambda one: (one.iri != own(path), one.iri))


def _key(node: Node) -> str:
    return node.value if isinstance(node, ox.NamedNode) else str(node)


def _name(subject: str, triples: Iterable[AnyTriple], lang: str) -> str:
    """Return a subject's label in a language, else in the other, else its short name."""
    labels = {
        o.language or "": o.value
        for _, p, o in triples
        if p.value in (*_LABELS, _TITLE) and isinstance(o, ox.Literal)
    }
    return labels.get(lang) or next(iter(labels.values()), "") or short(subject)


def _anchor(path: str, subject: str) -> str:
    fragment = subject.partition("#")[2]
    return fragment or ("" if subject == own(path) else subject.removeprefix(iri.BASE))


def _properties(
    request: Request, triples: Iterable[AnyTriple], names: dict[str, str], lang: str
) -> list[tuple[str, list[Value]]]:
    found: dict[str, list[Value]] = {}
    for _, predicate, value in sorted(triples, key=lambda t: (t[1].value, str(t[2]))):
        found.setdefault(short(predicate.value), []).append(_value(request, value, names))
    return list(found.items())


def _value(request: Request, node: Node, names: dict[str, str]) -> Value:
    if isinstance(node, ox.Literal):
        return Value(node.value, lang=node.language or "")
    if isinstance(node, ox.BlankNode):
        return Value("…")
    name = names.get(node.value)
    shown = f"{short(node.value)} {name}" if name and name != short(node.value) else ""
    return Value(shown or short(node.value), local(request, node.value))


def short(address: str) -> str:
    """Return an IRI as people write it: with a prefix, or its path below the base."""
    for prefix, base in sorted(
        (vocabulary.PREFIXES | prefixes()).items(), key=lambda p: -len(p[1])
    ):
        if address.startswith(base):
            return f"{prefix}:{address.removeprefix(base)}"
    return unquote(address.removeprefix(iri.BASE))
