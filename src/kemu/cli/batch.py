"""Many items worked on in parallel, one bad item never stopping the others."""

from __future__ import annotations

import traceback
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import Future, ProcessPoolExecutor
from concurrent.futures.process import BrokenProcessPool
from contextlib import contextmanager
from contextvars import ContextVar
from multiprocessing import get_context
from typing import Protocol, TypeVar

from kemu.cli.console import Progress
from kemu.errors import KemuError
from kemu.report.outcome import Failure


class Named(Protocol):
    """Something to work on."""

    @property
    def name(self) -> str:
        """The file, as the user gave it."""


_Item = TypeVar("_Item", bound=Named)
_Result = TypeVar("_Result")


def run(
    items: Sequence[_Item], work: Callable[[_Item], _Result], jobs: int
) -> Iterator[_Result | Failure]:
    """Yield what became of every item, in the order given.

    Args:
        items: What to work on.
        work: A module-level function; called in other processes where `jobs` is more than 1.
        jobs: Processes to use.
    """
    progress = Progress(len(items))
    results = _serial(items, work) if jobs <= 1 or len(items) < 2 else _parallel(items, work, jobs)
    for number, item in enumerate(items, start=1):
        progress.at(number, item.name)
        yield next(results)
    progress.done()


def attempt(work: Callable[[_Item], _Result], item: _Item) -> _Result | Failure:
    """Return the result for one item, or what went wrong; never an exception."""
    try:
        return work(item)
    except KemuError as error:
        return failed(item.name, error)
    except Exception as error:
        last = traceback.extract_tb(error.__traceback__)[-1]
        where = f"{last.filename.replace(chr(92), '/').rpartition('/')[2]}:{last.lineno}"
        message = f"{item.name}：程序出错：{type(error).__name__}: {error}（{where}）[E-INTERNAL]"
        return Failure(item.name, "E-INTERNAL", message, 3)


def failed(name: str, error: KemuError) -> Failure:
    """Return what became of a file that an error kept from being used."""
    text = str(error)
    return Failure(name, error.code, text if name in text else f"{name}：{text}", error.exit_code)


def _serial(
    items: Sequence[_Item], work: Callable[[_Item], _Result]
) -> Iterator[_Result | Failure]:
    return (attempt(work, item) for item in items)


class _Workers:
    """Processes that several runs share; they are started when the first of them needs any."""

    def __init__(self) -> None:
        self._pool: ProcessPoolExecutor | None = None

    def pool(self, jobs: int) -> ProcessPoolExecutor:
        """Return the processes."""
        if self._pool is None:
            self._pool = ProcessPoolExecutor(jobs, get_context("spawn"))
        return self._pool

    def close(self) -> None:
        """End the processes; a later run gets new ones."""
        if self._pool is not None:
            self._pool.shutdown(cancel_futures=True)
        self._pool = None


_workers: ContextVar[_Workers | None] = ContextVar("workers", default=None)


@contextmanager
def sharing() -> Iterator[None]:
    """Let the runs inside share their processes, which have then loaded what they need."""
    workers = _Workers()
    token = _workers.set(workers)
    try:
        yield
    finally:
        _workers.reset(token)
        workers.close()


def _parallel(
    items: Sequence[_Item], work: Callable[[_Item], _Result], jobs: int
) -> Iterator[_Result | Failure]:
    shared = _workers.get()
    workers = shared or _Workers()
    try:
        pool = workers.pool(jobs)
        futures = [pool.submit(attempt, work, item) for item in items]
        for item, future in zip(items, futures, strict=True):
            if isinstance(future.exception(), BrokenProcessPool):
                workers.close()
            yield _waited(future, work, item)
    finally:
        if shared is None:
            workers.close()


def _waited(
    future: Future[_Result | Failure], work: Callable[[_Item], _Result], item: _Item
) -> _Result | Failure:
    """Return an item's result; where the pool died under it, it gets a process of its own."""
    try:
        return future.result()
    except BrokenProcessPool:
        pass
    try:
        with ProcessPoolExecutor(1, get_context("spawn")) as alone:
            return alone.submit(attempt, work, item).result()
    except BrokenProcessPool:
        message = f"{item.name}：处理它的进程意外终止（内存不足？）[E-INTERNAL]"
        return Failure(item.name, "E-INTERNAL", message, 3)
