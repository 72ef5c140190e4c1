"""Many files: found in folders, worked on in parallel, one bad file never stopping the others."""

from __future__ import annotations

import traceback
from collections.abc import Callable, Iterable, Iterator
from concurrent.futures import Future, ProcessPoolExecutor
from concurrent.futures.process import BrokenProcessPool
from multiprocessing import get_context
from pathlib import Path
from typing import TypeVar

from kemu.cli.console import Progress
from kemu.errors import InputError, KemuError
from kemu.report.outcome import Failure

SUFFIXES = frozenset((".txt", ".pdf", ".docx", ".doc", ".xlsx", ".xls", ".html", ".htm"))
_Result = TypeVar("_Result")
_Work = Callable[[str], _Result]


def files(paths: Iterable[str]) -> list[str]:
    """Return the files that are meant: each path itself, and for a folder all documents below it.

    Raises:
        InputError: A folder holds no document.
    """
    found: dict[str, None] = {}
    for name in paths:
        path = Path(name)
        if not path.is_dir():
            found.setdefault(name)
            continue
        inside = sorted(p for p in path.rglob("*") if p.suffix.lower() in SUFFIXES and p.is_file())
        kept = [p for p in inside if not p.name.startswith((".", "~$"))]
        if not kept:
            kinds = "、".join(sorted(SUFFIXES))
            raise InputError(
                "E-CLI-FOLDER", "文件夹里没有可以检查的文件", name, f"支持的格式：{kinds}。"
            )
        found.update(dict.fromkeys(map(str, kept)))
    return list(found)


def run(names: list[str], work: _Work[_Result], jobs: int) -> Iterator[_Result | Failure]:
    """Yield what became of every file, in the order given.

    Args:
        names: The files.
        work: A module-level function from a file's name to a result.
        jobs: Processes to use; 1 works in this one.
    """
    progress = Progress(len(names))
    results = _serial(names, work) if jobs <= 1 or len(names) == 1 else _parallel(names, work, jobs)
    for number, name in enumerate(names, start=1):
        progress.at(number, name)
        yield next(results)
    progress.done()


def attempt(work: _Work[_Result], name: str) -> _Result | Failure:
    """Return the result for one file, or what went wrong; never an exception."""
    try:
        return work(name)
    except KemuError as error:
        return Failure(name, error.code, _message(error, name), error.exit_code)
    except Exception as error:
        trace = traceback.format_exception(error)[-2].strip().splitlines()[0]
        message = f"{name}：处理时程序出错：{type(error).__name__}: {error}（{trace}）[E-INTERNAL]"
        return Failure(name, "E-INTERNAL", message, 3)


def _message(error: KemuError, name: str) -> str:
    text = str(error)
    return text if name in text else f"{name}：{text}"


def _serial(names: list[str], work: _Work[_Result]) -> Iterator[_Result | Failure]:
    return (attempt(work, name) for name in names)


def _parallel(names: list[str], work: _Work[_Result], jobs: int) -> Iterator[_Result | Failure]:
    context = get_context("spawn")
    with ProcessPoolExecutor(min(jobs, len(names)), context) as pool:
        futures = [pool.submit(attempt, work, name) for name in names]
        for name, future in zip(names, futures, strict=True):
            yield _waited(future, work, name)


def _waited(
    future: Future[_Result | Failure], work: _Work[_Result], name: str
) -> _Result | Failure:
    """Return a file's result; where the pool died under it, the file gets a process of its own."""
    try:
        return future.result()
    except BrokenProcessPool:
        pass
    try:
        with ProcessPoolExecutor(1, get_context("spawn")) as alone:
            return alone.submit(attempt, work, name).result()
    except BrokenProcessPool:
        message = f"{name}：处理这个文件的进程意外终止（内存不足？）[E-INTERNAL]"
        return Failure(name, "E-INTERNAL", message, 3)
