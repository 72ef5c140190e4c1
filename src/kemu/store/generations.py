"""A folder that one process writes and many read, none of them disturbed by the other.

Oxigraph's files must not be read by one process while another writes them. So nothing that is
read is ever written: a writer works on a generation of its own, whose large files are links to
those of the generation before it (RocksDB never changes a table once it is written), and puts it
in force by replacing a small file. Whoever is killed leaves that file as it was.
"""

from __future__ import annotations

import os
import re
import shutil
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from pathlib import Path

from filelock import FileLock, ReadWriteLock, Timeout

from kemu.classification.store import durable
from kemu.errors import InputError

POINTER = "in-force"
_WRITER = "writer.lock"
_NAME = re.compile(r"(\d{6,})-[0-9a-f]{8}")
_LOCK = ".lock.db"
_TRIES = 20
_LINKED = (".sst", ".blob")
_LEFT_OUT = ("LOCK", "LOG")


class Generations:
    """The generations of a store.

    Args:
        folder: Of the store; nothing is created before something is written.
    """

    def __init__(self, folder: Path) -> None:
        self.folder = folder

    @property
    def exists(self) -> bool:
        """Whether there is a store."""
        return (self.folder / POINTER).is_file()

    def in_force(self) -> str:
        """Return the name of the generation in force; empty if there is none.

        Raises:
            InputError: The folder is no store, or cannot be read.
        """
        try:
            name = (self.folder / POINTER).read_text(encoding="ascii").strip()
        except (FileNotFoundError, NotADirectoryError):
            return ""
        except (OSError, UnicodeDecodeError) as error:
            raise InputError("E-QUERY-STORE", f"打不开图库：{error}", str(self.folder)) from None
        if not _NAME.fullmatch(name):
            raise InputError("E-QUERY-STORE", f"{POINTER} 的内容不对", str(self.folder))
        return name

    @contextmanager
    def reading(self) -> Iterator[Path]:
        """Have a generation that stays as it is meanwhile; its folder.

        Raises:
            InputError: There is no store.
        """
        with ExitStack() as stack:
            for _ in range(_TRIES):
                name = self.in_force()
                if not name:
                    break
                held = ExitStack()
                held.enter_context(self._kept(name))
                if name == self.in_force():
                    stack.enter_context(held)
                    yield self.folder / name
                    return
                held.close()
            raise InputError("E-QUERY-STORE", "这里没有图库", str(self.folder), "请检查路径。")

    @contextmanager
    def _kept(self, name: str) -> Iterator[None]:
        """Keep a generation from being removed; where nothing can be written, none is removed."""
        lock = ReadWriteLock(self.folder / f"{name}{_LOCK}", is_singleton=False)
        try:
            lock.acquire_read(timeout=10)
        except (OSError, Timeout):
            yield
            return
        try:
            yield
        finally:
            lock.release()
            lock.close()

    @contextmanager
    def writing(self) -> Iterator[None]:
        """Be the only writer.

        Raises:
            InputError: Another process writes, or the folder cannot be written.
        """
        lock = FileLock(self.folder / _WRITER)
        try:
            self.folder.mkdir(parents=True, exist_ok=True)
            lock.acquire(timeout=0)
        except Timeout:
            raise InputError(
                "E-INGEST-BUSY", "另一个程序正在写这个图库", str(self.folder),
                "等它写完再试；查询不受影响。",
            ) from None  # fmt: skip
        except OSError as error:
            raise unwritable(self.folder, error) from None
        try:
            yield
        finally:
            lock.release()

    def begin(self) -> Path:
        """Return the folder of a new generation that holds what is in force; for the writer only.

        Raises:
            InputError: It cannot be made.
        """
        before = self.in_force()
        try:
            self._sweep(before)
            made = durable.new_folder(self.folder)
            for path in (self.folder / before).iterdir() if before else ():
                _take_over(path, made / path.name)
        except OSError as error:
            raise unwritable(self.folder, error) from None
        return made

    def put_in_force(self, made: Path) -> None:
        """Put a generation in force that is written and closed; one step.

        Raises:
            InputError: It cannot be written; what was in force still is.
        """
        before = self.in_force()
        number = int(before.partition("-")[0]) + 1 if before else 1
        name = f"{number:06d}-{made.name.removeprefix(durable.UNFINISHED)[:8]}"
        try:
            durable.flush(made)
            made.rename(self.folder / name)
            durable.flush(self.folder)
            durable.replace(self.folder / POINTER, name.encode("ascii"))
        except OSError as error:
            durable.sweep(made)
            raise unwritable(self.folder, error) from None
        self._sweep(name)

    def _sweep(self, kept: str) -> None:
        """Remove what nobody reads and no pointer names."""
        for path in list(self.folder.iterdir()):
            if path.name.startswith(durable.UNFINISHED):
                durable.sweep(path)
            elif path.is_dir() and _NAME.fullmatch(path.name) and path.name != kept:
                self._remove(path)

    def _remove(self, generation: Path) -> None:
        lock = ReadWriteLock(self.folder / f"{generation.name}{_LOCK}", is_singleton=False)
        try:
            lock.acquire_write(timeout=0, blocking=False)
        except (OSError, Timeout):
            return
        try:
            durable.sweep(generation)
        finally:
            lock.release()
            lock.close()
        if not generation.exists():
            for path in self.folder.glob(f"{generation.name}{_LOCK}*"):
                durable.sweep(path)


def unwritable(folder: Path, error: OSError) -> InputError:
    """Return that a store cannot be written."""
    reason = error.strerror or str(error)
    return InputError(
        "E-INGEST-WRITE", f"写不了图库（{reason}）", str(folder),
        "请换一个文件夹，或检查权限和磁盘；原有的内容没有改动。",
    )  # fmt: skip


def _take_over(path: Path, target: Path) -> None:
    """Link a file that is never changed again, copy any other."""
    if path.name.startswith(_LEFT_OUT):
        return
    if path.suffix in _LINKED:
        try:
            os.link(path, target)
        except OSError:
            shutil.copyfile(path, target)
        return
    shutil.copyfile(path, target)
