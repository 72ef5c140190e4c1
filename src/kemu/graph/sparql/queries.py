"""SPARQL over documents: read-only, by name, file or text, on pyoxigraph."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import pyoxigraph as ox

from kemu.assets import asset
from kemu.errors import InputError, NotFoundError
from kemu.graph.sparql import grammar
from kemu.graph.vocabulary import PREFIXES
from kemu.model import iri

_HEADER = re.compile(r"#\s*(zh|en|param (\w+)(?:@zh)?|example (\w+)):\s*(.*)")
_CHINESE = re.compile(r"^# param (\w+)@zh:", re.MULTILINE)
_POSITION = re.compile(r"error at (\d+):(\d+): (.*)", re.DOTALL)


@dataclass(frozen=True)
class Query:
    """A query and where it comes from.

    Attributes:
        name: Name, file, or empty for text given directly.
        text: SPARQL.
        title: Language tag → what it answers; empty if it has no header.
        parameters: Variable → what to give for it.
        chinese: Variables whose values are texts tagged as Chinese.
        example: Variable → a value to try.
    """

    name: str
    text: str
    title: Mapping[str, str]
    parameters: Mapping[str, str]
    chinese: frozenset[str] = frozenset()
    example: Mapping[str, str] = field(default_factory=dict)


def parse(name: str, text: str) -> Query:
    """Return a query with what its comment header says."""
    title, parameters, example = {}, {}, {}
    for line in text.splitlines():
        found = _HEADER.match(line)
        if found and found[2]:
            parameters[found[2]] = found[4]
        elif found and found[3]:
            example[found[3]] = found[4]
        elif found:
            title[found[1]] = found[4]
        elif not line.startswith("#"):
            break
    chinese = frozenset(_CHINESE.findall(text)) & parameters.keys()
    return Query(name, text, title, parameters, chinese, example)


def named() -> list[Query]:
    """Return the queries that come with Kemu, by name."""
    files = [f for f in asset("graph", "queries").iterdir() if f.name.endswith(".rq")]
    return [
        parse(f.name.removesuffix(".rq"), f.read_text(encoding="utf-8"))
        for f in sorted(files, key=lambda f: f.name)
    ]


def find(words: str) -> Query:
    """Return the query meant: a named one, a file, or the text itself.

    Raises:
        InputError: The file cannot be read.
        NotFoundError: It is neither a name, nor a file, nor SPARQL.
    """
    known = {query.name: query for query in named()}
    if words in known:
        return known[words]
    if words.endswith(".rq") or (len(words) < 250 and "\n" not in words and _is_file(words)):
        try:
            return parse(words, Path(words).read_text(encoding="utf-8-sig"))
        except FileNotFoundError:
            raise InputError("E-QUERY-FILE", "找不到查询文件", words, "请检查路径。") from None
        except (OSError, UnicodeDecodeError):
            raise InputError(
                "E-QUERY-FILE", "读不了查询文件", words, "查询文件应为 UTF-8 文本。"
            ) from None
    if _is_name(words):
        names = "、".join(known)
        raise NotFoundError("E-QUERY-NAME", "没有这个查询", words[:40], f"可用的名称：{names}。")
    return parse("", words)


def _is_name(words: str) -> bool:
    """Return whether a text was meant as a name: it is nothing that a query engine knows."""
    known = "{" in words or grammar.fault(words) is None or grammar.updates(words)
    return not known


def _is_file(words: str) -> bool:
    try:
        return Path(words).is_file()
    except (OSError, ValueError):
        return False


def run(
    store: ox.Store,
    query: Query,
    values: Mapping[str, str] | None = None,
    graphs: Sequence[ox.NamedNode] | None = None,
) -> ox.QuerySolutions | ox.QueryBoolean | ox.QueryTriples:
    """Return the answer to a read-only query.

    A query that says nothing of graphs looks at all of them at once.

    Args:
        store: What to ask.
        query: The query.
        values: Variable → value, for the query's parameters.
        graphs: The graphs to look at; None for all. A query with FROM says so itself.

    Raises:
        InputError: It is no correct query, would change data or ask another server, or lacks
            a value for a parameter.
    """
    check(query, values or {})
    own = grammar.names_graphs(query.text)
    chosen = None if graphs is None or grammar.chooses_graphs(query.text) else graphs
    return _run(
        store, query, values or {},
        use_default_graph_as_union=not own and chosen is None,
        default_graph=None if own or chosen is None else [*chosen],
        named_graphs=None if chosen is None else [*chosen],
    )  # fmt: skip


def run_on(
    store: ox.Store,
    query: Query,
    values: Mapping[str, str],
    default: Sequence[ox.NamedNode],
    named: Sequence[ox.NamedNode],
) -> ox.QuerySolutions | ox.QueryBoolean | ox.QueryTriples:
    """Return the answer from the graphs given, as the SPARQL protocol has them.

    Raises:
        InputError: As for `run`.
    """
    check(query, values)
    return _run(store, query, values, default_graph=[*default], named_graphs=[*named])


def _run(
    store: ox.Store, query: Query, values: Mapping[str, str], **dataset: Any
) -> ox.QuerySolutions | ox.QueryBoolean | ox.QueryTriples:
    declared = {name: value for name, value in values.items() if name in query.parameters}
    others = {name: value for name, value in values.items() if name not in declared}
    try:
        return store.query(
            filled(query, declared),
            base_iri=iri.BASE,
            prefixes=PREFIXES,
            substitutions={ox.Variable(name): ox.Literal(value) for name, value in others.items()},
            **dataset,
        )
    except (ValueError, OSError, SyntaxError, RuntimeError) as error:
        raise InputError("E-QUERY-RUN", f"查询执行不了：{error}", query.name) from None


def filled(query: Query, values: Mapping[str, str]) -> str:
    """Return a query with values for variables: its projection keeps their names.

    Unlike the engine's own substitution it reaches into sub-queries.
    """
    lines = [line for line in query.text.splitlines() if not line.lstrip().startswith("#")]
    head, brace, body = "\n".join(lines).partition("{")
    for name, value in values.items():
        lang = "zh" if name in query.chinese else None
        literal = str(ox.Literal(value, language=lang)).replace("\\", "\\\\")
        head = re.sub(rf"[?$]{name}\b", rf"({literal} AS ?{name})", head)
        body = re.sub(rf"[?$]{name}\b", literal, body)
    return head + brace + body


def check(query: Query, values: Mapping[str, str]) -> None:
    """Check a query before anything is read for it.

    Raises:
        InputError: As for `run`, errors of execution excepted.
    """
    missing = [name for name in query.parameters if name not in values]
    if missing:
        wanted = "，".join(f"--set {name}=…（{query.parameters[name]}）" for name in missing)
        raise InputError("E-QUERY-PARAMETER", "缺少参数", query.name, f"请加上 {wanted}。")
    fault = grammar.fault(query.text)
    if fault is not None:
        raise _refused(query, fault)


def _refused(query: Query, fault: str) -> InputError:
    """Return why a text is not run."""
    if grammar.asks_others(query.text):
        return InputError(
            "E-QUERY-REMOTE", "查询不能访问其他服务器（SERVICE）", query.name, "请去掉这一部分。"
        )
    if operations := grammar.updates(query.text):
        return InputError(
            "E-QUERY-UPDATE", f"查询只能读，不能改（{operations[0]}）", query.name,
            "可以用 SELECT、ASK、CONSTRUCT、DESCRIBE。",
        )  # fmt: skip
    return _syntax(query, fault)


def _syntax(query: Query, message: str) -> InputError:
    found = _POSITION.match(message)
    where = query.name or "查询"
    if not found:
        return InputError("E-QUERY-SYNTAX", f"查询写得不对：{message[:120]}", where)
    number, column = int(found[1]), int(found[2])
    lines = query.text.splitlines()
    line = lines[number - 1].strip() if number <= len(lines) else ""
    expected = " ".join(found[3].split())[:80]
    return InputError(
        "E-QUERY-SYNTAX",
        f"第{number}行第{column}列写得不对：{line[:60]}",
        where,
        f"（{expected}）",
    )
