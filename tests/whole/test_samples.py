"""The sample documents from file to verdict: the correct ones conform, known errors are found."""

from __future__ import annotations

from collections import Counter
from functools import cache
from pathlib import Path

import pytest

from kemu.extract import extract
from kemu.model.facts import Extraction
from kemu.model.findings import CheckResult, Severity, Verdict
from kemu.read import libreoffice, read
from kemu.validate import check

SAMPLES = Path(__file__).resolve().parents[2] / "data" / "samples"
CORRECT = (
    "海曲区统计局_2024年度部门决算",
    "岭安市农业农村局_2025年部门预算",
    "临江市水务局_2025年度部门预算",
    "青溪县社会保险服务中心_2025年单位预算",
    "渭北市民政局_2025年部门综合预算",
)
FAULTY = "临江市云岭区档案馆_2025年单位预算_含错误"
# What data/samples/README.md says of each of the nine errors: the rules that may find it, and words
# of the place at fault.
ERRORS = {
    1: ({"R3.2", "R3.1", "R3.7"}, "59.41"),
    2: ({"R4.2", "R4.4", "R3.1"}, "51.6"),
    3: ({"R3.2", "R3.3"}, "42.18"),
    4: ({"R2.3"}, "医疗卫生与计划生育支出"),
    5: ({"R2.4", "R2.6"}, "机关事业单位职业年金缴费支出"),
    6: ({"R5.1"}, "79.18"),
    7: ({"R5.3"}, "5.93"),
    8: ({"R5.2", "R5.4"}, "0.8"),
    9: ({"R4.2", "R4.3", "R3.3", "R4.4"}, "508.76"),
}


def files(stem: str) -> list[Path]:
    return sorted(p for p in SAMPLES.glob(f"{stem}.*") if p.suffix != ".toml")


def readable(path: Path) -> Path:
    """Return the path; skip what this machine has no program for."""
    if path.suffix == ".doc" and libreoffice.program() is None:
        pytest.skip("LibreOffice is not installed")
    return path


@cache
def extraction(path: Path) -> Extraction:
    return extract(read(path))


@cache
def result(path: Path) -> CheckResult:
    return check(extraction(path))


@pytest.mark.parametrize(
    "path", [p for stem in CORRECT for p in files(stem)], ids=lambda p: f"{p.stem[:4]}{p.suffix}"
)
def test_correct_sample_has_nothing_to_mend(path: Path) -> None:
    found = [f for f in result(readable(path)).findings if f.severity is not Severity.HINT]
    assert [(f.rule, f.messages["zh"]) for f in found] == []
    # Partial where a table's header has several readings, so that its numbers are not compared.
    assert result(path).verdict in (Verdict.CONFORMS, Verdict.HINTS, Verdict.PARTIAL)


@pytest.mark.parametrize("path", files(FAULTY), ids=lambda p: "".join(p.suffixes))
@pytest.mark.parametrize("number", ERRORS)
def test_known_error_is_found(path: Path, number: int) -> None:
    rules, words = ERRORS[number]
    found = [f for f in result(path).findings if f.rule in rules]
    told = [f.messages["zh"] + "".join(e.quote for e in f.evidence) for f in found]
    assert any(words in text for text in told)


@pytest.mark.parametrize("path", files(FAULTY), ids=lambda p: "".join(p.suffixes))
def test_known_errors_are_nine_causes(path: Path) -> None:
    found = [f for f in result(path).findings if f.severity is not Severity.HINT]
    causes = {f.root or f.id for f in found}
    assert len(causes) == len(ERRORS)


@pytest.mark.parametrize("stem", [*CORRECT, FAULTY], ids=lambda stem: stem[:4])
def test_every_format_gives_the_same_facts(stem: str) -> None:
    """Text with merged headers that have several solutions is left out: it says so itself."""
    whole = [
        p
        for p in map(readable, files(stem))
        if not any(t.broken for t in extraction(p).document.tables)
    ]
    counts = {path: facts(path) for path in whole}
    first = next(iter(counts.values()))
    different = {path.name: (found - first, first - found) for path, found in counts.items()}
    assert {name: d for name, d in different.items() if any(d)} == {}


def facts(path: Path) -> Counter[tuple[str | None, str]]:
    return Counter((f.key.digest(), str(f.amount.value)) for f in extraction(path).facts)
