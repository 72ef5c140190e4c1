"""Sightings of codes: taken from a document, recorded once, summed up, and what they prove."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest

from kemu.classification import FUNCTIONAL, load, shipped, use
from kemu.classification.store.attestations import Attestations
from kemu.classification.store.attested import attested
from kemu.classification.store.confidence import Support, raised
from kemu.classification.store.editions import Store
from kemu.classification.store.sightings import Record, Said, Sighting, record
from kemu.classification.tables.concept import Concept, Level
from kemu.errors import InputError
from kemu.extract import extract
from kemu.model.document import Document, Paragraph, Place, Text
from kemu.model.facts import CodeMention, DefinedTerm, Extraction, Identity, Organisation
from kemu.read import read

SAMPLES = Path(__file__).resolve().parents[2] / "data" / "samples"
UNSURE = "2080113"
"""政府特殊津贴: only general knowledge in the shipped tables."""


def sighting(code: str = "2080505", name: str = "甲", **values: object) -> Sighting:
    one = Sighting("functional", code, name, 2024, True, "table", "表1 第3行")
    return replace(one, **values)  # type: ignore[arg-type]


def of(
    sha: str, organisation: str, *sightings: Sighting, said: tuple[Said, ...] = (), year: int = 2024
) -> Record:
    title = f"{organisation}{year}年预算"
    return Record(sha, f"{sha}.pdf", title, organisation, year, "budget", sightings, said)


def paragraph(number: int, text: str) -> Paragraph:
    content = Text(text, text, tuple(range(len(text))))
    return Paragraph(Place(paragraph=number, page=7), content)


def extraction(*mentions: CodeMention, texts: tuple[str, ...] = ()) -> Extraction:
    blocks = tuple(paragraph(n, text) for n, text in enumerate(texts, start=1))
    document = Document("文件/某局.pdf", "ab" * 32, "pdf", blocks)
    identity = Identity("某局2024年预算", "001", "2024", "budget", "unit")
    return Extraction(document, identity, (Organisation("001", "某局"),), mentions=mentions)


def mention(**values: object) -> CodeMention:
    place = Place(page=3, table=2, row=5)
    one = CodeMention("t2/r5/c1", place, "functional", "2024", "2080505", "甲", code="2080505")
    return replace(one, **values)  # type: ignore[arg-type]


def test_a_row_that_prints_both_is_a_sighting_of_both() -> None:
    found = record(extraction(mention(), mention(slug="t3/r5/c1")))
    (one,) = found.sightings
    assert one == sighting(place="第3页 表2 第5行", times=2)
    assert (found.file, found.organisation, found.year) == ("某局.pdf", "某局", 2024)


@pytest.mark.parametrize(
    ("values", "coded", "count"),
    [
        ({"printed_code": ""}, False, 1),
        ({"where": "sentence"}, False, 1),
        ({"printed_name": ""}, None, 0),
        ({"printed_code": "", "code": ""}, None, 0),
        ({"printed_code": "208 05 05"}, True, 1),
        ({"scheme": "item"}, None, 0),
    ],
)
def test_what_counts_as_a_sighting(
    values: dict[str, object], coded: bool | None, count: int
) -> None:
    found = record(extraction(mention(**values))).sightings
    assert len(found) == count
    assert all(one.coded is coded and one.code == "2080505" for one in found)


@pytest.mark.parametrize(
    ("text", "definition"),
    [
        ("甲（项）：反映丙的支出。", "反映丙的支出。"),
        ("3. 社会保障（类）乙（款）甲（项）：指丙的支出。", "指丙的支出。"),
        ("甲是指丙的支出。", "是指丙的支出。"),
        ("甲 主要用于丙的支出。", "主要用于丙的支出。"),
        ("甲 123.45万元。", None),
        ("没有这个名称：丙。", None),
    ],
)
def test_a_glossary_paragraph_is_a_definition(text: str, definition: str | None) -> None:
    one = mention(place=Place(paragraph=1, page=7), where="glossary", printed_code="")
    found = record(extraction(one, texts=(text,))).said
    assert [(said.definition, said.place) for said in found] == (
        [(definition, "第7页 第1段")] if definition else []
    )


def test_terms_that_extraction_found_are_taken_as_they_are() -> None:
    term = DefinedTerm("p9", Place(paragraph=9), "甲（项）", "指丙。", "functional", "2080505")
    item = DefinedTerm("p10", Place(paragraph=10), "“三公”经费", "指丁。", item="threePublic")
    found = record(replace(extraction(), terms=(term, item))).said
    assert found == (Said("functional", "2080505", "甲（项）", "指丙。", "第9段"),)


def test_a_document_is_recorded_once(tmp_path: Path) -> None:
    evidence = Attestations(tmp_path)
    one = of("a", "某局", sighting())
    assert evidence.add([one, one]) == 1
    assert evidence.add([one]) == 0
    assert evidence.documents() == 1
    (name,) = evidence.names("functional", "2080505", [])
    assert (name.documents, name.organisations, name.coded) == (1, 1, 1)


def test_nothing_is_created_by_looking(tmp_path: Path) -> None:
    evidence = Attestations(tmp_path / "none")
    assert evidence.names("functional", "2080505", []) == ()
    assert evidence.documents() == 0
    assert not (tmp_path / "none").exists()


def test_an_interrupted_recording_leaves_nothing_of_the_document(tmp_path: Path) -> None:
    evidence = Attestations(tmp_path)
    broken = of("b", "某局", sighting(), replace(sighting(), name=None))  # type: ignore[arg-type]
    with pytest.raises((InputError, AttributeError, TypeError)):
        evidence.add([of("a", "某局", sighting()), broken])
    assert evidence.documents() == 1
    (name,) = evidence.names("functional", "2080505", [])
    assert name.documents == 1


def test_names_are_counted_side_by_side(tmp_path: Path) -> None:
    evidence = Attestations(tmp_path)
    evidence.add(
        [
            of("a", "甲局", sighting(name="机关事业单位基本养老保险缴费支出")),
            of(
                "b", "乙局", sighting(name="机关事业单位基本养老保险缴费支出", year=2022), year=2022
            ),
            of(
                "c",
                "乙局",
                sighting(name="机关事业单位基本养老保险缴费支出"),
                sighting(name="养老"),
            ),
            of("d", "", sighting(name="养老", coded=False, where="sentence")),
        ]
    )
    first, second = evidence.names("functional", "2080505", ["机关事业单位基本养老保险缴费支出"])
    assert (first.documents, first.organisations, first.years) == (3, 2, (2022, 2024))
    assert first.official
    assert (second.name, second.documents, second.organisations, second.coded) == ("养老", 2, 1, 1)
    assert not second.official
    assert [e.document for e in first.examples] == ["a.pdf", "c.pdf", "b.pdf"]


def test_wordings_are_set_side_by_side(tmp_path: Path) -> None:
    def said(text: str) -> tuple[Said, ...]:
        return (Said("functional", "2080505", "甲", text, "第9段"),)

    evidence = Attestations(tmp_path)
    evidence.add(
        [
            of("a", "甲局", said=said("指丙的支出。")),
            of("b", "乙局", said=said("指丙的支出")),
            of("c", "乙局", said=said("反映丙的支出。")),
        ]
    )
    first, second = evidence.said("functional", "2080505")
    assert (first.documents, first.organisations) == (2, 2)
    assert (second.definition, second.documents) == ("反映丙的支出。", 1)


def concept(**values: object) -> Concept:
    one = Concept(FUNCTIONAL, UNSURE, "政府特殊津贴", Level.ITEM, "20801")
    return replace(one, **values)  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("support", "values", "confidence"),
    [
        ([], {}, "C"),
        ([("政府特殊津贴", 2024, "甲局", False)], {}, "B"),
        ([("政府特殊津贴", 2024, "", False)], {}, "B"),
        ([("政府特殊津贴", 2024, "甲局", True)], {}, "A"),
        ([("政府特殊津贴", 2023, "甲局", False), ("政府特殊津贴", 2024, "乙局", False)], {}, "A"),
        ([("政府特殊津贴", 2023, "甲局", False), ("政府特殊津贴", 2024, "甲局", False)], {}, "B"),
        ([("政府特殊津贴", 2011, "甲局", True)], {}, "C"),
        ([("政府津贴", 2024, "甲局", True)], {}, "C"),
        ([("政府特殊津贴", 2024, "甲局", True)], {"valid_to": 2020}, "C"),
        ([("政府特殊津贴", 2024, "甲局", False)], {"confidence": "A"}, "A"),
        ([("政府特殊津贴", 2024, "甲局", False)], {"confidence": "B"}, "B"),
    ],
)
def test_the_rule(
    support: list[tuple[str, int, str, bool]], values: dict[str, object], confidence: str
) -> None:
    seen = [Support(name, year, 1, org, several) for name, year, org, several in support]
    assert raised(concept(**values), seen) == confidence


def test_the_record_sums_up_what_the_rule_needs(tmp_path: Path) -> None:
    evidence = Attestations(tmp_path)
    both = sighting(UNSURE, "政府特殊津贴")
    evidence.add([of("a", "甲局", both), of("b", "甲局", both)])
    (one,) = evidence.support_of("functional", UNSURE)
    assert (one.documents, one.organisation, one.several) == (2, "甲局", False)
    evidence.add([of("c", "", both), of("d", "乙局", both)])
    (one,) = evidence.support_of("functional", UNSURE)
    assert (one.documents, one.several) == (4, True)
    assert evidence.support() == {("functional", UNSURE): [one]}


@pytest.fixture
def folder(tmp_path: Path) -> Iterator[Path]:
    yield tmp_path / "own"
    use(None)


def test_sightings_lift_confidence_and_never_a_name(folder: Path) -> None:
    before = shipped().get("functional", UNSURE)
    assert before is not None
    assert before.confidence == "C"
    other = sighting(UNSURE, "政府特贴")
    both = sighting(UNSURE, "政府特殊津贴")
    Store(folder).attestations.add([of("a", "甲局", both), of("b", "乙局", both, other)])
    use(folder)
    after = load().get("functional", UNSURE)
    assert after is not None
    assert (after.confidence, after.sources) == ("A", ("OWN:2",))
    assert [name.text for name in after.names] == [name.text for name in before.names]
    shown = attested(Store(folder), shipped(), "functional", UNSURE).to_json()
    assert (shown["confidence"], shown["confidenceRaised"]) == ("C", "A")


def test_a_code_that_the_tables_lack_is_shown_too(folder: Path) -> None:
    Store(folder).attestations.add([of("a", "甲局", sighting("2080177", "数字人社"))])
    found = attested(Store(folder), shipped(), "functional", "2080177")
    assert (found.name, found.confidence, found.names[0].name) == ("", "", "数字人社")
    use(folder)
    assert load().get("functional", "2080177") is None


def test_a_damaged_record_is_explained(tmp_path: Path) -> None:
    (tmp_path / "evidence.sqlite").write_bytes(b"no database at all" * 100)
    with pytest.raises(InputError) as raised_:
        Attestations(tmp_path).documents()
    assert raised_.value.code == "E-STORE-EVIDENCE"


def test_text_from_documents_is_never_run_as_sql(tmp_path: Path) -> None:
    nasty = "x'); DROP TABLE document; --"
    evidence = Attestations(tmp_path)
    evidence.add([of("a", nasty, sighting(name=nasty))])
    assert evidence.names("functional", "2080505' OR 1=1 --", []) == ()
    assert evidence.names("functional", "2080505", [])[0].name == nasty
    with sqlite3.connect(tmp_path / "evidence.sqlite") as database:
        assert database.execute("SELECT count(*) FROM document").fetchone() == (1,)
    database.close()


def test_a_sample_document(tmp_path: Path) -> None:
    """The water bureau prints 2080505 in tables with its official name, and defines it."""
    found = record(extract(read(SAMPLES / "临江市水务局_2025年度部门预算.txt")))
    assert (found.organisation, found.year) == ("临江市水务局", 2025)
    names = {s.name for s in found.sightings if s.code == "2080505" and s.coded}
    assert names == {"机关事业单位基本养老保险缴费支出"}
    (definition,) = {s.definition for s in found.said if s.code == "2080505"}
    assert "基本养老保险费" in definition
