"""Times: medians of several runs, of a whole command or of a function."""

from __future__ import annotations

import statistics
import subprocess
import sys
import time
from collections.abc import Callable

RUNS = 5


def of_command(*words: str, runs: int = RUNS) -> float:
    """Return seconds of `kemu …` from start to end, the median of several runs."""
    command = [sys.executable, "-m", "kemu", *words]
    return statistics.median(_once(command) for _ in range(runs))


def _once(command: list[str]) -> float:
    begun = time.perf_counter()
    subprocess.run(command, capture_output=True, check=False)
    return time.perf_counter() - begun


def of_call(call: Callable[[], object], runs: int = RUNS, warm: bool = True) -> float:
    """Return seconds of a call, the median of several runs, after one that does not count."""
    if warm:
        call()
    return statistics.median(_call(call) for _ in range(runs))


def _call(call: Callable[[], object]) -> float:
    begun = time.perf_counter()
    call()
    return time.perf_counter() - begun


def shown(seconds: float) -> str:
    """Return a time for people: `1.24 s`, `38 ms`, `3.1 µs`."""
    for unit, factor in (("s", 1.0), ("ms", 1e3), ("µs", 1e6)):
        if seconds * factor >= 1:
            return f"{seconds * factor:.3g} {unit}"
    return f"{seconds * 1e9:.3g} ns"
