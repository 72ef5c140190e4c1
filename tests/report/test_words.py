"""All wording exists in both languages, with the same slots, and is used."""

from __future__ import annotations

import re
import tomllib

from kemu.assets import asset
from kemu.model.findings import Severity, Status, Verdict

TABLES = tomllib.loads(asset("api", "report", "words.toml").read_text(encoding="utf-8"))
SLOT = re.compile(r"\{\w+\}")


def test_both_languages_with_the_same_slots() -> None:
    for group, entries in TABLES.items():
        for name, texts in entries.items():
            assert set(texts) == {"zh", "en"}, (group, name)
            assert sorted(SLOT.findall(texts["zh"])) == sorted(SLOT.findall(texts["en"])), name
            assert not re.search(r"[㐀-鿿]", texts["en"].replace("元", "")), (group, name)


def test_every_value_of_the_model_has_words() -> None:
    assert {v.value for v in Verdict} <= TABLES["verdict"].keys() & TABLES["verdict_note"].keys()
    assert {s.value for s in Status} == TABLES["status"].keys()
    assert {s.value for s in Severity} == TABLES["severity"].keys()
