"""A document of which something was not read or not understood is not called ready."""

from __future__ import annotations

import io
import struct
import zipfile
from pathlib import Path

import pytest

from kemu.model.document import Notice
from kemu.model.findings import CheckResult, Verdict
from kemu.read import libreoffice
from kemu.report import exit_code

from ..read_office.making import docx, p, rows, tbl, tc, xlsx
from .making import COVER, checked, html

SAMPLES = Path(__file__).resolve().parents[2] / "data" / "samples"
TABLE = [
    ["科目编码", "科目名称", "合计", "基本支出", "项目支出"],
    ["2012604", "档案馆", "17.00", "10.00", "7.00"],
    ["", "合计", "17.00", "10.00", "7.00"],
]
TITLE = ("一般公共预算支出表", "单位：万元")
FRAME = '<w:inline><w:extent cx="5400000" cy="2700000"/><a:pic/></w:inline>'
PICTURE = f"<w:p><w:r><w:drawing>{FRAME}</w:drawing></w:r></w:p>"


def _word(more: str) -> bytes:
    lines = "".join(map(p, (*COVER, *TITLE)))
    return docx(lines + tbl(*("".join(map(tc, row)) for row in TABLE)) + more)


def _gaps(result: CheckResult) -> list[Notice]:
    return [notice for notice in result.extraction.document.notices if notice.is_gap]


@pytest.mark.parametrize(
    ("more", "said"),
    [
        (PICTURE, "1张图片未读取"),
        ("<w:altChunk/>", "1段嵌入的外部内容未读取"),
        ("<w:subDoc/>", "1个子文档未读取"),
        ("", ""),
    ],
    ids=["picture", "chunk", "subdocument", "whole"],
)
def test_a_part_of_a_word_file_that_is_not_read(more: str, said: str, tmp_path: Path) -> None:
    result = checked(tmp_path, "a.docx", _word(more))
    assert [notice.message for notice in _gaps(result)] == ([said] if said else [])
    assert result.verdict is (Verdict.PARTIAL if said else Verdict.CONFORMS)
    assert exit_code(result) == bool(said)


def test_a_picture_in_a_web_page(tmp_path: Path) -> None:
    page = html(TABLE, *TITLE).replace(b"</body>", "<p><img src='表二.png'></p></body>".encode())
    result = checked(tmp_path, "a.html", page)
    assert (result.verdict, exit_code(result)) == (Verdict.PARTIAL, 1)


def _book() -> bytes:
    lines = [*[(line,) for line in (*COVER, *TITLE)], *map(tuple, TABLE)]
    return xlsx({"支出表": rows(*lines), "三公表": rows(*lines)})


def test_a_sheet_whose_content_is_missing(tmp_path: Path) -> None:
    whole, cut = io.BytesIO(_book()), io.BytesIO()
    with zipfile.ZipFile(whole) as source, zipfile.ZipFile(cut, "w") as target:
        for name in source.namelist():
            if not name.endswith("sheet2.xml"):
                target.writestr(name, source.read(name))
    result = checked(tmp_path, "a.xlsx", cut.getvalue())
    (notice,) = _gaps(result)
    assert "三公表" in notice.message
    assert (result.verdict, exit_code(result)) == (Verdict.PARTIAL, 1)


@pytest.mark.skipif(libreoffice.program() is None, reason="LibreOffice is not installed")
@pytest.mark.parametrize("lost", [0, 5000])
def test_an_old_word_file_that_says_it_holds_more_than_was_read(lost: int, tmp_path: Path) -> None:
    data = bytearray(next(SAMPLES.glob("*.doc")).read_bytes())
    at = next(at for at in range(512, len(data), 512) if data[at : at + 2] == b"\xec\xa5")
    (said,) = struct.unpack_from("<i", data, at + 0x4C)
    struct.pack_into("<i", data, at + 0x4C, said + lost)
    result = checked(tmp_path, "a.doc", bytes(data))
    assert [notice.kind for notice in _gaps(result)] == (["broken"] if lost else [])
    assert (result.verdict is Verdict.PARTIAL) == bool(lost)


def test_a_table_understood_to_less_than_four_fifths(tmp_path: Path) -> None:
    strange = [["品名", "甲", "乙"], ["铅笔", "1.20", "3.40"], ["合计", "1.20", "3.40"]]
    both = html(TABLE, *TITLE).replace(b"</body>", html(strange, "物品表").split(b"<body>")[1])
    result = checked(tmp_path, "a.html", both)
    assert not result.findings
    assert result.verdict is Verdict.PARTIAL
