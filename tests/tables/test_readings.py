"""Tables whose words leave their levels open: the numbers choose, and doubt accuses nobody."""

from __future__ import annotations

from kemu.extract import extract
from kemu.model.document import Document, Paragraph, Place, Table
from kemu.read.blocks.normalise import content
from kemu.validate import check

from .conftest import draw

HEAD = ["单位编码", "单位（项目）名称", "项目金额"]
PROJECTS = [
    HEAD,
    ["", "合计", "1790.42"],
    ["312", "临江市档案馆", "1790.42"],
    ["", "通用项目", "812.27"],
    ["", "办公用房修缮", "500.11"],
    ["", "信息系统运维", "312.16"],
    ["", "专用项目", "978.15"],
    ["", "馆藏抢救", "611.03"],
    ["", "库房恒温改造", "367.12"],
]


def checked(rows: list[list[str]], title: str) -> dict[str, list[str]]:
    """Return findings by severity of a document of one table."""
    lines = ["临江市档案馆2025年单位预算", "单位：万元"]
    head = [Paragraph(Place(paragraph=n), content(text)) for n, text in enumerate(lines, 1)]
    table = draw(rows, title, "单位：万元")
    table = Table(Place(table=1, paragraph=3), table.rows, table.width, table.captions)
    document = Document("t.txt", "0" * 64, "txt", (*head, table))
    result = check(extract(document))
    found: dict[str, list[str]] = {}
    for finding in result.findings:
        found.setdefault(finding.severity.value, []).append(finding.rule)
    return found


def test_projects_in_levels_accuse_nobody() -> None:
    assert not checked(PROJECTS, "2025年部门项目支出表").get("violation")


def test_a_wrong_amount_among_levels_is_told_once() -> None:
    rows = [[*row] for row in PROJECTS]
    rows[4][2] = "501.11"
    found = checked(rows, "2025年部门项目支出表")
    assert found.get("violation", []) in ([], ["R3.3"])


def test_a_column_within_another_is_no_addend() -> None:
    rows = [
        ["项目名称", "合计", "金额", "其中：经费拨款"],
        ["合计", "141.56", "141.56", "127.52"],
        ["馆藏抢救", "51.00", "51.00", "48.00"],
        ["库房恒温改造", "72.31", "72.31", "70.12"],
        ["信息系统运维", "18.25", "18.25", "9.40"],
    ]
    assert "R3.2" not in checked(rows, "2025年部门项目支出表").get("violation", [])
