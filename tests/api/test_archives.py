"""What is dropped on the page: an archive of several documents, a picture, a report of one file."""

from __future__ import annotations

import io
import json
import re
import zipfile

import pytest
from fastapi.testclient import TestClient

from kemu.api import create_app

PROSE = """{unit}2025年单位预算说明

一、收支总体情况
{unit}2025年支出预算总数100.00万元。其中：基本支出60.00万元，项目支出{project}万元。
"""

DOCUMENTS = (("甲", "青禾县档案馆", "40.00"), ("乙", "白石县图书馆", "30.00"))
PICTURES = (
    b"\xff\xd8\xff\xe0\0\x10JFIF\0",
    b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR",
    b"GIF89a\x01\0",
    b"II*\0\x08\0",
)


@pytest.fixture(scope="module")
def client() -> TestClient:
    return TestClient(create_app(), base_url="http://127.0.0.1")


def _archive() -> bytes:
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w") as archive:
        for folder, unit, project in (
            ("甲", "青禾县档案馆", "40.00"),
            ("乙", "白石县图书馆", "30.00"),
        ):
            archive.writestr(f"{folder}/预算.txt", PROSE.format(unit=unit, project=project))
        archive.writestr("坏/空.txt", "")
    return buffer.getvalue()


def test_an_archive_is_checked_as_by_the_command(client: TestClient) -> None:
    path = "/api/v1/check?name=全部.zip"
    answer = client.post(path, content=_archive(), headers={"accept": "application/json"})
    assert answer.status_code == 200
    verdicts = {one["document"]["path"]: one["verdict"] for one in answer.json()}
    assert verdicts == {
        "全部.zip!乙/预算.txt": "violations",
        "全部.zip!坏/空.txt": "not_checked",
        "全部.zip!甲/预算.txt": "conforms",
    }
    assert answer.headers["kemu-verdict"] == "violations"
    page = client.post(path, content=_archive(), headers={"accept": "text/html"}).text
    assert "3 份文件" in page
    assert "/tmp" not in page + json.dumps(answer.json())


def test_the_page_offers_to_take_archives(client: TestClient) -> None:
    page = client.get("/", headers={"accept": "text/html"}).text
    accepted = re.search(r'type="file" multiple accept="([^"]+)"', page)
    assert accepted
    assert ".zip" in accepted[1].split(",")


@pytest.mark.parametrize("beginning", PICTURES)
def test_a_picture_is_told_as_one(client: TestClient, beginning: bytes) -> None:
    answer = client.post("/api/v1/check?name=预算.jpg", content=beginning + bytes(range(256)))
    assert (answer.status_code, answer.json()["code"]) == (400, "E-READ-PICTURE")
    assert "图片" in answer.json()["detail"]


def test_a_report_has_an_address_that_can_be_loaded_again(client: TestClient) -> None:
    page = client.get("/", headers={"accept": "text/html"}).text
    address = re.search(r'id="reports" href="([^"]+)"', page)
    assert address
    shown = client.get(f"{address[1]}?id=x", headers={"accept": "text/html"})
    assert shown.status_code == 200
    assert "请把文件再检查一次" in shown.text
    assert 'sessionStorage.getItem("report "' in shown.text
