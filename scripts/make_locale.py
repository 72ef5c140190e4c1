"""Compile what argparse says in Chinese: kemu.po into the kemu.mo that gettext reads."""

from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path

from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po

FOLDER = Path(__file__).resolve().parents[1] / "src/kemu/cli/locale/zh/LC_MESSAGES"
WRITTEN = datetime(2026, 11, 21, tzinfo=UTC)
"""Stands in the catalogue, so that the same words are the same bytes."""

if __name__ == "__main__":
    with (FOLDER / "kemu.po").open("rb") as file:
        catalogue = read_po(file, locale="zh")
    catalogue.creation_date = catalogue.revision_date = WRITTEN
    with (FOLDER / "kemu.mo").open("wb") as file:
        write_mo(file, catalogue)
