"""The maintainer's guide names every file, column and check there is."""

from __future__ import annotations

import re
from pathlib import Path

from kemu.classification.tables import checker
from kemu.classification.tables.rows import CodeRow

CODES = Path(__file__).resolve().parents[2] / "data" / "codes"
GUIDE = (CODES / "README.md").read_text(encoding="utf-8")


def test_every_table_is_named() -> None:
    for path in CODES.glob("*.csv"):
        assert f"`{path.name}`" in GUIDE, path.name


def test_every_column_is_explained() -> None:
    for column in CodeRow._fields:
        assert f"`{column}`" in GUIDE, column


def test_every_check_is_explained() -> None:
    source = Path(checker.__file__).read_text(encoding="utf-8")
    rules = set(re.findall(r'\.problem\("(\w+)"', source)) | set(checker._ALLOWED)
    assert len(rules) > 15
    for rule in rules:
        assert f"`{rule}`" in GUIDE, rule
