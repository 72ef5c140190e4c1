"""Compare a printed name with an official one, and say in machine words exactly what differs.

Width of characters and blanks are no
difference; everything else that is not identical is one.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator
from functools import lru_cache

from kemu.classification.tables.differences import Differs

SUFFIX = "支出"
MAX_EDITS = 2
_SLIPS = {
    "insert": Differs.STRAY_CHARACTER,
    "delete": Differs.CHARACTER_MISSING,
    "replace": Differs.CHARACTER_WRONG,
}
_BRACKETS = str.maketrans("【】［］[]〔〕{}()", "（）（）（）（）（）（）")
_QUOTES = re.compile(r"[“”\"'‘’＂]")
_ORDINAL = re.compile(
    r"^(?:[（(][一二三四五六七八九十]{1,3}[）)]|[（(]\d{1,2}[）)]|[一二三四五六七八九十]{1,3}[、．.]"
    r"|\d{1,2}[、．.](?!\d))"
)
_LEVEL_MARK = re.compile(r"[（(][类款项目][）)][:：]?$")
_CONJUNCTIONS = re.compile(r"[与和及、]")
_LIBERTY = re.compile(r"[（）与和及、]")
_PLAIN = re.compile(r"[\u4e00-\u9fff]+")
"""Most names: nothing but characters, of which cleaning changes none."""
_DOUBLED = re.compile(r"(.{2,8}?)\1")


@lru_cache(maxsize=8192)
def clean(text: str) -> str:
    """Return a printed name without blanks, ordinal and level mark, widths and brackets folded."""
    if _PLAIN.fullmatch(text):
        return text
    text = "".join(unicodedata.normalize("NFKC", text).split())
    text = _LEVEL_MARK.sub("", _ORDINAL.sub("", text))
    return _QUOTES.sub("", text.translate(_BRACKETS)).strip(":-—,.;，。；：")


def loose(text: str) -> str:
    """Return the part of a cleaned name that survives the usual liberties; an index key."""
    return stem(_LIBERTY.sub("", text))


def stem(text: str) -> str:
    """Return a cleaned name without its closing 支出."""
    return text[: -len(SUFFIX)] if len(text) > len(SUFFIX) and text.endswith(SUFFIX) else text


def undoubled(text: str) -> str:
    """Return a cleaned name with immediately repeated words said once (行政行政 gives 行政)."""
    return _DOUBLED.sub(r"\1", text)


def compare(printed: str, official: str, edits: int = 0) -> tuple[Differs, ...] | None:
    """Return what differs between a cleaned printed name and a name of the tables.

    Args:
        printed: As `clean` returns it.
        official: A name as the tables have it.
        edits: How many single-character slips are allowed beyond the usual liberties.

    Returns:
        Words, empty if the names are the same; None if they are two different names.
    """
    target = clean(official)
    if printed == target:
        return ()
    words: list[Differs] = []
    words += _suffix(printed, target)
    left, right = stem(printed), stem(target)
    for rewrite, word in _LIBERTIES:
        if left == right:
            break
        word_left, word_right = rewrite(left), rewrite(right)
        if (word_left, word_right) != (left, right) and _closer(left, right, word_left, word_right):
            words += [word] if word != Differs.CONJUNCTION else [_conjunction(left, right)]
            left, right = word_left, word_right
    if left != right and undoubled(left) == right:
        left = right
        words.append(Differs.DOUBLED_TEXT)
    if left != right:
        slips = tuple(_slips(left, right, edits))
        return (*words, *slips) if slips else None
    return tuple(words)


def _suffix(printed: str, target: str) -> list[Differs]:
    if printed.endswith(SUFFIX) == target.endswith(SUFFIX):
        return []
    return [Differs.SUFFIX_MISSING] if target.endswith(SUFFIX) else [Differs.SUFFIX_ADDED]


def _no_brackets(text: str) -> str:
    return text.replace("（", "").replace("）", "")


def _no_conjunctions(text: str) -> str:
    return _CONJUNCTIONS.sub("", text)


_LIBERTIES = ((_no_brackets, Differs.BRACKET_FORM), (_no_conjunctions, Differs.CONJUNCTION))


def _closer(left: str, right: str, new_left: str, new_right: str) -> bool:
    """Return whether a rewrite removes a difference rather than merely shortening both sides."""
    return new_left == new_right or undoubled(new_left) == new_right or _spare(left, right)


def _spare(left: str, right: str) -> bool:
    """Return whether the two sides differ in number or kind of brackets or conjunctions."""
    marks = "（）与和及、"
    return [c for c in left if c in marks] != [c for c in right if c in marks]


def _conjunction(left: str, right: str) -> Differs:
    """Return whether a conjunction was exchanged, left out or put in."""
    if len(left) == len(right):
        return Differs.CONJUNCTION
    return Differs.CONJUNCTION_MISSING if len(left) < len(right) else Differs.CONJUNCTION_ADDED


def _slips(left: str, right: str, edits: int) -> Iterator[Differs]:
    """Yield one word per single-character slip, none if there are too many."""
    allowed = min(edits, MAX_EDITS, max(len(right) // 3, 1) if len(right) > 2 else 0)
    if not allowed or abs(len(left) - len(right)) > allowed:
        return
    from rapidfuzz.distance import Levenshtein

    operations = Levenshtein.editops(right, left, score_hint=allowed).as_list()
    if len(operations) > allowed:
        return
    yield from (_SLIPS[str(operation[0])] for operation in operations)
