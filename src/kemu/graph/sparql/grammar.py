"""What a query says, decided by the parser of the engine that is to run it.

The engine has no way to hand out what it parsed. But a text with another word in the place of a
keyword still parses where the word stood in a name, a string, an IRI or a comment, and no longer
parses where it stood as the keyword. So there is one grammar, and nothing to be slipped past a
second one.
"""

from __future__ import annotations

import re
import string
from itertools import product

import pyoxigraph as ox

from kemu.graph.vocabulary import PREFIXES
from kemu.model import iri

_REMOTE = re.compile(r"service(?:\s+silent\b)?", re.IGNORECASE)
_UPDATES = {"Modify": "DELETE/INSERT"}


def fault(text: str) -> str | None:
    """Return what keeps a text from being a query that stays on this machine; None if it is one.

    Nothing of the text is run that could reach another server.
    """
    return _fault(_without(text, "service"))


def asks_others(text: str) -> bool:
    """Return whether a text is a query but for its use of SERVICE."""
    return fault(text) is not None and _fault(_REMOTE.sub("graph", text)) is None


def names_graphs(text: str) -> bool:
    """Return whether a query says itself in which graphs to look (GRAPH, FROM)."""
    local = _without(text, "service")
    return any(_fault(_without(local, word)) is not None for word in ("graph", "from"))


def chooses_graphs(text: str) -> bool:
    """Return whether a query says itself which graphs are its dataset (FROM)."""
    return _fault(_without(_without(text, "service"), "from")) is not None


def makes_graph(text: str) -> bool:
    """Return whether a correct query answers with a graph (CONSTRUCT, DESCRIBE), not a table."""
    local = _without(text, "service")
    answer = ox.Store().query(local, base_iri=iri.BASE, prefixes=PREFIXES)
    return isinstance(answer, ox.QueryTriples)


def updates(text: str) -> list[str]:
    """Return the operations of a text that would change data; empty if it is something else."""
    from rdflib.plugins.sparql.parser import parseUpdate

    try:
        names = [operation.name for operation in parseUpdate(text).request]
    except Exception:
        # The parser of another library, with errors of its own: it only helps to explain.
        return []
    return [_UPDATES.get(n) or re.sub(r"(?<=[a-z])(?=[A-Z])", " ", n).upper() for n in names]


def _without(text: str, keyword: str) -> str:
    """Return a text with a word that occurs nowhere in it, as long, in place of a keyword.

    A text that leaves no such word is returned as no query at all.
    """
    lower = text.lower()
    if keyword not in lower:
        return text
    letters = product(string.ascii_lowercase, repeat=2)
    others = (keyword[:-2] + "".join(pair) for pair in letters)
    other = next((word for word in others if word not in lower), "}")
    return re.sub(keyword, other, text, flags=re.IGNORECASE)


def _fault(text: str) -> str | None:
    try:
        ox.Store().query(text, base_iri=iri.BASE, prefixes=PREFIXES)
    except SyntaxError as error:
        return str(error)
    except (OSError, RuntimeError, ValueError):
        return None
    return None
