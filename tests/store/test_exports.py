"""What a store is written as, and what the rules say of it."""

from __future__ import annotations

import csv
import io
import json
from decimal import Decimal
from pathlib import Path

import pyoxigraph as ox
import pytest

from kemu.cli import main
from kemu.graph.vocabulary import PREFIXES
from kemu.model.findings import CheckResult
from kemu.validate import check
from tests.store.integrity import CONSTRAINTS
from tests.store.making import page

SAMPLES = Path(__file__).resolve().parents[2] / "data" / "samples"
WRONG = SAMPLES / "临江市云岭区档案馆_2025年单位预算_含错误.txt"
DIMENSIONS = 15


@pytest.fixture(scope="module")
def store(tmp_path_factory: pytest.TempPathFactory) -> str:
    folder = tmp_path_factory.mktemp("库")
    files = [WRONG, SAMPLES / "海曲区统计局_2024年度部门决算.txt", page(folder, "小.html")]
    assert main(["ingest", *map(str, files), "--store", str(folder / "库")]) == 0
    return str(folder / "库")


def exported(store: str, form: str, out: Path) -> bytes:
    assert main(["export", "--store", store, "--to", form, "--out", str(out)]) == 0
    return out.read_bytes()


def test_the_rules_find_in_the_store_what_they_find_in_the_document(
    store: str, capfd: pytest.CaptureFixture[str]
) -> None:
    from kemu.pipeline.documents import of_one

    (checked,) = of_one(WRONG, WRONG.name, check)
    assert isinstance(checked, CheckResult)
    capfd.readouterr()
    assert main(["validate", "--store", store, "--format", "json"]) == 1
    told = json.loads(capfd.readouterr().out)
    (mine,) = [one for one in told if one["document"]["file"] == WRONG.name]
    assert mine["verdict"] == "violations"
    stated = {(f.rule, f.severity.value, f.stated) for f in checked.findings}
    assert len(stated) > 10
    kept = {
        (f["rule"], f["severity"], Decimal(str(f["stated"])) if "stated" in f else None)
        for f in mine["findings"]
    }
    assert kept == stated
    assert [one["verdict"] for one in told if one is not mine].count("violations") == 0


def test_all_rdf_forms_hold_the_same(store: str, tmp_path: Path) -> None:
    forms = {
        "nquads": ox.RdfFormat.N_QUADS, "trig": ox.RdfFormat.TRIG, "jsonld": ox.RdfFormat.JSON_LD,
    }  # fmt: skip
    found = {
        form: {str(quad) for quad in ox.parse(exported(store, form, tmp_path / form), format=kind)}
        for form, kind in forms.items()
    }
    assert found["nquads"] == found["trig"] == found["jsonld"]
    triples = set(ox.parse(exported(store, "ttl", tmp_path / "ttl"), format=ox.RdfFormat.TURTLE))
    assert len(triples) <= len(found["nquads"])


def test_a_tidy_table_names_its_codes_in_two_languages(store: str, tmp_path: Path) -> None:
    text = exported(store, "csv", tmp_path / "a.csv").decode("utf-8-sig")
    rows = [row for row in csv.DictReader(io.StringIO(text)) if row["file"] == "小.html"]
    (row,) = [r for r in rows if r["functional"] == "201" and r["nature"] == "all"]
    assert row["functional_zh"] == "一般公共服务支出"
    assert row["functional_en"] == "General public services"
    assert (row["nature_zh"], row["nature_en"]) == ("全部", "all")
    assert (row["flow_zh"], row["flow_en"]) == ("支出", "expenditure")
    assert (row["amount"], row["printed"], row["printed_unit"]) == ("1205000", "120.50", "万元")


def test_parquet_holds_the_same_table_with_exact_amounts(store: str, tmp_path: Path) -> None:
    files = pytest.importorskip("pyarrow.parquet")
    text = exported(store, "csv", tmp_path / "a.csv").decode("utf-8-sig")
    exported(store, "parquet", tmp_path / "a.parquet")
    held = files.read_table(tmp_path / "a.parquet").to_pylist()
    rows = list(csv.DictReader(io.StringIO(text)))
    assert [(row["fact"], Decimal(row["amount"])) for row in rows] == [
        (row["fact"], row["amount"]) for row in held
    ]


@pytest.fixture(scope="module")
def cube(store: str, tmp_path_factory: pytest.TempPathFactory) -> ox.Store:
    file = tmp_path_factory.mktemp("cube") / "cube.ttl"
    held = ox.Store()
    held.load(exported(store, "datacube", file), format=ox.RdfFormat.TURTLE)
    return held


@pytest.mark.parametrize("name", CONSTRAINTS)
def test_the_cube_keeps_the_integrity_constraints(cube: ox.Store, name: str) -> None:
    assert not cube.query(CONSTRAINTS[name], prefixes=PREFIXES), name


def test_the_cube_has_one_observation_for_each_key(cube: ox.Store) -> None:
    dimensions = {
        q.subject for q in cube.quads_for_pattern(
            None, ox.NamedNode(PREFIXES["rdf"] + "type"),
            ox.NamedNode(PREFIXES["qb"] + "DimensionProperty"),
        )
    }  # fmt: skip
    assert len(dimensions) == DIMENSIONS
    told = "SELECT ?obs ?p ?v WHERE { ?obs a qb:Observation ; ?p ?v . ?p a qb:DimensionProperty }"
    keys: dict[str, set[str]] = {}
    for obs, predicate, value in cube.query(told, prefixes=PREFIXES):  # type: ignore[misc,union-attr]
        keys.setdefault(str(obs), set()).add(f"{predicate} {value}")
    assert len(keys) > 100
    assert len({frozenset(key) for key in keys.values()}) == len(keys)


def test_constraints_can_be_broken(cube: ox.Store) -> None:
    """A cube that lacks something fails the constraint that asks for it."""
    broken = ox.Store()
    broken.extend(cube)
    for predicate in ("kemu:year", "kemu:value", "kemu:confirmedBy"):
        broken.update(f"DELETE WHERE {{ ?obs {predicate} ?v }}", prefixes=PREFIXES)
    for name in ("IC-11 all dimensions required", "IC-13 required attributes",
                 "IC-14 all measures present"):  # fmt: skip
        assert broken.query(CONSTRAINTS[name], prefixes=PREFIXES), name


def test_a_value_that_most_places_confirm_stands_for_a_disputed_quantity(tmp_path: Path) -> None:
    """The page says 120.50 in a table and in a sentence, and 999.50 once."""
    file = page(tmp_path, extra="2025年一般公共预算支出999.50万元。")
    main(["ingest", str(file), "--store", str(tmp_path / "库")])
    held = ox.Store()
    held.load(
        exported(str(tmp_path / "库"), "datacube", tmp_path / "c.ttl"), format=ox.RdfFormat.TURTLE
    )
    disputed = (
        "SELECT ?v ?n ?t { ?o kemu:disagreement true ; kemu:value ?v ; kemu:confirmedBy ?n ;"
        " kemu:printings ?t }"
    )
    found = [
        tuple(term.value for term in row)
        for row in held.query(disputed, prefixes=PREFIXES)  # type: ignore[union-attr]
    ]
    assert found == [("1205000", "2", "3")]


def test_what_has_no_key_is_in_a_file_of_its_own(store: str, tmp_path: Path) -> None:
    exported(store, "datacube", tmp_path / "c.ttl")
    text = (tmp_path / "c.unkeyed.csv").read_text(encoding="utf-8-sig")
    unkeyed = list(csv.DictReader(io.StringIO(text)))
    every = exported(store, "csv", tmp_path / "a.csv").decode("utf-8-sig")
    assert {row["fact"] for row in unkeyed} == {
        row["fact"] for row in csv.DictReader(io.StringIO(every)) if not row["key"]
    }
    assert unkeyed


def test_skos_holds_the_codes_in_use(store: str, tmp_path: Path) -> None:
    text = exported(store, "skos", tmp_path / "s.ttl").decode()
    assert "skos:ConceptScheme" in text or "skos:Concept" in text
    assert '"一般公共服务支出"@zh' in text
