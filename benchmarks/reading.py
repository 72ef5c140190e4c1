"""Reading PDF: against the library alone, and with two processes against one."""

from __future__ import annotations

from pathlib import Path

import pdfplumber

from benchmarks.timing import of_call, of_command, shown
from kemu.errors import KemuError
from kemu.read import read


def compare(paths: list[Path]) -> None:
    """Print how long reading takes, and the library's tables and text of the same pages."""
    print("读 PDF / reading PDF: Kemu against pdfplumber's tables and text")
    for path in paths:
        try:
            ours = of_call(lambda path=path: read(path), runs=1, warm=False)
        except KemuError:
            continue
        library = of_call(lambda path=path: _library(path), runs=1, warm=False)
        print(f"  {path.name[:28]:<28} {shown(ours)} / {shown(library)} = {ours / library:.2f} ×")
    names = [str(path) for path in paths]
    one, two = (of_command("check", *names, "--jobs", jobs, runs=1) for jobs in ("1", "2"))
    print(f"  kemu check --jobs 2, all of these: {shown(two)}, --jobs 1: {shown(one)}")


def _library(path: Path) -> None:
    with pdfplumber.open(path) as pdf:
        for page in pdf.pages:
            page.extract_tables()
            page.extract_text()
            page.close()
