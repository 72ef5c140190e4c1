"""Checks in processes of their own, only so many and so long; ended when nobody waits for them."""

from __future__ import annotations

import traceback
from collections.abc import Awaitable, Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, replace
from pathlib import Path
from typing import TypeVar, TypeVarTuple, Unpack

import anyio
from anyio import to_process, to_thread
from fastapi import Request
from starlette.requests import ClientDisconnect

from kemu.api.checking.upload import Upload
from kemu.api.http.settings import Checks
from kemu.api.waiting import Places
from kemu.errors import InputError

T = TypeVar("T")
Ts = TypeVarTuple("Ts")


@dataclass(frozen=True)
class Report:
    """What a check found, written in one format.

    Attributes:
        headline: The verdict.
        body: The report.
    """

    headline: str
    body: bytes


class Checking:
    """The checks of one server."""

    def __init__(self, limits: Checks) -> None:
        self._limits = limits
        self._places = Places(limits.most, "正在检查和等待的文件已有 {} 份")
        self._workers = anyio.CapacityLimiter(limits.at_once)

    @contextmanager
    def place(self) -> Iterator[None]:
        """Take one of the places for uploads, to be had before anything is received.

        Raises:
            InputError: All are taken.
        """
        with self._places.taken():
            yield

    async def report(self, upload: Upload, form: str, lang: str) -> Report:
        """Return the report on a file.

        Raises:
            InputError: The file cannot be used, or it takes too long.
        """
        with anyio.move_on_after(self._limits.seconds):
            return await self._apart(report, upload.path, upload.name, form, lang)
        message = f"{self._limits.seconds} 秒内没有检查完"
        raise InputError("E-API-BUSY", message, upload.name, "请用 kemu check 检查。")

    async def _apart(self, work: Callable[[Unpack[Ts]], T], *about: *Ts) -> T:
        """Return what some work gives, done in another process or else in another thread."""
        try:
            return await to_process.run_sync(work, *about, cancellable=True, limiter=self._workers)
        except NotImplementedError:
            # On Windows the event loop of one of several --workers starts no processes.
            return await to_thread.run_sync(
                work, *about, abandon_on_cancel=True, limiter=self._workers
            )


def report(path: Path, name: str, form: str, lang: str) -> Report:
    """Return the report on a file, or on each document of an archive, by the user's names.

    Raises:
        InputError: The file cannot be used.
    """
    from kemu.model.facts import Extraction
    from kemu.pipeline.documents import of_one
    from kemu.report import render
    from kemu.report.listing import worst
    from kemu.validate import check

    try:
        outcomes = [o for o in of_one(path, name, check) if not isinstance(o, Extraction)]
        return Report(worst(outcomes), render(outcomes, form, lang))
    except InputError as error:
        raise replace(error, where=error.where.replace(str(path), name)) from None
    except Exception as error:
        # Where it happened is known here only; the process that asked writes it down.
        error.add_note(traceback.format_exc())
        raise


async def while_connected(request: Request, work: Callable[[], Awaitable[T]]) -> T:
    """Return what some work gives; it is ended when the client goes away.

    Raises:
        ClientDisconnect: The client went away.
    """
    results: list[T | Exception] = []
    async with anyio.create_task_group() as group:

        async def wait() -> None:
            while (await request.receive())["type"] != "http.disconnect":
                pass
            group.cancel_scope.cancel()

        group.start_soon(wait)
        try:
            results.append(await work())
        except Exception as error:
            # Raised behind the group, which would wrap it.
            results.append(error)
        group.cancel_scope.cancel()
    if not results:
        raise ClientDisconnect
    if isinstance(results[0], Exception):
        raise results[0]
    return results[0]
