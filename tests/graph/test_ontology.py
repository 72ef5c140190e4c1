"""The ontology: every term declared once, with names in both languages, and no term misspelt."""

from __future__ import annotations

import re
import runpy
from collections import Counter
from pathlib import Path

import pyoxigraph as ox
import pytest
from rdflib import URIRef
from rdflib.namespace import DCTERMS, ORG, OWL, PROV, QB, RDF, RDFS, SH, SKOS, XSD

from kemu.classification import differences
from kemu.graph.vocabulary import PREFIXES
from kemu.model import iri

ROOT = Path(__file__).resolve().parents[2]
FILES = sorted([*ROOT.glob("ontology/*.ttl"), *ROOT.glob("shapes/*.ttl")])
CLOSED = {
    "dcterms": DCTERMS,
    "org": ORG,
    "owl": OWL,
    "prov": PROV,
    "qb": QB,
    "rdf": RDF,
    "rdfs": RDFS,
    "sh": SH,
    "skos": SKOS,
    "xsd": XSD,
}
OPEN_ANNOTATION = {
    "SpecificResource",
    "hasSource",
    "hasSelector",
    "Selector",
    "start",
    "end",
    "exact",
}
SCHEMA = {"DefinedTerm", "name", "termCode"}


def triples(path: Path) -> list[ox.Triple]:
    return [q.triple for q in ox.parse(path.read_bytes(), format=ox.RdfFormat.TURTLE)]


def declared() -> set[str]:
    typed = {
        t.subject.value
        for path in FILES
        for t in triples(path)
        if t.predicate.value == str(RDF.type) and isinstance(t.subject, ox.NamedNode)
    }
    return typed | {iri.term(word) for word in differences()}


@pytest.mark.parametrize("path", FILES, ids=lambda path: path.name)
def test_header_is_complete(path: Path) -> None:
    found = [t for t in triples(path) if t.object == ox.NamedNode(str(OWL.Ontology))]
    assert len(found) == 1
    header = {t.predicate.value for t in triples(path) if t.subject == found[0].subject}
    for name in ("title", "description", "license", "creator", "created"):
        assert str(DCTERMS[name]) in header
    assert {str(OWL.versionIRI), str(OWL.versionInfo)} <= header


@pytest.mark.parametrize("path", FILES, ids=lambda path: path.name)
def test_every_term_has_one_label_in_each_language_and_a_definition(path: Path) -> None:
    graph = triples(path)
    own = {
        t.subject
        for t in graph
        if isinstance(t.subject, ox.NamedNode) and t.subject.value.startswith(iri.ONTOLOGY)
    }
    for term in own:
        about = [t for t in graph if t.subject == term]
        assert _languages(about, RDFS.label, SKOS.prefLabel) == {"zh": 1, "en": 1}, term
        assert any(t.predicate.value == str(RDFS.isDefinedBy) for t in about), term
        if path.parent.name == "ontology":
            assert _languages(about, SKOS.definition) == {"zh": 1, "en": 1}, term


def _languages(about: list[ox.Triple], *names: URIRef) -> Counter[str | None]:
    """Count the texts of some properties by language; empty texts do not count."""
    return Counter(
        t.object.language
        for t in about
        if t.predicate.value in map(str, names) and isinstance(t.object, ox.Literal)
        if t.object.value.strip()
    )


def used_in_code() -> set[str]:
    source = "\n".join(
        path.read_text(encoding="utf-8")
        for folder in ("graph", "validate")
        for path in (ROOT / "src" / "kemu" / folder).glob("*.py")
    )
    return set(re.findall(r'kemu\(\s*"(\w+)"', source)) | set(re.findall(r'"kemu:(\w+)"', source))


def used_in_files() -> set[str]:
    queries = [*ROOT.glob("shapes/*.ttl"), *ROOT.glob("graph/*/*.r[qu]")]
    text = "\n".join(path.read_text(encoding="utf-8") for path in queries)
    return set(re.findall(r"kemu:(\w+)", text))


def test_every_term_of_our_own_that_is_used_is_declared() -> None:
    known = declared()
    missing = {name for name in used_in_code() | used_in_files() if iri.term(name) not in known}
    assert missing == set()


def test_every_term_of_other_vocabularies_exists() -> None:
    text = "\n".join(
        path.read_text(encoding="utf-8")
        for path in [*FILES, *(ROOT / "src" / "kemu").glob("*/*.py"), *ROOT.glob("graph/*/*.r[qu]")]
    )
    for prefix, name in set(re.findall(r"\b([a-z]+):([A-Za-z]\w*)", text)):
        if prefix in CLOSED and prefix in PREFIXES | {"owl": ""}:
            assert CLOSED[prefix][name], f"{prefix}:{name}"
        elif prefix == "oa":
            assert name in OPEN_ANNOTATION
        elif prefix == "schema":
            assert name in SCHEMA, name


def test_prefixes_mean_the_same_everywhere() -> None:
    meanings: dict[str, set[str]] = {}
    for path in FILES:
        for name, space in re.findall(r"@prefix (\w+): <([^>]+)>", path.read_text("utf-8")):
            meanings.setdefault(name, set()).add(space)
    assert all(len(spaces) == 1 for spaces in meanings.values())
    for name, spaces in meanings.items():
        assert PREFIXES.get(name, next(iter(spaces))) in spaces


def test_the_page_of_the_ontology_is_up_to_date() -> None:
    script = runpy.run_path(str(ROOT / "scripts" / "make_ontology.py"))
    page = (ROOT / "docs" / "ontology.md").read_text(encoding="utf-8")
    assert page == script["page"](), "run: python scripts/make_ontology.py"
    for path in ROOT.glob("ontology/*.ttl"):
        for term in re.findall(r"^kemu:(\w+) a ", path.read_text(encoding="utf-8"), re.MULTILINE):
            assert f"`{term}`" in page, term
