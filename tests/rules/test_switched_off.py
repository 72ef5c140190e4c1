"""A rule can be switched off, by number, family or file; it then counts as not checked."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from kemu.cli import main

PAGE = "<p>青溪县档案馆2025年单位预算公开说明</p><p>负责档案的收集、、整理和分摊部份的保管。</p>"


def told(
    folder: Path, capsys: pytest.CaptureFixture[str], *options: str
) -> tuple[list[str], dict[str, str]]:
    """Return the rules that found something, and how every rule ended."""
    (folder / "公开.html").write_text(f'<meta charset="utf-8">{PAGE}', encoding="utf-8")
    main(["check", str(folder / "公开.html"), "--format", "json", *options])
    (report,) = json.loads(capsys.readouterr().out)
    return (
        [each["rule"] for each in report["findings"]],
        {row["rule"]: row["status"] for row in report["ledger"]},
    )


def test_by_number(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert told(tmp_path, capsys)[0] == ["R8.9", "R8.5"]
    found, ended = told(tmp_path, capsys, "--skip", "R8.5")
    assert found == ["R8.9"]
    assert ended["R8.5"] == "not_checkable"


def test_by_family_and_file(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert told(tmp_path, capsys, "--skip", "R8")[0] == []
    listed = tmp_path / "停用.txt"
    listed.write_text("R8.5  # 标点另行校对\n\nR8.9\n", encoding="utf-8")
    assert told(tmp_path, capsys, "--skip", str(listed))[0] == []


def test_a_rule_that_is_not_there(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (tmp_path / "公开.html").write_text(PAGE, encoding="utf-8")
    assert main(["check", str(tmp_path / "公开.html"), "--skip", "R99"]) == 2
    assert "R99" in capsys.readouterr().err
