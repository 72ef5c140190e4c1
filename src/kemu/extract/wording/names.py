"""Forms of the organisation's own name that differ from each other by a character.

A short form leaves out whole words; one that leaves out a single character inside the name is
another spelling of it. Names in brackets are former ones, or of others.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import combinations

from kemu.extract.wording import lines
from kemu.model.document import Document
from kemu.model.facts import Organisation, Span

_SHORTEST = 6


def spans(document: Document, organisations: Sequence[Organisation]) -> Iterator[Span]:
    """Yield the first place of each spelling that lacks a character of another one."""
    own = organisations[0] if organisations else None
    forms = (own.name, *own.aliases) if own is not None else ()
    found = list(lines.paragraphs(document)) if len(forms) > 1 else []
    for one, other in combinations(forms, 2):
        short, full = sorted((one, other), key=len)
        if not _lacks_one(short, full):
            continue
        for line in found:
            at = line.text.find(short)
            if at >= 0 and line.text.rfind("（", 0, at) <= line.text.rfind("）", 0, at):
                yield line.span("ownNameForm", at, at + len(short), short, full)
                break


def _lacks_one(short: str, full: str) -> bool:
    """Tell whether a name is another one without one character that is neither first nor last."""
    if len(short) < _SHORTEST or len(full) != len(short) + 1:
        return False
    return any(full[:at] + full[at + 1 :] == short for at in range(1, len(full) - 1))
