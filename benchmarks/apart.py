"""A program that reads one file in a process of its own, and what became of it."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path


def end(program: str, path: Path, seconds: int) -> str:
    """Return what a program said of a file; `hang` after so many seconds, `crash N` if it died."""
    try:
        done = subprocess.run(
            [sys.executable, "-c", program, str(path)],
            capture_output=True,
            check=False,
            timeout=seconds,
            encoding="utf-8",
        )
    except subprocess.TimeoutExpired:
        return f"hang: over {seconds} s"
    return done.stdout.strip() if done.returncode == 0 else f"crash {done.returncode}"
