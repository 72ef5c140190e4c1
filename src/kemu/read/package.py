"""Office packages (.docx, .xlsx): zip files of XML, read with bounded memory and no entities.

A member is decompressed piece by piece and given up at a limit, whatever size its header claims;
XML with a document type is refused, for office programs write none and entities are an attack.
"""

from __future__ import annotations

import io
import re
import zipfile
import zlib
from functools import lru_cache

from lxml import etree

from kemu.errors import InputError

MAX_MEMBER = 128 * 1024 * 1024
"""Bytes that one member may have once decompressed."""
MAX_TOTAL = 512 * 1024 * 1024
"""Bytes that all members read may have together."""
_PIECE = 1024 * 1024
_DOCTYPE = re.compile(rb"<!\s*(?:DOCTYPE|ENTITY)", re.IGNORECASE)


class Package:
    """The members of an office file."""

    def __init__(self, data: bytes, where: str) -> None:
        self.where = where
        self._left = MAX_TOTAL
        try:
            self._zip = zipfile.ZipFile(io.BytesIO(data))
        except (zipfile.BadZipFile, ValueError, NotImplementedError):
            raise damaged(where) from None
        # Names are compared without case, as office programs do.
        self._names = {name.lower().lstrip("/"): name for name in self._zip.namelist()}

    def __contains__(self, name: str) -> bool:
        return name.lower() in self._names

    @property
    def names(self) -> list[str]:
        """The members' names in lower case, in the archive's order."""
        return list(self._names)

    def read(self, name: str) -> bytes:
        """Return a member's bytes.

        Raises:
            InputError: It is absent, encrypted, damaged or too large.
        """
        if name not in self:
            raise damaged(self.where, f"缺少 {name}")
        info = self._zip.getinfo(self._names[name.lower()])
        if info.flag_bits & 1:
            raise encrypted(self.where)
        limit = min(MAX_MEMBER, self._left)
        pieces: list[bytes] = []
        size = 0
        try:
            with self._zip.open(info) as member:
                while piece := member.read(_PIECE):
                    size += len(piece)
                    if size > limit:
                        raise bomb(self.where, name, limit)
                    pieces.append(piece)
        except (zipfile.BadZipFile, zlib.error, EOFError, NotImplementedError, OSError):
            raise damaged(self.where, f"{name} 读不完整") from None
        self._left -= size
        return b"".join(pieces)

    def xml(self, name: str) -> etree._Element:
        """Return the root of an XML member."""
        return parse(self.read(name), self.where, name)

    def optional_xml(self, name: str) -> etree._Element | None:
        """Return the root of an XML member, None if there is no such member."""
        return self.xml(name) if name in self else None


def parse(data: bytes, where: str, part: str) -> etree._Element:
    """Return the root of an XML text in which nothing is expanded and nothing is fetched.

    Raises:
        InputError: It is not well formed, too deep, or declares a document type.
    """
    if _DOCTYPE.search(data[:4096].replace(b"\0", b"")):
        raise _entities(where, part)
    parser = etree.XMLParser(
        resolve_entities=False, no_network=True, load_dtd=False, huge_tree=False
    )
    try:
        root = etree.fromstring(data, parser)
    except etree.XMLSyntaxError as error:
        raise damaged(where, f"{part} 第{error.lineno or 1}行不合 XML 语法") from None
    refuse_doctype(root, where, part)
    return root


def refuse_doctype(root: etree._Element, where: str, part: str) -> None:
    """Raise if a parsed XML text declared a document type."""
    if getattr(root.getroottree().docinfo, "doctype", ""):
        raise _entities(where, part)


def _entities(where: str, part: str) -> InputError:
    return InputError(
        "E-READ-ENTITY",
        f"{part} 声明了文档类型或实体，办公软件不会这样写，可能是恶意文件",
        where,
        "请用 Word、WPS 或 Excel 打开后另存为新文件。",
    )


@lru_cache(maxsize=4096)
def _local(tag: object) -> str:
    return tag.rpartition("}")[2] if isinstance(tag, str) else ""


def local(element: etree._Element) -> str:
    """Return an element's name without its namespace; empty for comments and the like."""
    return _local(element.tag)


def attribute(element: etree._Element, name: str) -> str | None:
    """Return an attribute's value whatever its namespace (transitional or strict Open XML)."""
    for key, value in element.attrib.items():
        if str(key).rpartition("}")[2] == name:
            return str(value)
    return None


def child(element: etree._Element | None, *path: str) -> etree._Element | None:
    """Return the first descendant along a path of local names."""
    for name in path:
        if element is None:
            return None
        element = next((item for item in element if local(item) == name), None)
    return element


def value(element: etree._Element | None, *path: str) -> str | None:
    """Return the `val` attribute of the descendant along a path of local names."""
    found = child(element, *path)
    return None if found is None else attribute(found, "val")


def integer(text: str | None, default: int = 0, low: int = 0, high: int = 1_000_000) -> int:
    """Return an attribute's whole number, held within bounds.

    Raises:
        ValueError: It is no number.
    """
    return min(max(int(text), low), high) if text is not None else default


def damaged(where: str, what: str = "") -> InputError:
    """Return the error for a file that is cut off or broken."""
    detail = f"（{what}）" if what else ""
    return InputError(
        "E-READ-DAMAGED", f"文件不完整或已损坏{detail}", where, "请重新下载，或打开后另存再试。"
    )


def encrypted(where: str) -> InputError:
    """Return the error for a file with a password."""
    return InputError("E-READ-ENCRYPTED", "文件有密码保护，打不开", where, "请去掉密码另存后再试。")


def bomb(where: str, part: str, limit: int) -> InputError:
    """Return the error for content that unpacks beyond all measure."""
    return InputError(
        "E-READ-BOMB",
        f"{part} 解压后超过 {limit // 1024 // 1024} MB，不再读取",
        where,
        "公开文件不会这样大，请核对来源，或拆分后再试。",
    )
