"""The outline of a document: which headings a block stands under, and what they say.

Headings give amounts their scope: under 一般公共预算当年拨款情况说明 an amount is of that fund
unless its own words say otherwise. Numbering in real documents restarts, skips and mixes styles, so
depth comes from the style of the number, not from its value (graph/headings.toml).
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cache

from kemu.extract.document import contents
from kemu.extract.document.heading_rules import rules
from kemu.extract.words.lexicon import Lexicon
from kemu.extract.words.numbering import numbering, style
from kemu.model.document import Block, Document, Paragraph
from kemu.model.facts import UNDETERMINED
from kemu.model.language import Dimension, Says

_ENDS = re.compile(r"[。；，！？]")
_MONEY = re.compile(r"\d(?:万|亿)?元|\d%")
_SCOPE = ("fund", "nature", "item", "carry", "flow", "year")
_NO_SCOPE = {("flow", "both"), ("item", "grandTotal")}


@dataclass(frozen=True, slots=True)
class Heading:
    """A heading: its text, depth, what it says about amounts under it, its number's style."""

    text: str
    depth: int
    says: Says
    style: str = ""


@dataclass(frozen=True, slots=True)
class Section:
    """Where a block stands: the headings above it, outermost first."""

    headings: tuple[Heading, ...] = ()

    @property
    def title(self) -> str:
        """The innermost heading."""
        return self.headings[-1].text if self.headings else ""

    @property
    def path(self) -> str:
        """All headings, outermost first, joined by ` > `."""
        return " > ".join(heading.text for heading in self.headings)

    @property
    def says(self) -> dict[Dimension, str]:
        """What the headings say together; the inner one counts."""
        together: dict[Dimension, str] = {}
        for heading in self.headings:
            together.update(heading.says)
        return together

    def is_aside(self) -> bool:
        """Whether the section describes duties, work or terms, not the document's own money."""
        aside = rules()["aside"]["words"]
        return any(word in h.text for h in self.headings for word in aside)

    def counts(self) -> bool:
        """Whether counts in the section are of the document's own staff, vehicles and units.

        The section on the unit's make-up counts staff; those on duties and work count other things.
        """
        words = rules()["aside"]
        for heading in reversed(self.headings):
            if any(word in heading.text for word in words["counted"]):
                return True
            if any(word in heading.text for word in words["words"]):
                return False
        return True

    def is_glossary(self) -> bool:
        """Whether the section explains terms."""
        return any(_explains_terms(h.text) for h in self.headings)


@cache
def _never() -> re.Pattern[str]:
    return re.compile(rules()["never"]["regex"])


@cache
def _selects() -> re.Pattern[str]:
    return re.compile(rules()["selection"]["regex"])


@cache
def _code() -> re.Pattern[str]:
    return re.compile(rules()["code"]["regex"])


def _suffix_depth(text: str) -> int | None:
    """Return how deep an unnumbered heading lies that ends as this text does; None if none does."""
    for suffix in rules()["unnumbered"]["suffix"]:
        if any(text.endswith(word) for word in suffix["words"]):
            return int(suffix["depth"])
    return None


def heading(text: str) -> tuple[str, int] | None:
    """Return a line's heading and its depth, or None.

    A heading may run into its paragraph (（一）机关运行经费情况。2023年…); it ends as one does.
    """
    if contents.is_entry(text):
        return None
    number = numbering(text)
    first, *more = re.split(r"[。：:]", text, maxsplit=1)
    runs_in = bool(more and more[0])
    longest = rules()["unnumbered"]["longest"]
    depth = _suffix_depth(first)
    if number is not None:
        rest = first[len(number[0]) :]
        short = len(rest) <= longest + 8 and not _ENDS.search(rest) and not _MONEY.search(rest)
        short = short and not _never().search(rest)
        return (first, number[1]) if rest and short and (not runs_in or depth) else None
    if runs_in or len(text) > longest or _MONEY.search(text) or _ENDS.search(first):
        return None
    return (first, depth) if depth else None


def _says(text: str, lexicon: Lexicon) -> dict[Dimension, str]:
    if _code().search(text):
        return {}
    reading = lexicon.read(text)
    selected: dict[Dimension, str] = {"project": UNDETERMINED} if _selects().search(text) else {}
    return selected | {
        dimension: member
        for dimension, member in reading.says.items()
        if dimension in _SCOPE
        and dimension not in reading.conflict
        and (dimension, member) not in _NO_SCOPE
    }


def _above(stack: tuple[Heading, ...], style: str, depth: int) -> tuple[Heading, ...]:
    """Return the headings that stay above a new one.

    A number style seen before closes what was opened since; a new one opens below, except for
    parts and chapters, whose depth is the same everywhere. Depth alone would not do: 1、 stands
    above （一） in one document and below it in the next.
    """
    if depth <= 1:
        return tuple(h for h in stack if h.depth < depth)
    for index, open_heading in enumerate(stack):
        if open_heading.style == style:
            return stack[:index]
    return stack


def sections(document: Document, lexicon: Lexicon) -> Iterator[tuple[Block, Section]]:
    """Yield every block with the section it stands in; a heading stands in its own section."""
    stack: tuple[Heading, ...] = ()
    listed = contents.stretch(document.blocks)
    named: Block | None = None
    for index, block in enumerate(document.blocks):
        if index in listed:
            yield block, Section()
            continue
        if isinstance(block, Paragraph) and block is not named:
            found = heading(block.content.text)
            if found is None and (whole := _named_below(document.blocks[index : index + 2])):
                found, named = whole, document.blocks[index + 1]
            if found is not None:
                stack = _opened(stack, *found, lexicon)
        yield block, Section(stack)


def _named_below(pair: Sequence[Block]) -> tuple[str, int] | None:
    """Return the heading of a chapter whose number stands alone, its name on the next line."""
    texts = [block.content.text for block in pair if isinstance(block, Paragraph)]
    number = numbering(texts[0]) if len(texts) == len(pair) == 2 else None
    if number is None or number[0] != texts[0] or number[1] > 0:
        return None
    below = texts[1]
    if numbering(below) or len(below) > rules()["unnumbered"]["longest"] or _ENDS.search(below):
        return texts[0], number[1]
    return texts[0] + below, number[1]


def _opened(
    stack: tuple[Heading, ...], text: str, depth: int, lexicon: Lexicon
) -> tuple[Heading, ...]:
    """Return the stack with a heading added; one that explains figures ends a glossary."""
    number = numbering(text)
    numbered = f"{depth}{style(number[0]) if number else 'unnumbered'}"
    above = _above(stack, numbered, depth)
    if _suffix_depth(text) is not None and not _explains_terms(text):
        above = tuple(h for h in above if not _explains_terms(h.text))
    return (*above, Heading(text, depth, _says(text, lexicon), numbered))


def _explains_terms(text: str) -> bool:
    return any(word in text for word in rules()["aside"]["glossary"])
