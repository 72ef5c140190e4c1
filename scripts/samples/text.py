"""A sample as a plain-text dump, one cell per line behind a tab, as exports of .doc give it."""

from __future__ import annotations

from samples.blocks import Grid, Para, Sample


def render(sample: Sample) -> str:
    """Return the text; merged cells leave blank cells only where a row span goes on."""
    parts = []
    for block in sample.blocks:
        if isinstance(block, Grid):
            parts.append(f"\n{_table(block)}\n\n")
        else:
            parts.append(_paragraph(block))
    return "".join(parts).rstrip("\n") + "\n"


def _paragraph(block: Para) -> str:
    before = "\n" if block.level else ""
    return f"{before}{block.printed}\n"


def _table(grid: Grid) -> str:
    rows = []
    for line in grid.layout():
        cells = [
            cell.text if starts else ""
            for cell, starts, first in line
            if first
        ]  # fmt: skip
        rows.append("".join(f"\t{text}\n" for text in cells))
    return "\n".join(rows)
