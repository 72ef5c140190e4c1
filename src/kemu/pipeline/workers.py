"""Processes that work on items: shared by the runs of a command, replaced when they die."""

from __future__ import annotations

import os
import signal
import threading
from collections import deque
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import Future, ProcessPoolExecutor
from concurrent.futures.process import BrokenProcessPool
from contextlib import contextmanager
from contextvars import ContextVar
from itertools import islice
from multiprocessing import active_children, get_context, parent_process
from typing import TypeVar

from kemu.pipeline.attempts import Named, attempt
from kemu.report.outcome import Failure
from kemu.visible import visible

_AHEAD = 2
"""Items that wait for each process; more would keep results in memory and later work waiting."""
_Item = TypeVar("_Item", bound=Named)
_Result = TypeVar("_Result")


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


def parallel(
    items: Sequence[_Item], work: Callable[[_Item], _Result], jobs: int
) -> Iterator[_Result | Failure]:
    """Yield what became of every item, in the order given; few are begun before their turn."""
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
