"""Queries in processes of their own, only so many, so long and so large.

A query that is running cannot be told to stop, so the process that runs it is ended. Processes are
kept for the next query, and keep the store open until something was written to it.
"""

from __future__ import annotations

import io
import sys
from collections.abc import Iterator, Mapping, Sequence
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from itertools import islice
from pathlib import Path
from typing import Any

import anyio
import pyoxigraph as ox
from anyio import BrokenWorkerProcess, to_process, to_thread

from kemu.api.http.settings import Queries
from kemu.api.waiting import Places
from kemu.errors import InputError, NotFoundError
from kemu.graph.sparql import results
from kemu.graph.sparql.queries import Query
from kemu.store.embedded import Embedded, Snapshot

_ROWS = {
    "json": ox.QueryResultsFormat.JSON, "xml": ox.QueryResultsFormat.XML,
    "csv": ox.QueryResultsFormat.CSV, "tsv": ox.QueryResultsFormat.TSV,
}  # fmt: skip


@dataclass(frozen=True)
class Asked:
    """A query, and what the client says of the graphs to look at.

    Attributes:
        query: The query.
        values: For its parameters.
        default: Graphs of the default graph; with `named`, empty where the client leaves it open.
        named: The named graphs.
    """

    query: Query
    values: Mapping[str, str]
    default: tuple[str, ...] = ()
    named: tuple[str, ...] = ()


@dataclass(frozen=True)
class Form:
    """How an answer is written: a table as `json`, `xml`, `csv` or `tsv`, a graph as RDF."""

    rows: str = "json"
    triples: str = "ttl"


class Asking:
    """The queries of one server.

    Args:
        folder: Of the store; None where the server has none.
        limits: Of queries.
    """

    def __init__(self, folder: Path | None, limits: Queries) -> None:
        self.folder = folder
        self._limits = limits
        self._places = Places(limits.most, "正在回答和等待的查询已有 {} 个")
        self._workers = anyio.CapacityLimiter(limits.at_once)

    @contextmanager
    def place(self) -> Iterator[None]:
        """Take one of the places for queries.

        Raises:
            NotFoundError: The server has no store.
            InputError: All places are taken.
        """
        if self.folder is None or not Embedded(self.folder).exists:
            advice = "请用 kemu ingest 收入文件，再用 kemu serve --store 文件夹 启动。"
            raise NotFoundError("E-API-NO-STORE", "这个服务没有文件的图库", "", advice)
        with self._places.taken():
            yield

    async def answer(self, asked: Asked, form: Form) -> bytes:
        """Return the answer to a query.

        Raises:
            InputError: It takes too long, or answers too much; or see `queries.run`.
        """
        assert self.folder is not None
        with anyio.move_on_after(self._limits.seconds):
            try:
                return await self._apart(asked, form)
            except BrokenWorkerProcess:
                message = "查询用的内存超过限度"
                raise InputError("E-API-LIMIT", message, "", "请缩小范围。") from None
        message = f"{self._limits.seconds} 秒内没有答完"
        raise InputError("E-API-LIMIT", message, "", "请缩小范围，或用 kemu query。")

    async def _apart(self, asked: Asked, form: Form) -> bytes:
        about = self.folder, asked, form, self._limits
        try:
            return await to_process.run_sync(
                answered, *about, cancellable=True, limiter=self._workers
            )
        except NotImplementedError:
            # On Windows the event loop of one of several --workers starts no processes.
            return await to_thread.run_sync(
                answered, *about, abandon_on_cancel=True, limiter=self._workers
            )


class _Held:
    """The store that this process has open."""

    state = ""
    folder: Path | None = None
    snapshot: Snapshot | None = None
    stack = ExitStack()


def _snapshot(folder: Path) -> Snapshot:
    backend = Embedded(folder)
    if (_Held.folder, _Held.state) != (folder, backend.state) or _Held.snapshot is None:
        _Held.snapshot = None
        _Held.stack.close()
        _Held.folder, _Held.state = folder, backend.state
        _Held.snapshot = _Held.stack.enter_context(backend.reading())
    return _Held.snapshot


def answered(folder: Path | None, asked: Asked, form: Form, limits: Queries) -> bytes:
    """Return the answer to a query, written in a form.

    Raises:
        InputError: The query cannot be run, or answers too much.
    """
    assert folder is not None
    _bounded(limits.memory_bytes)
    snapshot = _snapshot(folder)
    if asked.default or asked.named:
        answer = snapshot.query_graphs(asked.query, asked.values, asked.default, asked.named)
    else:
        answer = snapshot.query(asked.query, asked.values)
    if isinstance(answer, ox.QueryTriples):
        return _triples(answer, form.triples, limits.rows)
    return _table(answer, form.rows, limits.rows)


def _bounded(most: int) -> None:
    """Let this process take no more memory than so much beside what it has."""
    if sys.platform == "win32":
        return
    import resource

    _, hard = resource.getrlimit(resource.RLIMIT_AS)
    resource.setrlimit(resource.RLIMIT_AS, (most, hard))


def _triples(answer: ox.QueryTriples, form: str, most: int) -> bytes:
    from kemu.classification.rdf.serialised import Form as Rdf
    from kemu.classification.rdf.serialised import serialised

    found = list(islice(answer, most + 1))
    if len(found) > most:
        raise _too_many(most)
    triples: Any = ((one.subject, one.predicate, one.object) for one in found)
    return serialised(triples, Rdf(form))


def _table(answer: ox.QuerySolutions | ox.QueryBoolean, form: str, most: int) -> bytes:
    if isinstance(answer, ox.QueryBoolean):
        if form in ("csv", "tsv"):
            return results.csv(answer)
        written = answer.serialize(format=_ROWS[form])
        assert written is not None
        return written
    # Written once as TSV, where a row is a line: what is too long is given up as it grows.
    lines = _Lines(most + 1)
    try:
        answer.serialize(output=lines, format=ox.QueryResultsFormat.TSV)
    except OSError as error:
        if lines.full:
            raise _too_many(most) from None
        raise InputError("E-QUERY-RUN", f"查询执行不了：{error}") from None
    if form == "tsv":
        return lines.getvalue()
    parsed = ox.parse_query_results(lines.getvalue(), format=ox.QueryResultsFormat.TSV)
    assert isinstance(parsed, ox.QuerySolutions)
    written = parsed.serialize(format=_ROWS[form])
    assert written is not None
    return written


def _too_many(most: int) -> InputError:
    message = f"结果超过 {most} 行"
    return InputError("E-API-LIMIT", message, "", "请加上 LIMIT，或用 kemu query。")


class _Lines(io.BytesIO):
    """What is written, up to a number of lines."""

    def __init__(self, most: int) -> None:
        super().__init__()
        self.full = False
        self._left = most

    def write(self, data: Any) -> int:
        """Keep data; what is one line too many is an error."""
        self._left -= bytes(data).count(b"\n")
        self.full = self._left < 0
        if self.full:
            raise OSError("too many rows")
        return super().write(data)


def form_of(media: str, rows: Mapping[str, str], triples: Mapping[str, Any]) -> Form:
    """Return the form of a media type."""
    return Form(rows.get(media, "json"), str(triples.get(media, "ttl")))


def graphs_of(names: Sequence[str]) -> list[ox.NamedNode]:
    """Return the nodes of graphs that a client names.

    Raises:
        InputError: One of the names is no IRI.
    """
    try:
        return [ox.NamedNode(name) for name in names]
    except ValueError as error:
        raise InputError("E-API-IRI", f"不是 IRI：{error}", "default-graph-uri") from None
