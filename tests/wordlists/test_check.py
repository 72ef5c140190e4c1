"""Kemu's own words are sound; what is wrong with a user's is told with file, line and advice."""

from __future__ import annotations

from pathlib import Path

import pytest

from kemu.errors import InputError
from kemu.knowledge import own
from kemu.wordlists import faults


def folder(path: Path, name: str, *lines: str) -> Path:
    (path / f"{name}.toml").write_text("\n".join(lines) + "\n", encoding="utf-8")
    return path


def only(path: Path, code: str) -> InputError:
    (fault,) = faults(path)
    assert fault.code == code
    assert fault.advice
    return fault


def line_of(name: str, text: str) -> str:
    lines = own(name).text.splitlines()
    (number,) = (n for n, line in enumerate(lines, 1) if text in line)
    return f"graph/{name}.toml:{number}"


def test_kemus_own_words_are_sound() -> None:
    assert faults() == []


def test_sound_words_of_a_user(tmp_path: Path) -> None:
    folder(tmp_path, "lexicon", "[nature]", 'basic = ["日常保障经费"]')
    folder(tmp_path, "tables", "[column]", 'count = ["套数"]')
    assert faults(tmp_path) == []


def test_a_misspelt_member(tmp_path: Path) -> None:
    folder(tmp_path, "lexicon", "[nature]", 'basic = ["日常保障经费"]', 'projekt = ["专办经费"]')
    fault = only(tmp_path, "E-WORDS-MEMBER")
    assert fault.where == f"{tmp_path / 'lexicon.toml'}:3"
    assert "projekt" in fault.message
    assert "project？" in fault.advice


def test_a_misspelt_member_of_an_entry(tmp_path: Path) -> None:
    entry = ["[[word]]", 'text = ["专门经费收入"]', 'fund = "stateCapitol"', 'flow = "revenue"']
    folder(tmp_path, "lexicon", "[[word]]", 'text = ["专办"]', 'nature = "project"', "", *entry)
    fault = only(tmp_path, "E-WORDS-MEMBER")
    assert fault.where.endswith("lexicon.toml:7")
    assert "stateCapital" in fault.advice


def test_a_misspelt_member_of_an_identity(tmp_path: Path) -> None:
    lines = [
        "[[identity]]",
        'name = "甲不超过乙"',
        'basis = "identity"',
        'total = { flow = "expenditures" }',
        'parts = [{ fund = "stateCapital" }]',
    ]
    folder(tmp_path, "identities", *lines)
    assert only(tmp_path, "E-WORDS-MEMBER").where.endswith("identities.toml:4")


def test_a_code_that_does_not_exist(tmp_path: Path) -> None:
    folder(tmp_path, "lexicon", "[dept_economic]", '30999999 = ["某费"]')
    assert "30999999" in only(tmp_path, "E-WORDS-MEMBER").message


@pytest.mark.parametrize(
    ("name", "lines", "near"),
    [
        ("tables", ["[colum]", 'name = ["栏目"]'], "column"),
        ("tables", ["[column]", 'names = ["栏目"]'], "name"),
        ("lexicon", ["[natures]", 'basic = ["日常保障经费"]'], "nature"),
        ("sentences", ["[reason]", 'regexp = "因此"'], "regex"),
    ],
)
def test_an_unknown_key(tmp_path: Path, name: str, lines: list[str], near: str) -> None:
    fault = only(folder(tmp_path, name, *lines), "E-WORDS-KEY")
    assert f"{near}？" in fault.advice
    assert fault.where.startswith(str(tmp_path / f"{name}.toml:"))


def test_an_entry_that_lacks_a_key(tmp_path: Path) -> None:
    folder(tmp_path, "identity", "[[superior]]", 'regex = "归(?P<name>{name})管"')
    fault = only(tmp_path, "E-WORDS-KEY")
    assert "examples" in fault.message
    assert fault.where.endswith("identity.toml:1")


@pytest.mark.parametrize(
    ("name", "lines", "at"),
    [
        ("lexicon", ["[nature]", 'basic = "日常保障经费"'], 2),
        ("lexicon", ["nature = 3"], 1),
        ("figures", ["[money.factors]", '"百元" = "百"'], 2),
        ("bases", ["[mine]", 'rule = "R3.1"', 'severity = "grave"'], 3),
        ("sentences", ["[opposite]", 'pairs = [["升", "降", "平"]]'], 2),
    ],
)
def test_a_value_of_another_kind(tmp_path: Path, name: str, lines: list[str], at: int) -> None:
    fault = only(folder(tmp_path, name, *lines), "E-WORDS-VALUE")
    assert fault.where.endswith(f"{name}.toml:{at}")


def test_a_word_that_stands_twice(tmp_path: Path) -> None:
    lines = ["[nature]", "basic = [", '  "日常保障经费",', '  "日常保障经费",', "]"]
    fault = only(folder(tmp_path, "lexicon", *lines), "E-WORDS-TWICE")
    assert fault.where.endswith("lexicon.toml:4")
    assert "lexicon.toml:3" in fault.message


def test_a_word_that_kemu_knows_already(tmp_path: Path) -> None:
    folder(tmp_path, "lexicon", "[nature]", 'otherOperating = ["其他运转类"]')
    assert line_of("lexicon", "otherOperating = ") in only(tmp_path, "E-WORDS-TWICE").message


def test_a_word_that_kemu_knows_otherwise(tmp_path: Path) -> None:
    folder(tmp_path, "lexicon", "", "[nature]", 'project = ["其他运转类"]')
    fault = only(tmp_path, "E-WORDS-CONTRADICTION")
    assert fault.where == f"{tmp_path / 'lexicon.toml'}:3"
    assert line_of("lexicon", "otherOperating = ") in fault.message
    assert "nature.otherOperating" in fault.message


def test_another_value_for_a_key_of_kemus(tmp_path: Path) -> None:
    folder(tmp_path, "headings", "[unnumbered]", "longest = 40")
    fault = only(tmp_path, "E-WORDS-CONTRADICTION")
    assert fault.where.endswith("headings.toml:2")
    assert line_of("headings", "longest = ") in fault.message


def test_a_word_that_an_earlier_list_finds_first(tmp_path: Path) -> None:
    folder(tmp_path, "tables", "[column]", 'change = ["增减率变动额"]')
    fault = only(tmp_path, "E-WORDS-SHADOWED")
    assert fault.where.endswith("tables.toml:2")
    assert line_of("tables", "rate = ") in fault.message
    assert "“增减率”" in fault.message


def test_a_word_that_keeps_one_of_kemus_from_being_found(tmp_path: Path) -> None:
    folder(tmp_path, "tables", "[column]", 'unitCode = ["减率"]')
    fault = only(tmp_path, "E-WORDS-SHADOWED")
    assert fault.where.endswith("tables.toml:2")
    assert line_of("tables", "rate = ") in fault.message


def test_a_word_that_holds_another_of_its_list(tmp_path: Path) -> None:
    folder(tmp_path, "headings", "[[unnumbered.suffix]]", "depth = 2", 'words = ["人员构成"]',
           'examples = [["人员构成", "人员构成"]]')  # fmt: skip
    assert "“构成”" in only(tmp_path, "E-WORDS-SHADOWED").message


def test_a_broken_pattern(tmp_path: Path) -> None:
    lines = ["[[superior]]", 'regex = "归(?P<name>{name}管"', 'examples = [["归甲局管", "甲局"]]']
    fault = only(folder(tmp_path, "identity", *lines), "E-WORDS-PATTERN")
    assert fault.where.endswith("identity.toml:2")


def test_a_pattern_that_names_not_what_is_to_be_taken(tmp_path: Path) -> None:
    lines = ["[[superior]]", 'regex = "归{name}管"', 'examples = [["归甲局管", "甲局"]]']
    assert "name" in only(folder(tmp_path, "identity", *lines), "E-WORDS-PATTERN").message


@pytest.mark.parametrize("examples", ["[]", '[["归临江市档案局管理", ""]]'])
def test_a_pattern_without_an_example_that_it_finds(tmp_path: Path, examples: str) -> None:
    lines = ["[[superior]]", 'regex = "归(?P<name>{name})管"', f"examples = {examples}"]
    found = faults(folder(tmp_path, "identity", *lines))
    assert {fault.code for fault in found} == {"E-WORDS-EXAMPLE"}
    assert found[0].where.endswith("identity.toml:2")


def test_an_example_that_does_not_hold(tmp_path: Path) -> None:
    lines = [
        "[[superior]]",
        'regex = "归(?P<name>{name})管"',
        "examples = [",
        '  ["归临江市档案局管理", "临江市档案局"],',
        '  ["归临江市图书馆管理", "临江市档案局"],',
        "]",
    ]
    fault = only(folder(tmp_path, "identity", *lines), "E-WORDS-EXAMPLE")
    assert fault.where.endswith("identity.toml:5")
    assert "应得“临江市档案局”，实得“临江市图书馆”" in fault.message


def test_an_example_of_ones_own_for_a_pattern_of_kemus(tmp_path: Path) -> None:
    lines = ["[number]", 'examples = [["7", "7"], ["12", "13"]]']
    fault = only(folder(tmp_path, "figures", *lines), "E-WORDS-EXAMPLE")
    assert "“12”应得“13”，实得“12”" in fault.message
    assert fault.where.endswith("figures.toml:2")


def test_an_identity_without_a_basis_that_exists(tmp_path: Path) -> None:
    lines = ["[[identity]]", 'name = "甲等于乙"', 'basis = "identityy"']
    lines += ['total = { flow = "both" }', 'parts = [{ flow = "revenue" }]']
    fault = only(folder(tmp_path, "identities", *lines), "E-WORDS-MEMBER")
    assert "identity？" in fault.advice


def test_what_is_no_toml(tmp_path: Path) -> None:
    folder(tmp_path, "lexicon", "[nature]", "basic = [日常保障经费]")
    assert only(tmp_path, "E-WORDS-SYNTAX").where.endswith("lexicon.toml:2")


def test_what_is_no_utf_8(tmp_path: Path) -> None:
    (tmp_path / "lexicon.toml").write_bytes('[nature]\nbasic = ["日常"]\n'.encode("gb18030"))
    with pytest.raises(InputError, match="E-WORDS-SYNTAX"):
        faults(tmp_path)


def test_a_folder_without_words(tmp_path: Path) -> None:
    for path in (tmp_path, tmp_path / "没有"):
        with pytest.raises(InputError, match="E-WORDS-FOLDER"):
            faults(path)
    folder(tmp_path, "lexikon", "[nature]")
    with pytest.raises(InputError, match=r"lexikon.*lexicon\.toml"):
        faults(tmp_path)


def test_all_faults_are_told_at_once(tmp_path: Path) -> None:
    lines = ["[nature]", 'basik = ["甲类经费"]', 'projekt = ["乙类经费"]']
    assert [fault.code for fault in faults(folder(tmp_path, "lexicon", *lines))] == [
        "E-WORDS-MEMBER",
        "E-WORDS-MEMBER",
    ]
