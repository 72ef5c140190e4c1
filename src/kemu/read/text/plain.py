"""Plain text: bytes, then lines, then paragraphs and the tables of text dumps."""

from __future__ import annotations

import codecs
import hashlib
import re
from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path

from kemu.errors import InputError
from kemu.model.document import Block, Document, Notice, Paragraph, Place, Table
from kemu.read.blocks.captions import is_above
from kemu.read.blocks.lines import Line, paragraphs, wrap_of
from kemu.read.blocks.normalise import content
from kemu.read.blocks.wrapping import Wrap
from kemu.read.text import dump, separated, spaced
from kemu.read.text.leftovers import leftovers, unescape

_BOMS = (
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF16_LE, "utf-16-le"),
    (codecs.BOM_UTF16_BE, "utf-16-be"),
)
_CONTROL = re.compile(r"[\x00-\x08\x0e-\x1a\x1c-\x1f]")
_HAN = re.compile("[\u4e00-\u9fff]")
# Of the Chinese characters of real documents, 99.9 % and more are in GB 2312's first level;
# Big5 or EUC-JP bytes read as GB 18030 give rare ones half of the time.
_COMMON_SHARE = 0.8
_ENOUGH_HAN = 20


def decode(data: bytes, where: str) -> str:
    """Return the text of a file's bytes: by its mark, else strict UTF-8, else strict GB 18030.

    Raises:
        InputError: The file is empty, binary, or in another encoding.
    """
    if not data.strip():
        raise InputError("E-READ-EMPTY", "文件是空的", where, "请检查文件是否保存完整。")
    for mark, encoding in _BOMS:
        if data.startswith(mark):
            return _strict(data[len(mark) :], encoding, where)
    if _CONTROL.search(data[:65536].decode("latin-1")):
        raise InputError(
            "E-READ-BINARY",
            "这不是文本文件（含控制字符）",
            where,
            "请提供文本、PDF、Word、Excel 或网页文件。",
        )
    try:
        return data.decode("utf-8")
    except UnicodeDecodeError:
        text = _strict(data, "gb18030", where)
    if not _plausible(text):
        raise _encoding_error(where)
    return text


def _strict(data: bytes, encoding: str, where: str) -> str:
    try:
        return data.decode(encoding)
    except UnicodeDecodeError as error:
        raise _encoding_error(where, error.start) from None


def _encoding_error(where: str, at: int | None = None) -> InputError:
    position = "" if at is None else f"（第{at + 1}个字节）"
    return InputError(
        "E-READ-ENCODING",
        f"文字编码不是 UTF-8，也不是 GB18030{position}",
        where,
        "请用 UTF-8 编码另存后再试。",
    )


def _plausible(text: str) -> bool:
    """Return whether the Chinese characters are such as documents use."""
    chars = _HAN.findall(text)
    if len(chars) < _ENOUGH_HAN:
        return not re.search("[\ue000-\uf8ff]", text)
    common = sum(_is_common(char.encode("gb18030")) for char in chars)
    return common >= _COMMON_SHARE * len(chars)


def _is_common(code: bytes) -> bool:
    """Return whether a character's code lies in GB 2312's first level."""
    return len(code) == 2 and 0xB0 <= code[0] <= 0xD7 and code[1] >= 0xA1


def read(path: Path, data: bytes) -> Document:
    """Return a text file as a document."""
    text = decode(data, str(path))
    raw = re.split(r"\r\n|\r|\n|\f|\u2028|\u2029", text)
    lines = list(unescape(Line(number, line) for number, line in enumerate(raw, 1)))
    blocks, notices = _blocks(lines)
    if not blocks and not notices:
        raise InputError("E-READ-EMPTY", "文件里没有文字", str(path), "请检查文件是否保存完整。")
    strange = text.count("\ufffd")
    if strange:
        notices.append(Notice("garbage", f"文中有{strange}个无法辨认的字符（U+FFFD）"))
    return Document(
        path=str(path),
        sha256=hashlib.sha256(data).hexdigest(),
        format="txt",
        blocks=tuple(blocks),
        notices=tuple(notices),
    )


def _blocks(lines: Sequence[Line]) -> tuple[list[Block], list[Notice]]:
    """Return the blocks of a text and what was cut out of it."""
    blocks: list[Block] = []
    notices: list[Notice] = []
    cuts = {cut.start: cut for cut in leftovers(lines)}
    prose: list[Line] = []
    wrap = wrap_of(lines)
    at = 0
    while at < len(lines):
        if at in cuts:
            _add_prose(prose, blocks, wrap)
            notices.append(cuts[at].notice)
            at = cuts[at].end
        elif lines[at].raw.startswith("\t") and (end := _table_end(lines, at)):
            _add_prose(prose, blocks, wrap)
            rows = dump.rows_of(lines[at:end])
            _add_table(rows, blocks, cut=all(line.blank for line in lines[end:]))
            at = end
        elif separated.is_row(lines[at]) and (end := separated.end_of(lines, at)):
            _add_prose(prose, blocks, wrap)
            _add_table(separated.rows_of(lines[at:end]), blocks, blanks=True)
            at = end
        elif spaced.is_row(lines[at]) and (found := spaced.listing(lines, at, prose)):
            del prose[len(prose) - found.above :]
            _add_prose(prose, blocks, wrap)
            _add_table(found.rows, blocks, blanks=True, heads=found.heads, broken=found.broken)
            _drop_gaps(blocks, found)
            at = found.end
        else:
            prose.append(lines[at])
            at += 1
    _add_prose(prose, blocks, wrap)
    return blocks, notices


def _table_end(lines: Sequence[Line], start: int) -> int:
    """Return the index after the table that starts here, 0 if none does."""
    end = dump.end_of(lines, start)
    return end if dump.is_table(dump.rows_of(lines[start:end])) else 0


def _add_table(
    rows: Sequence[dump.Row],
    blocks: list[Block],
    *,
    cut: bool = False,
    blanks: bool = False,
    heads: int | None = None,
    broken: str = "",
) -> None:
    """Append a table, unless it is empty; titles right above it become its captions."""
    if dump.is_empty(rows):
        return
    above: list[Paragraph] = []
    while blocks and isinstance(block := blocks[-1], Paragraph) and is_above(block, above):
        above.insert(0, block)
        blocks.pop()
    number = sum(not isinstance(block, Paragraph) for block in blocks) + 1
    ordinal = _next_ordinal(blocks) + len(above)
    blocks.append(
        dump.table(
            rows, number, ordinal, above=above, cut=cut, blanks=blanks, heads=heads, broken=broken
        )
    )


def _drop_gaps(blocks: list[Block], found: spaced.Listing) -> None:
    """Take the blank places of amounts out of a table set with blanks: they are no cells."""
    table = blocks[-1]
    assert isinstance(table, Table)
    body = [
        tuple(c for c in row if c.text or (c.place.column or 0) - 1 not in found.amounts)
        for row in table.rows[found.heads :]
    ]
    blocks[-1] = replace(table, rows=(*table.rows[: found.heads], *body))


def _next_ordinal(blocks: Sequence[Block]) -> int:
    return (blocks[-1].place.paragraph or 0) + 1 if blocks else 1


def _add_prose(prose: list[Line], blocks: list[Block], wrap: Wrap | None) -> None:
    """Append the paragraphs of lines of prose, and forget the lines."""
    for group in paragraphs(prose, wrap):
        first, last = group[0].number, group[-1].number
        address = f"第{first}行" if first == last else f"第{first}–{last}行"
        text = content("\n".join(line.raw for line in group))
        place = Place(paragraph=_next_ordinal(blocks), address=address)
        blocks.append(Paragraph(place, text))
    prose.clear()
