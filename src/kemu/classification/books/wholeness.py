"""Whether the rows of a book are whole: no name or parent missing, no code twice."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Container, Iterator, Sequence
from dataclasses import replace

from kemu.classification.books.book import BookRow, Slip, SlipKind
from kemu.classification.tables.codes import Codes
from kemu.classification.tables.spelling import clean

_CHINESE = re.compile(r"[\u4e00-\u9fff]")


def checked(rows: Sequence[BookRow], table: Codes) -> tuple[list[BookRow], list[Slip], list[str]]:
    """Return the good rows, each code once; what is wrong with others; and what was put together.

    A 类 or 款 may stand in the sections of several budgets under one name: it is one code. Of a
    code with two names neither is good; a row printed twice is good once.
    """
    slips: list[Slip] = []
    groups: defaultdict[str, list[BookRow]] = defaultdict(list)
    for row in rows:
        wrong = list(_alone(row))
        slips += wrong
        if not wrong:
            groups[row.code].append(row)
    notes: list[str] = []
    kept = []
    for group in groups.values():
        repeated = list(_repeated(group))
        slips += repeated
        if not repeated:
            kept.append(_merged(group, notes))
        elif all(slip.kind is SlipKind.DUPLICATE for slip in repeated):
            kept.append(group[0])
    slips += _orphans(kept, {row.code for row in rows})
    return _rooted(kept, slips, table), slips, notes


def _alone(row: BookRow) -> Iterator[Slip]:
    """Yield what is wrong with a row by itself."""
    if not row.name:
        yield Slip(row.place, row.code, SlipKind.NAME, "没有科目名称。请补上。")
    elif not _CHINESE.search(row.name):
        yield Slip(row.place, row.code, SlipKind.NAME, f"名称“{row.name[:20]}”里没有汉字。")


def _repeated(group: Sequence[BookRow]) -> Iterator[Slip]:
    """Yield a slip for every further row of a code that is not the same code of another budget."""
    first = group[0]
    for row in group[1:]:
        if clean(row.name) != clean(first.name):
            message = f"“{row.name[:20]}”与{first.place}的“{first.name[:20]}”代码相同。请改正其一。"
            yield Slip(row.place, row.code, SlipKind.CONFLICT, message)
        elif row.section == first.section or row.level in "项目":
            message = f"“{row.name[:20]}”与{first.place}重复。请删去其一。"
            yield Slip(row.place, row.code, SlipKind.DUPLICATE, message)


def _merged(group: Sequence[BookRow], notes: list[str]) -> BookRow:
    """Return one row for a code that stands in several sections."""
    budgets = dict.fromkeys(row.budget for row in group if row.budget)
    texts = list(dict.fromkeys(row.definition for row in group if row.definition))
    if len(texts) > 1:
        notes.append(f"{group[0].code} 在几处的说明不同，合在一起。")
    return replace(group[0], budget=";".join(budgets), definition="\n".join(texts))


def _orphans(rows: Sequence[BookRow], printed: Container[str]) -> Iterator[Slip]:
    """Yield a slip for the first of the rows whose parent has no row."""
    missing: dict[str, list[BookRow]] = {}
    for row in rows:
        if row.parent and row.parent not in printed:
            missing.setdefault(row.parent, []).append(row)
    for parent, group in missing.items():
        more = f"等 {len(group)} 行" if len(group) > 1 else ""
        message = f"“{group[0].name[:20]}”{more}的上级 {parent} 没有一行。请补上。"
        yield Slip(group[0].place, group[0].code, SlipKind.PARENT, message)


def _rooted(rows: Sequence[BookRow], slips: list[Slip], table: Codes) -> list[BookRow]:
    """Return the rows that lie under another or under a code of the tables; tell of the others."""
    good = set[str]()
    for row in sorted(rows, key=lambda row: len(row.code)):
        if not row.parent or row.parent in good or table.versions(row.scheme, row.parent):
            good.add(row.code)
    told = {slip.code for slip in slips}
    for row in rows:
        if row.code not in good and row.code not in told:
            message = f"“{row.name[:20]}”的上级 {row.parent} 没有可用的一行，所以没有采用。"
            slips.append(Slip(row.place, row.code, SlipKind.PARENT, message))
    return [row for row in rows if row.code in good]
