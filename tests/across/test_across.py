"""Documents checked together: each error is told in the reports, each right twin is silent."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from kemu.cli import main

Found = dict[str, Any]


def _page(title: str, *lines: str) -> str:
    body = "".join(line if line.startswith("<") else f"<p>{line}</p>" for line in lines)
    head = '<html><head><meta charset="utf-8"></head>'
    return f"{head}<body><h1>{title}</h1>{body}</body></html>"


def _table(title: str, *rows: str) -> str:
    cells = ("".join(f"<td>{cell.strip()}</td>" for cell in row.split("|")) for row in rows)
    lines = "".join(f"<tr>{row}</tr>" for row in cells)
    return f"<p>{title}</p><p>单位：万元</p><table>{lines}</table>"


def _spent(basic: str, project: str) -> str:
    total = f"{float(basic) + float(project):.2f}"
    return _table(
        "一般公共预算支出表",
        "科目编码 | 科目名称 | 合计 | 基本支出 | 项目支出",
        f"2012604 | 档案馆 | {total} | {basic} | {project}",
        f"合计 | | {total} | {basic} | {project}",
    )


def department(
    basic: str = "100.00", project: str = "50.00", units: tuple[str, ...] = ("青溪县档案馆",)
) -> str:
    named = "、".join(units)
    return _page(
        "青溪县档案局2025年部门预算公开说明",
        "一、部门概况",
        f"从预算单位构成看，青溪县档案局部门预算包括{len(units)}个预算单位，具体是：{named}。",
        "二、收支情况",
        _spent(basic, project),
    )


def unit(name: str, basic: str, project: str, year: str = "2025", more: str = "") -> str:
    lines = ["一、收支情况", *([more] if more else []), _spent(basic, project)]
    return _page(f"{name}{year}年单位预算公开说明", *lines)


def _checked(
    folder: Path, capfd: pytest.CaptureFixture[str], pages: dict[str, str], *more: str
) -> list[Found]:
    for name, page in pages.items():
        (folder / f"{name}.html").write_text(page, encoding="utf-8")
    capfd.readouterr()
    paths = [str(folder / f"{name}.html") for name in pages]
    main(["check", *paths, "--across", "--format", "json", *more])
    found: list[Found] = json.loads(capfd.readouterr().out)
    return found


def _told(found: list[Found]) -> list[set[str]]:
    return [{each["rule"] for each in one["findings"]} for one in found]


def _compared(found: Found) -> int:
    return sum(each["numbers"] for each in found["across"]["compared"])


UNITS = ("青溪县档案馆", "青溪县方志馆")
DEPARTMENT = {"部门": department(units=UNITS)}


def _both(archive: str = "60.00", annals: str = "40.00") -> dict[str, str]:
    return DEPARTMENT | {
        "档案馆": unit("青溪县档案馆", archive, "30.00"),
        "方志馆": unit("青溪县方志馆", annals, "20.00"),
    }


def test_units_that_add_to_their_department_are_silent(
    tmp_path: Path, capfd: pytest.CaptureFixture[str]
) -> None:
    found = _checked(tmp_path, capfd, _both())
    assert _told(found) == [set(), set(), set()]
    assert [_compared(one) for one in found] == [12, 6, 6]
    assert {row["rule"]: row["status"] for row in found[0]["ledger"]}["R9.3"] == "passed"


def test_a_department_that_differs_from_the_sum_of_its_units_is_told(
    tmp_path: Path, capfd: pytest.CaptureFixture[str]
) -> None:
    pages = DEPARTMENT | {
        "档案馆": unit("青溪县档案馆", "60.00", "30.00"),
        "方志馆": _page("青溪县方志馆2025年单位预算公开说明", "一、收支情况", _table(
            "一般公共预算支出表", "科目编码 | 科目名称 | 合计 | 基本支出 | 项目支出",
            "2012604 | 档案馆 | 60.00 | 40.00 | 20.00", "合计 | | 60.00 | 40.00 | 19.00",
        )),
    }  # fmt: skip
    found = _checked(tmp_path, capfd, pages)
    assert _told(found)[0] == {"R9.3"}
    told = next(one for one in found[0]["findings"] if one["rule"] == "R9.3")
    assert (told["severity"], told["stated"], told["computed"]) == ("violation", 500000, 490000)
    assert "方志馆.html" in told["message"]
    assert found[0]["verdict"] == "violations"


def test_a_missing_unit_is_named_and_nothing_added_up(
    tmp_path: Path, capfd: pytest.CaptureFixture[str]
) -> None:
    pages = _both()
    del pages["方志馆"]
    found = _checked(tmp_path, capfd, pages)
    assert _told(found) == [set(), set()]
    assert found[0]["across"]["missing"] == ["青溪县方志馆"]


def test_a_unit_with_more_than_its_department_is_told_in_both_reports(
    tmp_path: Path, capfd: pytest.CaptureFixture[str]
) -> None:
    pages = DEPARTMENT | {"档案馆": unit("青溪县档案馆", "60.00", "55.00")}
    found = _checked(tmp_path, capfd, pages)
    assert _told(found) == [{"R9.3"}, {"R9.3"}]
    assert "少于所属单位" in found[0]["findings"][0]["message"]
    assert "多于部门" in found[1]["findings"][0]["message"]


def test_a_department_of_one_unit_equals_it(
    tmp_path: Path, capfd: pytest.CaptureFixture[str]
) -> None:
    right = {"部门": department(), "档案馆": unit("青溪县档案馆", "100.00", "50.00")}
    assert _told(_checked(tmp_path, capfd, right)) == [set(), set()]
    wrong = right | {
        "部门": department().replace("合计</td><td></td><td>150.00", "合计</td><td></td><td>151.00")
    }
    found = _checked(tmp_path, capfd, wrong)
    assert "R9.3" in _told(found)[0]
    assert "R9.3" in _told(found)[1]


CHANGE = "2025年一般公共预算支出90.00万元，比2024年预算增加{}万元，主要是人员增加。"


def _years(change: str) -> dict[str, str]:
    return {
        "今年": unit("青溪县档案馆", "60.00", "30.00", more=CHANGE.format(change)),
        "去年": unit("青溪县档案馆", "55.00", "25.00", year="2024"),
    }


def test_what_is_said_of_last_year_agrees_with_its_document(
    tmp_path: Path, capfd: pytest.CaptureFixture[str]
) -> None:
    found = _checked(tmp_path, capfd, _years("10.00"))
    assert _told(found) == [set(), set()]
    assert [_compared(one) for one in found] == [1, 0]


def test_a_change_from_what_last_year_does_not_print_is_told(
    tmp_path: Path, capfd: pytest.CaptureFixture[str]
) -> None:
    found = _checked(tmp_path, capfd, _years("12.00"))
    assert _told(found) == [{"R9.1"}, set()]
    told = found[0]["findings"][0]
    assert (told["severity"], told["stated"], told["computed"]) == ("warning", 780000, 800000)


def _accounts(planned: str) -> dict[str, str]:
    account = _page(
        "青溪县档案馆2025年度单位决算公开说明",
        "一、一般公共预算支出情况",
        f"2025年度一般公共预算财政拨款支出年初预算为{planned}万元，支出决算为95.00万元。",
    )
    return {"决算": account, "预算": unit("青溪县档案馆", "60.00", "30.00")}


def test_the_budget_in_a_final_account_agrees_with_the_budget(
    tmp_path: Path, capfd: pytest.CaptureFixture[str]
) -> None:
    right = _checked(tmp_path, capfd, _accounts("90.00"))
    assert "R9.2" not in _told(right)[0]
    assert _compared(right[0]) == 1
    assert _told(_checked(tmp_path, capfd, _accounts("96.00")))[0] == {"R9.2"}


def test_departments_that_list_each_other_are_a_circle(
    tmp_path: Path, capfd: pytest.CaptureFixture[str]
) -> None:
    one = department(units=("青溪县文化局", "青溪县档案馆"))
    other = department(units=("青溪县档案局", "青溪县图书馆")).replace(
        "<h1>青溪县档案局", "<h1>青溪县文化局"
    ).replace("看，青溪县档案局部门", "看，青溪县文化局部门")  # fmt: skip
    found = _checked(tmp_path, capfd, {"档案局": one, "文化局": other})
    assert _told(found) == [{"R10.1"}, {"R10.1"}]
    assert "青溪县文化局 → 青溪县档案局" in found[0]["findings"][0]["message"]


def test_a_unit_of_two_departments_is_told(
    tmp_path: Path, capfd: pytest.CaptureFixture[str]
) -> None:
    other = department().replace("青溪县档案局", "青溪县文化局")
    own = unit("青溪县档案馆", "10.00", "5.00")
    found = _checked(tmp_path, capfd, {"档案局": department(), "文化局": other, "档案馆": own})
    assert _told(found)[2] == {"R10.1"}
    assert "青溪县文化局、青溪县档案局" in found[2]["findings"][0]["message"]


def test_two_versions_of_one_document_are_said_and_not_compared(
    tmp_path: Path, capfd: pytest.CaptureFixture[str]
) -> None:
    for name in ("一", "二"):
        (tmp_path / name).mkdir()
    pages = DEPARTMENT | {
        "一/稿": unit("青溪县档案馆", "260.00", "30.00"),
        "二/稿": unit("青溪县档案馆", "60.00", "30.00"),
    }
    found = _checked(tmp_path, capfd, pages)
    assert _told(found) == [set(), set(), set()]
    assert [one["across"]["compared"] for one in found] == [[], [], []]
    assert [Path(path).name for path in found[1]["across"]["twins"]] == ["稿.html"]


def test_the_terminal_has_a_section_on_all_documents(
    tmp_path: Path, capfd: pytest.CaptureFixture[str]
) -> None:
    _checked(tmp_path, capfd, _both())
    main(["check", str(tmp_path), "--across"])
    shown = capfd.readouterr().out
    assert "【文件之间】" in shown
    assert "核对了 6 个数" in shown.partition("【文件之间】")[2]


def test_alone_or_switched_off_nothing_is_compared(
    tmp_path: Path, capfd: pytest.CaptureFixture[str]
) -> None:
    pages = DEPARTMENT | {"档案馆": unit("青溪县档案馆", "60.00", "55.00")}
    off = _checked(tmp_path, capfd, pages, "--skip", "R9.3")
    assert _told(off) == [set(), set()]
    ledger = {row["rule"]: row["status"] for row in off[0]["ledger"]}
    assert (ledger["R9.3"], ledger["R9.1"]) == ("not_checkable", "not_applicable")
    alone = _checked(tmp_path, capfd, DEPARTMENT)
    assert {row["rule"]: row["status"] for row in alone[0]["ledger"]}["R9.3"] == "not_applicable"
