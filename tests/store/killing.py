"""Take documents into a store again and again, each time killed one step later.

`python -m tests.store.killing START COPIES FILE…`. A step is whatever Python asks of the operating
system below the copy: opening, linking, making, renaming, removing, flushing. No process forks
after it has opened a store on disk: RocksDB's threads do not outlive a fork. Each copy gets a file
`said` beside it with what the run had said.
"""

from __future__ import annotations

import os
import shutil
import signal
import sys
from pathlib import Path

import filelock
import pyoxigraph

import kemu.cli
import kemu.cli.commands.ingest
import kemu.extract
import kemu.store.embedded
import kemu.store.ingest
from kemu.read import read

_STEPS = {
    *("open", "os.mkdir", "os.rename", "os.remove", "os.rmdir", "os.link", "shutil.copyfile"),
    *("os.listdir", "os.scandir"),
}
LOADED = (
    filelock,
    pyoxigraph,
    kemu.cli.commands.ingest,
    kemu.store.embedded,
    kemu.store.ingest,
)


def _kill_at(last: int, below: str) -> None:
    taken = 0

    def step() -> None:
        nonlocal taken
        taken += 1
        if taken == last:
            os.kill(os.getpid(), signal.SIGKILL)

    def hook(event: str, values: tuple[object, ...]) -> None:
        if event in _STEPS and any(str(value).startswith(below) for value in values):
            step()

    flush = os.fsync

    def flushing(handle: int) -> None:
        step()
        flush(handle)
        step()

    os.fsync = flushing
    sys.addaudithook(hook)


def _run(last: int, copy: Path, files: list[str]) -> int:
    child = os.fork()
    if child == 0:
        said = os.open(copy.with_suffix(".said"), os.O_WRONLY | os.O_CREAT)
        os.dup2(said, 1)
        _kill_at(last, str(copy))
        code = kemu.cli.main(["ingest", *files, "--store", str(copy)])
        sys.stdout.flush()
        os._exit(code)
    return os.waitstatus_to_exitcode(os.waitpid(child, 0)[1])


def _main(start: Path, copies: Path, files: list[str]) -> None:
    for file in files:
        kemu.extract.extract(read(Path(file)))  # what it loads is not loaded each time
    last, ended = 0, -signal.SIGKILL
    while ended == -signal.SIGKILL:
        last += 1
        copy = copies / f"{last:03d}"
        shutil.copytree(start, copy) if start.is_dir() else copy.mkdir(parents=True)
        ended = _run(last, copy, files)
    print(ended)


if __name__ == "__main__":
    _main(Path(sys.argv[1]), Path(sys.argv[2]), sys.argv[3:])
