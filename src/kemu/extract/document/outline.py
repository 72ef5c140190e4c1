"""The outline of a document: which headings a block stands under, and what they say.

Headings give amounts their scope: under 一般公共预算当年拨款情况说明 an amount is of that fund
unless its own words say otherwise. Numbering in real documents restarts, skips and mixes styles, so
depth comes from the style of the number, not from its value (graph/headings.toml).
"""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cache
from typing import Any

from kemu import assets
from kemu.extract.words.lexicon import Lexicon
from kemu.extract.words.numbering import numbering
from kemu.model.document import Block, Document, Paragraph

_ENDS = re.compile(r"[。；，！？]")
_MONEY = re.compile(r"\d(?:万|亿)?元|\d%")
_SCOPE = ("fund", "nature", "item", "carry", "flow", "year")
_NO_SCOPE = {("flow", "both"), ("item", "grandTotal")}


@dataclass(frozen=True, slots=True)
class Heading:
    """A heading: its text, depth, what it says about amounts under it, its number's style."""

    text: str
    depth: int
    says: Mapping[str, str]
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
    def says(self) -> dict[str, str]:
        """What the headings say together; the inner one counts."""
        together: dict[str, str] = {}
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
        words = rules()["aside"]["glossary"]
        return any(word in h.text for h in self.headings for word in words)


@cache
def rules() -> dict[str, Any]:
    """Return graph/headings.toml as read."""
    return tomllib.loads(assets.asset("graph", "headings.toml").read_text(encoding="utf-8"))


@cache
def _contents() -> re.Pattern[str]:
    return re.compile(rules()["contents"]["regex"])


@cache
def _never() -> re.Pattern[str]:
    return re.compile(rules()["never"]["regex"])


def _suffix_depth(text: str) -> int | None:
    """Return how deep an unnumbered heading lies that ends as this text does; None if none does."""
    for suffix in rules()["unnumbered"]["suffix"]:
        if any(text.endswith(word) for word in suffix["words"]):
            return int(suffix["depth"])
    return None


def is_contents(text: str) -> bool:
    """Tell whether a line belongs to a table of contents."""
    return _contents().search(text) is not None


def heading(text: str) -> tuple[str, int] | None:
    """Return a line's heading and its depth, or None.

    A heading may run into its paragraph (（一）机关运行经费情况。2023年…); it ends as one does.
    """
    if is_contents(text):
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


def _says(text: str, lexicon: Lexicon) -> dict[str, str]:
    reading = lexicon.read(text)
    return {
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
    for block in document.blocks:
        if isinstance(block, Paragraph):
            found = heading(block.content.text)
            if found is not None:
                text, depth = found
                number = numbering(text)
                style = _style(number[0]) if number else "unnumbered"
                above = _above(stack, f"{depth}{style}", depth)
                stack = (*above, Heading(text, depth, _says(text, lexicon), f"{depth}{style}"))
        yield block, Section(stack)


def _style(number: str) -> str:
    """Return the style of a number: what is left without its digits."""
    return re.sub(r"[一二三四五六七八九十]+", "一", re.sub(r"\d+", "1", number))
