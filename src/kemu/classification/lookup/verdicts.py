"""Rows of (code, name, year) held against the classification: one verdict per row, and why.

A bad row is explained and stops no other. Nothing is picked silently: several codes that fit are
all listed, and a code with another code's name says whose name it is.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum

from kemu.classification.lookup.query import checked, checked_year, resolve
from kemu.classification.resolve.matching import resolve_code, resolve_name
from kemu.classification.resolve.resolution import Candidate, Resolution
from kemu.classification.tables.codes import Codes
from kemu.classification.tables.concept import SCHEMES
from kemu.classification.tables.differences import Differs
from kemu.classification.tables.notation import digits as bare_digits
from kemu.errors import KemuError


class VerdictKind(StrEnum):
    """What a row can come to."""

    MATCH = "match"
    CODE = "code"
    DIFFERS = "differs"
    OTHER_NAME = "otherName"
    NOT_IN_YEAR = "notInYear"
    NO_SUCH_CODE = "noSuchCode"
    RESOLVED = "resolved"
    AMBIGUOUS = "ambiguous"
    UNKNOWN = "unknown"
    ERROR = "error"


VERDICTS = {
    VerdictKind.MATCH: "代码和名称一致",
    VerdictKind.CODE: "代码存在，没有给名称",
    VerdictKind.DIFFERS: "是这个科目，名称写法不同",
    VerdictKind.OTHER_NAME: "名称不是这个代码的",
    VerdictKind.NOT_IN_YEAR: "这一年不在用",
    VerdictKind.NO_SUCH_CODE: "科目表中没有这个代码",
    VerdictKind.RESOLVED: "由名称得到唯一的代码",
    VerdictKind.AMBIGUOUS: "名称可以指几个科目",
    VerdictKind.UNKNOWN: "没有相符的科目",
    VerdictKind.ERROR: "这一行用不了",
}
"""Machine word of a verdict to its meaning."""

_COLUMNS = ("code", "name", "year", "scheme", "parent")
_WITH_FRACTION = re.compile(r"\s*(\d{3,})\.0\s*")
_NOT_IN_YEAR = {Differs.CODE_NO_LONGER, Differs.CODE_NOT_YET}
_OTHER_NAME = {Differs.NAME_OF_OTHER_CODE, Differs.NAME_UNKNOWN}


@dataclass(frozen=True, slots=True)
class Verdict:
    """What a row came to.

    Attributes:
        row: Number of the row, counting from 1.
        verdict: What that is.
        code: The code meant, or empty.
        scheme: Its scheme, or empty.
        name: Its official name in the year, or empty.
        differences: What differs, as words of name_differences.csv.
        message: Why, in Chinese.
        candidates: What may have been meant.
        error: Stable code of an error, or empty.
    """

    row: int
    verdict: VerdictKind
    code: str = ""
    scheme: str = ""
    name: str = ""
    differences: tuple[str, ...] = ()
    message: str = ""
    candidates: tuple[Candidate, ...] = ()
    error: str = ""

    def to_json(self) -> dict[str, object]:
        """Return the verdict as JSON values."""
        return {
            "row": self.row,
            "verdict": self.verdict,
            "code": self.code or None,
            "scheme": self.scheme or None,
            "officialName": self.name or None,
            "differences": list(self.differences),
            "message": self.message,
            "candidates": [
                {"scheme": c.scheme, "code": c.notation, "name": c.name, "reason": c.reason}
                for c in self.candidates
            ],
            "error": self.error or None,
        }


class _Bad(ValueError):
    """A row that cannot be used; the message says why."""


def verdicts(table: Codes, rows: Sequence[object]) -> tuple[Verdict, ...]:
    """Return one verdict per row, in order.

    Args:
        table: The codes.
        rows: Objects with `code` or `name` or both, and perhaps `year`, `scheme` and `parent`, a
            code under which a bare `05` or a name such as 行政运行 stands; anything else is
            explained as an error of its row.
    """
    return tuple(_verdict(table, number, row) for number, row in enumerate(rows, start=1))


def _verdict(table: Codes, number: int, row: object) -> Verdict:
    try:
        code, name, year, scheme, parent = _values(table, row)
        if code:
            return _with_code(table, number, _joined(code, parent), name, year, scheme)
        return _by_name(table, number, name, year, scheme, parent)
    except _Bad as error:
        return Verdict(number, VerdictKind.ERROR, message=str(error), error="E-API-ROW")
    except KemuError as error:
        return Verdict(number, VerdictKind.ERROR, message=error.message, error=error.code)


def _joined(code: str, parent: str) -> str:
    """Return a code of which only its own two digits are printed, put behind its parent's."""
    bare = bare_digits(code)
    if not parent or len(bare) > 2 or not bare.isdigit():
        return code
    return parent + bare.zfill(2)


def _values(table: Codes, row: object) -> tuple[str, str, int | None, str, str]:
    """Return code, name, year, scheme and parent of a row.

    Raises:
        _Bad: It is no row.
        InputError: A text is too long or has control characters, or the year is out of range.
    """
    if not isinstance(row, Mapping):
        raise _Bad("应为对象，如 {“code”: “2080505”, “name”: “…”, “year”: 2024}。")
    odd = [str(key)[:20] for key in row if key not in _COLUMNS]
    if odd:
        known = "、".join(_COLUMNS)
        raise _Bad(f"不认识的列：{'、'.join(odd[:3])}；可以有 {known}。")
    code, name = _text(row, "code"), _text(row, "name")
    if not code and not name:
        raise _Bad("code 和 name 都是空的。")
    scheme = _text(row, "scheme")
    if scheme and scheme not in SCHEMES:
        raise _Bad(f"scheme“{scheme[:20]}”应为 {'、'.join(SCHEMES)} 之一。")
    parent = bare_digits(_text(row, "parent"))
    if parent and not table.domain(parent):
        raise _Bad(f"parent“{parent[:20]}”不是科目代码。")
    return code, name, checked_year(_year(row.get("year"))), scheme, parent


def _whole(value: object) -> object:
    """Return a value without the fraction that a spreadsheet or data frame gives whole numbers."""
    if isinstance(value, float) and value.is_integer():
        return int(value)
    if isinstance(value, str) and (found := _WITH_FRACTION.fullmatch(value)):
        return found[1]
    return value


def _text(row: Mapping[str, object], column: str) -> str:
    value = row.get(column)
    if column in ("code", "parent"):
        value = _whole(value)
    if isinstance(value, int) and not isinstance(value, bool) and column in ("code", "parent"):
        value = str(value)
    if value is None or (isinstance(value, str) and not value.strip()):
        return ""
    if not isinstance(value, str):
        raise _Bad(f"{column} 应为文字。")
    return checked(value)


def _year(value: object) -> int | None:
    value = _whole(value)
    if value is None or value == "":
        return None
    if isinstance(value, str) and value.strip().isdecimal() and len(value.strip()) == 4:
        return int(value)
    if isinstance(value, int) and not isinstance(value, bool):
        return value
    raise _Bad(f"year“{str(value)[:20]}”应为四位年份。")


def _with_code(
    table: Codes, number: int, code: str, name: str, year: int | None, scheme: str
) -> Verdict:
    digits = table.digits(code)
    if scheme and scheme not in table.domain(digits) and table.domain(digits):
        other = table.domain(digits)[0]
        raise _Bad(f"{digits} 按首位数字属于 {other}，不属于 {scheme}。")
    found = resolve_code(table, code, name or None, year, scheme or None)
    if found.code:
        return _known(number, found, bool(name))
    if Differs.CODE_UNKNOWN in found.differences:
        near = found.candidates or _near(table, found.scheme, digits, year)
        return Verdict(
            number, VerdictKind.NO_SUCH_CODE, scheme=found.scheme, differences=found.differences,
            message=found.reason, candidates=near,
        )  # fmt: skip
    if not table.domain(digits):
        raise _Bad(f"“{code[:20]}”不是科目代码：应为 3、5、7 或 9 位数字。")
    kind = VerdictKind.OTHER_NAME
    return Verdict(number, kind, message=found.reason, candidates=found.candidates)


def _known(number: int, found: Resolution, named: bool) -> Verdict:
    words = set(found.differences)
    verdict = VerdictKind.MATCH if named else VerdictKind.CODE
    if words & _OTHER_NAME:
        verdict = VerdictKind.OTHER_NAME
    elif words & _NOT_IN_YEAR:
        verdict = VerdictKind.NOT_IN_YEAR
    elif words:
        verdict = VerdictKind.DIFFERS
    kept = found.candidates if verdict == VerdictKind.OTHER_NAME else ()
    concept = found.concept
    open_end = concept is not None and not concept.current and concept.valid_to is None
    return Verdict(
        number, verdict, found.code, found.scheme, found.official_name, found.differences,
        found.reason + ("该科目已停用，停用年份未考定。" if open_end else ""), kept,
    )  # fmt: skip


def _near(table: Codes, scheme: str, digits: str, year: int | None) -> tuple[Candidate, ...]:
    """Return the codes beside a code that there is not, or the nearest one above it."""
    parent = digits[:-2]
    while len(parent) >= 3:
        if concept := table.get(scheme, parent, year):
            below = table.children(scheme, parent, year) if len(digits) - len(parent) == 2 else ()
            lines = [Candidate(c.notation, c.name, 0.5, "同一上级下的科目", scheme) for c in below]
            above = Candidate(concept.notation, concept.name, 0.4, "上级科目", scheme)
            return (above, *lines[:20])
        parent = parent[:-2]
    return ()


def _by_name(
    table: Codes, number: int, name: str, year: int | None, scheme: str, parent: str
) -> Verdict:
    schemes = table.domain(parent) if parent else (scheme,) if scheme else ()
    narrow = resolve_name(table, name, year, schemes, parent or None) if schemes else None
    near: tuple[Candidate, ...] = ()
    if narrow is not None:
        found = narrow
    else:
        resolved = resolve(table, name, year)
        found, near = resolved.resolution, resolved.near
    if found.code:
        verdict = VerdictKind.DIFFERS if found.differences else VerdictKind.RESOLVED
        return Verdict(
            number, verdict, found.code, found.scheme, found.official_name, found.differences,
            found.reason,
        )  # fmt: skip
    verdict = VerdictKind.AMBIGUOUS if len(found.candidates) > 1 else VerdictKind.UNKNOWN
    return Verdict(number, verdict, message=found.reason, candidates=found.candidates or near)
