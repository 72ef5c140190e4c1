"""The choices that make a layout: each is independent of the others and drawn by seed.

The first option of every choice is the plainest; shrinking goes there.
"""

from __future__ import annotations

import random
from collections.abc import Mapping
from dataclasses import asdict, dataclass
from typing import Literal, get_args, get_type_hints


@dataclass(frozen=True)
class Layout:
    """One option of every choice.

    Attributes:
        form: The file's format; of PDF, which rules are drawn.
        statement: Budget or final account.
        units: One unit alone, or several and how tables name them.
        carried: Whether money is carried over, and whether tables of one fund hold it.
        grain: Whether amounts are exact in 万元.
        captions: How title, organisation and unit of money stand over a table.
        numbers: The number that a table bears over its title.
        codes: How the rows of a tree print their code.
        levels: How the rows of a tree show their level.
        header: Rows of the header.
        of_which: Whether parts are headed 其中.
        ordinals: Whether a row under the header numbers the columns.
        years: Whether the year before stands beside this one, and the difference.
        totals: Where the row of totals stands.
        money: The unit of money in tables and in prose.
        zeros: How nothing is printed.
        digits: Whether thousands are set apart.
        spaced: Whether 合计 is set with blanks between its characters.
        classes: Whether the overview lists the document's 类 or all.
        overview: The two sides of the overview, beside or below each other.
        items: How the table of 三公 runs.
        economic: Whose 经济分类 tells what basic spending is for.
        breaks: Whether tables go on over a page, and with which header.
        wraps: What breaks within its cell.
        order: The order of the tables.
        prose: Where the explanations stand.
        paths: How sentences name a code's place.
        lists: How deep the list of codes in prose goes.
        contents: Whether a page lists the tables.
    """

    form: Literal[
        "html", "docx", "xlsx", "text tabs", "text blanks",
        "pdf ruled", "pdf half-ruled", "pdf unruled",
    ] = "html"  # fmt: skip
    statement: Literal["budget", "finalAccount"] = "budget"
    units: Literal["none", "row", "column", "once above", "spanned"] = "none"
    carried: Literal["nothing", "in all tables", "overview only"] = "nothing"
    grain: Literal["exact", "rounded"] = "exact"
    captions: Literal["lines", "one line", "rows", "unit first", "unit in title"] = "lines"
    numbers: Literal["none", "表1", "公开01表"] = "none"
    codes: Literal[
        "one column", "three columns", "last digits", "in brackets", "before name", "blanks", "none"
    ] = "one column"  # fmt: skip
    levels: Literal["code", "indented", "numbered"] = "code"
    header: Literal["one", "two", "three"] = "one"
    of_which: Literal["none", "columns"] = "none"
    ordinals: Literal["none", "row"] = "none"
    years: Literal["one", "beside", "with change"] = "one"
    totals: Literal["above", "below"] = "above"
    money: Literal["万元", "元", "元 and 万元"] = "万元"
    zeros: Literal["0.00", "blank", "0", "—"] = "0.00"
    digits: Literal["plain", "thousands"] = "plain"
    spaced: Literal["no", "yes"] = "no"
    classes: Literal["own", "all"] = "own"
    overview: Literal["beside", "below"] = "beside"
    items: Literal["columns", "rows", "years as rows"] = "columns"
    economic: Literal["departments", "government"] = "departments"
    breaks: Literal["none", "with header", "without header"] = "none"
    wraps: Literal["none", "names", "names and digits"] = "none"
    order: Literal["standard", "shuffled"] = "standard"
    prose: Literal["none", "after", "before"] = "none"
    paths: Literal["类款项", "codes", "dashes", "item"] = "类款项"
    lists: Literal["one level", "two levels", "three levels"] = "one level"
    contents: Literal["none", "page"] = "none"

    @property
    def suffix(self) -> str:
        """The file's ending."""
        return f".{self.form.partition(' ')[0]}".replace(".text", ".txt")

    @classmethod
    def of(cls, drawn: Mapping[str, str]) -> Layout:
        """Return the layout of options, the plainest ones where none is given."""
        return cls(**drawn)  # type: ignore[arg-type]

    def but(self, **other: str) -> Layout:
        """Return the layout with other options of some choices."""
        return Layout.of({**asdict(self), **other})

    def unusual(self) -> dict[str, str]:
        """Return the choices that are not the plainest."""
        plain = asdict(Layout())
        return {name: option for name, option in asdict(self).items() if option != plain[name]}


def options() -> Mapping[str, tuple[str, ...]]:
    """Return every choice with its options, the plainest first."""
    return {name: get_args(hint) for name, hint in get_type_hints(Layout).items()}


def draw(seed: int | str, **fixed: str) -> Layout:
    """Return a layout drawn by seed.

    Args:
        seed: The same seed gives the same layout.
        fixed: Choices that are not drawn.
    """
    chance = random.Random(f"layout/{seed}")
    drawn = {name: chance.choice(listed) for name, listed in options().items()}
    return Layout.of(drawn | fixed)
