"""LibreOffice as a converter: one process for many files, in a profile of its own, on a clock."""

from __future__ import annotations

import os
import shutil
import signal
import subprocess
import sys
import tempfile
from collections.abc import Sequence
from pathlib import Path

from kemu.errors import InputError

START_SECONDS = 60
"""Time allowed for the program to start and build its profile."""
FILE_SECONDS = 60
"""Time allowed for each file."""
_NAMES = ("soffice", "libreoffice")
_PLACES = (
    "/Applications/LibreOffice.app/Contents/MacOS/soffice",
    "C:/Program Files/LibreOffice/program/soffice.exe",
    "C:/Program Files (x86)/LibreOffice/program/soffice.exe",
    "/opt/libreoffice/program/soffice",
)
_FILTER = "docx:MS Word 2007 XML"


def program() -> str | None:
    """Return the path of LibreOffice, None where it is not installed."""
    for name in _NAMES:
        if found := shutil.which(name):
            return found
    return next((place for place in _PLACES if Path(place).is_file()), None)


def to_docx(files: Sequence[bytes], where: str = "") -> list[bytes | None]:
    """Return each old Word file as .docx, None for those that LibreOffice cannot read.

    Raises:
        InputError: LibreOffice is not installed.
    """
    office = program()
    if office is None:
        raise InputError(
            "E-READ-OFFICE",
            "读取 .doc 和 .rtf 要用 LibreOffice，本机没有安装",
            where,
            "请安装 LibreOffice（免费），或用 Word、WPS 另存为 .docx 后再试。",
        )
    with tempfile.TemporaryDirectory(prefix="kemu-office-") as folder:
        source, target = Path(folder, "in"), Path(folder, "out")
        source.mkdir()
        names = [source / f"{number}.doc" for number in range(len(files))]
        for name, data in zip(names, files, strict=True):
            name.write_bytes(data)
        _run(office, Path(folder, "profile"), target, names)
        made = [target / f"{name.stem}.docx" for name in names]
        return [file.read_bytes() if file.is_file() else None for file in made]


def _run(office: str, profile: Path, target: Path, names: Sequence[Path]) -> None:
    command = [
        office, "--headless", "--norestore", "--nolockcheck", "--nodefault", "--nologo",
        f"-env:UserInstallation={profile.as_uri()}",
        "--convert-to", _FILTER, "--outdir", str(target), *map(str, names),
    ]  # fmt: skip
    # A session of its own, so that the whole family ends when time is up.
    process = subprocess.Popen(
        command,
        stdin=subprocess.DEVNULL,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
        start_new_session=sys.platform != "win32",
    )
    try:
        process.wait(timeout=START_SECONDS + FILE_SECONDS * len(names))
    except subprocess.TimeoutExpired:
        _end(process)


def _end(process: subprocess.Popen[bytes]) -> None:
    """End a process and those it started."""
    if sys.platform == "win32":
        tree = ["taskkill", "/F", "/T", "/PID", str(process.pid)]
        subprocess.run(tree, capture_output=True, check=False)
    else:
        os.killpg(process.pid, signal.SIGKILL)
    process.wait()
