"""Mutated PDF files: how many are read or refused, and that none crashes or hangs the reader."""

from __future__ import annotations

import random
from collections import Counter
from pathlib import Path
from tempfile import TemporaryDirectory

from benchmarks.apart import end

COUNT = 300
_SECONDS = 60
_ONE = """
import sys
from pathlib import Path
from kemu.errors import KemuError
from kemu.read import read
try:
    document = read(Path(sys.argv[1]))
    print("read" if document.blocks else "notices")
except KemuError as error:
    print(error.code)
"""


def mutated(data: bytes, seed: int) -> bytes:
    """Return a file with some bytes changed, pieces cut out, doubled or moved."""
    chance = random.Random(seed)
    found = bytearray(data)
    for _ in range(chance.choice((1, 3, 10, 100))):
        at = chance.randrange(len(found))
        size = min(chance.choice((1, 4, 64, 1024)), len(found) - at)
        kind = chance.randrange(5)
        if kind == 0:
            found[at : at + size] = chance.randbytes(size)
        elif kind == 1 and len(found) > 2 * size + 100:
            del found[at : at + size]
        elif kind == 2:
            found[at:at] = found[at : at + size]
        elif kind == 3:
            found[at] ^= 1 << chance.randrange(8)
        else:
            _change_number(found, at, chance)
    return bytes(found)


def _change_number(found: bytearray, at: int, chance: random.Random) -> None:
    """Change the next number: lengths, offsets, references, coordinates."""
    digits = next((i for i in range(at, len(found)) if chr(found[i]).isdigit()), None)
    if digits is not None:
        found[digits : digits + 1] = chance.choice((b"0", b"9", b"-1", b"99999999", b"1e9"))


def measure(paths: list[Path]) -> None:
    """Print what becomes of mutated files, each read in a process of its own."""
    print(f"改坏的 PDF / mutated PDF files ({COUNT})")
    ends: Counter[str] = Counter()
    with TemporaryDirectory() as folder:
        path = Path(folder) / "mutated.pdf"
        for seed in range(COUNT):
            path.write_bytes(mutated(paths[seed % len(paths)].read_bytes(), seed))
            what = end(_ONE, path, _SECONDS)
            ends[what] += 1
            if what.startswith(("crash", "hang")):
                print(f"  {what}: {paths[seed % len(paths)].name}, seed {seed}", flush=True)
    for what, count in ends.most_common():
        print(f"  {what:<20} {count}")
