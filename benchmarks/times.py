"""Times of whole commands, from start to end, and of lookups within the process."""

from __future__ import annotations

from pathlib import Path

from benchmarks.timing import of_call, of_command, shown
from kemu.classification import load
from kemu.classification.lookup.query import lookup


def commands(path: Path) -> None:
    """Print the times of the commands a user runs most."""
    print(f"整条命令，含启动 / whole commands, start included ({path.name})")
    for words in (("--help",), ("lookup", "2080505"), ("lookup", "公积金"), ("check", str(path))):
        name = " ".join("文件" if word == str(path) else word for word in words)
        print(f"  kemu {name:<24} {shown(of_command(*words))}")
    print("进程内 / within the process")
    for words in ("2080505", "公积金"):
        taken = of_call(lambda w=words: lookup(load(), w), runs=200)
        print(f"  lookup({words!r})".ljust(32), shown(taken))
