from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kemu.model.document import Text
from kemu.read.blocks.normalise import cell, content

PRINTED = st.text(
    alphabet=st.one_of(
        st.sampled_from("一二三类款项预算支出人万元（）()：:，,。.；;、“”\"'%％—－-"),
        st.sampled_from("0123456789０１２ABcｄ \t\n\u3000\xa0\u200b\ufeff⼈⽀"),
        st.characters(exclude_categories=["Cs"]),
    ),
    max_size=60,
)


@given(PRINTED)
def test_offsets_lead_back_to_the_print(raw: str) -> None:
    for text in (content(raw), cell(raw)):
        assert text.raw == raw
        assert len(text.offsets) == len(text.text)
        assert all(a < b for a, b in zip(text.offsets, text.offsets[1:], strict=False))
        assert all(0 <= offset < len(raw) for offset in text.offsets)


@given(PRINTED)
def test_digits_are_neither_lost_nor_changed_in_order(raw: str) -> None:
    plain = [str(int(char)) for char in raw if char in "0123456789０１２３４５６７８９"]
    kept = [char for char in content(raw).text if char in "0123456789"]
    assert kept == plain


@given(PRINTED)
def test_what_is_left_out_is_layout(raw: str) -> None:
    text = content(raw)
    dropped = [raw[i] for i in set(range(len(raw))) - set(text.offsets)]
    assert all(char.isspace() or not char.isprintable() or char in "\ufe00\ufe0f" or
               "\ufe00" <= char <= "\ufe0f" for char in dropped)  # fmt: skip


@given(PRINTED)
def test_compared_text_compares_to_itself(raw: str) -> None:
    text = cell(raw).text
    assert cell(text).text == text


@pytest.mark.parametrize(
    ("raw", "compared"),
    [
        (
            "公共服务(类)管理事务(款)经办机构(项):2023年预算数为",
            "公共服务（类）管理事务（款）经办机构（项）：2023年预算数为",
        ),
        ("公务用车购\n及运行维护费0万元", "公务用车购及运行维护费0万元"),
        ("较上年预算 67.26 万元", "较上年预算67.26万元"),
        ("( 一 ) 乐 山 市", "（一）乐山市"),
        ("补助\u30003.54万元，\xa0人员34\u3000人", "补助3.54万元，人员34人"),
        ("１２．５％", "12.5%"),
        ("(1,149.80)", "(1,149.80)"),
        ("（1,149.80）", "(1,149.80)"),
        ("收入1，149.80万元", "收入1,149.80万元"),
        ("208，210，221", "208，210，221"),
        ("1. 2021年预算数", "1. 2021年预算数"),
        ("３.绩效", "3.绩效"),
        ("0万元,与上年持平;", "0万元，与上年持平；"),
        ("12:30至13:00开放", "12:30至13:00开放"),
        ("−12.5", "-12.5"),
        ("⽀出⼈员⻓期", "支出人员长期"),
        ('"三公"经费', "“三公”经费"),
        ("”三公”经费", "“三公”经费"),
        ("「三公」经费", "“三公”经费"),
        ("[2010301]行政运行", "[2010301]行政运行"),
        ("\ufeff\u200b \u3000", ""),
    ],
)
def test_folding(raw: str, compared: str) -> None:
    assert content(raw).text == compared


@pytest.mark.parametrize(
    ("raw", "in_cell", "in_prose"),
    [
        ("12.30\n45.60", "12.30 45.60", "12.30 45.60"),
        ("208\n05", "208 05", "20805"),
        ("1,234,5\n67.89", "1,234,567.89", "1,234,567.89"),
        ("3,\n456.00", "3,456.00", "3,456.00"),
        ("为123\n45.6万元", "为123 45.6万元", "为12345.6万元"),
    ],
)
def test_numbers_over_two_lines(raw: str, in_cell: str, in_prose: str) -> None:
    assert cell(raw).text == in_cell
    assert content(raw).text == in_prose


def test_quote_is_what_is_printed() -> None:
    text: Text = content("其中：  医疗费补助\u3000３.54 万元\n，占 1%")
    start = text.text.index("医疗")
    assert text.quote(start, text.text.index("，占")) == "医疗费补助\u3000３.54 万元"
