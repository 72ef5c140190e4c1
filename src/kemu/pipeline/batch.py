"""Many items worked on in parallel, one bad item never stopping the others."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from typing import Protocol, TypeVar

from kemu.pipeline.attempts import Named, attempt
from kemu.report.outcome import Failure

START = 0.8
"""Seconds of work that a further process must take over to be worth its start."""


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


def _results(
    items: Sequence[_Item], work: Callable[[_Item], _Result], jobs: int
) -> Iterator[_Result | Failure]:
    if jobs <= 1 or len(items) < 2:
        return (attempt(work, item) for item in items)
    # Loaded only for several processes: it takes as long as a short text takes to check.
    from kemu.pipeline.workers import parallel

    return parallel(items, work, jobs)
