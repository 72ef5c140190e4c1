"""What a report says of acceptances and of an earlier check, for every format the same."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from kemu.model.reviewed import Across, Remark, Review
from kemu.report.words import Words


@dataclass(frozen=True, slots=True)
class Noted:
    """A line with its kind: `accepted`, `lapsed`, `new`, `gone`, or one of other documents."""

    kind: str
    title: str
    remark: Remark
    text: str


def noted(review: Review, words: Words) -> tuple[Noted, ...]:
    """Return what was said of findings, what no longer holds, what is new and gone."""
    return tuple(_noted(review, words))


def _noted(review: Review, words: Words) -> Iterator[Noted]:
    if review.across:
        yield from _across(review.across, words)
    since = review.since
    groups = {"lapsed": review.lapsed, "accepted": review.accepted}
    groups |= {"new": since.new, "gone": since.gone} if since else {}
    for kind, remarks in groups.items():
        for one in remarks:
            reason = words.bracketed(words.labelled(words("label", "why"), one.reason))
            text = f"[{one.rule}] {one.message}" + (reason if one.reason else "")
            yield Noted(kind, words("review", kind), one, text)


def _across(across: Across, words: Words) -> Iterator[Noted]:
    """Yield with which documents a document was compared, and why not with others."""
    lines = [
        ("together", words("label", "together", path=path, numbers=count))
        for path, count in across.compared
    ]
    if not across.compared and not across.twins:
        lines.append(("together", words("label", "together_none")))
    if across.missing:
        lines.append(("missing", words.listed(across.missing)))
    if across.twins:
        lines.append(("twins", words.listed(across.twins)))
    for kind, text in lines:
        yield Noted(kind, words("review", kind), Remark("", "", "", text), text)


def compared(review: Review, words: Words) -> str:
    """Return how many findings are new, gone and unchanged; empty without an earlier check."""
    since = review.since
    if since is None:
        return ""
    counts = {name: len(getattr(since, name)) for name in ("new", "gone", "unchanged")}
    return words("label", "since", **counts)
