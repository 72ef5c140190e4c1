"""Files written whole or not at all."""

from __future__ import annotations

import os
import tempfile
from pathlib import Path

from kemu.errors import InputError


def replace_file(path: Path, data: bytes, code: str, message: str, advice: str) -> None:
    """Write a file in one step, its folder too where it is missing.

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
        path.parent.mkdir(parents=True, exist_ok=True)
        handle, name = tempfile.mkstemp(dir=path.parent, prefix=".kemu-")
        try:
            with os.fdopen(handle, "wb") as stream:
                stream.write(data)
            os.chmod(name, 0o644)
            os.replace(name, path)
        except BaseException:
            Path(name).unlink(missing_ok=True)
            raise
    except OSError as error:
        reason = error.strerror or str(error)
        raise InputError(code, f"{message}（{reason}）", str(path), advice) from None
