"""A store on a SPARQL 1.1 server: queries, updates and the graph store protocol over HTTP.

Each document's graph is put whole before the register names it. What was put and never registered,
because the program was killed, is dropped by the next writer.
"""

from __future__ import annotations

import os
import tomllib
import urllib.error
import urllib.request
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from functools import cache, cached_property
from typing import Any
from urllib.parse import urlencode, urlsplit, urlunsplit

import pyoxigraph as ox

from kemu.assets import asset
from kemu.errors import InputError
from kemu.graph.sparql import grammar, queries
from kemu.graph.sparql.results import Answer
from kemu.graph.sparql.stores import ONTOLOGY
from kemu.graph.vocabulary import PREFIXES, kemu
from kemu.model import iri
from kemu.store import register
from kemu.store.backend import Change, Values

PASSWORD = "KEMU_STORE_PASSWORD"
"""Variable of the environment with the password of the user named in the address."""
_RESULTS = "application/sparql-results+json"
_TRIPLES = "application/n-triples"
_PATIENCE = 600
_MOST = 500
"""Quads in one update; Virtuoso compiles an update as a whole and refuses a long one."""
_DOCUMENTS = f"{iri.BASE}document/"


@dataclass(frozen=True)
class Server:
    """A SPARQL server.

    Attributes:
        address: As the user gave it, without password.
        kind: Its entry in api/servers.toml.
        base: Address below which its services are.
        user: Who writes; empty for nobody.
        password: Of that user.
    """

    address: str
    kind: str
    base: str
    user: str = ""
    password: str = ""

    @classmethod
    def of(cls, words: str) -> Server:
        """Return the server of an address such as `virtuoso+http://dba@localhost:8890`.

        Raises:
            InputError: It is none that can be asked.
        """
        parts = urlsplit(words)
        kind, _, scheme = parts.scheme.rpartition("+")
        kinds = _kinds()
        if scheme not in ("http", "https") or (kind or "sparql") not in kinds or not parts.hostname:
            raise InputError(
                "E-INGEST-ADDRESS", "不是可用的服务器地址", parts.netloc.rpartition("@")[2],
                f"应像 http://主机:端口/ ；前面可以写明是哪种服务器：{'、'.join(sorted(kinds))}，"
                "如 virtuoso+http://…。",
            )  # fmt: skip
        host = parts.netloc.rpartition("@")[2]
        base = urlunsplit((scheme, host, parts.path.rstrip("/"), "", ""))
        password = parts.password or os.environ.get(PASSWORD, "")
        shown = words.replace(f":{parts.password}@", "@") if parts.password else words
        return cls(shown, kind or "sparql", base, parts.username or "", password)

    @property
    def exists(self) -> bool:
        """Whether anything was taken in."""
        wanted = f"ASK {{ GRAPH <{iri.DOCUMENTS}> {{ ?document ?is ?that }} }}"
        return bool(self.answer(wanted))

    @contextmanager
    def reading(self) -> Iterator[Remote]:
        """Have what the server holds; others may write meanwhile."""
        yield Remote(self)

    @contextmanager
    def writing(self) -> Iterator[None]:
        """Clear away what a killed writer left; that nobody else writes is not seen to."""
        held = register.read(Remote(self).quads(register.GRAPH))
        kind = kemu("DisclosureDocument")
        for row in self.rows(f"SELECT DISTINCT ?g {{ GRAPH ?g {{ ?document a {kind} }} }}"):
            graph = row[0].value
            if graph.startswith(_DOCUMENTS) and held.get(graph) is None:
                self._graph("DELETE", graph)
        yield

    def apply(self, change: Change) -> None:
        """Make a change: the graphs first, then what names them.

        Raises:
            InputError: The server refuses or cannot be reached.
        """
        for graph, triples in change.graphs.items():
            self._graph("PUT", graph.value, _lines(ox.Triple(*triple) for triple in triples))
        for graph in (ONTOLOGY, ox.NamedNode(iri.CODES)):
            shared = [quad.triple for quad in change.added if quad.graph_name == graph]
            if shared:
                self._graph("POST", graph.value, _lines(shared))
        named = [quad for quad in change.added if quad.graph_name == register.GRAPH]
        self._update(change.removed, named)

    def _update(self, removed: Sequence[ox.Quad], added: Sequence[ox.Quad]) -> None:
        """Change the register: in one request as a rule, which a server does whole or not."""
        parts = [
            *((word, quads[at : at + _MOST])
              for word, quads in (("DELETE DATA", removed), ("INSERT DATA", added))
              for at in range(0, len(quads), _MOST))
        ]  # fmt: skip
        text = " ;\n".join(f"{word} {{ {_pattern(quads)} }}" for word, quads in parts)
        if text:
            self._send("update", text.encode(), "application/sparql-update")

    def _graph(self, method: str, graph: str, data: bytes | None = None) -> None:
        about = f"{self._service('graphs')}?{urlencode({'graph': graph})}"
        self._request(method, about, data, _TRIPLES, "*/*")

    def graph(self, name: str) -> list[ox.Triple]:
        """Return what a graph holds; nothing where there is no such graph."""
        wanted = f"CONSTRUCT {{ ?s ?p ?o }} WHERE {{ GRAPH <{name}> {{ ?s ?p ?o }} }}"
        return list(self.answer(wanted))  # type: ignore[arg-type]

    def answer(self, query: str, dataset: Sequence[tuple[str, str]] = ()) -> Answer:
        """Return what the server answers to a query.

        Args:
            query: Complete, prefixes included.
            dataset: `default-graph-uri` or `named-graph-uri` → graph; empty for the server's own.

        Raises:
            InputError: The server refuses or cannot be reached.
        """
        body = urlencode([("query", query), *dataset]).encode()
        form = "application/x-www-form-urlencoded"
        accept = _TRIPLES if grammar.makes_graph(query) else _RESULTS
        media, data = self._request("POST", self._service("query"), body, form, accept)
        try:
            if accept == _RESULTS:
                return ox.parse_query_results(data, format=ox.QueryResultsFormat.JSON)
            parsed = ox.parse(data, format=ox.RdfFormat.TURTLE)
            store = ox.Store()
            store.extend(parsed)
        except (SyntaxError, ValueError) as error:
            message = f"服务器的回答看不懂（{media}：{error}）"
            raise InputError("E-INGEST-SERVER", message, self.address) from None
        return _all(store)

    def rows(self, query: str) -> list[Any]:
        """Return the rows that the server answers to a SELECT."""
        found: Any = self.answer(query)
        return list(found)

    def _send(self, service: str, data: bytes, media: str) -> None:
        self._request("POST", self._service(service), data, media, "*/*")

    @property
    def _kind(self) -> dict[str, str]:
        return _kinds()[self.kind]

    def _service(self, name: str) -> str:
        kind = self._kind
        return self.base + (kind.get(f"{name}_as_user", kind[name]) if self.user else kind[name])

    def _request(
        self, method: str, address: str, data: bytes | None, media: str, accept: str
    ) -> tuple[str, bytes]:
        request = urllib.request.Request(address, data, method=method)
        request.add_header("Accept", accept)
        if data is not None:
            request.add_header("Content-Type", media)
        try:
            if self.user and data:
                self._challenged(address.partition("?")[0])
            with self._opener.open(request, timeout=_PATIENCE) as response:
                return response.headers.get("Content-Type", ""), response.read()
        except urllib.error.HTTPError as error:
            said = error.read(400).decode("utf-8", "replace").split("\n")[0]
            message = f"服务器拒绝了（{error.code} {said}）"
            raise InputError("E-INGEST-SERVER", message, address.partition("?")[0]) from None
        except (OSError, ValueError) as error:
            message = f"连不上服务器（{error}）"
            raise InputError("E-INGEST-SERVER", message, address.partition("?")[0]) from None

    def _challenged(self, address: str) -> None:
        """Ask something small first: a server may hang up on a large body of who is not known."""
        try:
            with self._opener.open(urllib.request.Request(address), timeout=_PATIENCE):
                return
        except urllib.error.HTTPError as error:
            error.close()

    @cached_property
    def _opener(self) -> urllib.request.OpenerDirector:
        known = urllib.request.HTTPPasswordMgrWithPriorAuth()
        if self.user:
            known.add_password(None, self.base, self.user, self.password)
        return urllib.request.build_opener(
            _Digest(known),
            urllib.request.HTTPBasicAuthHandler(known),
        )


class _Digest(urllib.request.HTTPDigestAuthHandler):
    """Says who asks with every request, once the server wanted to know."""

    challenge: dict[str, str] | None = None

    def http_error_401(self, req: Any, fp: Any, code: int, msg: str, headers: Any) -> Any:
        """Keep the challenge and answer it."""
        scheme, _, told = headers.get("WWW-Authenticate", "").partition(" ")
        if scheme.lower() == "digest":
            parts = urllib.request.parse_http_list(told)
            self.challenge = urllib.request.parse_keqv_list(parts)
        return super().http_error_401(req, fp, code, msg, headers)

    def http_request(self, request: urllib.request.Request) -> urllib.request.Request:
        """Answer the last challenge ahead."""
        if self.challenge and not request.has_header("Authorization"):
            told = self.get_authorization(request, self.challenge)
            request.add_unredirected_header("Authorization", f"Digest {told}")
        return request

    https_request = http_request


def _all(store: ox.Store) -> ox.QueryTriples:
    found = store.query("CONSTRUCT { ?s ?p ?o } WHERE { ?s ?p ?o }")
    assert isinstance(found, ox.QueryTriples)
    return found


class Remote:
    """What a server holds now."""

    def __init__(self, server: Server) -> None:
        self._server = server

    def query(self, query: queries.Query, values: Values, everything: bool = False) -> Answer:
        """Return the answer to a query.

        Args:
            query: The query.
            values: For its parameters.
            everything: Whether to look at documents that others replaced too.

        Raises:
            InputError: It is no query that may be asked, or the server refuses it.
        """
        queries.check(query, values)
        text = _whole(queries.filled(query, values))
        return self._server.answer(text, self._dataset(query.text, everything))

    def _dataset(self, text: str, everything: bool) -> list[tuple[str, str]]:
        """Return which graphs to look at, as the protocol names them; nothing for all."""
        replaced = frozenset() if everything else self.register.replaced
        own = grammar.names_graphs(text)
        if grammar.chooses_graphs(text) or (own and not replaced):
            return []
        documents = {entry.node.value for entry in self.register.entries} - replaced
        graphs = sorted({*documents, iri.CODES, iri.DOCUMENTS, ONTOLOGY.value})
        return [("named-graph-uri" if own else "default-graph-uri", graph) for graph in graphs]

    @cached_property
    def register(self) -> register.Register:
        """Which documents there are."""
        return register.read(self.quads(register.GRAPH))

    def quads(self, graph: ox.NamedNode | None = None) -> Iterator[ox.Quad]:
        """Yield the quads of one graph, or of all that Kemu put there."""
        for one in [graph] if graph else self._graphs():
            for triple in self._server.graph(one.value):
                yield ox.Quad(triple.subject, triple.predicate, triple.object, one)

    def _graphs(self) -> list[ox.NamedNode]:
        documents = [entry.node for entry in self.register.entries]
        return [*documents, ox.NamedNode(iri.CODES), register.GRAPH, ONTOLOGY]

    def values(self, subject: ox.NamedNode, predicate: ox.NamedNode) -> list[object]:
        """Return what any graph says of something."""
        asked = f"SELECT DISTINCT ?value {{ GRAPH ?g {{ {subject} {predicate} ?value }} }}"
        return [row[0] for row in self._server.rows(asked)]


@cache
def _kinds() -> dict[str, dict[str, str]]:
    found: dict[str, dict[str, str]]
    found = tomllib.loads(asset("api", "servers.toml").read_text(encoding="utf-8"))
    return found


def _lines(triples: Iterable[ox.Triple]) -> bytes:
    return "".join(sorted({f"{triple} .\n" for triple in triples})).encode()


def _pattern(quads: Sequence[ox.Quad]) -> str:
    return " ".join(f"GRAPH {quad.graph_name} {{ {quad.triple} }}" for quad in quads)


def _whole(text: str) -> str:
    """Return a query with the prefixes that Kemu's queries need not declare."""
    prefixes = (f"PREFIX {name}: <{base}>" for name, base in sorted(PREFIXES.items()))
    return "\n".join((f"BASE <{iri.BASE}>", *prefixes, text))
