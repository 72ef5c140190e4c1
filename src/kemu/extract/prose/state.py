"""Where the pass over prose stands within a paragraph: what the next number may go on about."""

from __future__ import annotations

from dataclasses import dataclass, field

from kemu.model.facts import Claim, Fact
from kemu.model.language import Dimension, Direction


@dataclass
class State:
    """Where the pass stands within a paragraph.

    Attributes:
        opening: What the words that open the paragraph say: its subject throughout.
        subject: What the last words that named something say.
        focus: The last amount of this year, which a relation without words is about.
        first: The first amount of the paragraph, which the next one may go on about.
        run: The amounts since the last relation; one that says 均 is about all of them.
        row: The amounts that 分别 goes through.
        each: Those of them that wait for their change.
        moved: The direction that 分别 gave to all of them.
        compared: The amount that the number before was compared with something.
        base_words: What the comparison before named as its base.
        change: The last change claim of the sentence.
        missed: Whether an amount of the paragraph was not understood: what follows may be of that.
        lost: Whether the last change was not understood; a rate behind it is of that.
        count: The last count of the sentence.
        threshold: The last value from which on something counts (单位价值100万元以上).
        noun: What was counted last, as printed, understood or not.
        latest: The last amount or count that a list may divide.
        last: Role of the number before.
    """

    opening: dict[Dimension, str] = field(default_factory=dict)
    subject: dict[Dimension, str] = field(default_factory=dict)
    focus: Fact | None = None
    first: Fact | None = None
    run: list[Fact] = field(default_factory=list)
    row: list[Fact] = field(default_factory=list)
    each: list[Fact] = field(default_factory=list)
    moved: Direction = ""
    compared: Fact | None = None
    base_words: str = ""
    change: Claim | None = None
    missed: bool = False
    lost: bool = False
    count: Fact | None = None
    threshold: str = ""
    noun: str = ""
    latest: Fact | None = None
    last: str = ""
