"""Names, paths and codes as real documents print them, and what they must resolve to."""

from __future__ import annotations

import csv
from pathlib import Path

import pytest

from kemu.classification import Classification, differences, load

SEED_PATHS = Path(__file__).with_name("seed_paths.csv")


@pytest.fixture(scope="module")
def table() -> Classification:
    return load()


def seed_paths() -> list[dict[str, str]]:
    with SEED_PATHS.open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def test_seed_paths_are_the_41_amount_lines_and_some_glossary_entries() -> None:
    rows = seed_paths()
    assert sum(row["where"] == "sentence" for row in rows) == 41
    assert {row["document"] for row in rows} == {"000", "001", "002", "003", "004"}


@pytest.mark.parametrize(
    "row", seed_paths(), ids=lambda r: f"{r['document']}-{r['class']}-{r['item']}-{r['where']}"
)
def test_seed_path(table: Classification, row: dict[str, str]) -> None:
    names = (row["class"], row["section"], row["item"])
    found = table.resolve_path(names, int(row["year"]))
    assert found.code == row["code"], found.reason
    assert " ".join(found.differences) == row["differences"]


@pytest.mark.parametrize(
    ("names", "year", "code", "words"),
    [
        # A name right in its own year, a former one later, a newer one earlier.
        (("医疗卫生与计划生育支出",), 2018, "210", ()),
        (("医疗卫生与计划生育支出",), 2021, "210", ("formerName",)),
        (("卫生健康支出",), 2018, "210", ("newerName",)),
        (("医疗卫生支出",), 2021, "210", ("formerName",)),
        (("文化体育与传媒支出",), 2021, "207", ("formerName",)),
        (("文化旅游体育与传媒支出",), 2019, "207", ()),
        (("国土海洋气象等支出",), 2021, "220", ("formerName",)),
        (("资源勘探信息等支出",), 2021, "215", ("formerName",)),
        (("资源勘探信息等支出",), 2019, "215", ()),
        # Slips in a 类.
        (("住户保障支出",), 2023, "221", ("characterWrong",)),
        (("债务发行费支出",), 2021, "233", ("characterMissing",)),
        (("社会保障与就业支出",), 2024, "208", ("conjunction",)),
        # 类 and 款 only; 款 and 项 only; 类 and 项 only.
        (("社会保障和就业支出", "行政事业单位养老支出"), 2023, "20805", ()),
        (("", "行政事业单位离退休", "事业单位离退休"), 2019, "2080502", ()),
        (("社会保障和就业支出", "", "社会保险经办机构"), 2023, "2080109", ()),
        # One item before and after its number changed.
        (
            ("社会保障和就业支出", "其他社会保障和就业支出", "其他社会保障和就业支出"),
            2020,
            "2089901",
            (),
        ),
        (
            ("社会保障和就业支出", "其他社会保障和就业支出", "其他社会保障和就业支出"),
            2021,
            "2089999",
            (),
        ),
        # Levels marked, ordinals, half width and blanks are no difference.
        (
            (
                "八、社会保障和就业支出 （类）",
                "行政 事业单位医疗",
            ),
            2023,
            "",
            (),
        ),
        (("九、卫生健康支出(类)", "行政 事业单位医疗（款）"), 2023, "21011", ()),
        # The class is wrong but 款 and 项 belong together.
        (
            ("一般公共服务支出", "人力资源和社会保障管理事务", "行政运行"),
            2023,
            "2080101",
            ("parentDiffers",),
        ),
        # The 款 is wrong and the item stands once in the class.
        (("社会保障和就业支出", "抚恤", "社会保险经办机构"), 2023, "2080109", ("parentDiffers",)),
    ],
)
def test_path(
    table: Classification, names: tuple[str, ...], year: int, code: str, words: tuple[str, ...]
) -> None:
    found = table.resolve_path(names, year)
    assert (found.code, found.differences) == (code, words), found.reason


@pytest.mark.parametrize(
    "names",
    [
        (),
        ("",),
        ("乐山市社会保险事务中心",),
        ("社会保障和就业支出", "行政单位医疗款", "行政运行"),
        ("社会保障和就业支出", "", "行政运行"),
        ("住房保障支出", "住房改革支出", "社会保险经办机构"),
        ("教育支出", "普通教育", "行政运行"),
    ],
)
def test_no_path_is_guessed(table: Classification, names: tuple[str, ...]) -> None:
    found = table.resolve_path(names, 2023)
    assert not found
    assert found.code == found.official_name == ""
    assert found.reason


def test_ambiguous_path_lists_all_candidates(table: Classification) -> None:
    found = table.resolve_path(("社会保障和就业支出", "", "行政运行"), 2023)
    codes = {candidate.notation for candidate in found.candidates}
    assert {"2080101", "2080201", "2082801"} <= codes
    assert all(code.startswith("208") for code in codes)


@pytest.mark.parametrize(
    ("code", "name", "year", "expected", "words"),
    [
        ("2080505", "机关事业单位基本养老保险缴费支出", 2023, "2080505", ()),
        ("208 05 05", "机关事业单位基本养老保险缴费", 2023, "2080505", ("suffixMissing",)),
        ("[2010301]", "行政运行", 2026, "2010301", ()),
        ("2210201-", "住房公积金", 2026, "2210201", ()),
        ("2080101", "行政运行（人力资源和社会保障管理事务）", 2020, "2080101", ("parentAppended",)),
        ("20805", "行政事业单位离退休", 2019, "20805", ()),
        ("20805", "行政事业单位离退休", 2021, "20805", ("formerName",)),
        ("2101101", "事业单位医疗", 2023, "2101101", ("nameOfOtherCode",)),
        ("2080199", "2023年编外人员经费--网络管理", 2023, "2080199", ("nameUnknown",)),
        ("3010201", "津贴补贴", 2020, "30102", ("localCode",)),
        ("3010202", "改革性补贴", 2020, "30102", ("localCode",)),
        ("30213", "维修护费", 2023, "30213", ("bracketForm",)),
        ("30239", "其他交通费", 2023, "30239", ("characterMissing",)),
        ("50601", "资本性支出（一）", 2020, "50601", ()),
        ("2100410", "突发公共卫生事件应急处理", 2022, "2100410", ()),
        ("2100410", "突发公共卫生事件应急处理", 2026, "2100410", ("formerName",)),
        ("2121100", "农业土地开发资金安排的支出", 2019, "2121100", ()),
        ("2121000", "国有土地收益基金安排的支出", 2024, "2121000", ("zeroItem",)),
        ("20706", None, 2017, "20706", ("codeNotYet",)),
        ("2080111", "公共就业服务和职业技能鉴定机", 2026, "2080111", ("characterMissing",)),
        ("2080505", "机关事业单位基本养老", 2026, "2080505", ("truncated",)),
        ("39906", "赠与", 2019, "39906", ()),
        ("30311", "住房公积金", 2016, "30311", ()),
        ("30703", "国内债务发行费用", 2022, "30703", ()),
        ("22404", "煤矿安全", 2019, "22404", ()),
        ("21006", "中医药", 2022, "21006", ()),
    ],
)
def test_code(
    table: Classification,
    code: str,
    name: str | None,
    year: int,
    expected: str,
    words: tuple[str, ...],
) -> None:
    found = table.resolve_code(code, name, year)
    assert (found.code, found.differences) == (expected, words), found.reason


def test_a_name_of_another_code_is_said_with_that_code(table: Classification) -> None:
    found = table.resolve_code("2101101", "事业单位医疗", 2023)
    assert found.candidates[0].notation == "2101102"


@pytest.mark.parametrize(
    "code", ["316002", "316", "05", "", "合计", "51110223T000008914087", "901"]
)
def test_what_is_no_code_is_no_code(table: Classification, code: str) -> None:
    assert not table.resolve_code(code, "人力资源和社会保障", 2023)


def test_a_unit_number_that_looks_like_a_class_is_no_code(table: Classification) -> None:
    found = table.resolve_code("302", "乐山市社会保险事务中心", 2023)
    assert not found
    assert found.candidates[0].notation == "302"


def test_an_unknown_code_is_not_called_wrong(table: Classification) -> None:
    found = table.resolve_code("2089876", "社会保险经办机构", 2023)
    assert not found
    assert found.differences == ("codeUnknown",)
    assert [candidate.notation for candidate in found.candidates] == ["2080109"]


@pytest.mark.parametrize(
    ("name", "options", "code"),
    [
        ("行政单位医疗", {"schemes": ("functional",)}, "2101101"),
        ("住房公积金", {"schemes": ("deptEconomic",)}, "30113"),
        ("住房公积金", {"schemes": ("govEconomic",)}, "50103"),
        ("行政运行", {"schemes": ("functional",), "parent": "20801"}, "2080101"),
        ("其他社会保障和就业支出", {"schemes": ("functional",), "level": "款"}, "20899"),
        ("其他社会保障和就业支出", {"schemes": ("functional",), "level": "项"}, "2089999"),
        ("维修（护）费", {"schemes": ("deptEconomic",)}, "30213"),
        ("对个人和家庭的补助支出", {"schemes": ("deptEconomic",), "level": "类"}, "303"),
        ("因公出国(境)费用", {"schemes": ("deptEconomic",)}, "30212"),
        ("行政运行（信访事务）", {"schemes": ("functional",)}, "2014001"),
    ],
)
def test_name(table: Classification, name: str, options: dict[str, str], code: str) -> None:
    found = table.resolve_name(name, 2024, **options)  # type: ignore[arg-type]
    assert found.code == code, found.reason


@pytest.mark.parametrize("name", ["行政运行", "住房公积金", "离休干部津贴补贴", "公杂费", ""])
def test_no_name_is_guessed(table: Classification, name: str) -> None:
    assert not table.resolve_name(name, 2023)


def test_every_difference_used_is_in_the_data(table: Classification) -> None:
    words = {word for row in seed_paths() for word in row["differences"].split()}
    assert words <= set(differences())
    for difference in differences().values():
        assert all(difference.label.values()), difference.word
        assert all(difference.definition.values()), difference.word
