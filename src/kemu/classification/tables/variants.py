"""Local codes: what places number below the national codes, each of one division.

The same number means something else in another place, so a local code has no national name and is
never one of the tables.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache

from kemu.classification.tables.concept import Scheme
from kemu.classification.tables.rows import rows, split
from kemu.errors import InternalError

FILE = "local_codes.csv"


@dataclass(frozen=True, slots=True)
class LocalCode:
    """A code below a national one, as the documents of one place print it.

    Attributes:
        division: Name of the place.
        division_code: Its code of administrative divisions.
        scheme: Of the national code.
        code: All digits.
        name: As printed.
        parent: The national code that it is a part of.
        documents: How many documents print it.
        years: In which years.
    """

    division: str
    division_code: str
    scheme: Scheme
    code: str
    name: str
    parent: str
    documents: int
    years: tuple[int, ...]

    def to_json(self) -> dict[str, object]:
        """Return the code as JSON values."""
        return {
            "division": self.division,
            "divisionCode": self.division_code,
            "scheme": self.scheme,
            "code": self.code,
            "name": self.name,
            "parent": self.parent,
            "documents": self.documents,
            "years": list(self.years),
        }


@cache
def local_codes() -> tuple[LocalCode, ...]:
    """Return all local codes, in order of division and code.

    Raises:
        InternalError: A row of the table has no division, or does not lie below its parent.
    """
    return tuple(local_code(row) for row in rows(FILE))


def local_code(row: dict[str, str]) -> LocalCode:
    """Return a row of the table as a local code.

    Raises:
        InternalError: It has no division, or does not lie below its parent.
    """
    if not row["division"] or not row["division_code"]:
        raise InternalError("E-INTERNAL", f"地方代码 {row['code']} 没有写明行政区划", FILE)
    if not row["code"].startswith(row["parent"]) or row["code"] == row["parent"]:
        raise InternalError("E-INTERNAL", f"地方代码 {row['code']} 不在 {row['parent']} 之下", FILE)
    return LocalCode(
        row["division"], row["division_code"], Scheme(row["scheme"]), row["code"], row["name"],
        row["parent"], int(row["documents"]), tuple(int(year) for year in split(row["years"])),
    )  # fmt: skip


@cache
def _by_code() -> dict[str, tuple[LocalCode, ...]]:
    found: defaultdict[str, tuple[LocalCode, ...]] = defaultdict(tuple)
    for one in local_codes():
        found[one.code] = (*found[one.code], one)
        found[one.parent] = (*found[one.parent], one)
    return dict(found)


def local(scheme: str, code: str) -> tuple[LocalCode, ...]:
    """Return the local codes of a number, or below a national code, of every place."""
    return tuple(one for one in _by_code().get(code, ()) if one.scheme == scheme)


def divisions(scheme: str) -> Iterator[tuple[str, str]]:
    """Yield name and code of the places that have local codes of a scheme."""
    yield from dict.fromkeys(
        (one.division, one.division_code) for one in local_codes() if one.scheme == scheme
    )
