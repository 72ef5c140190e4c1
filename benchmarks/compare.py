"""Two checkouts, same bytes? What each says of the same documents, facts and findings, compared.

`python -m benchmarks.compare BEFORE AFTER DOCUMENT… [--keep FOLDER]`

A change that is to change nothing is shown so; one that mends a defect shows what it moved. Each
checkout is run as users run it, one process a document. What BEFORE said is kept in the folder
and not computed again. Exit code 1 if a byte differs.
"""

from __future__ import annotations

import argparse
import csv
import json
import os
import subprocess
import sys
import tempfile
from collections import Counter
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import NamedTuple

OUTPUTS = {
    "facts.csv": ("facts", "--format", "csv"),
    "check.json": ("check", "--format", "json"),
}
"""Name of what is compared → the command that prints it."""
_SHOWN = 12


class Difference(NamedTuple):
    """What one output lost and what it gained: facts as lines, findings as rule and place."""

    document: str
    output: str
    lost: Counter[str]
    gained: Counter[str]


def printed(checkout: Path, document: Path, output: str) -> bytes:
    """Return what a checkout prints about a document, or its error."""
    verb, *options = OUTPUTS[output]
    environment = os.environ | {"PYTHONPATH": str(checkout / "src"), "PYTHONUTF8": "1"}
    command = [sys.executable, "-m", "kemu", verb, str(document), *options]
    done = subprocess.run(command, capture_output=True, env=environment, check=False)
    return done.stdout or done.stderr


def compared(before: Path, after: Path, document: Path, keep: Path) -> Iterator[Difference]:
    """Yield what differs between two checkouts on one document."""
    for output in OUTPUTS:
        kept = keep / f"{document.name}.{output}"
        if not kept.exists():
            kept.write_bytes(printed(before, document, output))
        old, new = kept.read_bytes(), printed(after, document, output)
        if old != new:
            told = [_told(output, data.decode("utf-8")) for data in (old, new)]
            yield Difference(document.name, output, told[0] - told[1], told[1] - told[0])


def _told(output: str, text: str) -> Counter[str]:
    """Return what an output says, line by line; the raw lines of what cannot be read."""
    if output == "check.json" and text.startswith("["):
        return Counter(line for result in json.loads(text) for line in _findings(result))
    return Counter(" ".join(row) for row in csv.reader(text.splitlines()))


def _findings(result: dict[str, object]) -> Iterator[str]:
    """Yield each leaf of a result with the way to it, numbers of lists left out."""
    stack: list[tuple[str, object]] = [("", result)]
    while stack:
        way, value = stack.pop()
        if isinstance(value, dict):
            if "rule" in value and "severity" in value:
                yield f"finding {json.dumps(value, ensure_ascii=False, sort_keys=True)}"
                continue
            stack.extend((f"{way}.{key}", each) for key, each in value.items())
        elif isinstance(value, list):
            stack.extend((way, each) for each in value)
        else:
            yield f"{way.lstrip('.')} = {value}"


def _show(difference: Difference) -> None:
    print(f"{difference.document} {difference.output}:")
    for sign, lines in (("-", difference.lost), ("+", difference.gained)):
        listed = sorted(lines.elements())
        for line in listed[:_SHOWN]:
            print(f"  {sign} {line[:400]}")
        if len(listed) > _SHOWN:
            print(f"  {sign} … {len(listed) - _SHOWN} more")


def main(arguments: list[str] | None = None) -> int:
    """Compare, print what differs, and return 1 if something does."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("before", type=Path)
    parser.add_argument("after", type=Path)
    parser.add_argument("documents", type=Path, nargs="+")
    parser.add_argument("--keep", type=Path, help="what BEFORE said, kept from run to run")
    parser.add_argument("--jobs", type=int, default=2)
    options = parser.parse_args(arguments)
    with tempfile.TemporaryDirectory() as folder, ThreadPoolExecutor(options.jobs) as pool:
        keep = options.keep or Path(folder)
        keep.mkdir(parents=True, exist_ok=True)

        def one(document: Path) -> list[Difference]:
            return list(compared(options.before, options.after, document, keep))

        found = [each for some in pool.map(one, options.documents) for each in some]
    for difference in found:
        _show(difference)
    differing = len({difference.document for difference in found})
    print(f"{len(options.documents)} documents, {differing} differ")
    return int(bool(found))


if __name__ == "__main__":
    sys.exit(main())
