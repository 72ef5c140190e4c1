"""Small web pages as an office would publish them, and what the whole check says of them."""

from __future__ import annotations

from pathlib import Path

from kemu.extract import extract
from kemu.model.findings import CheckResult, Finding
from kemu.read import read
from kemu.validate import check

BUDGET = "青溪县档案馆2025年单位预算公开说明"
ACCOUNT = "青溪县档案馆2024年度单位决算公开说明"


def table(*rows: str, title: str = "", unit: str = "单位：万元") -> str:
    """Return a table; cells of a row are parted by `|`."""
    lines = "".join(
        "<tr>" + "".join(f"<td>{cell.strip()}</td>" for cell in row.split("|")) + "</tr>"
        for row in rows
    )
    return f"<p>{title}</p><p>{unit}</p><table>{lines}</table>"


def prose(*lines: str) -> str:
    """Return paragraphs."""
    return "".join(f"<p>{line}</p>" for line in lines)


def checked(folder: Path, *parts: str, title: str = BUDGET) -> CheckResult:
    """Return the check of a page with these parts below its title."""
    path = folder / "公开.html"
    body = "".join((f"<h1>{title}</h1>", *parts))
    path.write_text(
        f'<html><head><meta charset="utf-8"></head><body>{body}</body></html>', encoding="utf-8"
    )
    return check(extract(read(path)))


def told(result: CheckResult, *rules: str) -> list[str]:
    """Return the messages of the findings of some rules, each with rule and severity before it."""
    return [
        f"{finding.rule} {finding.severity.value} {finding.messages['zh']}"
        for finding in found(result, *rules)
    ]


def found(result: CheckResult, *rules: str) -> list[Finding]:
    """Return the findings of some rules."""
    return [finding for finding in result.findings if finding.rule in rules]
