"""Tables that lost cells: bare numbers stand beside them that belong into their rows.

Where the outer columns of a table were not recognised, what they held is left over on its page as
lines of numbers without a word or a unit. What the rest of the table says may be right, but where
it speaks against the document, the reading is to blame and not the document.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from decimal import Decimal
from functools import cache

from kemu.model import figures
from kemu.model.document import Document, Paragraph, Table
from kemu.model.doubt import Doubt
from kemu.model.facts import Claim, CodeMention, Equation, Fact

_LEAST = 2
"""So many bare amounts beside a table tell that it lost them."""
_SENTENCE = re.compile(r"[。；，！？]")
_SWAPPED = 3
"""So many names of other codes, more than half of all, tell that names and codes were not paired.
"""
_OTHERS = "nameOfOtherCode"


def tables(document: Document) -> frozenset[int]:
    """Return the ordinals of the tables of paged documents that bare amounts stand beside."""
    found: set[int] = set()
    beside: list[Table] = []
    bare = 0
    for block in document.blocks:
        if isinstance(block, Paragraph):
            same = bool(beside) and block.place.page in _pages(beside[-1])
            bare += _bare(block) if same and block.place.page is not None else 0
            continue
        if beside and bare >= _LEAST:
            found |= {each.place.table or 0 for each in beside}
        beside, bare = [block], 0
    if beside and bare >= _LEAST:
        found |= {each.place.table or 0 for each in beside}
    return frozenset(found)


def _pages(table: Table) -> set[int | None]:
    return {cell.place.page for row in table.rows for cell in row} | {table.place.page}


def _bare(paragraph: Paragraph) -> int:
    """Return how many amounts a line prints that no sentence is about and that have no unit."""
    text = paragraph.content.text
    if _SENTENCE.search(text):
        return 0
    return len(_amount().findall(text))


@cache
def _amount() -> re.Pattern[str]:
    """Return the pattern of an amount with the decimals of money and without a unit."""
    return re.compile(rf"\d\.\d{{2}}(?![\d%]|{figures.money()})")


def doubted(equations: Iterable[Equation], facts: Mapping[str, Fact]) -> Iterator[Equation]:
    """Yield the equations; one that does not close and rests on a torn table gets the doubt.

    Args:
        equations: Of the tables or between them.
        facts: By slug.
    """
    for equation in equations:
        known = [facts[slug] for slug in _slugs(equation) if slug in facts]
        rests = equation.doubt is None and any(fact.torn for fact in known)
        yield (
            replace(equation, doubt=Doubt.CELLS_LOST)
            if rests and not _closes(equation, facts)
            else equation
        )


def _slugs(equation: Equation) -> list[str]:
    return [equation.total, *(part.fact for part in equation.parts)]


def _closes(equation: Equation, facts: Mapping[str, Fact]) -> bool:
    total = facts.get(equation.total)
    if total is None:
        return True
    terms = [(part.weight, facts[part.fact]) for part in equation.parts if part.fact in facts]
    off = total.amount.value - sum((w * t.amount.value for w, t in terms), Decimal(0))
    return abs(off) <= total.half_step + sum((t.half_step for _, t in terms), Decimal(0))


def grounded(claims: Iterable[Claim], facts: Mapping[str, Fact]) -> Iterator[Claim]:
    """Yield the claims, without operands that stand in torn tables."""
    for claim in claims:
        operands = {
            role: slug
            for role, slug in claim.operands.items()
            if slug not in facts or not facts[slug].torn
        }
        yield claim if len(operands) == len(claim.operands) else replace(claim, operands=operands)


def paired(mentions: Sequence[CodeMention], torn: Collection[int]) -> list[CodeMention]:
    """Return the sightings of tables; names and codes that were not paired tell no code.

    One name of another code is a slip; where most rows of a table have one, their columns belong
    to different lists.
    """
    by_table: dict[int | None, list[CodeMention]] = {}
    for mention in mentions:
        if mention.printed_code and mention.printed_name:
            by_table.setdefault(mention.place.table, []).append(mention)
    swapped = {table for table, found in by_table.items() if _swapped(found)}
    return [
        replace(m, code="", official_name="", differences=(), candidates=())
        if _OTHERS in m.differences and m.place.table in swapped | set(torn)
        else m
        for m in mentions
    ]


def _swapped(mentions: Sequence[CodeMention]) -> bool:
    others = sum(_OTHERS in mention.differences for mention in mentions)
    return others >= _SWAPPED and others * 2 > len(mentions)
