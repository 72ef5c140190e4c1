"""Many items worked on in parallel, one bad item never stopping the others."""

from __future__ import annotations

import os
import signal
import threading
import traceback
from collections import deque
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import Future, ProcessPoolExecutor
from concurrent.futures.process import BrokenProcessPool
from contextlib import contextmanager
from contextvars import ContextVar
from itertools import islice
from multiprocessing import active_children, get_context, parent_process
from typing import Protocol, TypeVar

from kemu.errors import KemuError
from kemu.report.outcome import Failure
from kemu.visible import visible

START = 0.8
"""Seconds of work that a further process must take over to be worth its start."""
_AHEAD = 2
"""Items that wait for each process; more would keep results in memory and later work waiting."""


class Named(Protocol):
    """Something to work on."""

    @property
    def name(self) -> str:
        """The file, as the user gave it."""


class Watch(Protocol):
    """Shows the user what is being done."""

    def at(self, number: int, name: str) -> None:
        """Show that item `number` is being done."""

    def clear(self) -> None:
        """Show nothing, for a result is about to be written."""


class Unwatched:
    """Shows nothing."""

    def __init__(self, total: int = 0) -> None:
        pass

    def at(self, number: int, name: str) -> None:
        """Show nothing."""

    def clear(self) -> None:
        """Show nothing."""


Watching = Callable[[int], Watch]
_Item = TypeVar("_Item", bound=Named)
_Result = TypeVar("_Result")


def processes(jobs: int, seconds: float) -> int:
    """Return how many processes are worth their start.

    Args:
        jobs: The most that the user wants.
        seconds: What the work would take one process, roughly.
    """
    return max(1, min(jobs, int(seconds / START)))


def run(
    items: Sequence[_Item],
    work: Callable[[_Item], _Result],
    jobs: int,
    watching: Watching = Unwatched,
) -> Iterator[_Result | Failure]:
    """Yield what became of every item, in the order given, as soon as it is known.

    Args:
        items: What to work on.
        work: A module-level function; called in other processes where `jobs` is more than 1.
        jobs: Processes to use.
        watching: Makes what shows the user how far so many items are.
    """
    progress = watching(len(items))
    results = _serial(items, work) if jobs <= 1 or len(items) < 2 else _parallel(items, work, jobs)
    for number, item in enumerate(items, start=1):
        progress.at(number, item.name)
        result = next(results)
        progress.clear()
        yield result


def attempt(work: Callable[[_Item], _Result], item: _Item) -> _Result | Failure:
    """Return the result for one item, or what went wrong; never an exception."""
    try:
        return work(item)
    except KemuError as error:
        return failed(item.name, error)
    except Exception as error:
        last = traceback.extract_tb(error.__traceback__)[-1]
        where = f"{last.filename.replace(chr(92), '/').rpartition('/')[2]}:{last.lineno}"
        reason = visible(f"{item.name}：程序出错：{type(error).__name__}: {error}（{where}）")
        return Failure(item.name, "E-INTERNAL", f"{reason} [E-INTERNAL]", 3)


def failed(name: str, error: KemuError) -> Failure:
    """Return what became of a file that an error kept from being used."""
    text, shown = str(error), visible(name)
    return Failure(name, error.code, text if shown in text else f"{shown}：{text}", error.exit_code)


def _serial(
    items: Sequence[_Item], work: Callable[[_Item], _Result]
) -> Iterator[_Result | Failure]:
    return (attempt(work, item) for item in items)


class _Workers:
    """Processes that several runs share; they are started when the first of them needs any."""

    def __init__(self) -> None:
        self._pool: ProcessPoolExecutor | None = None

    def submit(
        self, jobs: int, work: Callable[[_Item], _Result], item: _Item
    ) -> Future[_Result | Failure]:
        """Return what will be the item's result; processes that died are replaced."""
        if self._pool is None:
            self._pool = ProcessPoolExecutor(jobs, get_context("spawn"), _dependent)
        try:
            return self._pool.submit(attempt, work, item)
        except BrokenProcessPool:
            self.close()
            return self.submit(jobs, work, item)

    def close(self) -> None:
        """End the processes; a later run gets new ones."""
        if self._pool is not None:
            self._pool.shutdown(cancel_futures=True)
        self._pool = None


def _dependent() -> None:
    """Let this process end with the one that started it, whatever ends that one."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    threading.Thread(target=_watch, daemon=True).start()


def _watch() -> None:
    parent = parent_process()
    if parent is not None:
        parent.join()
        os._exit(1)


_workers: ContextVar[_Workers | None] = ContextVar("workers", default=None)


@contextmanager
def sharing() -> Iterator[None]:
    """Let the runs inside share their processes, which have then loaded what they need."""
    workers = _Workers()
    token = _workers.set(workers)
    try:
        yield
    except (KeyboardInterrupt, GeneratorExit):
        for process in active_children():
            process.terminate()
        raise
    finally:
        _workers.reset(token)
        workers.close()


def _parallel(
    items: Sequence[_Item], work: Callable[[_Item], _Result], jobs: int
) -> Iterator[_Result | Failure]:
    shared = _workers.get()
    workers = shared or _Workers()
    waiting: deque[tuple[_Item, Future[_Result | Failure]]] = deque()
    left = iter(items)
    try:
        for _ in items:
            for item in islice(left, _AHEAD * jobs - len(waiting)):
                waiting.append((item, workers.submit(jobs, work, item)))
            item, future = waiting.popleft()
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
        with ProcessPoolExecutor(1, get_context("spawn"), _dependent) as alone:
            return alone.submit(attempt, work, item).result()
    except BrokenProcessPool:
        message = f"{visible(item.name)}：处理它的进程意外终止（内存不足？） [E-INTERNAL]"
        return Failure(item.name, "E-INTERNAL", message, 3)
