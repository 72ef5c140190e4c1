"""What is known of any of Kemu's IRIs, by its path below the base: the data behind linked data.

Codes, editions and associations are made from the tables when asked for; terms of the ontology,
rules and bases come from their files. What a document prints has IRIs too, but lives in the graph
of that document and is not served here.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator
from functools import cache, lru_cache

import pyoxigraph as ox

from kemu.assets import asset
from kemu.classification import SCHEMES, Classification, differences, load
from kemu.classification.rdf.catalogue import catalogue
from kemu.classification.rdf.correspondences import cofog, correspondence, economic
from kemu.classification.rdf.editions import edition
from kemu.classification.rdf.imported import triples as book_triples
from kemu.classification.rdf.serialised import AnyTriple
from kemu.classification.rdf.terms import Triple, term, text
from kemu.classification.rdf.variants import variants
from kemu.classification.rdf.versions import change_triples, codes
from kemu.classification.tables.rows import schemes_table
from kemu.graph import bases
from kemu.model import iri

Node = ox.NamedNode | ox.BlankNode | ox.Literal
Index = dict[str, list[AnyTriple]]

_SCHEME = "|".join(SCHEMES)
_YEAR = r"20\d\d"


def triples_of(path: str) -> list[AnyTriple]:
    """Return what is said of the IRI with this path below the base; empty if it is none of ours.

    A path without fragment that holds terms (`ontology`, `shapes`) gives all of them.
    """
    for pattern, find in _FOUND:
        if found := pattern.fullmatch(path):
            return list(dict.fromkeys(find(path, *found.groups())))
    return []


def own(path: str) -> str:
    """Return the IRI of a path below the base."""
    return iri.BASE + path


def _code(path: str, scheme: str, notation: str) -> list[AnyTriple]:
    return (
        list(codes(load().history, [(scheme, notation)]))
        if load().versions(scheme, notation)
        else []
    )


def _version(path: str, scheme: str, notation: str) -> list[AnyTriple]:
    return [t for t in codes(load().history, [(scheme, notation)]) if t[0].value == own(path)]


def _change(path: str, scheme: str) -> list[AnyTriple]:
    return list(_changes(scheme, load()).get(own(path), ()))


@lru_cache(maxsize=len(SCHEMES))
def _changes(scheme: str, table: Classification) -> Index:
    found = (
        t
        for c in table.history.changes
        if c.scheme == scheme
        for t in change_triples(table.history, c)
    )
    return _by_subject(found)


def _in_edition(path: str, scheme: str, year: str) -> list[AnyTriple]:
    return list(_edition(scheme, int(year), load()).get(own(path), ()))


@lru_cache(maxsize=8)
def _edition(scheme: str, year: int, table: Classification) -> Index:
    """Return an edition by subject; levels without their members, which name the level's list."""
    if year < int(schemes_table()[scheme]["since"]):
        return {}
    imported = (t for e in table.editions if e.year == year for t in book_triples(e))
    of_scheme = own(f"scheme/{scheme}/")
    whole = [
        *edition(table, scheme, year),
        *(t for t in imported if t[0].value.startswith(of_scheme)),
    ]
    member = term("skos:member")
    return _by_subject(t for t in dict.fromkeys(whole) if t[1] != member)


def _series(path: str, scheme: str) -> list[AnyTriple]:
    """Return a classification through the years: its names, and its editions."""
    since = int(schemes_table()[scheme]["since"])
    node = ox.NamedNode(iri.scheme(scheme))
    found = list(_edition(scheme, since, load()).get(own(path), ()))
    if path.endswith("domain"):
        return found
    last = max(y for c in load().concepts(scheme) for y in (*c.years_seen, since))
    years = {*range(since, last + 1), *(e.year for e in load().editions)}
    version = ox.NamedNode("http://purl.org/dc/terms/hasVersion")
    return [*found, *((node, version, ox.NamedNode(iri.edition(scheme, y))) for y in sorted(years))]


def _between(path: str, scheme: str, first: str, last: str, rest: str | None) -> list[AnyTriple]:
    if first >= last:
        return []
    found = list(correspondence(load().history, scheme, int(first), int(last)))
    if rest:
        return [t for t in found if t[0].value == own(path)]
    return list(found)


def _economic(path: str, rest: str | None) -> list[AnyTriple]:
    return [t for t in economic() if not rest or t[0].value == own(path)]


def _cofog(path: str, *_: str | None) -> list[AnyTriple]:
    found = list(cofog(load()))
    whole = {own("cofog"), own("correspondence/functional-cofog")}
    if own(path) in whole:
        return list(found)
    return [t for t in found if t[0].value == own(path)]


def _terms(path: str) -> list[AnyTriple]:
    """Return the terms of a namespace whole, or the contents of one of the files."""
    folder, _, name = path.removesuffix("/2026.1").partition("/")
    if not name and folder in ("ontology", "shapes"):
        index = _vocabulary()
        subjects = [s for s in index if s.startswith(own(folder) + "#") or s == own(folder)]
        return [t for s in subjects for t in _with_blank(index, s)]
    try:
        file = asset("shapes", f"{name}.ttl") if name else asset("ontology", f"{folder}.ttl")
        return list(_parsed(file.read_bytes(), name or folder))
    except FileNotFoundError:
        return []


def _with_blank(index: Index, subject: str) -> Iterator[AnyTriple]:
    """Yield what is said of a subject and of the blank nodes it leads to."""
    for triple in index.get(subject, ()):
        yield triple
        if isinstance(triple[2], ox.BlankNode):
            yield from _with_blank(index, str(triple[2]))


@cache
def _vocabulary() -> Index:
    """Return terms, rules, bases and differences by subject; blank nodes numbered."""
    found: list[AnyTriple] = []
    for folder in ("ontology", "shapes"):
        for file in sorted(asset(folder).iterdir(), key=lambda f: f.name):
            if file.name.endswith(".ttl"):
                found += _parsed(file.read_bytes(), file.name.removesuffix(".ttl"))
    found += bases.triples()
    found += _name_differences()
    return _by_subject(found)


def _parsed(data: bytes, name: str) -> Iterator[AnyTriple]:
    """Yield the triples of a file, its blank nodes numbered in the order of the file."""
    numbers: dict[str, ox.BlankNode] = {}

    def numbered(node: object) -> object:
        if not isinstance(node, ox.BlankNode):
            return node
        return numbers.setdefault(node.value, ox.BlankNode(f"{name}{len(numbers) + 1:03d}"))

    for quad in ox.parse(data, format=ox.RdfFormat.TURTLE):
        yield numbered(quad.subject), quad.predicate, numbered(quad.object)  # type: ignore[misc]


def _name_differences() -> Iterator[Triple]:
    for word, one in differences().items():
        node = ox.NamedNode(iri.term(word))
        yield node, term("rdf:type"), ox.NamedNode(iri.term("NameDifference"))
        for lang in sorted(one.label):
            yield node, term("rdfs:label"), text(one.label[lang], lang)
            yield node, term("skos:definition"), text(one.definition[lang], lang)


def _basis(path: str) -> list[AnyTriple]:
    return list(_vocabulary().get(own(path), ()))


def _catalogue(path: str) -> list[AnyTriple]:
    whole = path == "catalogue"
    return [t for t in catalogue(load()) if whole or t[0].value == own(path)]


def _variant(path: str, scheme: str) -> list[AnyTriple]:
    """Return a variant, without its codes; or one of its codes."""
    return [t for t in variants(scheme, load()) if t[0].value == own(path)]


def _book(path: str) -> list[AnyTriple]:
    found = (t for e in load().editions for t in book_triples(e))
    return [t for t in found if t[0].value == own(path)]


def _by_subject(triples: Iterable[AnyTriple]) -> Index:
    found: Index = {}
    for triple in triples:
        subject = triple[0]
        key = subject.value if isinstance(subject, ox.NamedNode) else str(subject)
        found.setdefault(key, []).append(triple)
    return found


_FOUND: list[tuple[re.Pattern[str], Callable[..., list[AnyTriple]]]] = [
    (re.compile(pattern), find)
    for pattern, find in (
        (rf"code/({_SCHEME})/(\d{{3,9}})", _code),
        (rf"code/({_SCHEME})/(\d{{3,9}})/version/[0-9a-f]{{8}}", _version),
        (rf"change/({_SCHEME})/(?:{_YEAR}|undated)/[0-9a-f]{{12}}", _change),
        (rf"scheme/({_SCHEME})(?:/domain)?", _series),
        (rf"scheme/({_SCHEME})/({_YEAR})(?:/(?:\d{{3,9}}|levels/\d|level/[a-z]+))?", _in_edition),
        (rf"correspondence/({_SCHEME})/({_YEAR})-({_YEAR})(/[0-9a-f]{{12}})?", _between),
        (r"correspondence/govEconomic-deptEconomic(/\d{3,7}-\d{3,7})?", _economic),
        (r"correspondence/functional-cofog(?:/\d{3,7}-\d\d)?", _cofog),
        (r"cofog(?:/\d\d|/domain)?", _cofog),
        (r"(?:ontology|dimensions|shapes(?:/[a-z]+)?)(?:/2026\.1)?", _terms),
        (r"basis/[A-Za-z]+", _basis),
        (r"catalogue(?:/.+)?", _catalogue),
        (rf"scheme/({_SCHEME})/variant/[a-z0-9]+(?:/\d+)?", _variant),
        (r"document/[0-9a-f]{16}", _book),
    )
]
