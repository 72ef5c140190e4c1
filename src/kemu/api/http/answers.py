"""One answer in several forms: JSON, CSV, Turtle, JSON-LD, as the Accept header asks."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from typing import Annotated
from urllib.parse import urlencode

from fastapi import Depends, Query, Request, Response

from kemu.api.http.negotiation import (
    JSON,
    JSON_LD,
    N_TRIPLES,
    RDF_XML,
    TURTLE,
    choose,
    reply,
)
from kemu.classification.rdf.serialised import Form, serialised
from kemu.classification.rdf.terms import Triple
from kemu.errors import InputError
from kemu.report.formats.csv_lines import lines
from kemu.report.formats.json_text import dumps

CSV = "text/csv"
RDF_FORMS = {
    TURTLE: Form.TURTLE,
    JSON_LD: Form.JSON_LD,
    N_TRIPLES: Form.N_TRIPLES,
    RDF_XML: Form.RDF_XML,
}
"""Media types of RDF: to the form of it."""
SEPARATORS = {"comma": ",", "semicolon": ";", "tab": "\t"}
"""What may stand between the cells of a table: the parameter to the character."""
Table = tuple[Sequence[str], Iterable[Sequence[object]]]


@dataclass(frozen=True)
class Forms:
    """How to make each form of an answer; None where there is none.

    Attributes:
        json: Makes the JSON value.
        csv: Makes header and rows.
        rdf: Makes the triples.
    """

    json: Callable[[], object]
    csv: Callable[[], Table] | None = None
    rdf: Callable[[], Iterable[Triple]] | None = None

    @property
    def offered(self) -> tuple[str, ...]:
        """The media types there are, ours first."""
        tables = (CSV,) if self.csv else ()
        return (JSON, *tables, *RDF_FORMS) if self.rdf else (JSON, *tables)


def respond(request: Request, forms: Forms, file: str = "", link: str = "") -> Response:
    """Return an answer in the form that the client wants most, with its ETag.

    Args:
        request: Whose Accept header decides.
        forms: How to make each.
        file: Name under which a table is to be saved, without suffix; empty to show it.
        link: The Link header, for pages of a list.
    """
    media = choose(request, forms.offered)
    if media == CSV and forms.csv:
        body: str | bytes = _table(request, *forms.csv())
    elif media in RDF_FORMS and forms.rdf:
        body = serialised(forms.rdf(), RDF_FORMS[media])
    else:
        body = dumps(forms.json())
    response = reply(request, body, media)
    if file and media == CSV:
        response.headers["Content-Disposition"] = f'attachment; filename="{file}.csv"'
    if link:
        response.headers["Link"] = link
    return response


def _table(request: Request, columns: Sequence[str], rows: Iterable[Sequence[object]]) -> str:
    """Return a table with the columns and the separator that the request asks for.

    Raises:
        InputError: There is no such column or separator.
    """
    asked = request.query_params.get("csvFields", "")
    wanted = [one.strip() for one in asked.split(",") if one.strip()] or list(columns)
    if odd := [one for one in wanted if one not in columns]:
        raise InputError(
            "E-API-SELECT",
            f"没有“{odd[0][:30]}”这一列",
            "csvFields",
            f"可以是：{'、'.join(columns)}。",
        )
    name = request.query_params.get("csvSeparator", "comma")
    if name not in SEPARATORS:
        known = "、".join(SEPARATORS)
        raise InputError("E-API-SELECT", f"没有“{name[:20]}”", "csvSeparator", f"可以是：{known}。")
    at = [columns.index(one) for one in wanted]
    return lines(wanted, ([row[n] for n in at] for row in rows), SEPARATORS[name])


def next_page(request: Request, offset: int, total: int) -> str:
    """Return the Link header that leads to what comes after an offset; empty at the end."""
    after = path_of(request, offset) if offset < total else ""
    return f'<{after}>; rel="next"' if after else ""


def path_of(request: Request, offset: int) -> str:
    """Return a reference, relative to the address asked for, that has another offset."""
    kept = [(k, v) for k, v in request.query_params.multi_items() if k != "offset"]
    return f"?{urlencode([*kept, ('offset', str(offset))])}"


def media(*types: str, example: object = None) -> dict[str, dict[str, object]]:
    """Return the media types of an answer for the interface description."""
    found: dict[str, dict[str, object]] = {one: {} for one in types}
    if example is not None:
        found[types[0]] = {"example": example}
    return found


def _table_choice(
    _fields: Annotated[
        str,
        Query(alias="csvFields", description="CSV 只要这些列，用逗号隔开", examples=["code,name"]),
    ] = "",
    _separator: Annotated[
        str,
        Query(
            alias="csvSeparator",
            description="CSV 的分隔符",
            json_schema_extra={"enum": list(SEPARATORS)},
        ),
    ] = "comma",
) -> None:
    """Tell which choices there are for tables; `respond` reads them where it writes one."""


TABLE = Depends(_table_choice)
"""What every operation that answers with tables takes as well."""
ALL = (JSON, CSV, *RDF_FORMS)
