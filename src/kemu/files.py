"""Files written whole or not at all."""

from __future__ import annotations

import os
import secrets
import stat
from pathlib import Path

from kemu.errors import InputError


def replace_file(path: Path, data: bytes, code: str, message: str, advice: str) -> None:
    """Write a file in one step, its folder too where it is missing.

    A symbolic link stays, and what it leads to is written. A device or a pipe is written to, never
    replaced. A new file gets the rights that the user's umask leaves, an old one keeps its own.

    Args:
        path: Of the file.
        data: Its content.
        code: Of the error, where it cannot be written.
        message: What could not be written, in Chinese; the reason is put behind it.
        advice: What to do then.

    Raises:
        InputError: The folder or the file cannot be written; what was there before is as it was.
    """
    try:
        target = Path(os.path.realpath(path))
        before = _stat(path)
        if before and not (stat.S_ISREG(before.st_mode) and _is(target, before)):
            _write_through(path, data)
        else:
            target.parent.mkdir(parents=True, exist_ok=True)
            _replace(target, data, before)
    except OSError as error:
        reason = error.strerror or str(error)
        raise InputError(code, f"{message}（{reason}）", str(path), advice) from None


def is_plain(path: Path) -> bool:
    """Return whether a path is that of a regular file, or of none yet."""
    found = _stat(path)
    return found is None or stat.S_ISREG(found.st_mode)


def _stat(path: Path) -> os.stat_result | None:
    try:
        return path.stat()
    except (FileNotFoundError, NotADirectoryError):
        return None


def _is(path: Path, found: os.stat_result) -> bool:
    other = _stat(path)
    return other is not None and os.path.samestat(other, found)


def _write_through(path: Path, data: bytes) -> None:
    with path.open("r+b" if path.is_file() else "wb", buffering=0) as stream:
        left = memoryview(data)
        while left:
            left = left[stream.write(left) or 0 :]


def _replace(target: Path, data: bytes, before: os.stat_result | None) -> None:
    name = target.with_name(f".kemu-{os.getpid()}-{secrets.token_hex(4)}")
    flags = os.O_WRONLY | os.O_CREAT | os.O_EXCL | getattr(os, "O_BINARY", 0)
    try:
        with os.fdopen(os.open(name, flags, 0o666), "wb") as stream:
            stream.write(data)
            stream.flush()
            os.fsync(stream.fileno())
        if before:
            os.chmod(name, stat.S_IMODE(before.st_mode))
        os.replace(name, target)
    except BaseException:
        name.unlink(missing_ok=True)
        raise
