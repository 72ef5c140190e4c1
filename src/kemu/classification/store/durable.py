"""Files and folders that outlive the loss of power: flushed to disk before they are relied on."""

from __future__ import annotations

import os
import secrets
import shutil
import time
from pathlib import Path

UNFINISHED = "new-"
"""How the names of files and folders begin that are not in use yet."""
TRIES, PAUSE = 50, 0.02
"""Windows refuses to replace a file while another process has it open; seconds between tries."""


def write(path: Path, data: bytes) -> None:
    """Write a new file and flush it to disk; its folder is for `flush` to see to."""
    with path.open("xb") as stream:
        stream.write(data)
        stream.flush()
        os.fsync(stream.fileno())


def flush(folder: Path) -> None:
    """Flush the entries of a folder to disk; Windows does so by itself and knows no such call."""
    if os.name == "nt":
        return
    handle = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)


def new_folder(parent: Path) -> Path:
    """Make a folder that is not in use yet."""
    made = parent / f"{UNFINISHED}{secrets.token_hex(8)}"
    made.mkdir()
    return made


def replace(path: Path, data: bytes) -> None:
    """Put data in the place of a file in one step; interrupted, it is as it was before.

    Raises:
        OSError: It cannot be written; it is as it was before.
    """
    made = path.with_name(f"{UNFINISHED}{secrets.token_hex(8)}")
    try:
        write(made, data)
        _take_place(made, path)
    except OSError:
        made.unlink(missing_ok=True)
        raise
    flush(path.parent)


def _take_place(made: Path, path: Path) -> None:
    for left in reversed(range(TRIES)):
        try:
            made.replace(path)
        except PermissionError:
            if not left or os.name != "nt":
                raise
            time.sleep(PAUSE)
        else:
            return


def sweep(path: Path) -> None:
    """Remove a file or folder that is in no use; what resists stays for the next time."""
    if path.is_dir():
        shutil.rmtree(path, ignore_errors=True)
        return
    try:
        path.unlink(missing_ok=True)
    except OSError:
        return
