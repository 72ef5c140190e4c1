"""Commands and their output as README.md and docs/tutorial.md show them; `make docs` renews both.

A line `…` stands for any lines. The piece after it is found again by its first line, numbers aside.
"""

from __future__ import annotations

import os
import re
import shlex
import subprocess
import sys
from collections.abc import Iterator
from itertools import groupby
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
TEXTS = ("README.md", "docs/tutorial.md")
_BLOCK = re.compile(r"^```console\n(.*?)^```", re.DOTALL | re.MULTILINE)
ELSE = "…"


def consoles(name: str) -> Iterator[tuple[str, list[str]]]:
    """Yield each command shown in a text and the lines of output shown below it."""
    for block in _BLOCK.findall((ROOT / name).read_text(encoding="utf-8")):
        yield from _commands(block)


def _commands(block: str) -> Iterator[tuple[str, list[str]]]:
    for part in re.split(r"^\$ ", block, flags=re.MULTILINE)[1:]:
        command, *shown = part.rstrip("\n").split("\n")
        yield command, shown


def output(command: str) -> list[str]:
    """Return what a command prints, line by line; `make demo` by what its recipe runs."""
    if command == "make demo":
        makefile = (ROOT / "Makefile").read_text(encoding="utf-8")
        found = re.search(r"kemu check (\S+(?: \S+)*?) --save", makefile)
        assert found
        command = f"kemu check {found[1]}"
    words = [word for one in shlex.split(command) for word in _expanded(one)]
    assert words[0] == "kemu", "only kemu and make demo are run"
    done = subprocess.run(
        [sys.executable, "-m", *words],
        cwd=ROOT,
        env=os.environ | {"COLUMNS": "100"},
        capture_output=True,
        encoding="utf-8",
        check=False,
    )
    assert "Traceback" not in done.stderr, done.stderr
    return (done.stdout + done.stderr).rstrip("\n").split("\n")


def _expanded(word: str) -> list[str]:
    return sorted(str(p.relative_to(ROOT)) for p in ROOT.glob(word)) if "*" in word else [word]


def matches(shown: list[str], real: list[str]) -> bool:
    """Return whether real output is what is shown."""
    pattern = "\n".join(re.escape(line) for line in shown)
    pattern = re.sub(rf"^{ELSE}$", "(?:.*\n)*?.*", pattern, flags=re.MULTILINE)
    return re.fullmatch(pattern, "\n".join(real)) is not None


def renewed(shown: list[str], real: list[str]) -> list[str]:
    """Return shown output with the present one in its place, left out where it was left out."""
    if ELSE not in shown:
        return real
    lines: list[str] = []
    pieces = [list(lines) for left_out, lines in groupby(shown, ELSE.__eq__) if not left_out]
    for piece in pieces:
        start = next((i for i, line in enumerate(real) if _bare(line) == _bare(piece[0])), -1)
        assert start >= 0, f"no line like “{piece[0]}” is printed any more; edit the text"
        length = len(piece)
        if piece is pieces[-1] and shown[-1] != ELSE:
            length = len(real) - start
        elif "" not in piece and "" in real[start:]:
            length = min(length, real.index("", start) - start)
        lines += ([ELSE] if start else []) + real[start : start + length]
    return lines + ([ELSE] if shown[-1] == ELSE else [])


def _bare(line: str) -> str:
    """Return how a line begins, numbers aside: where it is wrapped depends on them."""
    return re.sub(r"[\d.,]+", "#", line)[:30]


def main() -> None:
    """Rewrite the output shown in all texts."""
    for name in TEXTS:
        text = (ROOT / name).read_text(encoding="utf-8")
        text = _BLOCK.sub(lambda found: _renewed_block(found[0]), text)
        (ROOT / name).write_text(text, encoding="utf-8", newline="\n")


def _renewed_block(block: str) -> str:
    inner = block.removeprefix("```console\n").removesuffix("```")
    parts = []
    for command, shown in _commands(inner):
        parts.append(f"$ {command}")
        if any(line.strip() for line in shown):
            parts += renewed(shown, output(command))
    return "```console\n" + "\n".join(parts) + "\n```"


if __name__ == "__main__":
    main()
