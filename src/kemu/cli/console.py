"""The terminal: results on stdout, everything else on stderr, UTF-8 whatever the system says."""

from __future__ import annotations

import io
import shutil
import signal
import sys
import threading
from codecs import BOM_UTF8
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from kemu.errors import InputError
from kemu.files import replace_file
from kemu.visible import visible

_FOR_PEOPLE = ("text", "table")


class Terminated(KeyboardInterrupt):
    """The process was asked to end."""


@contextmanager
def terminated() -> Iterator[None]:
    """Let a request to end interrupt what is done inside, so that its results can be written."""

    def end(*_: object) -> None:
        signal.signal(signal.SIGTERM, before)
        raise Terminated

    if threading.current_thread() is not threading.main_thread():
        yield
        return
    before = signal.signal(signal.SIGTERM, end)
    try:
        yield
    finally:
        signal.signal(signal.SIGTERM, before)


def prepare() -> None:
    """Make both streams write UTF-8; what cannot be encoded is escaped, never an error."""
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, io.TextIOWrapper):
            stream.reconfigure(encoding="utf-8", errors="backslashreplace")


def width() -> int:
    """Return the columns of the terminal; 100 where there is none."""
    return shutil.get_terminal_size((100, 24)).columns


def emit(data: bytes, out: str | None, form: str = "") -> None:
    """Write a result to a file, or to stdout.

    Args:
        data: The result.
        out: The file; `-` or None for stdout.
        form: What it is. A `csv` file begins with the mark by which spreadsheets know UTF-8; in
            text for people nothing is left that a terminal obeys.

    Raises:
        InputError: The file cannot be written, or binary data would go to a terminal.
    """
    terminal = sys.stdout.isatty() and (not out or out == "-")
    if form in _FOR_PEOPLE or terminal and data[:2] != b"PK":
        text = data.decode("utf-8", "replace").replace("\r\n", "\n")
        data = visible(text, lines=True).encode()
    if out and out != "-":
        save(BOM_UTF8 + data if form == "csv" else data, Path(out))
        return
    if data[:2] == b"PK" and terminal:
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
    """Write a file in one step: it is there whole or not at all; a device or pipe is written to.

    Raises:
        InputError: The folder or the file cannot be written.
    """
    made = next((p for p in reversed((path, *path.parents)) if not p.exists()), path)
    advice = "请换一个位置，或关闭已打开的同名文件。"
    replace_file(path, data, "E-CLI-OUTPUT", "写不了结果文件", advice)
    if made != path:
        tell(f"新建了文件夹 {made}")


def tell(message: str) -> None:
    """Say something that is no result; it may quote a document or a file name."""
    print(visible(message, lines=True), file=sys.stderr, flush=True)


class Progress:
    """One line on stderr that says what is being done; silent where stderr is no terminal."""

    def __init__(self, total: int) -> None:
        self._total = total
        self._shown = total > 1 and sys.stderr.isatty()

    def at(self, number: int, name: str) -> None:
        """Show that file `number` is being done."""
        if self._shown:
            room = max(10, width() - 16)
            shown = visible(name[-room // 2 :])
            sys.stderr.write(f"\r\x1b[2K[{number}/{self._total}] {shown}")
            sys.stderr.flush()

    def clear(self) -> None:
        """Clear the line, so that a result can be written."""
        if self._shown:
            sys.stderr.write("\r\x1b[2K")
            sys.stderr.flush()
