"""Known slips put into text documents one at a time, and whether the check tells of them.

Each slip is written into the text file as a clerk would make it: the name of another code beside a
code, the word of a rate turned round (增长 for 下降), a cell emptied, a row deleted. It counts as
told when a violation or warning appears that the document did not have before.
"""

from __future__ import annotations

import random
import re
import tempfile
from collections import Counter
from collections.abc import Callable, Iterator
from pathlib import Path

from benchmarks import documents
from kemu.extract import extract
from kemu.model.document import Place
from kemu.model.facts import CodeMention, Extraction
from kemu.model.findings import CheckResult, Severity
from kemu.read import read
from kemu.validate import check

Lines = list[str]
Slip = Callable[[Extraction, Lines], Iterator[Lines]]

TRIES = 8
"""Of one kind in one document, drawn by a fixed seed."""
_OPPOSITE = {
    "增长": "下降", "下降": "增长", "增加": "减少", "减少": "增加", "上升": "下降", "降低": "提高",
    "提高": "降低",
}  # fmt: skip
_RATE = re.compile(rf"({'|'.join(_OPPOSITE)})(?=(?:了|率|幅度|比例)?(?:为|约)?\d[\d.]*[%％])")
_LINE = re.compile(r"第(\d+)行")


def measure(paths: list[Path]) -> None:
    """Print, for each kind of slip, how many were told of how many, and by which rules."""
    print("差错 / slips put in: told of tried, and the rules that told")
    before = {path: _told(path) for path in paths}
    for name, slip in KINDS.items():
        tried, told, rules = 0, 0, Counter[str]()
        for path in paths:
            for text in _drawn(path, name, slip):
                new = _told_of(path, text) - before[path]
                tried, told = tried + 1, told + bool(new)
                rules.update({rule for rule, _ in new})
        shown = ", ".join(f"{rule} {count}" for rule, count in rules.most_common())
        print(f"  {name:<22} {told:>4} of {tried:>4}   {shown}")


def _drawn(path: Path, name: str, slip: Slip) -> Iterator[str]:
    lines = path.read_text(encoding="utf-8").split("\n")
    found = list(slip(extract(read(path)), lines))
    chosen = random.Random(f"{name} {path.name}").sample(range(len(found)), min(TRIES, len(found)))
    return ("\n".join(found[index]) for index in sorted(chosen))


def _told_of(path: Path, text: str) -> Counter[tuple[str, str]]:
    with tempfile.TemporaryDirectory() as folder:
        copy = Path(folder) / path.name
        copy.write_text(text, encoding="utf-8")
        return _told(copy)


def _told(path: Path) -> Counter[tuple[str, str]]:
    result: CheckResult = check(extract(read(path)))
    weighty = (f for f in result.findings if f.severity is not Severity.HINT)
    return Counter((f.rule, f.messages["zh"]) for f in weighty)


def _line(place: Place) -> int | None:
    match = _LINE.fullmatch(place.address)
    return int(match[1]) - 1 if match else None


def _with(lines: Lines, index: int, text: str) -> Lines:
    return [*lines[:index], text, *lines[index + 1 :]]


def other_name(extraction: Extraction, lines: Lines) -> Iterator[Lines]:
    """Yield the text with the name of another code of the document in place of a code's own."""
    mentions = [m for m in extraction.mentions if m.code and m.printed_name and not m.differences]
    draw = random.Random(extraction.document.path.rpartition("/")[2])
    for mention in mentions:
        others = sorted({m.printed_name for m in mentions if _unlike(m, mention)})
        at = _name_line(lines, mention)
        if at is not None and others:
            yield _with(lines, at, lines[at].replace(mention.printed_name, draw.choice(others), 1))


def _unlike(one: CodeMention, other: CodeMention) -> bool:
    same_kind = (one.scheme, len(one.code)) == (other.scheme, len(other.code))
    return same_kind and one.official_name != other.official_name


def _name_line(lines: Lines, mention: CodeMention) -> int | None:
    start = _line(mention.place)
    stop = range(start, min(start + 4, len(lines))) if start is not None else range(0)
    return next((n for n in stop if lines[n].count(mention.printed_name) == 1), None)


def turned_word(extraction: Extraction, lines: Lines) -> Iterator[Lines]:
    """Yield the text with the word of a rate turned round."""
    for index, line in enumerate(lines):
        for match in _RATE.finditer(line):
            text = line[: match.start()] + _OPPOSITE[match[1]] + line[match.end() :]
            yield _with(lines, index, text)


def emptied_cell(extraction: Extraction, lines: Lines) -> Iterator[Lines]:
    """Yield the text with an amount other than zero left out of its cell."""
    for fact in extraction.facts:
        at = _line(fact.place) if fact.place.table and fact.amount.value else None
        if at is not None and lines[at].strip() == fact.amount.printed:
            yield _with(lines, at, lines[at].replace(fact.amount.printed, ""))


def deleted_row(extraction: Extraction, lines: Lines) -> Iterator[Lines]:
    """Yield the text without a row that prints an amount other than zero."""
    rows = {
        (fact.place.table, fact.place.row): at
        for fact in extraction.facts
        if fact.place.table and fact.amount.value and (at := _line(fact.place)) is not None
    }
    for at in rows.values():
        first = last = at
        while first and lines[first - 1].strip(" ") != "":
            first -= 1
        while last + 1 < len(lines) and lines[last + 1].strip(" ") != "":
            last += 1
        yield [*lines[:first], *lines[last + 2 :]]


KINDS: dict[str, Slip] = {
    "name of another code": other_name,
    "rate word turned": turned_word,
    "cell emptied": emptied_cell,
    "row deleted": deleted_row,
}


if __name__ == "__main__":
    measure([*documents.seeds(), *sorted(documents.SAMPLES.glob("*.txt"))])
