"""The application: routes, errors as problem+json, headers. Handlers hold no logic of their own."""

from __future__ import annotations

from typing import Any

from fastapi import FastAPI

from kemu import __version__
from kemu.api import interface, pages
from kemu.api.asking import questions
from kemu.api.asking import routes as asking
from kemu.api.asking.work import Asking
from kemu.api.checking import routes as checking
from kemu.api.checking.work import Checking
from kemu.api.http import problems
from kemu.api.http.bodies import Bounded
from kemu.api.http.cache import AnswerCache
from kemu.api.http.callers import Callers
from kemu.api.http.cross_origin import CrossOrigin
from kemu.api.http.headers import BrowserHeaders
from kemu.api.http.prefix import PathPrefix
from kemu.api.http.settings import settings
from kemu.api.linked import routes as linked
from kemu.api.lookup import batch, code_details, codes, editions, periods, suggestions
from kemu.api.reconciliation import draft, version_0_2
from kemu.report.formats.json_text import dumps

API = "/api/v1"
OPEN = (
    *("/api/v1/codes", "/api/v1/suggest", "/api/v1/domain", "/api/v1/schemes", "/api/v1/changes"),
    *("/api/v1/correspondences", "/api/v1/resolve", "/api/v1/batch", "/reconcile"),
)
"""Paths that pages of other origins may read: codes, never documents."""


def is_open(path: str) -> bool:
    """Return whether pages of other origins may read a path; who prints a code is not for them."""
    return path.startswith(OPEN) and not path.endswith("/evidence")


def build() -> FastAPI:
    """Return a new application."""
    app = FastAPI(
        title="Kemu 科目",
        version=__version__,
        summary="政府收支分类科目查询与预决算公开文件检查",
        description=(
            "所有错误都以 application/problem+json 返回，`code` 在 docs/errors.md 里有说明。\n\n"
            "Codes of the Chinese budget classification, and checks of published budgets."
        ),
        license_info={"name": "Apache-2.0", "identifier": "Apache-2.0"},
        docs_url=None,
        redoc_url=None,
        openapi_url="/openapi.json",
    )
    for one in (codes, code_details, suggestions, batch, editions, periods):
        app.include_router(one.router, prefix=API)
    app.include_router(checking.router, prefix=API)
    app.include_router(questions.router, prefix=API)
    app.include_router(asking.router)
    app.include_router(pages.router)
    app.include_router(interface.router)
    app.include_router(draft.router)
    app.include_router(version_0_2.router)
    app.include_router(linked.router)
    problems.install(app)
    told = settings()
    app.state.checking = Checking(told.limits.check)
    app.state.asking = Asking(told.documents, told.limits.query)
    app.add_middleware(BrowserHeaders)
    app.add_middleware(
        Bounded,
        most=told.limits.body.most_bytes,
        larger={f"{API}{checking.PATH}": told.limits.check.most_bytes},
    )
    app.add_middleware(AnswerCache)
    app.add_middleware(CrossOrigin, is_open=is_open)
    app.add_middleware(Callers, hosts=told.hosts, is_open=is_open)
    app.add_middleware(PathPrefix, base=told.base)
    app.openapi = lambda: _with_problem(app)  # type: ignore[method-assign]
    return app


def description() -> str:
    """Return the interface description, as api/openapi.json holds it."""
    return dumps(build().openapi())


def _with_problem(app: FastAPI) -> dict[str, Any]:
    """Return the description with the schema of errors, which no route names as its model."""
    described = FastAPI.openapi(app)
    described["components"]["schemas"]["Problem"] = problems.Problem.model_json_schema()
    return described


if __name__ == "__main__":
    from pathlib import Path

    target = Path(__file__).resolve().parents[3] / "api" / "openapi.json"
    target.write_text(description(), encoding="utf-8", newline="\n")
