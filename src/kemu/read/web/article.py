"""The article of a portal's page: its bytes decoded, menus, sidebars and footers left out.

What a page is about is told from its text, for every portal names its elements differently: the
smallest element that holds all amounts and nearly all sentences that are no links.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache

from lxml import etree, html

from kemu.errors import InputError
from kemu.model import figures
from kemu.read.blocks.normalise import content
from kemu.read.text import plain

_CHARSET = re.compile(rb"""(?:charset|encoding)\s*=\s*["']?\s*([\w.:-]+)""", re.IGNORECASE)
_DECLARATION = re.compile(r"^\s*<\?xml[^>]*\?>")
_INVISIBLE = {
    "script", "style", "noscript", "template", "head", "select", "option", "button", "input",
    "textarea", "iframe", "object", "embed", "svg", "video", "audio", "canvas", "nav", "map",
}  # fmt: skip
_HIDDEN = re.compile(r"display\s*:\s*none|visibility\s*:\s*hidden|mso-hide\s*:\s*all", re.I)
_LEVEL = re.compile(r"（[类款项]）")
_SENTENCE = re.compile(r"[。；，]")
_SENTENCE_LENGTH = 30
_MOST = 0.97
_MAX_STRANGE = 20
INLINE = {
    "a", "abbr", "b", "bdi", "bdo", "big", "cite", "code", "del", "em", "font", "i", "img", "ins",
    "kbd", "label", "mark", "o:p", "q", "ruby", "s", "samp", "small", "span", "st1", "strike",
    "strong", "sub", "sup", "tt", "u", "var", "wbr", "nobr", "acronym", "time", "data",
}  # fmt: skip
"""Elements that do not begin a new line."""


def decode(data: bytes, where: str) -> tuple[str, int]:
    """Return a page's text, and how many characters of it could not be decoded.

    Raises:
        InputError: The encoding cannot be told.
    """
    declared = _CHARSET.search(data[:8192])
    name = declared[1].decode("ascii").lower() if declared else ""
    if name in ("gb2312", "gbk", "gb_2312-80", "x-gbk", "cp936"):
        name = "gb18030"
    if name and not data.startswith((b"\xef\xbb\xbf", b"\xff\xfe", b"\xfe\xff")):
        try:
            return data.decode(name), 0
        except (UnicodeDecodeError, LookupError):
            pass
    try:
        return plain.decode(data, where), 0
    except InputError:
        # One character cut in two is no reason to refuse a page.
        encoding = name if name in ("utf-8", "gb18030") else "utf-8"
        text = data.decode(encoding, "replace")
        strange = text.count("\ufffd")
        if strange > _MAX_STRANGE:
            raise
        return text, strange


def parse(text: str, where: str) -> html.HtmlElement:
    """Return a page's root; mark-up errors are mended as browsers do.

    Raises:
        InputError: There is nothing to parse, or it is nested beyond measure.
    """
    parser = html.HTMLParser(
        no_network=True, huge_tree=False, remove_comments=True, remove_pis=True
    )
    try:
        root = html.document_fromstring(_DECLARATION.sub("", text.replace("\0", "")), parser)
    except (etree.ParserError, etree.XMLSyntaxError, ValueError):
        raise InputError(
            "E-READ-DAMAGED", "网页内容无法解析", where, "请用浏览器打开后另存再试。"
        ) from None
    if any("depth" in entry.message.lower() for entry in parser.error_log):
        raise InputError(
            "E-READ-DAMAGED", "网页元素嵌套过深，无法读取", where, "请用浏览器打开后另存再试。"
        )
    return root


def is_visible(element: html.HtmlElement) -> bool:
    """Return whether an element is shown on the page."""
    tag = element.tag
    if not isinstance(tag, str) or tag in _INVISIBLE:
        return False
    return "hidden" not in element.attrib and not _HIDDEN.search(element.get("style", ""))


@cache
def _with_unit() -> re.Pattern[str]:
    return re.compile(rf"\d\s*{figures.money()}")


def _has_amount(text: str) -> bool:
    """Return whether a text is an amount, holds one with its unit, or names the level of a code."""
    return figures.is_amount(text) or bool(_with_unit().search(text) or _LEVEL.search(text))


def article(root: html.HtmlElement) -> html.HtmlElement:
    """Return the smallest element with all amounts and nearly all sentences."""
    body = root.find(".//body")
    top = root if body is None else body
    weights: dict[html.HtmlElement, int] = {}
    amounts: dict[html.HtmlElement, int] = {}
    for element, text in _texts(top):
        compared = content(text).text
        amount = _has_amount(compared)
        sentence = len(compared) >= _SENTENCE_LENGTH and bool(_SENTENCE.search(compared))
        if not (amount or sentence):
            continue
        for ancestor in (element, *element.iterancestors()):
            weights[ancestor] = weights.get(ancestor, 0) + len(compared)
            amounts[ancestor] = amounts.get(ancestor, 0) + amount
    current = top
    while weights.get(top):
        inner = next(
            (
                child
                for child in current
                if weights.get(child, 0) >= _MOST * weights[top]
                and amounts.get(child, 0) == amounts[top]
            ),
            None,
        )
        if inner is None or inner.tag in ("table", "tbody", "tr", "p", "ul", "ol"):
            break
        current = inner
    return current


def _texts(
    element: html.HtmlElement, linked: bool = False
) -> Iterator[tuple[html.HtmlElement, str]]:
    """Yield the text of each block that is shown and no link, with the block."""
    pieces = [element.text or ""] if not linked else []
    for child in element:
        if is_visible(child):
            inside = linked or child.tag == "a"
            if child.tag in INLINE:
                pieces += [text for _, text in _texts(child, inside)]
            else:
                yield from _texts(child, inside)
        pieces.append("" if linked else child.tail or "")
    joined = "".join(pieces)
    if joined.strip():
        yield element, joined


def title(root: html.HtmlElement) -> str:
    """Return the article's title as the page's head names it; empty if it does not."""
    for meta in root.iter("meta"):
        if (meta.get("name") or "").lower() == "articletitle":
            return " ".join((meta.get("content") or "").split())
    found = root.find(".//title")
    text = " ".join((found.text or "").split()) if found is not None else ""
    return re.split(r"[_|]|-(?=[^\d])", text)[0].strip()


def attachments(element: html.HtmlElement) -> list[str]:
    """Return the names of files that an article links to."""
    names = []
    for link in element.iter("a"):
        target = (link.get("href") or "").split("?")[0]
        if re.search(r"\.(?:pdf|docx?|xlsx?|wps|et|zip|rar|ofd)$", target, re.IGNORECASE):
            text = content("".join(link.itertext())).text
            names.append(text or target.rpartition("/")[2])
    return list(dict.fromkeys(names))
