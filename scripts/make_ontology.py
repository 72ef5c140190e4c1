"""Write docs/ontology.md from ontology/*.ttl: `python scripts/make_ontology.py`."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pyoxigraph as ox

from kemu.graph.vocabulary import LABEL, PREFIXES, TYPE, named
from kemu.model import iri

ROOT = Path(__file__).resolve().parents[1]
TARGET = ROOT / "docs" / "ontology.md"
HEAD = """\
# 本体 · Ontology

本页由 `python scripts/make_ontology.py` 根据 `ontology/*.ttl` 生成，请勿手改。
This page is generated from the ontology; do not edit it. Prefix `kemu:` is
`https://w3id.org/kemu/ontology#`.
"""
SECTIONS = {
    "owl:Class": "类 · Classes",
    "owl:ObjectProperty": "属性：指向事物 · Properties that lead to things",
    "owl:DatatypeProperty": "属性：文字和数 · Properties with text or numbers",
    "": "取值 · Members of the classes",
}
OTHERS = {"owl": "http://www.w3.org/2002/07/owl#", **PREFIXES}


def main() -> None:
    """Write the page."""
    TARGET.write_text(page(), encoding="utf-8", newline="\n")


def page() -> str:
    """Return the page as Markdown."""
    terms, members = _store("kemu.ttl"), _store("dimensions.ttl")
    parts = [HEAD]
    for kind, title in SECTIONS.items():
        found = [node for node in _own(terms) if _section(terms, node) == kind]
        parts.append(f"## {title}\n")
        parts.append("\n".join(_row(terms, node) for node in found) + "\n")
    parts.append("## 维度和取值 · Dimensions and their members\n")
    alone = [node for node in _own(members) if _is_alone(members, node)]
    parts.append("\n".join(_row(members, node) for node in alone) + "\n")
    for scheme in _own(members):
        if _is(members, scheme, "skos:ConceptScheme"):
            parts.append("\n".join(_scheme(members, scheme)) + "\n")
    return "\n".join(parts)


def _scheme(store: ox.Store, scheme: ox.NamedNode) -> Iterator[str]:
    yield f"### {_names(store, scheme)}\n"
    yield f"`{_short(scheme.value)}`：{_text(store, scheme, 'zh')} {_text(store, scheme, 'en')}\n"
    quads = store.quads_for_pattern(None, named("skos:inScheme"), scheme)
    for node in sorted((quad.subject for quad in quads), key=str):
        assert isinstance(node, ox.NamedNode)
        yield _row(store, node)


def _is_alone(store: ox.Store, node: ox.NamedNode) -> bool:
    """Tell whether a concept belongs to no dimension of its own."""
    return _is(store, node, "skos:Concept") and not _objects(store, node, "skos:inScheme")


def _row(store: ox.Store, node: ox.NamedNode) -> str:
    local = node.value.removeprefix(iri.ONTOLOGY)
    relations = "".join(
        f"；{word} {'、'.join(found)}"
        for word, name in (("⊑", "rdfs:subClassOf"), ("∈", "skos:broader"), ("→", "rdfs:range"))
        if (found := _objects(store, node, name))
    )
    told = f"{_text(store, node, 'zh')} {_text(store, node, 'en')}"
    return f"- `{local}` {_names(store, node)}{relations}：{told}"


def _names(store: ox.Store, node: ox.NamedNode) -> str:
    found = {
        quad.object.language: quad.object.value
        for name in (LABEL, named("skos:prefLabel"))
        for quad in store.quads_for_pattern(node, name, None)
        if isinstance(quad.object, ox.Literal)
    }
    return f"{found['zh']} · {found['en']}"


def _text(store: ox.Store, node: ox.NamedNode, lang: str) -> str:
    quads = store.quads_for_pattern(node, named("skos:definition"), None)
    texts = (q.object for q in quads if isinstance(q.object, ox.Literal))
    return next(text.value for text in texts if text.language == lang)


def _objects(store: ox.Store, node: ox.NamedNode, name: str) -> list[str]:
    quads = store.quads_for_pattern(node, named(name), None)
    return sorted(
        f"`{_short(q.object.value)}`" for q in quads if isinstance(q.object, ox.NamedNode)
    )


def _short(term: str) -> str:
    if term.startswith(iri.ONTOLOGY):
        return term.removeprefix(iri.ONTOLOGY)
    spaces = ((name, space) for name, space in OTHERS.items() if term.startswith(space))
    return next((f"{name}:{term.removeprefix(space)}" for name, space in spaces), term)


def _own(store: ox.Store) -> list[ox.NamedNode]:
    """Return the terms that a file declares, in the order of their names."""
    found = {quad.subject for quad in store.quads_for_pattern(None, TYPE, None)}
    own = [n for n in found if isinstance(n, ox.NamedNode) and n.value.startswith(iri.ONTOLOGY)]
    return sorted(own, key=lambda node: node.value)


def _is(store: ox.Store, node: ox.NamedNode, kind: str) -> bool:
    return any(_short(q.object.value) == kind for q in store.quads_for_pattern(node, TYPE, None))


def _section(store: ox.Store, node: ox.NamedNode) -> str:
    return next((kind for kind in SECTIONS if kind and _is(store, node, kind)), "")


def _store(name: str) -> ox.Store:
    store = ox.Store()
    store.load((ROOT / "ontology" / name).read_bytes(), format=ox.RdfFormat.TURTLE)
    return store


if __name__ == "__main__":
    main()
