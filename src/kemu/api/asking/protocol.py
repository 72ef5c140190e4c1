"""The SPARQL 1.1 protocol: what a request asks."""

from __future__ import annotations

from urllib.parse import parse_qsl

from fastapi import Request

from kemu.api.asking.work import Asked, graphs_of
from kemu.errors import InputError
from kemu.graph.sparql import grammar, queries

FORM = "application/x-www-form-urlencoded"
QUERY = "application/sparql-query"
UPDATE = "application/sparql-update"
_GRAPHS = ("default-graph-uri", "named-graph-uri")


async def asked(request: Request) -> Asked | None:
    """Return what a request asks; None where it asks nothing and wants the description.

    Raises:
        InputError: It is no request of the protocol, would change data, or is no correct query.
    """
    pairs = _pairs(request.url.query)
    texts = [value for name, value in pairs if name == "query"]
    if request.method == "POST":
        media = request.headers.get("content-type", "").partition(";")[0].strip().lower()
        body = _decoded(await request.body())
        if media == QUERY:
            texts = [body, *texts]
        elif media == FORM:
            pairs = [*pairs, *_pairs(body)]
            texts = [value for name, value in pairs if name == "query"]
        elif media == UPDATE:
            raise _read_only()
        else:
            message = f"查询不能装在 {media[:60] or '没有写明的类型'} 里"
            raise InputError(
                "E-API-ENVELOPE", message, "Content-Type", f"可以是：{FORM}、{QUERY}。"
            )
    if any(name in ("update", "using-graph-uri", "using-named-graph-uri") for name, _ in pairs):
        raise _read_only()
    if len(texts) > 1:
        raise InputError("E-API-QUERY", "一次只能问一个查询", "query")
    if not texts and (request.method == "POST" or pairs):
        raise InputError("E-API-QUERY", "没有写查询", "query", "请用 query 参数写明。")
    return _checked(texts[0], pairs) if texts else None


def _checked(text: str, pairs: list[tuple[str, str]]) -> Asked:
    query = queries.Query("", text, {}, {})
    queries.check(query, {})
    default, named = (tuple(value for name, value in pairs if name == wanted) for wanted in _GRAPHS)
    graphs_of((*default, *named))
    return Asked(query, {}, default, named)


def _pairs(text: str) -> list[tuple[str, str]]:
    try:
        return parse_qsl(text, keep_blank_values=True, errors="strict", max_num_fields=2000)
    except ValueError:
        raise InputError("E-API-QUERY", "请求的参数读不了", "query", "应为 UTF-8。") from None


def _decoded(body: bytes) -> str:
    try:
        return body.decode()
    except UnicodeDecodeError:
        raise InputError("E-API-QUERY", "请求体不是 UTF-8", "query") from None


def _read_only() -> InputError:
    return InputError(
        "E-QUERY-UPDATE", "这里只能查询，不能改", "update", "收入文件请用 kemu ingest。"
    )


def makes_graph(query: Asked) -> bool:
    """Return whether the answer is a graph."""
    return grammar.makes_graph(query.query.text)
