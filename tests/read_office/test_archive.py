"""Archives and folders: names, limits, and paths that lead out."""

from __future__ import annotations

import io
import os
import struct
import sys
import zipfile
from pathlib import Path

import pytest

from kemu.errors import InputError
from kemu.read import archive
from tests.read_office.making import docx, p, package


def members(data: bytes) -> dict[str, bytes | str]:
    """Return content, or the error's code, by name."""
    return {
        name: content.code if isinstance(content, InputError) else content
        for name, content in archive.members(data, "公开.zip")
    }


def gbk_named(name: str, content: bytes) -> bytes:
    """Return a zip whose member's name is GBK without the UTF-8 flag, as old programs write."""
    raw = name.encode("gbk")
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w") as made:
        made.writestr("x" * len(raw), content)
    return buffer.getvalue().replace(b"x" * len(raw), raw)


def test_members_come_in_order_of_name() -> None:
    data = package({"乙.txt": "b", "甲/丙.txt": "c", "__MACOSX/甲.txt": "x", "甲/": ""})
    assert list(members(data).items()) == [("乙.txt", b"b"), ("甲/丙.txt", b"c")]


@pytest.mark.parametrize("name", ["青溪县预算公开.txt", "2025年/说明.txt", "plain.txt"])
def test_chinese_names_of_old_programs(name: str) -> None:
    assert members(gbk_named(name, b"1")) == {name: b"1"}


def test_paths_that_lead_out_are_not_read() -> None:
    names = ["../x.txt", "a/../../x.txt", "/etc/x.txt", "C:/x.txt", "..\\y.txt", "好.txt"]
    found = members(package(dict.fromkeys(names, "1")))
    assert found.pop("好.txt") == b"1"
    assert set(found.values()) == {"E-READ-PATH"}
    assert len(found) == 5


def test_archives_in_archives_are_refused_but_office_files_are_not() -> None:
    word = docx(p("正文。"))
    data = package({"里.zip": package({"a.txt": "1"}), "说明.docx": word})
    assert members(data) == {"里.zip": "E-READ-NESTED", "说明.docx": word}


def test_a_bomb_is_given_up_and_the_others_are_read(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(archive, "MAX_MEMBER", 1_000_000)
    data = package({"a.txt": b"\0" * 3_000_000, "b.txt": "1"})
    assert members(data) == {"a.txt": "E-READ-BOMB", "b.txt": b"1"}


def test_the_total_is_bounded(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(archive, "MAX_TOTAL", 1_500_000)
    data = package({"a.txt": b"\0" * 1_000_000, "b.txt": b"\0" * 1_000_000})
    assert list(members(data).values())[1] == "E-READ-BOMB"


def test_a_header_that_lies_about_the_size_is_no_way_round(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(archive, "MAX_MEMBER", 1_000_000)
    data = bytearray(package({"a.txt": b"\0" * 3_000_000}))
    for mark, at in ((b"PK\x01\x02", 24), (b"PK\x03\x04", 22)):
        start = data.index(mark) + at
        data[start : start + 4] = struct.pack("<I", 10)
    assert members(bytes(data))["a.txt"] in ("E-READ-BOMB", "E-READ-DAMAGED")


def test_too_many_members(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(archive, "MAX_FILES", 3)
    with pytest.raises(InputError) as raised:
        members(package({f"{n}.txt": "1" for n in range(4)}))
    assert raised.value.code == "E-READ-BOMB"


def test_encrypted_and_damaged_members() -> None:
    data = bytearray(package({"a.txt": "12345"}))
    for mark, at in ((b"PK\x01\x02", 8), (b"PK\x03\x04", 6)):
        data[data.index(mark) + at] |= 1
    assert members(bytes(data)) == {"a.txt": "E-READ-ENCRYPTED"}
    with pytest.raises(InputError) as raised:
        members(package({"a.txt": "1"})[:-30])
    assert raised.value.code == "E-READ-DAMAGED"


def test_files_in_a_folder(tmp_path: Path) -> None:
    for name in ("乙/说明.docx", "甲/报表.XLSX", "甲/~$报表.xlsx", "甲/.藏.txt", "甲/图.png"):
        file = tmp_path / name
        file.parent.mkdir(exist_ok=True)
        file.write_bytes(b"1")
    found = [path.relative_to(tmp_path).as_posix() for path in archive.files_in(tmp_path)]
    assert found == ["乙/说明.docx", "甲/报表.XLSX"]


@pytest.mark.skipif(sys.platform == "win32", reason="links need rights on Windows")
def test_links_to_files_are_followed(tmp_path: Path) -> None:
    outside, folder = tmp_path / "外", tmp_path / "甲"
    for home in (outside, folder):
        home.mkdir()
        (home / "a.txt").write_text("1", encoding="utf-8")
    os.symlink(outside / "a.txt", folder / "b.txt")
    os.symlink(folder / "a.txt", folder / "c.txt")
    os.symlink(outside / "没有.txt", folder / "d.txt")
    os.symlink(outside, folder / "e")
    os.mkfifo(folder / "f.txt")
    assert [path.name for path in archive.files_in(folder)] == ["a.txt", "b.txt", "d.txt"]


@pytest.mark.skipif(sys.platform == "win32", reason="links need rights on Windows")
def test_links_to_folders_are_told_where_there_is_nothing_else(tmp_path: Path) -> None:
    (tmp_path / "甲").mkdir()
    os.symlink(tmp_path, tmp_path / "甲" / "乙")
    with pytest.raises(InputError, match="有 1 个指向别的文件夹的链接没有打开"):
        archive.files_in(tmp_path / "甲")


def test_a_folder_without_documents(tmp_path: Path) -> None:
    with pytest.raises(InputError) as raised:
        archive.files_in(tmp_path)
    assert raised.value.code == "E-READ-FOLDER"
