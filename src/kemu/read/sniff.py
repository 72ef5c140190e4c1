"""What a file is, from its first bytes: names lie, and portals serve web pages as `.pdf`."""

from __future__ import annotations

import io
import re
import zipfile
from typing import Literal

from kemu.errors import InputError

Kind = Literal["txt", "pdf", "docx", "doc", "xlsx", "xls", "html", "zip"]

_OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
# Stream names in an OLE file's directory are UTF-16; they tell a book from a text.
_OLE_BOOKS = tuple(name.encode("utf-16-le") for name in ("Workbook", "Book"))
_OLE_TEXT = "WordDocument".encode("utf-16-le")
_OLE_ENCRYPTED = "EncryptedPackage".encode("utf-16-le")
_MARKUP = re.compile(
    rb"\s*(?:<\?xml[^>]*>\s*)?(?:<!--.*?-->\s*)*<(?:!doctype\s+html|html|head|body|table|div|meta)\b",
    re.IGNORECASE | re.DOTALL,
)
_TAGS = re.compile(rb"<(?:/?(?:html|body|table|tr|td|p|div|span))\b[^<>]*>", re.IGNORECASE)
_PICTURE = re.compile(
    rb"\xff\xd8\xff|\x89PNG\r\n|GIF8[79]a|BM.{4}\0\0\0\0|II\*\0|MM\0\*|RIFF.{4}WEBP"
    rb"|.{4}ftyp(?:heic|heix|mif1|avif)",
    re.DOTALL,
)
_SPREADSHEET_XML = re.compile(rb"<\?mso-application[^>]*Excel|<Workbook\b", re.IGNORECASE)


def kind_of(data: bytes, where: str) -> Kind:
    """Return the kind of a file's content.

    Raises:
        InputError: The content is empty, encrypted, or of a kind that is not read.
    """
    if not data.strip(b"\0 \t\r\n"):
        raise InputError("E-READ-EMPTY", "文件是空的", where, "请检查文件是否保存完整。")
    if b"%PDF-" in data[:1024]:
        return "pdf"
    if data.startswith(b"PK"):
        return _zip_kind(data, where)
    if data.startswith(_OLE):
        return _ole_kind(data, where)
    if data.startswith(b"{\\rtf"):
        return "doc"
    if _PICTURE.match(data):
        raise InputError(
            "E-READ-PICTURE",
            "这是一张图片，里面没有文字",
            where,
            "请提供原来的文件；扫描件请存成 PDF，用 --ocr 识别。",
        )
    return _text_kind(data, where)


def _zip_kind(data: bytes, where: str) -> Kind:
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            names = set(archive.namelist())
    except (zipfile.BadZipFile, ValueError, NotImplementedError):
        raise InputError(
            "E-READ-TRUNCATED", "文件不完整，打不开", where, "请重新下载或另存后再试。"
        ) from None
    if any(name.startswith("word/") for name in names):
        return "docx"
    if any(name.startswith("xl/") for name in names):
        return "xlsx"
    if any(name.startswith("ppt/") for name in names) or "mimetype" in names:
        raise _unsupported(where)
    return "zip"


def _ole_kind(data: bytes, where: str) -> Kind:
    if _OLE_ENCRYPTED in data:
        raise InputError(
            "E-READ-ENCRYPTED", "文件有密码保护，打不开", where, "请去掉密码另存后再试。"
        )
    if _OLE_TEXT in data:
        return "doc"
    if any(name in data for name in _OLE_BOOKS):
        return "xls"
    raise _unsupported(where)


def _text_kind(data: bytes, where: str) -> Kind:
    head = data[:65536]
    for mark, encoding in ((b"\xff\xfe", "utf-16-le"), (b"\xfe\xff", "utf-16-be")):
        if head.startswith(mark):
            head = head[2:].decode(encoding, "ignore").encode()
    head = head.removeprefix(b"\xef\xbb\xbf")
    if _SPREADSHEET_XML.search(head) or head.startswith(b"MIME-Version:"):
        raise _unsupported(where)
    if _MARKUP.match(head) or len(_TAGS.findall(head)) >= 6:
        return "html"
    return "txt"


def _unsupported(where: str) -> InputError:
    return InputError(
        "E-READ-FORMAT",
        "不支持这种文件",
        where,
        "请提供文本、PDF、Word（docx、doc）、Excel（xlsx、xls）或网页文件。",
    )
