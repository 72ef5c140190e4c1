"""Acceptances beside a document, and a check held against an earlier one, from the command line."""

from __future__ import annotations

import csv
import json
from pathlib import Path
from typing import Any

import pytest

from kemu.cli import main

PAGE = """<html><head><meta charset="utf-8"></head><body>
<h1>{unit}{year}年单位预算公开说明</h1><p>一、收支情况</p>
<p>{year}年一般公共预算支出{said}万元。</p>
<p>一般公共预算支出表</p><p>单位：万元</p><table>
<tr><td>科目编码</td><td>科目名称</td><td>合计</td><td>基本支出</td><td>项目支出</td></tr>
<tr><td>2012604</td><td>档案馆</td><td>40.00</td><td>10.00</td><td>{project}</td></tr>
<tr><td>2080505</td><td>机关事业单位基本养老保险缴费支出</td><td>60.00</td><td>60.00</td><td>0.00</td></tr>
<tr><td>合计</td><td></td><td>100.00</td><td>70.00</td><td>{project}</td></tr>
</table></body></html>"""


def _write(path: Path, said: str = "90.00", project: str = "30.00", **other: str) -> Path:
    names = {"unit": "青溪县档案馆", "year": "2025"} | other
    path.write_text(PAGE.format(said=said, project=project, **names), encoding="utf-8")
    return path


@pytest.fixture
def page(tmp_path: Path) -> Path:
    return _write(tmp_path / "公开.html")


def _checked(page: Path, capfd: pytest.CaptureFixture[str], *more: str) -> tuple[int, Any]:
    capfd.readouterr()
    code = main(["check", str(page), "--format", "json", *more])
    return code, json.loads(capfd.readouterr().out)[0]


def _only(page: Path, capfd: pytest.CaptureFixture[str]) -> str:
    code, found = _checked(page, capfd)
    assert [(code, one["rule"]) for one in found["findings"]] == [(1, "R4.2")]
    return str(found["findings"][0]["fingerprint"])


def test_an_accepted_finding_is_told_apart_and_taken_back(
    page: Path, capfd: pytest.CaptureFixture[str]
) -> None:
    mark = _only(page, capfd)
    _, found = _checked(page, capfd, "--accept", mark, "--reason", "按“省厅”口径\\一")
    assert found["findings"] == []
    assert found["verdict"] != "violations"
    beside = page.with_name("公开.html.kemu.toml")
    assert beside.is_file()
    _, again = _checked(page, capfd)
    assert [(o["fingerprint"], o["reason"]) for o in again["accepted"]] == [
        (mark, "按“省厅”口径\\一")
    ]
    for form in ("text", "html"):
        main(["check", str(page), "--format", form])
        assert "已说明，不改" in capfd.readouterr().out
    code, back = _checked(page, capfd, "--withdraw", mark)
    assert (code, [one["fingerprint"] for one in back["findings"]]) == (1, [mark])
    assert not beside.exists()


def test_an_acceptance_lapses_aloud_when_its_numbers_change(
    page: Path, capfd: pytest.CaptureFixture[str]
) -> None:
    mark = _only(page, capfd)
    _checked(page, capfd, "--accept", mark, "--reason", "口径不同")
    _write(page, said="80.00")
    code, found = _checked(page, capfd)
    assert (code, [one["fingerprint"] for one in found["findings"]]) == (1, [mark])
    assert [one["fingerprint"] for one in found["lapsed"]] == [mark]
    main(["check", str(page)])
    assert "先前的说明失效" in capfd.readouterr().out


def test_another_number_changed_leaves_the_acceptance(
    page: Path, capfd: pytest.CaptureFixture[str]
) -> None:
    mark = _only(page, capfd)
    _checked(page, capfd, "--accept", mark, "--reason", "口径不同")
    _write(page, project="35.00")
    _, found = _checked(page, capfd)
    assert [one["fingerprint"] for one in found["accepted"]] == [mark]
    assert "R3.2" in {one["rule"] for one in found["findings"]}


def test_a_check_again_says_what_is_new_gone_and_unchanged(
    page: Path, tmp_path: Path, capfd: pytest.CaptureFixture[str]
) -> None:
    before = tmp_path / "上次.json"
    _write(page, project="35.00")
    main(["check", str(page), "--format", "json", "--out", str(before)])
    told = {
        one["fingerprint"]: one["rule"] for one in json.loads(before.read_bytes())[0]["findings"]
    }
    assert sorted(set(told.values())) == ["R3.2", "R4.2"]
    _, same = _checked(page, capfd, "--since", str(before))
    assert {name: len(found) for name, found in same["since"].items()} == {
        "new": 0, "gone": 0, "unchanged": len(told),
    }  # fmt: skip
    _write(page, project="30.00")
    _, found = _checked(page, capfd, "--since", str(before))
    since = found["since"]
    assert [one["rule"] for one in since["unchanged"]] == ["R4.2"]
    assert {one["rule"] for one in since["gone"]} == {"R3.2"}
    assert since["new"] == []
    main(["check", str(page), "--since", str(before)])
    assert f"新增 0 项，已消除 {len(told) - 1} 项，没有变 1 项" in capfd.readouterr().out


def test_csv_and_page_carry_the_fingerprint(page: Path, capfd: pytest.CaptureFixture[str]) -> None:
    mark = _only(page, capfd)
    main(["check", str(page), "--format", "csv"])
    rows = list(csv.DictReader(capfd.readouterr().out.splitlines()))
    assert [row["fingerprint"] for row in rows] == [mark]
    main(["check", str(page), "--format", "html"])
    assert f'data-fingerprint="{mark}"' in capfd.readouterr().out


@pytest.mark.parametrize("broken", ["这不是", "[document]\n", "[document]\norganisation = ''\n"])
def test_a_broken_file_of_acceptances_is_an_error(
    page: Path, broken: str, capfd: pytest.CaptureFixture[str]
) -> None:
    page.with_name("公开.html.kemu.toml").write_text(broken, encoding="utf-8")
    code, found = _checked(page, capfd)
    assert (code, found["error"]["code"]) == (2, "E-ACCEPT-BROKEN")
    assert "公开.html.kemu.toml" in found["error"]["message"]


@pytest.mark.parametrize("other", [{"unit": "青溪县图书馆"}, {"year": "2026"}])
def test_acceptances_and_results_of_another_document_are_errors(
    page: Path, tmp_path: Path, other: dict[str, str], capfd: pytest.CaptureFixture[str]
) -> None:
    before = tmp_path / "上次.json"
    mark = _only(page, capfd)
    main(["check", str(page), "--format", "json", "--out", str(before)])
    _checked(page, capfd, "--accept", mark, "--reason", "口径不同")
    _write(page, **other)
    code, found = _checked(page, capfd)
    assert (code, found["error"]["code"]) == (2, "E-ACCEPT-OTHER")
    page.with_name("公开.html.kemu.toml").unlink()
    code, found = _checked(page, capfd, "--since", str(before))
    assert (code, found["error"]["code"]) == (2, "E-SINCE-OTHER")


@pytest.mark.parametrize(
    "words",
    [
        ["--accept", "0123456789abcdef"],
        ["--reason", "口径不同"],
        ["--accept", "0123456789abcdef", "--reason", " "],
        ["--since", "没有.json"],
        ["--accept", "0123456789abcdef", "--reason", "口径不同"],
        ["--withdraw", "0123456789abcdef"],
    ],
)
def test_what_cannot_be_done_is_an_error(
    page: Path, words: list[str], capfd: pytest.CaptureFixture[str]
) -> None:
    assert main(["check", str(page), *words]) == 2
    assert "[E-" in "".join(capfd.readouterr())
    assert not page.with_name("公开.html.kemu.toml").exists()
