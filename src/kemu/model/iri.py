"""IRIs: the only module that knows the base.

All IRIs come from places and contents, never from counters.
"""

from __future__ import annotations

import hashlib
from urllib.parse import quote, unquote

BASE = "https://w3id.org/kemu/"
ONTOLOGY = BASE + "ontology#"
"""Namespace of Kemu's own classes, properties and dimension members (prefix `kemu:`)."""
SHAPES = BASE + "shapes#"
"""Namespace of the rules (prefix `rule:`)."""


def term(name: str) -> str:
    """Return the IRI of a class, property or dimension member of the ontology."""
    return ONTOLOGY + name


def document(sha256: str) -> str:
    """Return the IRI of a document, from the hash of its bytes."""
    return f"{BASE}document/{sha256[:16]}"


def printed(sha256: str, slug: str) -> str:
    """Return the IRI of something printed in a document, from its place slug (`t3/r7/c6`)."""
    return f"{document(sha256)}/{slug}"


def key(digest: str) -> str:
    """Return the IRI of a fact key, from the digest of all its dimensions."""
    return f"{BASE}key/{digest}"


def code(scheme: str, notation: str) -> str:
    """Return the lineage IRI of a classification code, stable over the years."""
    return f"{BASE}code/{scheme}/{notation}"


def organisation(identifier: str) -> str:
    """Return the IRI of an organisation, from its code or else its name."""
    return f"{BASE}org/{quote(identifier, safe='')}"


def organisation_id(address: str) -> str:
    """Return the identifier that an organisation's IRI was made from."""
    return unquote(address.removeprefix(f"{BASE}org/"))


def basis(name: str) -> str:
    """Return the IRI of a reason why an equation holds (graph/bases.toml)."""
    return f"{BASE}basis/{name}"


def member(dimension: str, text: str) -> str:
    """Return the IRI of a value that no list holds: a project's name, a printed basis."""
    return f"{BASE}{dimension}/{quote(text, safe='')}"


def member_text(dimension: str, address: str) -> str:
    """Return the text that the IRI of a value was made from; what is no such IRI as it is."""
    return unquote(address.removeprefix(member(dimension, "")))


def software(version: str) -> str:
    """Return the IRI of one version of this program."""
    return f"{BASE}software/{version}"


def finding(sha256: str, identifier: str) -> str:
    """Return the IRI of a finding about a document."""
    return f"{document(sha256)}/finding/{identifier}"


def cause(sha256: str, identifier: str) -> str:
    """Return the IRI of a root cause of findings about a document."""
    return f"{document(sha256)}/cause/{identifier}"


CODES = BASE + "graph/codes"
"""Named graph of the classification codes and other shared vocabulary."""

DOCUMENTS = BASE + "graph/documents"
"""Named graph of a store's register: which documents it holds, and which of them are in force."""


def scheme(name: str) -> str:
    """Return the IRI of a classification through all years."""
    return f"{BASE}scheme/{name}"


def edition(name: str, year: str | int) -> str:
    """Return the IRI of one year's edition of a classification."""
    return f"{BASE}scheme/{name}/{year}"


def code_version(scheme: str, notation: str, name: str, parent: str) -> str:
    """Return the IRI of one version of a code: what it was called, and under what."""
    digest = hashlib.sha256(f"{name}\x1f{parent}".encode()).hexdigest()[:8]
    return f"{code(scheme, notation)}/version/{digest}"
