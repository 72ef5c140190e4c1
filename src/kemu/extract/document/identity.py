"""What a document says it is: organisation with aliases and superior, year, statement, level.

Taken from many slots and decided by weight, never from one sentence: a wrong year in one place
is a finding of a rule, not the document's year. Patterns are data (graph/identity.toml).
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from typing import Literal, TypeVar

from kemu.extract.document import organisations
from kemu.extract.document.contents import is_entry
from kemu.extract.document.organisations import clean_name, compiled, data
from kemu.extract.words.numbering import numbering
from kemu.model.document import Document, Paragraph
from kemu.model.facts import Identity, Organisation
from kemu.model.language import ReportingLevel, Statement

_TITLE_LINES = 25
_TITLE_LONGEST = 60
_COVER_LINES = 12
_FUND_WORDS = re.compile("一般公共预算|政府性基金预算|国有资本经营预算|预算单位|预算管理|预算法")
_TITLE = re.compile(r"(?:预算|决算)")
_TITLE_ENDS = re.compile(r"(?:预算|决算|说明|公开|情况|目录|信息)$")
_HEAD_ROWS = 3
_NUMERALS = re.compile(r"[二一][〇○零九O0][〇○零一二三四五六七八九O]{2}(?=年)")
_DIGITS = str.maketrans("〇○零O一二三四五六七八九", "0000123456789")
_WORDS: Mapping[Statement, str] = {"budget": "预算", "finalAccount": "决算"}
_Member = TypeVar("_Member", bound=str)
_PART = re.compile(r"^第[一二三四五六七八九十]+部[份分][：:]?")


def lines(document: Document) -> Iterator[str]:
    """Yield every line that may say what the document is: paragraphs and tables' captions."""
    for block in document.blocks:
        if isinstance(block, Paragraph):
            yield block.content.text
        else:
            yield from (caption.content.text for caption in block.captions)


def _first(section: str, texts: Sequence[str], group: str) -> str:
    for text in texts:
        for pattern in data()[section]:
            match = compiled(pattern["regex"]).search(text)
            if match:
                return match[group]
    return ""


def _year(document: Document, texts: Sequence[str], statement: Statement) -> str:
    """Return the fiscal year: what most titles name, else what all slots together name most."""
    found: Counter[str] = Counter()
    titles: Counter[str] = Counter()
    word = _WORDS.get(statement, "")
    for text in map(_with_digits, texts):
        for pattern in data()["year"]:
            for match in compiled(pattern["regex"]).finditer(text):
                found[match["year"]] += pattern["weight"]
                titles[match["year"]] += bool(pattern.get("title")) and word in match.group()
    for year, count in titles.most_common(1):
        if 2 * count > titles.total():
            return year
    found.update(_headed(document, statement))
    return max(found, key=lambda year: (found[year], year), default="")


def _headed(document: Document, statement: str) -> Counter[str]:
    """Return the years that the heads of tables name for the document's own amounts."""
    heads = data()["heads"]
    found: Counter[str] = Counter()
    for table in document.tables if statement else ():
        cells = (_with_digits(cell.text) for row in table.rows[:_HEAD_ROWS] for cell in row)
        matches = (compiled(heads[statement]).match(text) for text in cells)
        last = max((match["year"] for match in matches if match), default="")
        if last:
            found[last] += heads["weight"]
    return found


def _with_digits(text: str) -> str:
    """Return a text with the years that it writes in Chinese numerals (二〇二六年) in digits."""
    return _NUMERALS.sub(lambda found: found.group().translate(_DIGITS), text)


def _vote(texts: Sequence[str], words: Mapping[_Member, Sequence[str]]) -> _Member | Literal[""]:
    """Return the member whose words occur most; words in title lines count thrice."""
    votes: Counter[_Member] = Counter()
    for number, text in enumerate(texts):
        plain = _FUND_WORDS.sub("", text)
        weight = 3 if number < _TITLE_LINES else 1
        for member, listed in words.items():
            votes[member] += weight * sum(plain.count(word) for word in listed)
    best = votes.most_common(1)
    return best[0][0] if best and best[0][1] else ""


def _title(texts: Sequence[str], names: Sequence[str], year: str) -> str:
    """Return the title: the line, or lines of the cover together, that name unit, year and kind.

    The line that says most of these is it, the earliest if several do.
    """
    candidates = [_joined(texts, number) for number in range(min(len(texts), _TITLE_LINES))]
    candidates += [text for text in texts[_TITLE_LINES:] if _PART.match(text)]
    best, most = "", 0
    for text in candidates:
        said = _says(text, names, year)
        if said > most:
            best, most = _PART.sub("", text), said
    return best or (texts[0][:_TITLE_LONGEST] if texts else "")


def _joined(texts: Sequence[str], number: int) -> str:
    """Return a line with those before it that are no sentences, as far as it does not end alone."""
    text = texts[number]
    for before in reversed(texts[max(0, number - 2) : number]):
        short = len(before) < _TITLE_LONGEST // 2 and not re.search(r"[。：:…]", before)
        if not short or numbering(before) or _TITLE_ENDS.search(before) or len(text) > 40:
            break
        text = before + text
    return text


def _says(text: str, names: Sequence[str], year: str) -> int:
    """Return how much of a title a line says; 0 if it can be none."""
    plain = _PART.sub("", text)
    sentence = re.search(r"[。；]", text) or len(text) > _TITLE_LONGEST or is_entry(text)
    if sentence or not _TITLE.search(plain) or numbering(plain):
        return 0
    named = any(name in plain for name in names if name)
    return 2 * named + 2 * bool(year and year in plain) + bool(_TITLE_ENDS.search(plain)) + 1


def _cover(texts: Sequence[str]) -> list[str]:
    """Return the lines of the cover that are one title only together with those before them."""
    joined = (_joined(texts, number) for number in range(min(len(texts), _COVER_LINES)))
    return [title for title, text in zip(joined, texts, strict=False) if title != text]


def identify(document: Document) -> tuple[Identity, tuple[Organisation, ...]]:
    """Return what the document says it is, and the organisations it reports on and to.

    A field is empty where the document does not say it.
    """
    texts = [text for text in lines(document) if text]
    found = organisations.names(texts, _cover(texts))
    name = organisations.main_name(found)
    superior = clean_name(_first("superior", texts, "name"))
    superior = "" if superior == name else superior
    declared = _first("subordinates", texts, "count")
    own = Organisation(
        id=name,
        name=name,
        aliases=organisations.aliases(name, found, texts) if name else (),
        superior=superior,
        subordinates=int(declared) if declared else None,
        budget_level=_first("level", texts, "level"),
    )
    kinds: Mapping[Statement, Sequence[str]] = data()["statement"]
    statement = _vote(texts, kinds)
    year = _year(document, texts, statement)
    levels: Mapping[ReportingLevel, Sequence[str]] = data()["level_words"]
    identity = Identity(
        title=_title(texts, (name, *own.aliases), year),
        organisation=name,
        year=year,
        statement=statement,
        level=_vote(texts[:_TITLE_LINES], levels) or _vote(texts, levels),
    )
    known = [own] if name else []
    if superior:
        known.append(Organisation(id=superior, name=superior))
    if name:
        units = organisations.listed(texts, (name, *own.aliases, superior))
        known += organisations.below(units, name)
    return identity, tuple(known)
