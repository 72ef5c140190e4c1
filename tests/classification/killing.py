"""Run a command again and again, each time killed one step later: `python killing.py …`.

Arguments: a folder to start from, a folder for the copies, the command's words, in which {} stands
for the copy. A step is whatever the operating system is asked to do below the copy: opening,
making, renaming, removing, flushing. Prints the exit code of the run that was not killed.
"""

from __future__ import annotations

import os
import shutil
import signal
import sys
from pathlib import Path

from kemu.cli import main

_STEPS = {"open", "os.mkdir", "os.rename", "os.remove", "os.rmdir", "os.listdir", "os.scandir"}


def _kill_at(last: int, below: str) -> None:
    """Have this process kill itself before its step of this number."""
    taken = 0

    def step() -> None:
        nonlocal taken
        taken += 1
        if taken == last:
            os.kill(os.getpid(), signal.SIGKILL)

    def hook(event: str, values: tuple[object, ...]) -> None:
        if event in _STEPS and values and str(values[0]).startswith(below):
            step()

    flush = os.fsync

    def flushing(handle: int) -> None:
        step()
        flush(handle)
        step()

    os.fsync = flushing
    sys.addaudithook(hook)


def _run_here(copy: Path, words: list[str]) -> int:
    return main([word.replace("{}", str(copy)) for word in words])


def _run(last: int, copy: Path, words: list[str]) -> int:
    """Run the command in a process of its own; return how that ended, negative for a signal."""
    child = os.fork()
    if child == 0:
        _kill_at(last, str(copy))
        code = _run_here(copy, words)
        sys.stdout.flush()
        os._exit(code)
    return os.waitstatus_to_exitcode(os.waitpid(child, 0)[1])


def _main(start: Path, copies: Path, words: list[str]) -> None:
    _run_here(_copy(start, copies / "warm"), words)  # what it imports is not loaded each time
    shutil.rmtree(copies / "warm")
    last, ended = 0, -signal.SIGKILL
    while ended == -signal.SIGKILL:
        last += 1
        ended = _run(last, _copy(start, copies / f"{last:03d}"), words)
    print(ended)


def _copy(start: Path, copy: Path) -> Path:
    shutil.copytree(start, copy) if start.is_dir() else copy.mkdir(parents=True)
    return copy


if __name__ == "__main__":
    _main(Path(sys.argv[1]), Path(sys.argv[2]), sys.argv[3:])
