from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from kemu.errors import InputError
from kemu.model.document import Document, Paragraph
from kemu.read import read, read_many
from kemu.read.text.plain import decode

STATEMENT = "云溪县档案馆2024年单位预算公开说明\n\n一、收支情况\n收入预算总额为120.50万元。\n"


def written(folder: Path, data: bytes | str, name: str = "说明.txt") -> Document:
    path = folder / name
    path.write_bytes(data.encode() if isinstance(data, str) else data)
    return read(path)


def texts(document: Document) -> list[str]:
    return [block.content.text for block in document.blocks if isinstance(block, Paragraph)]


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "gb18030", "utf-16"])
def test_encodings(tmp_path: Path, encoding: str) -> None:
    document = written(tmp_path, STATEMENT.encode(encoding))
    assert texts(document) == [
        "云溪县档案馆2024年单位预算公开说明",
        "一、收支情况",
        "收入预算总额为120.50万元。",
    ]
    assert document.format == "txt"


@pytest.mark.parametrize("end", ["\n", "\r\n", "\r"])
def test_line_ends_do_not_change_places(tmp_path: Path, end: str) -> None:
    document = written(tmp_path, STATEMENT.replace("\n", end))
    assert [block.place.address for block in document.blocks] == ["第1行", "第3行", "第4行"]


@pytest.mark.parametrize(
    ("data", "code"),
    [
        (b"", "E-READ-EMPTY"),
        (b" \r\n\r\n", "E-READ-EMPTY"),
        ("\u3000\n\xa0\n".encode(), "E-READ-EMPTY"),
        (b"\x00\x01\x02\x03" * 50, "E-READ-BINARY"),
        (bytes(range(256)) * 4, "E-READ-BINARY"),
        (("預算收入總額與支出說明，經費執行情況" * 5).encode("big5"), "E-READ-ENCODING"),
        (b"abc \xff\xff\xff def", "E-READ-ENCODING"),
        (b"PK\x03\x04 torn", "E-READ-TRUNCATED"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 600, "E-READ-FORMAT"),
    ],
)
def test_what_is_no_text_is_refused(tmp_path: Path, data: bytes, code: str) -> None:
    with pytest.raises(InputError) as caught:
        written(tmp_path, data)
    assert caught.value.code == code
    assert "说明.txt" in str(caught.value)
    assert caught.value.exit_code == 2


def test_missing_file_and_folder(tmp_path: Path) -> None:
    results = dict(read_many([tmp_path / "没有.txt", tmp_path]))
    codes = [error.code for error in results.values() if isinstance(error, InputError)]
    assert codes == ["E-READ-MISSING", "E-READ-FOLDER"]


def test_a_bad_file_does_not_stop_the_batch(tmp_path: Path) -> None:
    (tmp_path / "空.txt").write_bytes(b"")
    (tmp_path / "好.txt").write_text(STATEMENT, encoding="utf-8")
    results = list(read_many(sorted(tmp_path.iterdir())))
    assert [isinstance(result, Document) for _, result in results] == [True, False]


def test_decoding_names_the_byte() -> None:
    with pytest.raises(InputError, match="第3个字节"):
        decode(b"ab\xff\xff", "x")


@pytest.mark.parametrize(
    ("printed", "paragraphs"),
    [
        pytest.param(
            "其中：公务接待费2.80万元，公务用车购\n置费0万元。\n公务接待费减少。",
            ["其中：公务接待费2.80万元，公务用车购置费0万元。", "公务接待费减少。"],
            id="cut after 购",
        ),
        pytest.param(
            "其中：公务接待费2.80万元，公务用车购\n及运行维护费0万元。",
            ["其中：公务接待费2.80万元，公务用车购及运行维护费0万元。"],
            id="cut before 及",
        ),
        pytest.param(
            "（二）用车运行费0万元较2021年\n预算0万元持平。",
            ["（二）用车运行费0万元较2021年预算0万元持平。"],
            id="cut after a year",
        ),
        pytest.param(
            "十一、基金预算支出表（公开\n\n表4-1）",
            ["十一、基金预算支出表（公开表4-1）"],
            id="bracket",
        ),
        pytest.param(
            "第二部分  云溪县档案馆2024年\n\n部门预算情况说明",
            ["第二部分云溪县档案馆2024年部门预算情况说明"],
            id="title",
        ),
        pytest.param(
            "支出包括：\n教育支出3.5万元；\n卫生健康支出31.6万元；",
            ["支出包括：", "教育支出3.5万元；", "卫生健康支出31.6万元；"],
            id="list",
        ),
        pytest.param(
            "比上年增加1万元，原因是人员增加\n（二）支出预算情况\n支出预算2万元。",
            ["比上年增加1万元，原因是人员增加", "（二）支出预算情况", "支出预算2万元。"],
            id="missing full stop before a heading",
        ),
        pytest.param(
            "一、收支情况\n2024年收入预算5万元。",
            ["一、收支情况", "2024年收入预算5万元。"],
            id="heading",
        ),
    ],
)
def test_broken_lines(tmp_path: Path, printed: str, paragraphs: list[str]) -> None:
    assert texts(written(tmp_path, printed)) == paragraphs


def wrapped(text: str, columns: int) -> list[str]:
    """Lines as a converter wraps them: filled, numbers cut where they fall."""
    lines, line, width = [], "", 0
    for char in text:
        size = 1 if char.isascii() else 2
        if width + size > columns:
            lines.append(line)
            line, width = "", 0
        line, width = line + char, width + size
    return [*lines, line]


def test_a_file_wrapped_to_one_width_is_unwrapped(tmp_path: Path) -> None:
    clause = "收入预算总额为1234.56万元，其中：财政拨款收入1200.00万元，事业收入34.56万元，"
    sentence = "　　" + clause * 6 + "全部入账。"
    lines = wrapped(sentence, 60)
    text = "\n".join([*lines, "　　第二段说明支出的情况，与上年持平。", *lines])
    found = texts(written(tmp_path, text))
    assert found == [sentence[2:], "第二段说明支出的情况，与上年持平。", sentence[2:]]


def test_html_leftovers(tmp_path: Path) -> None:
    text = (
        "云溪县档案馆 \n -->\n&nbsp;&nbsp;&nbsp; 一、收支情况 &nbsp;&nbsp;&nbsp; 收入5万元，"
        "&ldquo;三公&rdquo;经费&nbsp;1万元。"
    )
    assert texts(written(tmp_path, text)) == [
        "云溪县档案馆",
        "一、收支情况",
        "收入5万元，“三公”经费1万元。",
    ]


def test_charts_and_picture_text_are_cut_out_and_named(tmp_path: Path) -> None:
    text = (
        "一、收入情况\n[image: image3.emf]88.64\n\n11.64\n\n卫生 教育\n\n\n"
        "（图1：结构图）\n"
        "[image: image8.png]BRI BES\n\n%@m 527\n\n\n\n名词解释\n_1234567.xls\nSheet1\n\n"
        "\t\t\n\n\t\t2022年\t\t2023年\n\n\t\t824.38\t\t392.65\n\n\n\n\nSheet1\n\n"
        "\t\t\n\n\n\n总计图\n\n\n附件\n"
    )
    document = written(tmp_path, text)
    assert texts(document) == ["一、收入情况", "（图1：结构图）", "名词解释", "附件"]
    assert [notice.kind for notice in document.notices] == ["chart", "garbage", "chart"]
    assert "image8.png" in document.notices[1].message


def test_tab_indented_paragraphs_are_no_table(tmp_path: Path) -> None:
    text = "\t本单位收入5万元。\n\t支出5万元。\n\n\t本年无采购。\n\t本年无项目。\n"
    document = written(tmp_path, text)
    assert not list(document.tables)
    assert len(texts(document)) == 4


def test_unreadable_characters_are_said(tmp_path: Path) -> None:
    document = written(tmp_path, "收入5万元，\ufffd\ufffd支出。")
    assert [notice.kind for notice in document.notices] == ["garbage"]


def test_same_file_same_document(tmp_path: Path) -> None:
    assert written(tmp_path, STATEMENT) == written(tmp_path, STATEMENT)


SEED_LINES = {
    "000*": "泸县社保局2023年项目支出预算总额330.6万元，其中：政府",
    "001*": "关于乐山市社会保险事务中心2021年部门预算编制的说明",
    "002*": "1.社会保障和就业（类）人力资源和社会保障管理事务（款）社会保险经办",
    "003*": "第二部分巴中市社会保险管理局2024年部门预算情况说明",
    "004*": "（二）公务用车购置及运行维护费0万元较2021年预算0万元，2022年预算持平。",
}


@pytest.mark.parametrize(("pattern", "start"), SEED_LINES.items())
def test_seed_sentences(pattern: str, start: str, shared_file: Callable[[str], Path]) -> None:
    document = read(shared_file(f"seeds/{pattern}"))
    assert any(text.startswith(start) for text in texts(document))
    assert not any("&nbsp;" in text or "BRI" in text for text in texts(document))


def test_chart_numbers_of_a_seed_are_not_read(shared_file: Callable[[str], Path]) -> None:
    document = read(shared_file("seeds/002*"))
    assert "824.38" not in "".join(texts(document))
    assert sorted(notice.kind for notice in document.notices) == ["chart"] * 8 + ["garbage"]
