"""The label of a row taken apart: its code, its number, 其中, and the name that is left."""

from __future__ import annotations

import re

from kemu.classification import DEPT_ECONOMIC, FUNCTIONAL, GOV_ECONOMIC
from kemu.extract.tables import words
from kemu.extract.words.numbering import numbering
from kemu.model import dimensions
from kemu.model.language import Says

WITH_CODE = re.compile(r"^[\[【]?(?P<code>\d{3,9})[\]】]?[-—_]?(?P<name>(?!年)[一-龥（）]{4,})$")
"""A unit with its code before its name."""
_IN_LABEL = re.compile(r"^[\[【（(]?(?P<code>\d{3,9})[\]】）)]?[-—_ 　]*(?P<name>[一-龥].*)$")
_AFTER = re.compile(r"^(?P<name>[一-龥].*?)[（(\[](?P<code>\d{3,9})[）)\]]$")
_STRAY = re.compile(r"^\d{1,2}(?=[（(][一二三四五六七八九十]+[）)])")
"""The number of a row that ran into the number of its label: 1（一）."""
SUM_OF = re.compile(r"^(?:小计|合计|单位小计)[:：](?P<name>.{4,})$")
"""The sum of a unit below its rows: 小计：某中心."""
OF_WHICH = re.compile(r"^其中[：:、]?|^#")


def printed(role: str, text: str) -> str:
    """Return what a naming cell prints; of a code, its digits without blanks."""
    return words.code(text) if role in ("code", "unitCode") else text


def split(label: str) -> tuple[str, str]:
    """Return the code and the name of a label that holds both."""
    for pattern in (_IN_LABEL, _AFTER):
        match = pattern.match(label)
        if match:
            return match["code"], match["name"]
    return "", label


def taken_apart(text: str, raw: str) -> tuple[str, str, bool]:
    """Return a label without number and 其中, its style, and whether it says 其中."""
    part = bool(OF_WHICH.match(text))
    rest = _STRAY.sub("", OF_WHICH.sub("", text))
    number = numbering(rest)
    if number is None:
        indent = len(raw) - len(raw.lstrip(" \t\u3000\u00a0"))
        return rest, f"i{indent}", part
    style = re.sub(r"[一二三四五六七八九十]+", "一", re.sub(r"\d+", "1", number[0]))
    return rest[len(number[0]) :], style, part


def names_item(own: Says) -> bool:
    """Tell whether words name an item of spending, which no heading of a list of purchases is."""
    item = own.get("item", "grandTotal")
    return item != "grandTotal" and not dimensions.is_narrower("item", item, "procurement")


def is_plausible(code: str, scheme: str) -> bool:
    """Tell whether digits look like a code of the scheme that no table knows."""
    first = {str(FUNCTIONAL): "2", DEPT_ECONOMIC: "3", GOV_ECONOMIC: "5"}[scheme]
    lengths = (3, 5, 7)
    return code.startswith(first) and len(code) in lengths
