"""What people type into a lookup, and the answers they must get."""

from __future__ import annotations

import json
import subprocess
import sys

import pytest

from kemu.classification import load
from kemu.classification.lookup.query import lookup, resolve
from kemu.classification.resolve.printed_path import parse_path
from kemu.errors import InputError


@pytest.mark.parametrize(
    "query",
    ["2080505", "208 05 05", "208.05.05", "208-05-05", "[2080505]", "２０８０５０５", " 2080505 "],
)
def test_a_code_is_found_however_it_is_written(query: str) -> None:
    found = lookup(load(), query)
    assert found.exact
    assert [answer.entry.concept.notation for answer in found.answers] == ["2080505"]
    path = [link.code for link in found.answers[0].entry.path]
    assert path == ["208", "20805", "2080505"]


def test_the_name_is_that_of_the_year() -> None:
    assert lookup(load(), "20805", 2019).answers[0].entry.name == "行政事业单位离退休"
    assert lookup(load(), "20805", 2020).answers[0].entry.name == "行政事业单位养老支出"
    assert lookup(load(), "210", 2013).answers[0].entry.name == "医疗卫生支出"
    path = lookup(load(), "2101101", 2018).answers[0].entry.path
    assert path[0].name == "医疗卫生与计划生育支出"


def test_an_entry_tells_history_budgets_and_counterparts() -> None:
    (answer,) = lookup(load(), "210").answers
    assert [name.text for name in answer.entry.concept.former_names] == [
        "医疗卫生支出",
        "医疗卫生与计划生育支出",
    ]
    assert {link.code for link in answer.entry.children} >= {"21001", "21011", "21015"}
    (answer,) = lookup(load(), "30108").answers
    assert [link.code for link in answer.entry.counterparts] == ["50102", "50501"]
    (answer,) = lookup(load(), "207").answers
    assert answer.entry.concept.budget == ("一般公共预算", "政府性基金预算")
    assert answer.entry.cofog.startswith("08")


def test_a_code_out_of_its_years_is_shown_and_said() -> None:
    found = lookup(load(), "22401", 2017)
    assert found.answers[0].entry.valid is False
    assert "2017" in found.message


def test_unknown_codes_give_what_is_near() -> None:
    found = lookup(load(), "2089876")
    assert not found.exact
    assert found.answers[0].entry.concept.notation == "208"
    found = lookup(load(), "2080")
    assert {len(answer.entry.concept.notation) for answer in found.answers} == {5}
    found = lookup(load(), "3010201")
    assert found.answers[0].entry.concept.notation == "30102"


@pytest.mark.parametrize(
    ("query", "code"),
    [
        ("社会保险经办机构", "2080109"),
        ("养老服务", "2081006"),
        ("抚恤", "20808"),
        ("医疗卫生与计划生育支出", "210"),
        ("shbxjbjg", "2080109"),
        ("2080505 机关事业单位基本养老保险缴费", "2080505"),
        ("一般公共服务(类)人力资源和社会保障管理事务(款)社会保险经办机构(项)", "2080109"),
    ],
)
def test_names_old_names_initials_and_paths(query: str, code: str) -> None:
    found = lookup(load(), query, 2023)
    assert found.exact
    assert found.answers[0].entry.concept.notation == code


def test_two_characters_are_enough() -> None:
    found = lookup(load(), "信访", 2025)
    assert "20140" in {answer.entry.concept.notation for answer in found.answers}
    assert found.total >= 4


def test_a_name_of_many_codes_gives_all_of_them() -> None:
    found = lookup(load(), "行政运行", limit=5)
    assert len(found.answers) == 5
    assert found.total > 60


def test_a_near_miss_is_offered_not_chosen() -> None:
    found = lookup(load(), "社会保险经办机够")
    assert not found.exact
    assert found.answers[0].entry.concept.notation == "2080109"


@pytest.mark.parametrize("query", ["", "   ", "养" * 10000, "2080505\x00", "\x1b[31m"])
def test_bad_queries_are_input_errors(query: str) -> None:
    with pytest.raises(InputError) as caught:
        lookup(load(), query)
    assert caught.value.code == "E-CODES-QUERY"


@pytest.mark.parametrize("year", [0, -1, 1999, 20230])
def test_years_out_of_range_are_input_errors(year: int) -> None:
    with pytest.raises(InputError) as caught:
        lookup(load(), "208", year)
    assert caught.value.code == "E-CODES-YEAR"


@pytest.mark.parametrize(
    "query", ["'; DROP TABLE codes; --", "} SELECT * { ?s ?p ?o", "..", "（类）", "-"]
)
def test_hostile_or_odd_queries_find_nothing_and_say_so(query: str) -> None:
    found = lookup(load(), query)
    assert found.total == 0
    assert found.message


@pytest.mark.parametrize(
    ("text", "names", "code", "rest"),
    [
        (
            "1.社会保障和就业支出（类） 就业补助（款）公益性岗位补贴（项）2024年预算数为1万元",
            ("社会保障和就业支出", "就业补助", "公益性岗位补贴"),
            "",
            "2024年预算数为1万元",
        ),
        (
            "一般公共服务支出(类)政府办公厅（室）及相关机构事务(款)行政运行(项):10万元",
            ("一般公共服务支出", "政府办公厅（室）及相关机构事务", "行政运行"),
            "",
            "10万元",
        ),
        (
            "208社会保障和就业支出（类）20805行政事业单位养老支出（款）2080505机关事业单位基本养老保险缴费支出（项）",
            ("社会保障和就业支出", "行政事业单位养老支出", "机关事业单位基本养老保险缴费支出"),
            "2080505",
            "",
        ),
        ("公务员事务（款）行政运行（项）", ("", "公务员事务", "行政运行"), "", ""),
        ("（三）卫生健康（类）：", ("卫生健康", "", ""), "", ""),
        (
            "住房保障支出-住房改革支出-住房公积金",
            ("住房保障支出", "住房改革支出", "住房公积金"),
            "",
            "",
        ),
        ("行政运行（2010301）", ("行政运行", "", ""), "2010301", ""),
        ("2210201-住房公积金", ("住房公积金", "", ""), "2210201", ""),
    ],
)
def test_a_printed_path_is_taken_apart(
    text: str, names: tuple[str, str, str], code: str, rest: str
) -> None:
    found = parse_path(text)
    assert (found.names, found.code, found.rest) == (names, code, rest)


def test_resolve_says_what_differs() -> None:
    found = resolve(
        load(), "社会保障就业(类)行政事业单位养老支出(款)一其他行政事业单位养老支出(项)", 2023
    )
    assert found.resolution.code == "2080599"
    assert found.resolution.path == (
        "社会保障和就业支出",
        "行政事业单位养老支出",
        "其他行政事业单位养老支出",
    )
    told = found.to_json()
    assert told["differences"] == ["suffixMissing", "conjunctionMissing", "strayCharacter"]
    assert resolve(load(), "行政运行（2010301）", 2020).resolution.code == "2010301"
    assert not resolve(load(), "行政运行", 2020).resolution


@pytest.mark.parametrize("query", ["2080505", "养老", "不存在的名字", "20805"])
def test_answers_are_json(query: str) -> None:
    told = json.loads(json.dumps(lookup(load(), query, 2021).to_json(), ensure_ascii=False))
    assert told["query"] == query
    told = json.loads(json.dumps(resolve(load(), query, 2021).to_json(), ensure_ascii=False))
    assert told["reason"]


def test_a_lookup_of_a_code_imports_nothing_heavy() -> None:
    script = (
        "import sys; from kemu.classification import load; from kemu.classification.lookup.query"
        " import lookup; lookup(load(), '2080505');"
        "print(sorted({'rdflib', 'networkx', 'rapidfuzz', 'pydantic'} & set(sys.modules)))"
    )
    done = subprocess.run(
        [sys.executable, "-c", script], capture_output=True, text=True, check=True
    )
    assert done.stdout.strip() == "[]"
