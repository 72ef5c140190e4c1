"""Write data/samples from its sources: every sample in every format, and the list of errors.

Usage: python scripts/make_samples.py [--check]

The same source gives the same bytes. With --check nothing is written, and the exit code says
whether the files in data/samples are what the sources give.
"""

from __future__ import annotations

import argparse
import sys
import tomllib
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

from samples import (
    book,
    guangdong,
    jiangsu,
    paper,
    readme,
    shaanxi,
    shanghai,
    sheets,
    sichuan,
    text,
    web,
    word,
)
from samples.blocks import Sample, with_error

SAMPLES = Path(__file__).resolve().parents[1] / "data" / "samples"
FORMATS: dict[str, Callable[[Sample], bytes]] = {
    "txt": lambda sample: text.render(sample).encode(),
    "docx": word.render,
    "xlsx": sheets.render,
    "html": web.render,
    "gb2312.html": lambda sample: web.render(sample, "gb2312"),
    "pdf": paper.render,
}
LAYOUTS: dict[str, Callable[[dict[str, Any]], Sample]] = {
    "guangdong": guangdong.build,
    "jiangsu": jiangsu.build,
    "shaanxi": shaanxi.build,
    "shanghai": shanghai.build,
    "sichuan": sichuan.build,
}


def sources() -> Iterator[dict[str, Any]]:
    """Yield the sources, in order of file name."""
    for path in sorted((SAMPLES / "source").glob("*.toml")):
        yield tomllib.loads(path.read_text(encoding="utf-8"))


def build(source: dict[str, Any]) -> Sample:
    """Return the sample of a source, its errors put in."""
    sample = LAYOUTS[source["document"]["layout"]](source)
    for error in source.get("error", ()):
        sample = with_error(sample, error)
    return sample


def files() -> Iterator[tuple[str, bytes]]:
    """Yield name and content of every file to write."""
    every = list(sources())
    yield "README.md", readme.render(every).encode()
    for source in every:
        sample = build(source)
        for ending in source["document"]["formats"]:
            yield f"{sample.name}.{ending}", FORMATS[ending](sample)
    yield from _book(SAMPLES / "book" / "mini_book_2099.toml")


def _book(path: Path) -> Iterator[tuple[str, bytes]]:
    source = tomllib.loads(path.read_text(encoding="utf-8"))
    yield "book/README.md", book.readme(source).encode()
    for ending in source["document"]["formats"]:
        made = FORMATS[ending](book.build(source))
        yield f"book/{source['document']['name']}.{ending}", made


def main() -> int:
    """Write or check the files; return the exit code."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--check", action="store_true", help="compare only, write nothing")
    check = parser.parse_args().check
    stale = []
    for name, data in files():
        path = SAMPLES / name
        if not path.exists() or path.read_bytes() != data:
            stale.append(name)
            if not check:
                path.write_bytes(data)
    print("\n".join(stale) or "data/samples is up to date", file=sys.stderr)
    return 1 if check and stale else 0


if __name__ == "__main__":
    sys.exit(main())
