"""What each file of words may hold.

Paths are keys from the outside. `[]` stands for each entry of an array of tables, `*` for any key,
`{dimension}` for a dimension of a key, `{member}` for a member of that dimension, `{item}` and
`{measure}` for a member of these. A key that ends in `!` may not be missing from an entry.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import get_args

from kemu.model import dimensions
from kemu.model.facts import DIMENSIONS
from kemu.model.language import HeaderRole, HeaderScheme
from kemu.wordlists.kinds import (
    Cases,
    Choice,
    KeyOf,
    Kind,
    Labels,
    Member,
    Pattern,
    Rows,
    Says,
    Text,
    Value,
    Words,
)

Layout = Mapping[str, Kind]

_NUMBER = Value(int)
_YES = Value(bool)
_ROWS = Rows()


def _patterns(table: str, *keys: str) -> dict[str, Kind]:
    """Return the patterns of a table; the examples of the first one have no prefix."""
    first: dict[str, Kind] = {f"{table}.{keys[0]}": Pattern(), f"{table}.examples": _ROWS}
    rest: dict[str, Kind] = {}
    for key in keys[1:]:
        rest |= {f"{table}.{key}": Pattern(f"{key}_examples"), f"{table}.{key}_examples": _ROWS}
    return {**first, **rest}


def _entries(table: str, group: str, **more: Kind) -> dict[str, Kind]:
    """Return an array of patterns with a named group each."""
    named: dict[str, Kind] = {
        f"{table}[].regex!": Pattern(groups=(group,)),
        f"{table}[].examples!": _ROWS,
    }
    return named | {f"{table}[].{key}": kind for key, kind in more.items()}


def _inside(table: str, key: str = "words", group: str = "") -> dict[str, Kind]:
    """Return a list of words that are looked for in a title, with its examples."""
    examples = "examples" if key == "words" else f"{key}_examples"
    return {f"{table}.{key}": Words(group, "inside", examples), f"{table}.{examples}": _ROWS}


_BASES: Layout = {
    "*.rule": Text(r"R\d+\.\d+"),
    "*.severity": Choice(("violation", "warning", "hint")),
    "*.label": Labels(),
    "*.absent": Labels(),
}

_COUNTS: Layout = {
    "unit.{measure}": Words(),
    "measure.{item}": Member("measure", many=True),
    "planned.items": Member("item", many=True),
    "item.{item}": Words("words"),
    "within.{item}.{item}": Words("within"),
    **_patterns("behind", "regex"),
    "money.{item}": Member("item"),
    "filler.words": Words("words"),
    "complete.items": Member("item", many=True),
    "complete.together": Member("item", many=True, sets=True),
    "complete.kinds": Member("measure", many=True),
    "verb.stock": Words("verb", "counted"),
    "verb.bought": Words("verb", "counted"),
    **_patterns("as_of", "regex"),
    "examples.labels": Rows(4),
}

_FIGURES: Layout = {
    **{f"{kind}.digits": Pattern() for kind in ("number", "tidy", "amount")},
    **{f"{kind}.examples": _ROWS for kind in ("number", "tidy", "amount")},
    "amount.limit": _NUMBER,
    "money.factors.*": _NUMBER,
    "money.examples": _ROWS,
    "total.words": Words(examples="examples"),
    "total.examples": _ROWS,
    "total.named": Pattern("named_examples"),
    "total.named_examples": _ROWS,
    "total.ends": Words(found="end", examples="ends_examples"),
    "total.ends_examples": _ROWS,
    "total.grand": Words(found="end", examples="grand_examples"),
    "total.grand_examples": _ROWS,
}

_GLOSSARY: Layout = {
    "entry[].regex!": Pattern(groups=("term", "definition")),
    "entry[].examples!": _ROWS,
    "economic.regex": Pattern(groups=("name", "which", "level")),
    "economic.government": Words(),
    "economic.examples": _ROWS,
    "nested.regex": Pattern(groups=("term", "definition")),
    "nested.examples": _ROWS,
    "prefix.words": Words(),
}

_HEADINGS: Layout = {
    "level[].depth!": _NUMBER,
    "level[].regex!": Pattern(),
    "level[].examples!": Rows(1),
    **_patterns("contents", "regex", "title", "page"),
    **_patterns("never", "regex"),
    **_patterns("selection", "regex"),
    **_patterns("code", "regex"),
    "unnumbered.longest": _NUMBER,
    "unnumbered.suffix[].depth!": _NUMBER,
    "unnumbered.suffix[].words!": Words("suffix", "end", "examples"),
    "unnumbered.suffix[].examples!": _ROWS,
    **_inside("aside"),
    **_inside("aside", "counted"),
    **_inside("aside", "glossary"),
}

_IDENTITIES: Layout = {
    "identity[].name!": Text(),
    "identity[].basis!": KeyOf("bases"),
    "identity[].relation": Choice(("equal", "atMost")),
    "identity[].total!": Says(),
    "identity[].parts!": Says(many=True),
    "identity[].unless": Says(),
    **{f"identity[].{key}": Choice(DIMENSIONS, many=True) for key in ("loose", "needs", "wider")},
}

_IDENTITY: Layout = {
    "organisation.suffixes": Words(found="whole"),
    "organisation.stops": Words(found="pattern"),
    **_entries("organisation.pattern", "name", weight=_NUMBER, whole=_YES, first=_NUMBER),
    **_entries("superior", "name"),
    **_entries("subordinates", "count"),
    **_entries("units", "list"),
    **_entries("level", "level"),
    "year[].regex!": Pattern(),
    "year[].examples!": _ROWS,
    "year[].weight!": _NUMBER,
    "year[].title": _YES,
    **_patterns("heads", "budget", "finalAccount"),
    "heads.weight": _NUMBER,
    "statement.budget": Words("statement", "counted"),
    "statement.finalAccount": Words("statement", "counted"),
    "level_words.department": Words("level", "counted"),
    "level_words.unit": Words("level", "counted"),
}

_LEXICON: Layout = {
    "word[].text!": Words("words"),
    "word[].role": Choice(("threshold",)),
    "word[].{dimension}": Member(),
    "{dimension}.{member}": Words("words"),
    "filler.words": Words("words"),
    "nameless.words": Words(),
    "together[].{dimension}!": Member(),
    "together[].of!": Member("{dimension}", many=True),
    "together[].examples!": Rows(1),
    "beside[].fund!": Member(),
    "beside[].next_to!": Member("fund"),
    "beside[].means!": Member("fund"),
}

_PATHS: Layout = {
    "separators": Words(),
    "level": Pattern("level_examples", ("code", "level")),
    "level_examples": _ROWS,
    "levels": Pattern("levels_examples", ("class", "section", "item")),
    "levels_examples": _ROWS,
    "code": Pattern("code_examples", ("code",)),
    "code_examples": _ROWS,
    "examples": _ROWS,
}

_SENTENCES: Layout = {
    **_patterns("reason", "regex", "ends", "follows", "resumes"),
    **_patterns("purpose", "regex", "ends", "resumes"),
    **_patterns("aside", "regex", "ends", "resumes"),
    **_patterns("detail", "regex", "case"),
    **{
        f"direction.{member}": Words("direction", "pattern")
        for member in (
            "increase", "decrease", "unresolved", "neutral", "equal", "greater", "less",
        )
    },
    "sum.words": Words(),
    "opposite.pairs": _ROWS,
    "opposite.also.*": Text(),
    **_patterns("change", "before", "inverted", "bare_rate", "measured"),
    "change.no_rate": Text(),
    "base.last": Words(found="counted"),
    "base.when": Words(found="pattern"),
    **_patterns("base", "before", "bracketed", "said", "reference"),
    **_patterns("share", "before", "completion"),
    **_patterns("completion", "before"),
    **_patterns("bare_percent", "regex"),
    **_patterns("opener", "regex", "whole", "economic", "government", "numbered"),
    **_patterns("carries", "regex"),
    **_patterns("names", "regex", "classes"),
    **_patterns("threshold", "after", "before"),
    **_patterns("governed", "regex"),
    **_patterns("again", "regex"),
    **_patterns("own", "regex"),
    **_patterns("zero", "regex", "whole"),
    **_patterns("flat", "against", "continues", "year_first", "bare", "exceeds", "moved"),
    **_patterns("project", "regex", "listed", "named"),
    "project.overall": Text(),
    **_patterns("performance", "stage", "kind", "targets"),
    **_patterns("remark", "regex"),
    **_patterns("restated", "regex"),
}  # fmt: skip

_TABLES: Layout = {
    **{f"column.{role}": Words("column", "inside") for role in get_args(HeaderRole)},
    **{f"scheme.{scheme}": Words("scheme", "inside") for scheme in get_args(HeaderScheme)},
    "examples.column": _ROWS,
    "examples.scheme": _ROWS,
    **_inside("performance"),
    **_inside("overall"),
    **_inside("skip"),
    "printed_number.regex": Pattern(groups=("alone", "bracketed", "first")),
    "printed_number.number": Pattern(""),
    "printed_number.examples": _ROWS,
    **_patterns("unit", "regex"),
}

_UNDERSTANDING: Layout = {
    "share": Text(r"0\.\d+"),
    "few": _NUMBER,
    "compared": Text(r"0\.\d+"),
    "open": _NUMBER,
    "examples.parts": Cases((int, int, bool)),
    "examples.documents": Cases((int, int, bool)),
}

_WORDING: Layout = {
    "pattern[].kind!": Text(r"\w+"),
    "pattern[].regex!": Pattern(),
    "pattern[].cells": _YES,
    "pattern[].examples!": _ROWS,
    "slip[].wrong!": Pattern(),
    "slip[].right!": Text(),
    "slip[].examples!": _ROWS,
    "period.own": Pattern("own_examples", ("year",)),
    "period.own_examples": _ROWS,
    "period.title": Pattern("title_examples"),
    "period.title_examples": _ROWS,
    "period.reason": Pattern(""),
    "period.compared": Pattern("compared_examples", ("year", "plan")),
    "period.compared_examples": _ROWS,
    **_patterns("note", "regex"),
    "turned.opening": Pattern("opening_examples", ("way",)),
    "turned.opening_examples": _ROWS,
    "turned.change": Pattern("change_examples"),
    "turned.change_examples": _ROWS,
}

LAYOUTS: Mapping[str, Layout] = {
    "bases": _BASES,
    "counts": _COUNTS,
    "figures": _FIGURES,
    "glossary": _GLOSSARY,
    "headings": _HEADINGS,
    "identities": _IDENTITIES,
    "identity": _IDENTITY,
    "lexicon": _LEXICON,
    "paths": _PATHS,
    "sentences": _SENTENCES,
    "tables": _TABLES,
    "understanding": _UNDERSTANDING,
    "wording": _WORDING,
}
"""Name of a file → what it may hold."""


def members(dimension: str) -> tuple[str, ...]:
    """Return what a dimension may be said to be; empty where anything goes, as for projects."""
    listed = dimensions.members(dimension)
    return (*listed, "all", "notApplicable") if listed else ()
