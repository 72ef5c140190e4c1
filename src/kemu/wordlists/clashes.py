"""Words that stand twice, and words that another one keeps from ever being found."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import groupby

from kemu.errors import InputError
from kemu.knowledge.sources import Keys
from kemu.wordlists.faults import Place
from kemu.wordlists.kinds import Found, Kind, Words


@dataclass(frozen=True)
class Entry:
    """One word of a list.

    Attributes:
        word: As written.
        place: Where.
        list: Keys of its list; entries of an array say what they mean instead.
        means: What the list says, for messages.
        found: How it is looked for.
    """

    word: str
    place: Place
    list: Keys
    means: str
    found: Found


def clashes(found: Iterable[tuple[Place, Kind]]) -> Iterator[InputError]:
    """Yield words that stand twice among lists that exclude each other, or decide nothing.

    Args:
        found: Lists of one file, and of the one laid over it after them.
    """
    lists = [(place, kind) for place, kind in found if isinstance(kind, Words)]
    order: dict[Keys, int] = {}
    for place, _ in lists:
        order.setdefault(_list(place), len(order))
    lists.sort(key=lambda one: order[_list(one[0])])
    groups = sorted(lists, key=lambda one: _group(*one))
    for _, members in groupby(groups, key=lambda one: _group(*one)):
        yield from _within([entry for place, kind in members for entry in _entries(place, kind)])


def _group(place: Place, kind: Words) -> str:
    """Return which lists exclude each other's words: those of a group, in its own table."""
    if kind.group == "within":
        return ".".join(map(str, place.keys[:-1]))
    return kind.group or ".".join(map(str, _list(place)))


def _list(place: Place) -> Keys:
    """Return the keys of a list; an entry of an array is known by its file, too."""
    mark = (place.source.shown,) if any(isinstance(key, int) for key in place.keys) else ()
    return (*place.keys, *mark)


def _entries(place: Place, kind: Words) -> Iterator[Entry]:
    table = place.source.values
    for key in place.keys[:-1]:
        table = table[key]  # type: ignore[index]
    words: list[str] = table[place.keys[-1]]  # type: ignore[index]
    said = {k: v for k, v in table.items() if isinstance(v, str) and k != "regex"}
    means = "、".join(f"{k}={v}" for k, v in said.items()) if _is_entry(place) else place.dotted
    seen: Counter[str] = Counter()
    for word in words:
        there = Place(place.source, place.keys, word, seen[word])
        seen[word] += 1
        yield Entry(word, there, _list(place), means, kind.found)


def _is_entry(place: Place) -> bool:
    return any(isinstance(key, int) for key in place.keys)


def _within(entries: Sequence[Entry]) -> Iterator[InputError]:
    first: dict[str, Entry] = {}
    for entry in entries:
        before = first.setdefault(entry.word, entry)
        if before is not entry:
            yield _twice(entry, before)
    distinct = list(first.values())
    for index, entry in enumerate(distinct):
        shadow = next((e for e in distinct[:index] if _shadows(e, entry)), None)
        later = (e for e in distinct[index + 1 :] if e.list == entry.list and _shadows(e, entry))
        shadow = shadow or next(later, None)
        if shadow is not None:
            yield _shadowed(entry, shadow)


def _shadows(one: Entry, other: Entry) -> bool:
    """Tell whether a text with the other word always has the one as well, and that one counts."""
    if other.found == "inside":
        return one.word in other.word
    return other.found == "end" and other.word.endswith(one.word)


def _twice(entry: Entry, before: Entry) -> InputError:
    entry, other = _blamed(entry, before)
    if other.place.source.is_own != entry.place.source.is_own and entry.means != other.means:
        return entry.place.fault(
            "E-WORDS-CONTRADICTION",
            f"“{entry.word}”写作 {entry.means}，自带的词表（{other.place}）写作 {other.means}",
            "自带的写法不能改，只能往词表里添；请删去这一处。",
        )
    return entry.place.fault(
        "E-WORDS-TWICE",
        f"“{entry.word}”重复：{other.place} 已经写作 {other.means}",
        "请只留一处。",
    )


def _shadowed(entry: Entry, shadow: Entry) -> InputError:
    """Return that a word decides nothing; to blame is the user's where one of the two is Kemu's."""
    blamed, _ = _blamed(entry, shadow)
    return blamed.place.fault(
        "E-WORDS-SHADOWED",
        f"“{entry.word}”（{entry.means}，{entry.place}）不起作用："
        f"“{shadow.word}”（{shadow.means}，{shadow.place}）先认出它",
        "请删去其中一个，或调整先后。",
    )


def _blamed(one: Entry, other: Entry) -> tuple[Entry, Entry]:
    """Return two words, first the one to blame: the user's, else the first."""
    return (other, one) if one.place.source.is_own > other.place.source.is_own else (one, other)
