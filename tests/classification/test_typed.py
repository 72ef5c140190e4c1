"""What users type, as they type it: the first answer, or none where nothing fits alone."""

from __future__ import annotations

import pytest

from kemu.classification import load
from kemu.classification.lookup.query import lookup, resolve
from kemu.classification.lookup.suggest import suggest
from kemu.errors import InputError

RESOLVED = [
    ("2080505", "2080505"),
    ("208-05-05", "2080505"),
    ("20805 05", "2080505"),
    ("208类05款05项", "2080505"),
    ("208（类）05（款）05（项）", "2080505"),
    ("20805款", "20805"),
    ("［2080505］", "2080505"),
    ("2080505 机关事业单位养老保险缴费", "2080505"),
    ("20805 行政事业单位离退休", "20805"),
    ("人大事务 行政运行", "2010101"),
    ("人大事务 > 行政运行", "2010101"),
    ("一般公共服务支出/人大事务/行政运行", "2010101"),
    ("一般公共服务 行政运行 人大事务", None),
    ("人大事务行政运行", "2010101"),
    ("住房保障支出住房改革支出住房公积金", "2210201"),
    ("工资福利支出住房公积金", "30113"),
    ("人大事务政协会议", None),
    ("行政运行（人大事务）", "2010101"),
    ("工资福利支出 住房公积金", "30113"),
    ("住房保障支出 住房公积金", "2210201"),
    ("医疗卫生与计划生育支出 行政单位医疗", "2101101"),
    ("非税收入 > 罚没收入", "10305"),
    ("机关事业单位 基本养老保险缴费支出", "2080505"),
    ("社会保障就业支出", "208"),
    ("国土海洋气象等支出", "220"),
    ("住房公积金", None),
    ("行政运行", None),
    ("2080505 住房公积金 缴费", "2080505"),
    ("05", None),
    ("四个字的", None),
]


@pytest.mark.parametrize(("text", "code"), RESOLVED)
def test_what_is_typed_means_one_code_or_none(text: str, code: str | None) -> None:
    assert (resolve(load(), text).resolution.code or None) == code


@pytest.mark.parametrize(
    ("text", "first"),
    [
        ("档按事务", "20126"),
        ("机关事业单位养老保险缴费支出", "2080505"),
        ("机关事业单位基本养老保险缴费支岀", "2080505"),
        ("退役军人", "20828"),
        ("公共安全 武装警", "2040101"),
        ("武装警 公共安全", "2040101"),
    ],
)
def test_what_no_code_bears_is_no_answer_but_has_near_ones(text: str, first: str) -> None:
    found = resolve(load(), text)
    assert not found.resolution
    assert found.near[0].notation == first
    assert found.near[0].reason
    assert 0 < found.near[0].score < 1
    assert found.to_json()["near"][0]["code"] == first  # type: ignore[index]
    assert lookup(load(), text).answers[0].entry.concept.notation == first


@pytest.mark.parametrize(
    ("text", "under", "code"),
    [
        ("05", "20805", "2080505"),
        ("5", "208.05", "2080505"),
        ("行政运行", "20101", "2010101"),
        ("住房公积金", "301", "30113"),
        ("2080506", "20805", "2080506"),
        ("98", "20805", ""),
    ],
)
def test_two_digits_or_a_name_under_a_code(text: str, under: str, code: str) -> None:
    assert resolve(load(), text, None, under).resolution.code == code


def test_what_is_no_code_to_stand_under() -> None:
    with pytest.raises(InputError) as caught:
        resolve(load(), "05", None, "人大")
    assert caught.value.code == "E-CODES-QUERY"


@pytest.mark.parametrize(
    ("text", "first"),
    [
        ("社会保障", "208"),
        ("社会", "208"),
        ("教育支", "205"),
        ("卫生健康", "210"),
        ("住房保障", "221"),
        ("公安", "20402"),
        ("zfbz", "221"),
    ],
)
def test_the_highest_level_is_suggested_first(text: str, first: str) -> None:
    assert suggest(load(), text)[0].code == first


def test_two_digits_alone_are_explained() -> None:
    found = lookup(load(), "05")
    assert found.total == 0
    assert "20805 05" in found.message


def test_a_code_of_another_classification_is_told_from_an_unknown_one() -> None:
    found = lookup(load(), "30101", schemes=("functional",))
    assert not found.exact
    assert "30101 按首位数字属于部门预算支出经济分类，不属于支出功能分类" in found.message
    assert "没有代码" in lookup(load(), "2089988", schemes=("functional",)).message
