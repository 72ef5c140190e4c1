"""What the examples of patterns and lists must find, asked of those who read documents by them."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from functools import partial
from typing import Any

from kemu.errors import InputError
from kemu.extract.document.organisations import clean_name, compiled
from kemu.extract.prose.counts import Counts, measure_of
from kemu.extract.tables import words
from kemu.extract.words import lexicon, sentences
from kemu.extract.words.context import Context
from kemu.extract.words.names import Names
from kemu.knowledge import Source, table
from kemu.model import figures
from kemu.model.facts import Identity, Organisation
from kemu.wordlists.faults import Place
from kemu.wordlists.kinds import Kind, Pattern, Words

Find = Callable[[str], str]
_GROUPS = ("word", "name", "case", "list")
_YEAR = re.compile(r"(?:19|20)\d\d")
_OWN = Organisation("临江市档案馆", "临江市档案馆")
_GROUP = {
    "organisation": "name", "superior": "name", "subordinates": "count", "level": "level",
    "year": "year", "units": "list",
}  # fmt: skip


def failing(source: Source, found: Sequence[tuple[Place, Kind]]) -> Iterator[InputError]:
    """Yield a file's lists and patterns without examples, and examples that do not hold.

    Args:
        source: The file, of sound form; it is in force.
        found: Its lists and patterns; for a user's file those of Kemu's that it may add examples to
            before them.
    """
    for place, kind in found:
        name = kind.examples if isinstance(kind, Pattern | Words) else ""
        if name and place.source is source:
            yield from _failing(place, name)
        elif name and not _is_in_array(place) and not _stands_in(place, source):
            pattern = _at(place.source.values, place.keys)
            yield from _wrong(Place(source, (*place.keys[:-1], name)), _finder(place, pattern))
    if source.name == "lexicon":
        yield from _side_by_side(source)
    for keys, find in _BEYOND.get(source.name, {}).items():
        yield from _wrong(Place(source, tuple(keys.split("."))), find)


def _failing(place: Place, name: str) -> Iterator[InputError]:
    values = _at(
        place.source.values if _is_in_array(place) else table(place.source.name), place.keys[:-1]
    )
    rows = values.get(name, [])
    if not any(isinstance(row, str) or row[1] for row in rows):
        advice = f'请在旁边写 {name} = [["文字", "找到的部分"], ["别的文字", ""]]。'
        message = f"{place.dotted} 没有它找得到的例子"
        yield place.fault("E-WORDS-EXAMPLE", message, advice)
    there = Place(place.source, (*place.keys[:-1], name))
    if name in _at(place.source.values, place.keys[:-1]):
        yield from _wrong(there, _finder(place, values[place.keys[-1]]))


def _is_in_array(place: Place) -> bool:
    return any(isinstance(key, int) for key in place.keys)


def _stands_in(place: Place, source: Source) -> bool:
    """Tell whether a file has a key of its own where another one has one."""
    return place.keys[-1] in _at(source.values, place.keys[:-1])


def _wrong(place: Place, find: Find) -> Iterator[InputError]:
    for row in _at(place.source.values, place.keys[:-1]).get(place.keys[-1], ()):
        text, expected = (row, None) if isinstance(row, str) else (row[0], row[-1])
        got = find("\t".join(row[:-1])) if not isinstance(row, str) else find(text)
        if got != expected and not (expected is None and got):
            stated = "有结果" if expected is None else f"“{expected}”"
            yield Place(place.source, place.keys, text).fault(
                "E-WORDS-EXAMPLE",
                f"{place.dotted} 的例子“{text}”应得{stated}，实得“{got}”",
                "请改正词语、表达式或例子。",
            )


def _side_by_side(source: Source) -> Iterator[InputError]:
    """Yield titles whose members are not read as the one that they are together."""
    for index, entry in enumerate(source.values.get("together", ())):
        for title in entry["examples"]:
            whole = lexicon.base().read(title).whole
            if not whole or not whole.items() <= entry.items():
                yield Place(source, ("together", index, "examples"), title).fault(
                    "E-WORDS-EXAMPLE",
                    f"together 的例子“{title}”读作 {dict(whole) or '“”'}",
                    "请改正成员或例子。",
                )


def _at(values: Mapping[str, Any], keys: Sequence[str | int]) -> Any:
    """Return what stands at some keys; an empty table where nothing does."""
    found: Any = values
    for key in keys:
        found = found.get(key, {}) if isinstance(found, dict) else found[key]
    return found


# Finders ----------------------------------------------------------------------------------


def _finder(place: Place, value: Any) -> Find:
    """Return what finds by a list or pattern."""
    dotted = f"{place.source.name}.{place.dotted}"
    if dotted in _FINDERS:
        return _FINDERS[dotted]
    if isinstance(value, list):
        return partial(_one_of, value)
    if place.source.name == "sentences":
        return partial(_shown, sentences.compiled(value))
    if place.source.name == "wording":
        return partial(_worded, re.compile(value), place.keys[0] == "period")
    if place.source.name == "identity":
        return partial(_named, compiled(value), _GROUP.get(str(place.keys[0]), ""))
    return partial(_shown, re.compile(value))


def _one_of(known: Sequence[str], text: str) -> str:
    """Return the first word of a list that a text has."""
    return next((word for word in known if word in text), "")


def _shown(pattern: re.Pattern[str], text: str) -> str:
    """Return what a pattern is for, or all that it matches."""
    match = pattern.search(text)
    if match is None:
        return ""
    groups = match.groupdict()
    return next((groups[name] for name in _GROUPS if groups.get(name)), match.group())


def _worded(pattern: re.Pattern[str], is_year: bool, text: str) -> str:
    """Return what a pattern of the wording matches, or the year in it."""
    match = pattern.search(text)
    found = match.group() if match is not None else ""
    return "".join(_YEAR.findall(found)) if is_year else found


def _named(pattern: re.Pattern[str], group: str, text: str) -> str:
    match = pattern.search(text)
    if match is None:
        return ""
    found = match[group] if group else match["year"]
    return clean_name(found) if group == "name" else found


def _group(key: str, group: str, text: str) -> str:
    """Return a group of a pattern of the glossary or of counts."""
    file, *keys = key.split(".")
    match = re.search(str(_at(table(file), keys[:-1])[keys[-1]]), text)
    return match[group] if match is not None else ""


def _entry(text: str) -> str:
    """Return the term that the first fitting pattern of the glossary finds."""
    entries = (re.match(entry["regex"], text) for entry in table("glossary")["entry"])
    match = next((found for found in entries if found is not None), None)
    return match["term"] if match is not None else ""


def _signed(text: str) -> str:
    return figures.signed(text) or ""


def _tidy(text: str) -> str:
    return _signed(text) if figures.is_number(text, tidy=True) else ""


def _amount(text: str) -> str:
    return _signed(text) if figures.is_amount(text) else ""


def _money(text: str) -> str:
    match = re.fullmatch(rf"{figures.digits()}({figures.money()})", text)
    return match[1] if match is not None else ""


def _total(text: str) -> str:
    return text.strip("：:") if figures.is_total(text) else ""


def _total_named(text: str) -> str:
    return text if figures.names_total(text) else ""


def _ending(key: str, text: str) -> str:
    return next((end for end in table("figures")["total"][key] if text.endswith(end)), "")


def _suffix(text: str) -> str:
    ends = (word for one in table("headings")["unnumbered"]["suffix"] for word in one["words"])
    return next((end for end in ends if text.endswith(end)), "")


def _path(text: str) -> str:
    context = Context(Identity(year="2025", statement="budget", level="unit"), ())
    label = Names(context).coded(text)
    return "-" if label is None else label.says["functional"].replace("undetermined", "")


def _counted(row: str) -> str:
    """Return the measure of a count by its words, unit and item; empty if the item is another."""
    text, unit, item = row.split("\t")
    counts = Counts(Context(Identity(year="2023", statement="budget", level="unit"), (_OWN,)))
    return measure_of(item, unit) if counts.item(text, unit) == item else "?"


def _cut(table_: str, text: str) -> str:
    return words.role(text) if table_ == "column" else words.scheme(text)


_FINDERS: Mapping[str, Find] = {
    "counts.behind.regex": partial(_group, "counts.behind.regex", "noun"),
    "figures.number.digits": _signed,
    "figures.tidy.digits": _tidy,
    "figures.amount.digits": _amount,
    "figures.total.words": _total,
    "figures.total.named": _total_named,
    "figures.total.ends": partial(_ending, "ends"),
    "figures.total.grand": partial(_ending, "grand"),
    "glossary.entry.regex": _entry,
    "glossary.economic.regex": partial(_group, "glossary.economic.regex", "name"),
    "glossary.nested.regex": partial(_group, "glossary.nested.regex", "term"),
    "headings.unnumbered.suffix.words": _suffix,
    "tables.printed_number.regex": lambda text: words.printed_number(text)[0],
    "tables.unit.regex": words.unit,
}
"""Who finds by a list or pattern, where it is not simply searched for."""

_BEYOND: Mapping[str, Mapping[str, Find]] = {
    "counts": {"examples.labels": _counted},
    "figures": {"money.examples": _money},
    "paths": {"examples": _path},
    "tables": {
        "examples.column": partial(_cut, "column"),
        "examples.scheme": partial(_cut, "scheme"),
    },
}
"""Examples that belong to several lists or patterns together."""
