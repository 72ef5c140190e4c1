"""The interface description as a page, for readers: made from the OpenAPI document, offline."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Annotated, Any, Literal
from urllib.parse import quote, urlencode

from fastapi import APIRouter, FastAPI, Query, Request, Response

from kemu.api.pages import page

Schema = Mapping[str, Any]
DOCUMENT = "/openapi.json"

router = APIRouter(include_in_schema=False)


@dataclass(frozen=True)
class Field:
    """A parameter of an operation, or a field of an answer.

    Attributes:
        name: As written.
        kind: What may stand there.
        about: What it means; empty if its name says it.
        required: Whether it must be given.
    """

    name: str
    kind: str
    about: str = ""
    required: bool = False


@dataclass(frozen=True)
class Operation:
    """One operation as the page shows it.

    Attributes:
        anchor: Of its section.
        method: `GET` or `POST`.
        path: With its parameters in braces.
        title: What it is for.
        about: More of it, line by line.
        parameters: What it takes.
        media: Forms of the answer, ours first.
        fields: Of the answer in JSON.
        example: An address to try, or empty.
    """

    anchor: str
    method: str
    path: str
    title: str
    about: list[str]
    parameters: list[Field]
    media: list[str]
    fields: list[Field]
    example: str


@router.get("/docs")
def interface(request: Request, lang: Annotated[Literal["zh", "en"], Query()] = "zh") -> Response:
    """Return the page that shows the interface description."""
    app: FastAPI = request.app
    found = operations(app.openapi(), lang)
    root = request.scope.get("root_path", "")
    return page(request, "interface.html", lang, operations=found, root=root, document=DOCUMENT)


def operations(described: Schema, lang: str) -> list[Operation]:
    """Return the operations of an interface description, in its order."""
    schemas = described["components"]["schemas"]
    return [
        _operation(path, method, one, schemas, lang)
        for path, methods in described["paths"].items()
        for method, one in methods.items()
    ]


def _operation(path: str, method: str, one: Schema, schemas: Schema, lang: str) -> Operation:
    zh, _, en = one.get("summary", path).partition(" / ")
    content = one["responses"]["200"].get("content", {})
    schema = content.get("application/json", {}).get("schema", {})
    given = one.get("parameters", ())
    return Operation(
        anchor=one["operationId"],
        method=method.upper(),
        path=path,
        title=en if lang == "en" and en else zh,
        about=one.get("description", "").split("\n\n"),
        parameters=[_parameter(p, schemas) for p in given],
        media=list(content),
        fields=list(_fields(schema, schemas)),
        example=_example(path, given) if method == "get" else "",
    )


def _parameter(one: Schema, schemas: Schema) -> Field:
    schema = one["schema"]
    return Field(
        one["name"],
        kind_of(schema, schemas),
        one.get("description", ""),
        one.get("required", False),
    )


def _fields(schema: Schema, schemas: Schema) -> Iterator[Field]:
    """Yield the fields of an object, or of the objects that a list holds."""
    whole = _resolved(schema, schemas)
    if whole.get("type") == "array":
        whole = _resolved(whole["items"], schemas)
    for choice in whole.get("anyOf", ()):
        yield from _fields(choice, schemas)
    for name, field in whole.get("properties", {}).items():
        yield Field(name, kind_of(field, schemas), field.get("description", ""))


def kind_of(schema: Schema, schemas: Schema) -> str:
    """Return what may stand in a place, in words of JSON Schema."""
    whole = _resolved(schema, schemas)
    if "anyOf" in whole:
        return " | ".join(dict.fromkeys(kind_of(one, schemas) for one in whole["anyOf"]))
    if values := whole.get("enum"):
        return " | ".join(map(str, values))
    if whole.get("type") == "array":
        return f"[{kind_of(whole.get('items', {}), schemas)}]"
    return str(whole.get("title" if "properties" in whole else "type", "any"))


def _resolved(schema: Schema, schemas: Schema) -> Schema:
    name = schema.get("$ref", "").rpartition("/")[2]
    return schemas[name] if name else schema


def _example(path: str, parameters: Any) -> str:
    """Return an address that works, from the examples of what is required."""
    asked: dict[str, str] = {}
    for one in parameters:
        values = one["schema"].get("examples") or one["schema"].get("enum") or [None]
        if one["in"] == "path":
            path = path.replace(f"{{{one['name']}}}", quote(str(values[0])))
        elif one.get("required"):
            asked[one["name"]] = str(values[0])
    return f"{path}?{urlencode(asked)}" if asked else path
