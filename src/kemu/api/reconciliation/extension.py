"""Values of codes to be fetched for a reconciled table (the data extension of the protocol)."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping

from kemu.api.reconciliation.protocol import MOST_BATCH, Json, concept_of
from kemu.classification import Concept, load
from kemu.classification.lookup.entry import entry
from kemu.classification.lookup.query import checked_year
from kemu.errors import InputError, NotFoundError
from kemu.model import iri
from kemu.report.codes.definitions import definitions


def extended(identifier: str, name: str, year: int | None) -> list[Json]:
    """Return the values of a property of a code; none if the code or the value is unknown."""
    try:
        concept = concept_of(identifier)
    except NotFoundError:
        return []
    if year is not None:
        concept = load().get(concept.scheme, concept.notation, year) or concept
    return _VALUES[name](concept, year) if name in _VALUES else []


def _texts(*values: object) -> list[Json]:
    return [{"str": str(value)} for value in values if value not in (None, "")]


def _numbers(*values: int | None) -> list[Json]:
    return [{"int": value} for value in values if value is not None]


def _codes(scheme: str, notations: Iterable[str]) -> list[Json]:
    found = (load().get(scheme, notation) for notation in notations)
    return [{"id": c.notation, "name": c.name} for c in found if c is not None]


def _name(concept: Concept, year: int | None) -> str:
    return concept.name if year is None else concept.name_in(year)


_VALUES: dict[str, Callable[[Concept, int | None], list[Json]]] = {
    "code": lambda c, y: _texts(c.notation),
    "name": lambda c, y: _texts(_name(c, y)),
    "parent": lambda c, y: _codes(c.scheme, [c.parent] if c.parent else []),
    "level": lambda c, y: _texts(c.level),
    "path": lambda c, y: _texts(" > ".join(link.name for link in entry(load(), c, y).path)),
    "otherNames": lambda c, y: _texts(*(n.text for n in c.names[1:])),
    "validFrom": lambda c, y: _numbers(c.valid_from),
    "validTo": lambda c, y: _numbers(c.valid_to),
    "status": lambda c, y: _texts(c.status),
    "successor": lambda c, y: _codes(c.scheme, c.successor),
    "counterpart": lambda c, y: [
        {"id": link.code, "name": link.name} for link in entry(load(), c, y).counterparts
    ],
    "budget": lambda c, y: _texts(*c.budget),
    "cofog": lambda c, y: _texts(entry(load(), c, y).cofog),
    "definition": lambda c, y: _texts(*(d.definition for d in definitions(c.scheme, c.notation))),
    "confidence": lambda c, y: _texts(c.confidence),
    "iri": lambda c, y: _texts(iri.code(c.scheme, c.notation)),
}


def asked(value: object) -> tuple[list[str], list[tuple[str, int | None]]]:
    """Return identifiers and (property, year) of a data extension query.

    Raises:
        InputError: It is not of the form that the protocol wants.
    """
    if not isinstance(value, Mapping):
        raise InputError("E-RECONCILE-QUERY", "扩展查询应为对象", "extend")
    ids, wanted = value.get("ids"), value.get("properties")
    if not isinstance(ids, list) or not isinstance(wanted, list):
        raise InputError("E-RECONCILE-QUERY", "ids 和 properties 应为数组", "extend")
    if len(ids) > MOST_BATCH:
        raise InputError("E-API-SIZE", f"有 {len(ids)} 个，最多 {MOST_BATCH} 个", "ids")
    names = []
    for one in wanted:
        if not isinstance(one, Mapping) or not isinstance(one.get("id"), str):
            raise InputError("E-RECONCILE-QUERY", "每个属性应为带 id 的对象", "properties")
        names.append((str(one["id"]), _setting(one.get("settings"))))
    return [str(one)[:60] for one in ids], names


def _setting(value: object) -> int | None:
    """Return the year of a setting; none where it is left at its default, 0."""
    year = value.get("year") if isinstance(value, Mapping) else None
    try:
        number = int(float(str(year or 0)))
    except (ValueError, OverflowError):
        raise InputError("E-RECONCILE-QUERY", "设置 year 应为年份", "settings") from None
    return checked_year(number or None)
