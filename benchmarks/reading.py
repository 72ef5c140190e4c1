"""Reading PDF: against pdfplumber alone, per page, in memory; two processes against one."""

from __future__ import annotations

import statistics
import subprocess
import sys
import time
from pathlib import Path

import pdfplumber

from benchmarks.timing import of_command, shown
from kemu.errors import KemuError
from kemu.read import read
from kemu.read.pdf.source.pdfium import Pdfium

_LISTED = 30
"""Documents that are measured, drawn evenly from all."""
_TOGETHER = 8
_MEMORY = """
import resource, sys
from pathlib import Path
from kemu.read import read
document = read(Path(sys.argv[1]))
print(document.pages, resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024)
"""


def compare(paths: list[Path]) -> None:
    """Print how long reading takes, and the library's tables and text of the same pages."""
    print("读 PDF / reading PDF: CPU time, Kemu against pdfplumber's tables and text")
    drawn = paths[:: max(1, len(paths) // _LISTED)]
    found = [row for path in drawn if (row := _row(path))]
    ratios, by_page = zip(*found, strict=True)
    median, slowest = statistics.median(ratios), max(ratios)
    print(f"  {len(found)} documents: median {median:.2f} × (at most {slowest:.2f}), ", end="")
    print(f"{shown(statistics.median(by_page))} a page (at most {shown(max(by_page))})")
    _memory(paths)
    names = [str(path) for path in paths[:_TOGETHER]]
    one, two = (of_command("check", *names, "--jobs", jobs, runs=1) for jobs in ("1", "2"))
    both = f"{shown(two)} / {shown(one)} = {two / one:.2f} ×"
    print(f"  kemu check --jobs 2 / --jobs 1, {len(names)} of these: {both}")


def _row(path: Path) -> tuple[float, float] | None:
    """Print a document's times, and return their ratio and ours by page."""
    begun = time.process_time()
    try:
        document = read(path)
    except KemuError:
        return None
    ours = time.process_time() - begun
    begun = time.process_time()
    _library(path)
    library = time.process_time() - begun
    by_page = ours / (document.pages or 1)
    times = f"{shown(ours)} / {shown(library)} = {ours / library:.2f} ×"
    print(f"  {path.name[:28]:<28} {times}, {shown(by_page)} a page", flush=True)
    return ours / library, by_page


def _library(path: Path) -> None:
    with pdfplumber.open(path) as pdf:
        for page in pdf.pages:
            page.extract_tables()
            page.extract_text()
            page.close()


def _memory(paths: list[Path]) -> None:
    """Print the memory that reading the longest document takes at most, where it can be told."""
    if sys.platform == "win32":
        return
    path = max(paths, key=_pages)
    done = subprocess.run(
        [sys.executable, "-c", _MEMORY, str(path)], capture_output=True, check=True
    )
    pages, megabytes = done.stdout.decode().split()
    print(f"  {path.name[:28]:<28} {pages} pages: {megabytes} MB at most")


def _pages(path: Path) -> int:
    with Pdfium(path.read_bytes()) as file:
        return len(file)
