"""Printed text to compared text, with the way back.

Two people who type the same sentence differ in width of digits, brackets and commas, in blanks
and in line breaks. Comparing needs one form; quoting needs what is printed. `content` therefore
gives both, and for each compared character its offset in the print. Folding never adds a
character: it replaces one by one, or drops it, so the offsets strictly increase.

What is folded, all of it:

| printed                                   | compared                 | where                  |
|-------------------------------------------|--------------------------|------------------------|
| Ａ ｂ １ ％ ． ＋ － ＝ ＜ ＞ ／ ＊ …     | A b 1 % . + - = < > / *  | everywhere             |
| − ‐ ‑ ‒ – ﹣                              | -                        | everywhere             |
| ― ─ ━                                     | —                        | everywhere             |
| ⽀ ⼈ ⻓ … (radicals set as characters)     | 支 人 长                 | everywhere             |
| 「 」 『 』 " ＂ ”…” “…“                  | “ ”                      | everywhere, in pairs   |
| ( ) ﹙ ﹚                                 | （ ）                    | in text with Chinese   |
| （ ）                                     | ( )                      | in text without it     |
| , ; : ? !                                 | ， ； ： ？ ！           | in text with Chinese,  |
|                                           |                          | not inside ASCII words |
| ，                                        | ,                        | as thousands separator |
| zero-width, soft hyphen, control          | nothing                  | everywhere             |
| blanks and line breaks                    | nothing                  | everywhere but between |
|                                           |                          | two ASCII words or     |
|                                           |                          | numbers (one blank)    |
"""

from __future__ import annotations

import re
import unicodedata

from kemu.model import figures
from kemu.model.document import Text

BLANKS = " \t\n\r\v\f\x85\xa0\u1680\u2000-\u200a\u2028\u2029\u202f\u205f\u3000"
"""Characters that only lay text out, as the inside of a regular expression's class."""
INVISIBLE = (
    "\x00-\x08\x0e-\x1f\x7f-\x84\x86-\x9f\xad\u180e\u200b-\u200f\u202a-\u202e"
    "\u2060-\u2069\ufe00-\ufe0f\ufeff\ufff9-\ufffb"
)
"""Characters that print nothing, as the inside of a regular expression's class."""
HAN = "\u3007\u2e80-\u2fdf\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff\U00020000-\U0003ffff"
"""Chinese characters, as the inside of a regular expression's class."""

_FULL_WIDTH = "".join(chr(code) for code in range(0xFF01, 0xFF5F))
# These stay full-width, for they are the Chinese form of the mark.
_CHINESE_MARKS = "（），：；？！～"
_DASHES = {"−": "-", "‐": "-", "‑": "-", "‒": "-", "–": "-", "﹣": "-"}
_LINES = {"―": "—", "─": "—", "━": "—"}
_BRACKETS = {"﹙": "（", "﹚": "）", "﹐": "，", "﹕": "：", "﹔": "；", "﹪": "%", "﹒": "."}
_QUOTES = {"「": "“", "」": "”", "『": "“", "』": "”", "〝": "“", "〞": "”"}
# Unicode gives most of the supplement's radicals no decomposition; these are simplified ones that
# fonts of office suites map text to (CJK Radicals Supplement, U+2E80–2EFF).
_RADICALS = dict(
    zip(
        "⺠⺟⺫⻄⻅⻆⻉⻋⻓⻔⻘⻙⻚⻛⻜⻝⻢⻣⻤⻥⻦⻨⻩⻬⻮⻰⻳",
        "民母目西见角贝车长门青韦页风飞食马骨鬼鱼鸟麦黄齐齿龙龟",
        strict=True,
    )
)


def _folding() -> dict[int, str]:
    """Return the one-for-one replacements that need no context."""
    table = {
        ord(char): chr(ord(char) - 0xFEE0) for char in _FULL_WIDTH if char not in _CHINESE_MARKS
    }
    for pairs in (_DASHES, _LINES, _BRACKETS, _QUOTES, _RADICALS):
        table.update({ord(char): to for char, to in pairs.items()})
    for code in (*range(0x2F00, 0x2FD6), *range(0xF900, 0xFB00)):
        plain = unicodedata.normalize("NFKC", chr(code))
        if len(plain) == 1 and plain != chr(code):
            table[code] = plain
    return table


_FOLDING = _folding()
# Most cells of a table: nothing to fold.
_PLAIN = re.compile(r"[0-9A-Za-z.,%-]*")
_LAYOUT = re.compile(f"[{BLANKS}{INVISIBLE}]+")
_HAN = re.compile(f"[{HAN}]")
_MARKS = str.maketrans(",;:?!", "，；：？！")
# A mark inside an ASCII word or number (12:30, 1,149.80, http://) is not a Chinese one.
_MARK = re.compile(r"(?<![0-9A-Za-z/])[,;:?!]|[,;:?!](?![0-9A-Za-z/])")
# Only where the number goes on with decimals or a unit: 208，210 is a list.
_THOUSANDS = re.compile(r"(?<![\d.，,])\d{1,3}(?:[，,]\d{3})+(?=\.\d|[万亿]?元)")
_DIGITS_BEFORE = re.compile(r"[-+\d.,]+$")
_DIGITS_AFTER = re.compile(r"[\d.,]+%?")


def content(raw: str) -> Text:
    """Return a paragraph's text as printed and as compared.

    A number that a line break cuts is one number.
    """
    return _fold(raw, numbers_wrap=True)


def cell(raw: str) -> Text:
    """Return a table cell's text as printed and as compared.

    Numbers on two lines of a cell are two numbers, unless one of them is none by itself
    (`1,234,` above `567.89`).
    """
    return _fold(raw, numbers_wrap=False)


def _fold(raw: str, *, numbers_wrap: bool) -> Text:
    if _PLAIN.fullmatch(raw):
        return Text(raw, raw, tuple(range(len(raw))))
    folded = raw.translate(_FOLDING)
    text, offsets = _squeeze(folded, numbers_wrap)
    return Text(raw, _marks(text), offsets)


def _squeeze(folded: str, numbers_wrap: bool) -> tuple[str, tuple[int, ...]]:
    """Return the text without layout, and the offset of each character that is left."""
    pieces: list[str] = []
    offsets: list[int] = []
    start = 0
    for run in _LAYOUT.finditer(folded):
        pieces.append(folded[start : run.start()])
        offsets.extend(range(start, run.start()))
        if _separates(folded, run, numbers_wrap):
            pieces.append(" ")
            offsets.append(run.start())
        start = run.end()
    pieces.append(folded[start:])
    offsets.extend(range(start, len(folded)))
    return "".join(pieces), tuple(offsets)


def _separates(text: str, run: re.Match[str], numbers_wrap: bool) -> bool:
    """Return whether a run of layout stands between two ASCII words or numbers."""
    if run.start() == 0 or run.end() == len(text) or not re.search(f"[{BLANKS}]", run[0]):
        return False
    left, right = text[run.start() - 1], text[run.end()]
    if not (right.isascii() and right.isalnum()):
        return False
    if not (left.isascii() and (left.isalnum() or left in ".,;:%")):
        return False
    if "\n" in run[0] and right.isdigit() and not left.isalpha():
        return not _one_number(text, run, numbers_wrap)
    return True


def _one_number(text: str, run: re.Match[str], numbers_wrap: bool) -> bool:
    """Return whether the digits before and after a line break are one number."""
    before = _DIGITS_BEFORE.search(text[max(0, run.start() - 40) : run.start()])
    after = _DIGITS_AFTER.match(text, run.end())
    if before is None or after is None or not _is_number(before[0] + after[0]):
        return False
    if numbers_wrap and before[0][-1].isdigit():
        return True
    return not (_is_number(before[0]) and _is_number(after[0]))


def _is_number(text: str) -> bool:
    return figures.is_number(text, tidy=True, percent=True)


def _marks(text: str) -> str:
    """Return the text with brackets, commas, colons and quotation marks of one form."""
    if _HAN.search(text):
        text = text.replace("(", "（").replace(")", "）")
        text = _MARK.sub(lambda mark: mark[0].translate(_MARKS), text)
    else:
        text = text.replace("（", "(").replace("）", ")")
    if "，" in text:
        text = _THOUSANDS.sub(lambda number: number[0].replace("，", ","), text)
    return _quotes(text)


def _quotes(text: str) -> str:
    """Return the text with its quotation marks opening and closing in turn.

    Curly ones are kept as printed where the marks do not pair up.
    """
    if not any(mark in text for mark in '"“”'):
        return text
    paired = sum(text.count(mark) for mark in '"“”') % 2 == 0
    opening = True
    chars = list(text)
    for index, char in enumerate(chars):
        if char == '"' or (paired and char in "“”"):
            chars[index] = "“" if opening else "”"
        if char in '"“”':
            opening = chars[index] == "”"
    return "".join(chars)
