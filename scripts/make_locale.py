"""Compile what argparse says in Chinese: kemu.po into the kemu.mo that gettext reads."""

from __future__ import annotations

import io
from pathlib import Path

from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po

FOLDER = Path(__file__).resolve().parents[1] / "src/kemu/cli/locale/zh/LC_MESSAGES"


def compiled() -> bytes:
    """Return the catalogue as gettext reads it."""
    written = io.BytesIO()
    with (FOLDER / "kemu.po").open("rb") as file:
        write_mo(written, read_po(file, locale="zh"))
    return written.getvalue()


if __name__ == "__main__":
    (FOLDER / "kemu.mo").write_bytes(compiled())
