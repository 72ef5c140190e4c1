"""What a table is: its title, what that says of all its amounts, its unit, its classification."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence

from kemu.classification import DEPT_ECONOMIC, FUNCTIONAL, GOV_ECONOMIC
from kemu.extract.document.outline import Section
from kemu.extract.tables import words
from kemu.extract.tables.columns import Column
from kemu.extract.words.context import Context
from kemu.model import dimensions
from kemu.model.document import Table
from kemu.model.facts import ALL, UNDETERMINED

_YEAR = re.compile(r"(?:19|20)\d\d年?度?")
_NO_TITLE = re.compile(r"^[一-龥]{2,8}[:：]|。$|^本(?:表|套|报)")
_TITLE_NOISE = re.compile(r"[（(](?:公开)?表[\d\-—]+[)）]|公开\d+表|表\d+[：:]?|预算\d+表|附表\d*")
SAYS = ("fund", "nature", "flow", "item", "phase", "carry")
_CODE = re.compile(r"^[235]\d\d(?:\d\d)*(?![\d.,])")
_BARE = re.compile(r"^[235]\d\d(?:\d\d)*$")
_FAR_MORE = 4
_ENOUGH = 40
"""So many names tell what the others are."""
_NAME = re.compile(r"^[一-龥]{4,}$")


def title_of(table: Table, section: Section) -> str:
    """Return a table's title: its last caption that names a table, else the heading above it."""
    captions = [_TITLE_NOISE.sub("", caption.content.text) for caption in table.captions]
    named = [c for c in captions if re.search(r"表|情况|预算|决算", c) and not c.startswith("注")]
    named = [c for c in named if not _NO_TITLE.search(c) and 3 < len(c) < 60]
    return max(named, key=len) if named else section.title


def title_says(title: str, context: Context) -> dict[str, str]:
    """Return what a title says of all amounts in its table; 收支 says nothing of a single one."""
    reading = context.lexicon.read(_YEAR.sub("", title))
    says = {d: m for d, m in reading.says.items() if d in SAYS and d not in reading.conflict}
    if says.get("flow") == "both":
        del says["flow"]
    if says.get("item") == "grandTotal":
        del says["item"]
    if "item" in reading.conflict:
        says["item"] = UNDETERMINED
    return says


def whole_of(title: str, context: Context) -> str:
    """Return the item that all items named side by side in a title are together, or empty."""
    return context.lexicon.read(_YEAR.sub("", title)).whole.get("item", "")


def unit_of(table: Table) -> str:
    """Return the money unit that a table states in its captions or header, or empty."""
    lines = [c.content.text for c in table.captions]
    lines += [cell.text for row in table.rows[:4] for cell in row]
    return next((unit for unit in map(words.unit, lines) if unit), "")


def scheme_of(title: str, columns: Sequence[Column], table: Table, context: Context) -> str:
    """Return the classification that a table's rows belong to.

    Its header or title says so, else its codes, else names that only 经济分类 has.
    """
    keys = " ".join(c.title for c in columns if c.role in ("code", "name", "unitName"))
    said = words.scheme(keys) or words.scheme(title)
    if said:
        return said
    listed = any(c.role == "projectName" for c in columns) or words.has("performance", title)
    labels = [cell.text for row in table.rows for cell in row[:2]]
    first = [label[:1] for label in labels if (_BARE if listed else _CODE).match(label)]
    if not first:
        says = title_says(title, context)
        named = "item" in says or (listed and not is_basic(says.get("nature", ALL)))
        return DEPT_ECONOMIC if not named and _economic(labels, context) else FUNCTIONAL
    votes = {"2": FUNCTIONAL, "3": DEPT_ECONOMIC, "5": GOV_ECONOMIC}
    return votes[max(sorted(set(first)), key=first.count)]


def _economic(labels: Iterable[str], context: Context) -> bool:
    """Tell whether labels are names that only 经济分类 has, and hardly any that 功能分类 has."""

    def named(label: str, scheme: str) -> bool:
        found = context.codes.resolve_name(label, context.year, (scheme,))
        return bool(found.code) and not found.differences

    names = [label for label in dict.fromkeys(labels) if _NAME.match(label)][:_ENOUGH]
    found = [tuple(s for s in (FUNCTIONAL, DEPT_ECONOMIC) if named(n, s)) for n in names]
    economic, functional = found.count((DEPT_ECONOMIC,)), found.count((FUNCTIONAL,))
    return economic > 1 and economic > _FAR_MORE * functional


def is_basic(nature: str) -> bool:
    """Tell whether a nature is basic spending or a part of it: it has no projects."""
    return nature == "basic" or dimensions.is_narrower("nature", nature, "basic")
