"""Many items worked on in parallel, one bad item never stopping the others."""

from __future__ import annotations

import traceback
from collections.abc import Callable, Iterator, Sequence
from typing import Protocol, TypeVar

from kemu.errors import KemuError
from kemu.report.outcome import Failure
from kemu.visible import visible

START = 0.8
"""Seconds of work that a further process must take over to be worth its start."""


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
    results = _results(items, work, jobs)
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


def _results(
    items: Sequence[_Item], work: Callable[[_Item], _Result], jobs: int
) -> Iterator[_Result | Failure]:
    if jobs <= 1 or len(items) < 2:
        return (attempt(work, item) for item in items)
    # Loaded only for several processes: it takes as long as a short text takes to check.
    from kemu.pipeline.workers import parallel

    return parallel(items, work, jobs)
