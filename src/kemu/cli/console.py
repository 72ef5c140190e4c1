"""The terminal: results on stdout, everything else on stderr, UTF-8 whatever the system says."""

from __future__ import annotations

import io
import shutil
import sys
from pathlib import Path

from kemu.errors import InputError
from kemu.files import replace_file


def prepare() -> None:
    """Make both streams write UTF-8; what cannot be encoded is escaped, never an error."""
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, io.TextIOWrapper):
            stream.reconfigure(encoding="utf-8", errors="backslashreplace")


def width() -> int:
    """Return the columns of the terminal; 100 where there is none."""
    return shutil.get_terminal_size((100, 24)).columns


def emit(data: bytes, out: str | None) -> None:
    """Write a result to a file, or to stdout.

    Raises:
        InputError: The file cannot be written, or binary data would go to a terminal.
    """
    if out and out != "-":
        save(data, Path(out))
        return
    if data[:2] == b"PK" and sys.stdout.isatty():
        raise InputError(
            "E-CLI-BINARY", "Excel 文件不能显示在终端上", "--format xlsx", "请用 --out 指定文件名。"
        )
    sys.stdout.flush()
    stream = getattr(sys.stdout, "buffer", None)
    if stream is None:
        sys.stdout.write(data.decode())
    else:
        stream.write(data)
    sys.stdout.flush()


def save(data: bytes, path: Path) -> None:
    """Write a file in one step: it is there whole or not at all.

    Raises:
        InputError: The folder or the file cannot be written.
    """
    advice = "请换一个位置，或关闭已打开的同名文件。"
    replace_file(path, data, "E-CLI-OUTPUT", "写不了结果文件", advice)


def tell(message: str) -> None:
    """Say something that is no result."""
    print(message, file=sys.stderr, flush=True)


class Progress:
    """One line on stderr that says what is being done; silent where stderr is no terminal."""

    def __init__(self, total: int) -> None:
        self._total = total
        self._shown = total > 1 and sys.stderr.isatty()

    def at(self, number: int, name: str) -> None:
        """Show that file `number` is being done."""
        if self._shown:
            room = max(10, width() - 16)
            sys.stderr.write(f"\r\x1b[2K[{number}/{self._total}] {name[-room // 2 :]}")
            sys.stderr.flush()

    def done(self) -> None:
        """Clear the line."""
        if self._shown:
            sys.stderr.write("\r\x1b[2K")
            sys.stderr.flush()
