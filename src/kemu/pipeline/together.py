"""Documents of a run checked together, once each has been checked by itself."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import replace

from kemu.pipeline.documents import Step
from kemu.report.outcome import Failure


def together(steps: Iterable[Step], off: frozenset[str] = frozenset()) -> Iterator[Step]:
    """Yield the results of all documents, in their order, when the last of them is known.

    Args:
        steps: What became of every document by itself; none of them replaced later.
        off: Numbers of rules that are switched off.

    Raises:
        KeyboardInterrupt: The user's, after what is done has been yielded.
    """
    known: list[Step] = []
    try:
        known.extend(steps)
    except KeyboardInterrupt:
        yield from _joined(known, off)
        raise
    yield from _joined(known, off)


def _joined(known: list[Step], off: frozenset[str]) -> Iterator[Step]:
    from kemu.across.checking import check_together

    single = [one.checked for one in known]
    joined = iter(check_together([one for one in single if not isinstance(one, Failure)], off))
    for step, one in zip(known, single, strict=True):
        yield step if isinstance(one, Failure) else replace(step, outcome=next(joined))
