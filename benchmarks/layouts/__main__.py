"""Draw, measure or write layouts.

python -m benchmarks.layouts [N]              what becomes of N renderings, by format
python -m benchmarks.layouts choices [FORM…]  what each option costs alone
python -m benchmarks.layouts write FOLDER N   N documents, their truth and their planted slips
"""

from __future__ import annotations

import csv
import sys
from pathlib import Path

from benchmarks.layouts import report, slips
from benchmarks.layouts.rendering import Rendering, rendering


def write(folder: Path, count: int) -> None:
    """Write documents drawn by seed, each with a dirty twin, and what is true of them."""
    folder.mkdir(parents=True, exist_ok=True)
    with (folder / "truth.csv").open("w", encoding="utf-8", newline="") as file:
        told = csv.writer(file)
        told.writerow(("document", "place", "amount_yuan", "half_step_yuan", "keys"))
        with (folder / "planted.csv").open("w", encoding="utf-8", newline="") as other:
            planted = csv.writer(other)
            planted.writerow(("document", "kind", "place", "printed", "right"))
            for seed in range(count):
                clean = rendering(seed)
                told.writerows(_truth(clean.write(folder).name, clean))
                twin = slips.plant(clean, slips.KINDS[seed % len(slips.KINDS)])
                if twin is not None:
                    slip = twin[1]
                    name = twin[0].write(folder).name
                    planted.writerow((name, slip.kind, slip.place, slip.text, slip.right))


def _truth(name: str, clean: Rendering) -> list[tuple[str, ...]]:
    return [
        (
            name, one.place, str(one.amount), str(one.half_step or ""),
            " ".join(sorted(key.digest() or "" for key in one.keys)),
        )
        for one in clean.truth
    ]  # fmt: skip


def main(words: list[str]) -> None:
    """Do what the command line asks for."""
    if words[:1] == ["choices"]:
        report.by_choice(forms=words[1:] or ("html",))
    elif words[:1] == ["write"]:
        write(Path(words[1]), int(words[2]))
    else:
        report.measure(int(words[0]) if words else report.DRAWN)


if __name__ == "__main__":
    sys.stdout.reconfigure(encoding="utf-8")  # type: ignore[union-attr]
    main(sys.argv[1:])
