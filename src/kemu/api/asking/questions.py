"""The questions that come with Kemu, over HTTP: what there is to ask, and the answers."""

from __future__ import annotations

import json
from typing import Annotated, Any, Literal

from fastapi import APIRouter, Path, Query, Request, Response
from pydantic import BaseModel, Field

from kemu.api.asking.work import Asked, Asking, Form
from kemu.api.checking.work import while_connected
from kemu.api.http.answers import CSV, TABLE, Forms, media, respond
from kemu.api.http.negotiation import JSON
from kemu.api.http.problems import RESPONSES, problem
from kemu.errors import NotFoundError
from kemu.graph.sparql import queries
from kemu.graph.sparql.results import name_of

PATH = "/questions"
router = APIRouter(tags=["questions"], responses=RESPONSES)
Lang = Annotated[Literal["zh", "en"], Query(description="各项含义用哪种语言写出")]


class Parameter(BaseModel):
    """What a question must be told."""

    name: str = Field(description="参数名", examples=["code"])
    about: str = Field(description="写什么", examples=["科目代码，例如 2080505"])
    example: str = Field(description="可以试的值", examples=["2080505"])


class Question(BaseModel):
    """A question that may be asked of the documents in the store."""

    name: str = Field(description="名称", examples=["spending_of_code"])
    title: str = Field(description="回答什么", examples=["一个科目的支出"])
    parameters: list[Parameter] = Field(description="要给的参数")


class Answer(BaseModel):
    """The answer to a question, as a table."""

    name: str = Field(description="问的是哪个问题", examples=["spending_of_code"])
    title: str = Field(description="回答什么", examples=["一个科目的支出"])
    columns: list[str] = Field(description="各列", examples=[["organisation", "year", "yuan"]])
    rows: list[dict[str, str]] = Field(
        description="每行一个结果；没有值的列不写；数按原样写成文字",
        examples=[[{"yuan": "1182400"}]],
    )


@router.get(PATH, summary="可以问的问题 / The questions", response_model=list[Question])
def questions(request: Request, lang: Lang = "zh") -> Response:
    """Return what may be asked."""
    return respond(
        request, Forms(lambda: [_described(q, lang).model_dump() for q in queries.named()])
    )


@router.get(
    f"{PATH}/{{name}}",
    summary="问一个问题 / Ask a question",
    description="参数写在地址里，如 `/api/v1/questions/spending_of_code?code=2080505`。",
    response_model=Answer,
    dependencies=[TABLE],
    responses={
        200: {"content": media(JSON, CSV)},
        503: problem("查询太多，太久，或结果太大"),
    },
)
async def ask(
    request: Request,
    name: Annotated[str, Path(description="问题的名称", examples=["documents"])],
    lang: Lang = "zh",
) -> Response:
    """Return the answer to a question."""
    query = _named(name)
    values = {p: request.query_params[p] for p in query.parameters if p in request.query_params}
    queries.check(query, values)
    asking: Asking = request.app.state.asking
    with asking.place():
        asked = Asked(query, values)
        body = await while_connected(request, lambda: asking.answer(asked, Form("json")))
    found = json.loads(body)
    columns: list[str] = found["head"]["vars"]
    rows = [_row(one, lang) for one in found["results"]["bindings"]]
    response = respond(request, Forms(
        lambda: {
            "name": query.name, "title": query.title.get(lang, ""), "columns": columns,
            "rows": rows,
        },
        lambda: (columns, [[row.get(column, "") for column in columns] for row in rows]),
    ))  # fmt: skip
    # What was written to the store since is to be seen at once.
    del response.headers["ETag"]
    response.headers["Cache-Control"] = "no-store"
    return response


def _row(bindings: dict[str, Any], lang: str) -> dict[str, str]:
    return {
        name: (term["type"] == "uri" and name_of(term["value"], lang)) or term["value"]
        for name, term in bindings.items()
    }


def _described(query: queries.Query, lang: str) -> Question:
    parameters = [
        Parameter(name=name, about=about, example=query.example.get(name, ""))
        for name, about in query.parameters.items()
    ]
    return Question(name=query.name, title=query.title.get(lang, ""), parameters=parameters)


def _named(name: str) -> queries.Query:
    known = {query.name: query for query in queries.named()}
    if name not in known:
        names = "、".join(known)
        raise NotFoundError("E-QUERY-NAME", "没有这个问题", name[:40], f"可用的名称：{names}。")
    return known[name]
