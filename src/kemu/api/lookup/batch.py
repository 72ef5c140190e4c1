"""Many rows of (code, name, year) at once: a verdict per row; bad rows stop no other."""

from __future__ import annotations

import csv
import io
import json
import tomllib
from collections import Counter
from functools import cache

import anyio
from fastapi import APIRouter, Request, Response

from kemu.api.http.answers import CSV, TABLE, Forms, media, respond
from kemu.api.http.negotiation import JSON
from kemu.api.http.problems import RESPONSES
from kemu.api.lookup import models
from kemu.assets import asset
from kemu.classification import load
from kemu.classification.lookup.verdicts import VERDICTS, Verdict, verdicts
from kemu.errors import InputError

MOST_ROWS = 10_000
COLUMNS = (
    "row", "verdict", "code", "scheme", "officialName", "differences", "message", "candidates",
    "error",
)  # fmt: skip
_ROWS = [
    {"code": "2080505", "name": "机关事业单位基本养老保险缴费", "year": 2023},
    {"code": "2080505", "name": "住房公积金", "year": 2023},
    {"code": 208, "year": "二〇二三"},
]
_SCHEMA = {
    "type": "array",
    "items": {
        "type": "object",
        "properties": {
            "code": {"type": "string", "description": "代码，可带点或空格"},
            "name": {"type": "string", "description": "照原文写的名称"},
            "year": {"type": "integer", "description": "按哪一年的科目"},
            "parent": {"type": "string", "description": "上级代码：code 只有两位，或名称重复时"},
            "scheme": {"type": "string", "description": "哪套科目；不写就看代码首位"},
        },
    },
    "examples": [_ROWS],
}

router = APIRouter(tags=["codes"], responses=RESPONSES)


def _answer(found: tuple[Verdict, ...]) -> dict[str, object]:
    counted = Counter(one.verdict for one in found)
    return {
        "rows": len(found),
        "counts": {word: counted[word] for word in VERDICTS if counted[word]},
        "verdicts": [one.to_json() for one in found],
    }


@router.post(
    "/batch",
    summary="批量核对代码和名称 / Verdicts on many codes and names",
    description=(
        "请求体是 JSON 数组，或带表头的 CSV（text/csv）；列为 code、name、year、scheme、parent，"
        "也可以写作代码、名称、年度、分类、上级。"
        "每行一个结论，次序不变；用不了的行写明为什么，其余照常。\n\n"
        "结论：" + "；".join(f"`{word}` {meaning}" for word, meaning in VERDICTS.items()) + "。"
    ),
    responses={
        200: {
            "model": models.Batch,
            "description": "每行一个结论",
            "content": media(JSON, CSV, example=_answer(verdicts(load(), _ROWS))),
        },
        413: {"description": "太大", "content": RESPONSES[400]["content"]},
    },
    openapi_extra={
        "requestBody": {
            "required": True,
            "content": {
                "application/json": {"schema": _SCHEMA},
                "text/csv": {"schema": {"type": "string"}},
            },
        }
    },
    dependencies=[TABLE],
)
async def batch(request: Request) -> Response:
    """Return a verdict on every row of a table."""
    body = await request.body()
    kind = request.headers.get("content-type", "").partition(";")[0].strip().lower()
    rows = _table(body) if kind == CSV else _array(body)
    if len(rows) > MOST_ROWS:
        raise InputError("E-API-SIZE", f"有 {len(rows)} 行，最多 {MOST_ROWS} 行", "", "请分几次。")
    asked = [_in_english(row) for row in rows]
    found = await anyio.to_thread.run_sync(lambda: verdicts(load(), asked))
    forms = Forms(json=lambda: _answer(found), csv=lambda: (COLUMNS, [_flat(one) for one in found]))
    response = respond(request, forms)
    response.headers["Cache-Control"] = "no-store"
    return response


def _array(body: bytes) -> list[object]:
    """Return the rows of a JSON array, or of `{"rows": […]}`.

    Raises:
        InputError: It is neither.
    """
    try:
        found = json.loads(body)
    except (ValueError, RecursionError) as error:
        line = getattr(error, "lineno", 0)
        place = f"第{line}行第{getattr(error, 'colno', 0)}列" if line else ""
        raise InputError(
            "E-API-BODY", "请求体不是 JSON", place, "应为数组，每行一个对象。"
        ) from None
    if isinstance(found, dict) and isinstance(found.get("rows"), list):
        found = found["rows"]
    if not isinstance(found, list):
        raise InputError("E-API-BODY", "请求体不是 JSON 数组", "", "应为数组，每行一个对象。")
    return found


def _table(body: bytes) -> list[object]:
    """Return the rows of a CSV with header.

    Raises:
        InputError: It is no UTF-8, or has neither a column of codes nor one of names.
    """
    try:
        text = body.decode("utf-8-sig")
    except UnicodeDecodeError:
        raise InputError("E-API-BODY", "CSV 不是 UTF-8 编码", "", "请另存为 UTF-8。") from None
    reader = csv.DictReader(io.StringIO(text, newline=""), restkey="…")
    if not {"code", "name"} & {_column(title) for title in reader.fieldnames or ()}:
        raise InputError(
            "E-API-BODY", "CSV 没有代码（code）或名称（name）列", "", "第一行应为列名。"
        )
    try:
        return list(reader)
    except csv.Error as error:
        raise InputError("E-API-BODY", f"CSV 写得不对：{error}", f"第{reader.line_num}行") from None


@cache
def _titles() -> dict[str, str]:
    """Return every title that a column may have, and the column."""
    words = tomllib.loads(asset("api", "batch.toml").read_text(encoding="utf-8"))["columns"]
    return {title: column for column, titles in words.items() for title in titles}


def _column(title: str) -> str:
    plain = title.strip()
    return _titles().get(plain, plain)


def _in_english(row: object) -> object:
    """Return a row whose columns have the names of the interface; two of one name stay apart."""
    if not isinstance(row, dict):
        return row
    found: dict[str, object] = {}
    for title, value in row.items():
        name = _column(str(title))
        found[title if name in found else name] = value
    return found


def _flat(one: Verdict) -> list[object]:
    value = one.to_json()
    value["differences"] = ";".join(one.differences)
    value["candidates"] = ";".join(f"{c.notation} {c.name}" for c in one.candidates)
    return [value[column] for column in COLUMNS]
