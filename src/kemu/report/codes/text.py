"""Answers about the classification, with the definitions that documents give."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from kemu.classification import Name, differences
from kemu.classification.lookup.entry import Entry
from kemu.classification.lookup.query import Answer, Lookup, Resolved
from kemu.classification.tables.concept import YearBasis
from kemu.report.codes.definitions import Definition, Origin, definitions, of_items
from kemu.report.layout import wrap
from kemu.report.words import Words

_SHOWN = 12


def lookup_json(found: Lookup) -> dict[str, object]:
    """Return a lookup as JSON values, with the definitions of each code that documents give."""
    answers = [
        answer.to_json()
        | {"definitions": [one.as_dict() for one in definitions(*_code(answer.entry))]}
        for answer in found.answers
    ]
    terms = [one.as_dict() for one in of_items(found.query)]
    return found.to_json() | {"answers": answers, "terms": terms}


def _code(entry: Entry) -> tuple[str, str]:
    return entry.concept.scheme, entry.concept.notation


def lookup(found: Lookup, words: Words, width: int) -> str:
    """Return a lookup as text: one code in full, several one a line."""
    lines = [wrap(found.message, width)] if found.message else []
    if len(found.answers) == 1 and found.exact:
        lines += _entry(found.answers[0].entry, words, width)
    else:
        lines += [_line(answer, words) for answer in found.answers]
    if found.total > len(found.answers):
        lines.append(words("code", "more", shown=len(found.answers), total=found.total))
    terms = of_items(found.query)
    for term in dict.fromkeys(one.term for one in terms):
        lines.append(words("code", "term", term=term))
        lines += _definitions([one for one in terms if one.term == term], words, width)
    return "\n".join(lines) + "\n"


def _line(answer: Answer, words: Words) -> str:
    entry = answer.entry
    above = f" ‹{entry.path[-2].name}›" if len(entry.path) > 1 else ""
    state = "" if entry.concept.current else f"（{words('code', 'ended')}）"
    scheme = words("scheme", entry.concept.scheme)
    return f"{entry.concept.notation:<9} {entry.name}{state}{above}  {scheme} · {answer.reason}"


def _entry(entry: Entry, words: Words, width: int) -> Iterator[str]:
    concept = entry.concept
    kind = f"{words('scheme', concept.scheme)} · {words('tier', concept.level)}"
    yield f"{concept.notation} {entry.name}（{kind}）"
    for label, text in _fields(entry, words):
        if text:
            yield wrap(f"{words('code', label)}：{text}", width, "  ", "      ")
    yield f"  {words('code', 'definitions')}："
    found = definitions(concept.scheme, concept.notation)
    if not found:
        yield f"    {words('code', 'none')}"
    yield from _definitions(found, words, width)


def _definitions(found: Sequence[Definition], words: Words, width: int) -> Iterator[str]:
    """Yield each wording once, with whose words it is."""
    for wording in dict.fromkeys(one.definition for one in found):
        yield wrap(wording, width, "    ")
        for one in found:
            if one.definition == wording:
                yield wrap(f"—— {whose(one, words)}", width, "      ", "         ")


def whose(one: Definition, words: Words) -> str:
    """Return whose words a definition is in, and where they stand."""
    if one.origin is Origin.PROJECT:
        return words("code", "own_words")
    where = f"{one.organisation} {one.year}，{one.document} {one.place}"
    if one.documents > 1:
        counts = {"documents": one.documents, "organisations": one.organisations}
        where += words("code", "same_words", **counts)
    return where


def _fields(entry: Entry, words: Words) -> Iterator[tuple[str, str]]:
    concept = entry.concept
    yield "path", " > ".join(f"{link.code} {link.name}" for link in entry.path)
    yield "valid", entry.validity
    yield "names", "；".join(_names(entry, words))
    yield "successor", "、".join(concept.successor)
    yield "budget", "、".join(concept.budget)
    yield "counterparts", _some([f"{link.code} {link.name}" for link in entry.counterparts])
    yield "cofog", entry.cofog
    means = words("confidence", concept.confidence)
    yield "confidence", f"{concept.confidence}，{means}"
    yield "sources", sources(concept.sources, words)
    yield "local", _some([f"{one.code} {one.name}（{one.division}）" for one in entry.local])
    yield "children", _some([f"{link.code} {link.name}" for link in entry.children])


def _names(entry: Entry, words: Words) -> Iterator[str]:
    for name in entry.concept.names:
        if name.text == entry.name:
            continue
        spans = list(_span(name, words))
        if name.attested and not spans:
            spans = [f"{words('code', 'seen')} {'、'.join(map(str, name.attested))}"]
        yield f"{name.text}（{'，'.join([words('name_kind', name.kind), *spans])}）"


def _span(name: Name, words: Words) -> Iterator[str]:
    """Yield from when and until when a name was in use, or its bounds."""
    edges = (("from", name.valid_from, name.from_basis), ("to", name.valid_to, name.to_basis))
    for edge, year, basis in edges:
        if year is not None:
            kind = "" if basis is YearBasis.SOURCED else f"_{basis}"
            yield words("code", f"valid_{edge}{kind}", year=year)


def sources(found: Sequence[str], words: Words, most: int | None = None) -> str:
    """Return the first sources by name and the number of the others."""
    named = [source for source in found if not source.startswith("+")]
    more = sum(int(source[1:]) for source in found if source.startswith("+"))
    named, more = named[:most], more + len(named[most:] if most is not None else [])
    tail = words("code", "more_sources", n=more) if more else ""
    return "；".join(named) + tail


def _some(texts: Sequence[str]) -> str:
    more = f" … +{len(texts) - _SHOWN}" if len(texts) > _SHOWN else ""
    return "；".join(texts[:_SHOWN]) + more


def resolved(answer: Resolved, words: Words, width: int) -> str:
    """Return what something printed was resolved to, or why it was not."""
    found = answer.resolution
    lines = []
    if found.code:
        lines.append(f"{words('code', 'resolved')}：{found.code} {found.official_name}")
        lines.append(wrap(f"{words('code', 'path')}：{' > '.join(found.path)}", width, "  "))
        table = differences()
        named = "、".join(table[word].label[words.lang] for word in found.differences)
        lines.append(f"  {words('code', 'differs')}：{named or words('code', 'no_difference')}")
    else:
        lines.append(wrap(f"{words('code', 'unresolved')}：{found.reason}", width))
    for one in (*found.candidates[:_SHOWN], *answer.near):
        text = f"{one.notation} {one.name}（{words('scheme', one.scheme)}，{one.reason}）"
        lines.append(wrap(text, width, "    "))
    if len(found.candidates) > _SHOWN:
        lines.append(f"    … +{len(found.candidates) - _SHOWN}")
    return "\n".join(lines) + "\n"
