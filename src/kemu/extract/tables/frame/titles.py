"""What a table is: its title, what that says of all its amounts, its unit, its classification."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace

from kemu.classification import DEPT_ECONOMIC, FUNCTIONAL, GOV_ECONOMIC
from kemu.extract.document import outline
from kemu.extract.document.outline import Section
from kemu.extract.tables import words
from kemu.extract.tables.frame.listing import entries, is_cover
from kemu.extract.tables.header.columns import Column
from kemu.extract.words.context import Context
from kemu.model import dimensions
from kemu.model.document import Block, Document, Table
from kemu.model.facts import ALL, UNDETERMINED, Key
from kemu.model.language import Dimension, Says
from kemu.read.blocks import captions

_YEAR = re.compile(r"(?:19|20)\d\d年?度?")
_NO_TITLE = re.compile(r"^[一-龥]{2,8}[:：]|。$|^本(?:表|套|报)")
_TITLE_NOISE = re.compile(r"[（(](?:公开)?表[\d\-—]+[)）]|公开\d+表|表\d+[：:]?|预算\d+表|附表\d*")
_TELLS = ("fund", "nature", "flow", "item")
_KINDS = ("收支", "收入", "支出", "绩效", "采购", "三公", "资产")
"""Words of titles that tell what a table is about, though they say nothing of a single amount."""
SAYS = ("fund", "nature", "flow", "item", "phase", "carry")
_ANNOUNCES = re.compile(r"[：:]$|如下|下表|见表|附表")
_OPEN: tuple[Dimension, ...] = ("fund", "nature", "flow")
_CODE = re.compile(r"^[235]\d\d(?:\d\d)*(?![\d.,])")
_BARE = re.compile(r"^[235]\d\d(?:\d\d)*$")
_FAR_MORE = 4
_HEADLESS = "表格没有框线，也没有读到标题"
_ENOUGH = 40
"""So many names tell what the others are."""
_NAME = re.compile(r"^[一-龥]{4,}$")


def headed(document: Document, context: Context) -> Iterator[tuple[Block, Section]]:
    """Yield every block with its section; for a table, one whose heading is about it.

    A heading that paragraphs of text follow is theirs, unless it names a table or they announce
    one; a line of the list of tables heads nothing.
    """
    _, listed = entries(document)
    about = False
    for index, (block, section) in enumerate(outline.sections(document, context.lexicon)):
        if isinstance(block, Table):
            yield block, section if about else Section()
            continue
        text = block.content.text
        if outline.heading(text) is not None:
            about = index >= listed
        elif not (captions.is_short(text) or "表" in section.title or _ANNOUNCES.search(text)):
            about = False
        yield block, section


def framed(document: Document) -> Document:
    """Return a document; tables without rules of which no title was found count as incomplete.

    How their numbers line up told their cells. Where not even a title was found above them, their
    head may be missing as well, and rows.
    """
    return replace(
        document,
        blocks=tuple(
            replace(block, broken=_HEADLESS)
            if isinstance(block, Table) and block.inferred and not _has_title(block)
            else block
            for block in document.blocks
        ),
    )


def _has_title(table: Table) -> bool:
    lines = (part for line in table.captions for part in captions.parts(line.content))
    return any(captions.is_table_title(text) for text in lines)


def title_of(table: Table, section: Section) -> str:
    """Return a table's title: its last caption that names a table, else the heading above it."""
    lines = [part for caption in table.captions for part in captions.parts(caption.content)]
    printed = [_TITLE_NOISE.sub("", line) for line in lines]
    named = [c for c in printed if re.search(r"表|情况|预算|决算", c) and not c.startswith("注")]
    named = [c for c in named if not _NO_TITLE.search(c) and 3 < len(c) < 60]
    own = [c for c in named if not is_cover(c)] or named
    return max(own, key=len) if own else section.title


def title_says(title: str, context: Context) -> dict[Dimension, str]:
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


def is_informative(title: str, context: Context) -> bool:
    """Tell whether a title names a kind of table, so that another one need not be looked for."""
    reading = context.lexicon.read(_YEAR.sub("", title))
    told = set(reading.says) | set(reading.conflict) | set(reading.whole)
    return bool(told & set(_TELLS) or any(word in title for word in _KINDS))


def left_open(
    title: str, says: Says, columns: Sequence[Column], context: Context
) -> frozenset[Dimension]:
    """Return the dimensions of which a table without a title says nothing, nor any of its columns.

    They are then not `all`: the table may be about a part.
    """
    if is_informative(title, context):
        return frozenset()
    told = {dimension for column in columns for dimension in column.reading.says}
    return frozenset(_OPEN) - told - set(says)


def opened(key: Key, says: Says, left: frozenset[Dimension]) -> Key:
    """Return a key with the dimensions left open undetermined that its own words do not say."""
    coded = {"functional", "dept_economic", "gov_economic"} & set(says)
    found = {d for d in left if d not in says and not (d == "flow" and coded)}
    return key.but(dict.fromkeys(found, UNDETERMINED)) if found else key


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
    return dimensions.is_within("nature", nature, "basic")
