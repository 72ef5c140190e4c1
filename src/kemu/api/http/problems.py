"""Errors over HTTP: always problem+json (RFC 9457), whatever went wrong and wherever."""

from __future__ import annotations

import logging
from http import HTTPStatus
from typing import Any

from fastapi import FastAPI, Request, Response
from fastapi.exceptions import RequestValidationError
from pydantic import BaseModel, Field
from starlette.exceptions import HTTPException
from starlette.requests import ClientDisconnect

from kemu.errors import InputError, KemuError, NotFoundError
from kemu.report.formats.json_text import dumps

MEDIA = "application/problem+json"
_TITLES = {
    400: "请求不对", 404: "没有找到", 405: "不支持这种请求方法", 406: "没有这种格式",
    403: "不接受这个请求", 408: "请求没有到齐", 413: "内容太大", 414: "地址太长",
    415: "不能这样上传", 421: "不是这里的地址", 422: "参数不对", 431: "请求头太大",
    500: "程序错误", 503: "太忙",
}  # fmt: skip
_STATUS = {
    "E-API-ACCEPT": 406,
    "E-API-SIZE": 413,
    "E-API-ENVELOPE": 415,
    "E-API-BUSY": 503,
    "E-API-LIMIT": 503,
}
_LOG = logging.getLogger("kemu.api")


class Problem(BaseModel):
    """What is wrong with a request."""

    type: str = Field(description="错误说明的地址", examples=["urn:kemu:error:E-API-NOT-FOUND"])
    title: str = Field(description="一类错误的名称", examples=["没有找到"])
    status: int = Field(description="HTTP 状态码", examples=[404])
    detail: str = Field(description="具体是什么不对", examples=["科目表中没有代码 2080500"])
    code: str = Field(description="稳定的错误代码", examples=["E-API-NOT-FOUND"])
    advice: str = Field(default="", description="可以怎么办", examples=["请核对代码。"])
    errors: list[dict[str, Any]] = Field(default=[], description="每个参数的错误")


def problem(title: str) -> dict[str, Any]:
    """Return an error for the description of an address."""
    schema = {"$ref": "#/components/schemas/Problem"}
    return {"description": title, "content": {MEDIA: {"schema": schema}}}


RESPONSES: dict[int | str, dict[str, Any]] = {
    status: problem(_TITLES[status]) for status in (400, 404, 406, 422)
}


def answer(
    status: int,
    code: str,
    detail: str,
    advice: str = "",
    errors: list[dict[str, Any]] | None = None,
) -> Response:
    """Return one problem."""
    body = {
        "type": f"urn:kemu:error:{code}",
        "title": _TITLES.get(status) or HTTPStatus(status).phrase,
        "status": status,
        "detail": detail,
        "code": code,
        "advice": advice,
        "errors": errors or [],
    }
    return Response(dumps(body), status, media_type=MEDIA)


def install(app: FastAPI) -> None:
    """Make every error of an application a problem."""
    app.add_exception_handler(KemuError, _kemu)
    app.add_exception_handler(HTTPException, _http)
    app.add_exception_handler(RequestValidationError, _validation)
    app.add_exception_handler(ClientDisconnect, _gone)
    app.add_exception_handler(Exception, _internal)


def _kemu(request: Request, error: Exception) -> Response:
    assert isinstance(error, KemuError)
    detail = f"{error.where}：{error.message}" if error.where else error.message
    response = answer(_status(error), error.code, detail, error.advice)
    if response.status_code == 503:
        response.headers["Retry-After"] = "10"
    return response


def _status(error: KemuError) -> int:
    if error.code in _STATUS:
        return _STATUS[error.code]
    if isinstance(error, NotFoundError):
        return 404
    return 400 if isinstance(error, InputError) else 500


def _http(request: Request, error: Exception) -> Response:
    assert isinstance(error, HTTPException)
    codes = {404: "E-API-NOT-FOUND", 405: "E-API-METHOD", 413: "E-API-SIZE"}
    details = {
        404: f"没有这个地址：{request.url.path}",
        405: f"这个地址不支持 {request.method}",
    }
    status = error.status_code
    response = answer(
        status,
        codes.get(status, "E-API-REQUEST"),
        details.get(status, str(error.detail)),
        "查询接口在 /api/v1 下，说明见 /openapi.json。",
    )
    for name, value in (error.headers or {}).items():
        response.headers[name] = value
    return response


def _validation(request: Request, error: Exception) -> Response:
    assert isinstance(error, RequestValidationError)
    errors = [
        {"parameter": ".".join(str(part) for part in one["loc"]), "problem": one["msg"]}
        for one in error.errors()
    ]
    names = "、".join(dict.fromkeys(str(one["loc"][-1]) for one in error.errors()))
    return answer(
        422, "E-API-PARAMETER", f"参数不对：{names}", "接口说明见 /openapi.json。", errors
    )


def _gone(request: Request, error: Exception) -> Response:
    """Return an answer that nobody reads: the client has gone, which is no fault of ours."""
    return Response(status_code=400)


def _internal(request: Request, error: Exception) -> Response:
    _LOG.error("request failed: %s", request.url.path, exc_info=error)
    return answer(500, "E-INTERNAL", f"程序出错：{type(error).__name__}", "请把情况告诉维护者。")
