from __future__ import annotations

import csv
import random
import re
import sys
from collections import Counter
from collections.abc import Callable
from pathlib import Path

import pytest
from reportlab.pdfgen.canvas import Canvas

from kemu.errors import InputError
from kemu.model.document import Document, Paragraph, Table
from kemu.read import pdf as pdf_module
from kemu.read import read

sys.path.insert(0, str(Path(__file__).parent))
from paper import HEIGHT, WIDTH, pdf, picture, table, undecodable, write

WIDTHS = [40, 40, 150, 80, 80, 80]
HEADER = [
    ["科目编码", "", "科目名称", "本年支出", "", ""],
    ["类", "款", "", "合计", "基本支出", "项目支出"],
]
HEADER_SPANS = [((0, 0), (1, 0)), ((2, 0), (2, 1)), ((3, 0), (5, 0))]
ROWS = [
    ["201", "", "一般公共服务支出", "1,234.50", "1,000.00", "234.50"],
    ["201", "06", "财政事务", "1,234.50", "1,000.00", "234.50"],
    ["208", "", "机关事业单位基本养老保险缴\n费支出", "60.25", "60.25", ""],
]


def parsed(data: bytes, folder: Path) -> Document:
    path = folder / "公开.pdf"
    path.write_bytes(data)
    return read(path)


def texts(document: Document) -> list[str]:
    return [block.content.text for block in document.blocks if isinstance(block, Paragraph)]


def rows_of(found: Table) -> list[list[str]]:
    return [[cell.text for cell in row] for row in found.rows]


def caption_texts(found: Table) -> list[str]:
    return [line.content.text for line in found.captions]


def titled(canvas: Canvas, y: float = 80) -> None:
    write(canvas, "支出决算表", WIDTH / 2, y, 16, centred=True)
    write(canvas, "部门：云溪县档案馆", 60, y + 25, 10)
    write(canvas, "单位：万元", 480, y + 25, 10)


def first_page(canvas: Canvas) -> None:
    titled(canvas)
    table(canvas, [*HEADER, *ROWS], 115, widths=WIDTHS, spans=HEADER_SPANS)


def test_a_ruled_table_with_its_header_captions_and_notes(tmp_path: Path) -> None:
    def page(canvas: Canvas) -> None:
        first_page(canvas)
        write(canvas, "注：本表金额转换为万元时，因四舍五入可能存在尾差。", 60, 235, 10)
        write(canvas, "二、说明", 60, 290)

    document = parsed(pdf(page), tmp_path)
    (found,) = document.tables
    assert caption_texts(found) == [
        "支出决算表",
        "部门：云溪县档案馆",
        "单位：万元",
        "注：本表金额转换为万元时，因四舍五入可能存在尾差。",
    ]
    assert [
        (cell.text, cell.place.column, cell.colspan, cell.rowspan) for cell in found.rows[0]
    ] == [
        ("科目编码", 1, 2, 1),
        ("科目名称", 3, 1, 2),
        ("本年支出", 4, 3, 1),
    ]
    assert rows_of(found)[2:] == [[cell.replace("\n", "") for cell in row] for row in ROWS]
    assert found.width == 6
    assert texts(document) == ["二、说明"]
    assert not document.notices


def test_places_name_page_and_box(tmp_path: Path) -> None:
    document = parsed(pdf(lambda canvas: write(canvas, "封面", 200, 300), first_page), tmp_path)
    (found,) = document.tables
    cell = found.rows[2][3]
    assert cell.text == "1,234.50"
    assert (cell.place.page, cell.place.table, cell.place.row, cell.place.column) == (2, 1, 3, 4)
    x0, top, x1, bottom = map(float, cell.place.address.split(","))
    assert 280 < x0 < x1 < 380
    assert 115 < top < bottom < HEIGHT / 3


def test_a_table_over_pages_is_one(tmp_path: Path) -> None:
    def second(canvas: Canvas) -> None:
        table(canvas, ROWS[1:], 60, widths=WIDTHS)

    (found,) = parsed(pdf(first_page, second), tmp_path).tables
    assert len(found.rows) == 2 + 3 + 2
    assert {cell.place.page for cell in found.rows[-1]} == {2}


def lay_white_ground(canvas: Canvas, top: float, bottom: float) -> None:
    """Fill the cells of a row white in pieces, as word processors do: margins, sides, the line."""
    canvas.saveState()
    canvas.setFillColorRGB(1, 1, 1)
    left = 60.0
    for width in WIDTHS:
        right, upper, lower = left + width, top + 5, bottom - 5
        for x0, y0, x1, y1 in (
            (left, top, right, upper),
            (left, upper, left + 6, lower),
            (left + 6, upper, right - 6, lower),
            (right - 6, upper, right, lower),
            (left, lower, right, bottom),
        ):
            canvas.rect(x0, HEIGHT - y1, x1 - x0, y1 - y0, stroke=0, fill=1)
        left = right
    canvas.restoreState()


def test_white_ground_under_a_line_is_no_rule(tmp_path: Path) -> None:
    def page(canvas: Canvas) -> None:
        titled(canvas)
        lay_white_ground(canvas, 115, 133)
        table(canvas, ROWS, 115, widths=WIDTHS)

    (found,) = parsed(pdf(page), tmp_path).tables
    assert found.width == len(WIDTHS)
    assert rows_of(found)[0] == ["201", "", "一般公共服务支出", "1,234.50", "1,000.00", "234.50"]


def test_a_row_that_is_open_above_goes_on_with_the_table(tmp_path: Path) -> None:
    """The first row of a page without a rule above it is a row, and no chart's bars are."""

    def second(canvas: Canvas) -> None:
        table(canvas, ROWS[1:], 60, widths=WIDTHS)
        left = 60.0
        for width, text in zip([*WIDTHS, 0], [*ROWS[0], ""], strict=True):
            canvas.line(left, HEIGHT - 60, left, HEIGHT - 40)
            write(canvas, text, left + 6, 54, 9)
            left += width

    (found,) = parsed(pdf(first_page, second), tmp_path).tables
    assert rows_of(found)[5] == ["201", "", "一般公共服务支出", "1,234.50", "1,000.00", "234.50"]
    assert len(found.rows) == 2 + 3 + 3


def test_a_blank_page_between_does_not_end_a_table(tmp_path: Path) -> None:
    def empty_row(canvas: Canvas) -> None:
        table(canvas, [[""] * 6], 60, widths=WIDTHS)

    def third(canvas: Canvas) -> None:
        table(canvas, ROWS[1:], 60, widths=WIDTHS)

    (found,) = parsed(pdf(first_page, empty_row, third), tmp_path).tables
    assert len(found.rows) == 2 + 3 + 2


def test_a_repeated_header_is_read_once(tmp_path: Path) -> None:
    def second(canvas: Canvas) -> None:
        table(canvas, [*HEADER, *ROWS[1:]], 60, widths=WIDTHS, spans=HEADER_SPANS)

    (found,) = parsed(pdf(first_page, second), tmp_path).tables
    assert [row[0] for row in rows_of(found)].count("科目编码") == 1
    assert len(found.rows) == 2 + 3 + 2


def test_a_repeated_title_does_not_begin_a_table(tmp_path: Path) -> None:
    def second(canvas: Canvas) -> None:
        titled(canvas)
        table(canvas, [*HEADER, *ROWS[1:]], 115, widths=WIDTHS, spans=HEADER_SPANS)

    (found,) = parsed(pdf(first_page, second), tmp_path).tables
    assert len(found.rows) == 2 + 3 + 2
    assert caption_texts(found).count("支出决算表") == 1


def test_a_repeated_total_is_read_once_and_said(tmp_path: Path) -> None:
    total = ["", "", "合计", "1,294.75", "1,060.25", "234.50"]

    def with_total(rows: list[list[str]]) -> Callable[[Canvas], None]:
        return lambda canvas: table(
            canvas, [*HEADER, total, *rows], 60, widths=WIDTHS, spans=HEADER_SPANS
        )

    document = parsed(pdf(with_total(ROWS[:2]), with_total(ROWS[2:])), tmp_path)
    (found,) = document.tables
    assert [row[2] for row in rows_of(found)[2:]].count("合计") == 1
    assert [notice.kind for notice in document.notices] == ["hidden"]
    assert "合计" in document.notices[0].message


def test_a_row_cut_by_the_page_is_one(tmp_path: Path) -> None:
    def page(rows: list[list[str]]) -> Callable[[Canvas], None]:
        return lambda canvas: table(canvas, rows, 60, widths=[66, 80])

    first = [["单位", "金额"], ["云溪县档案馆", "2.00"], ["云溪县社会保", "3.50"]]
    second = [["险管理中心", ""], ["云溪县图书馆", "1.00"]]
    (found,) = parsed(pdf(page(first), page(second)), tmp_path).tables
    assert rows_of(found)[2:] == [["云溪县社会保险管理中心", "3.50"], ["云溪县图书馆", "1.00"]]


def test_a_label_that_is_whole_is_not_joined(tmp_path: Path) -> None:
    def page(rows: list[list[str]]) -> Callable[[Canvas], None]:
        return lambda canvas: table(canvas, rows, 60, widths=[120, 80])

    first = [["项目", "金额"], ["本年收入合计", "3.50"]]
    second = [["使用非财政拨款结余", ""], ["总计", "3.50"]]
    (found,) = parsed(pdf(page(first), page(second)), tmp_path).tables
    assert [row[0] for row in rows_of(found)][1:] == ["本年收入合计", "使用非财政拨款结余", "总计"]


def test_another_title_begins_another_table(tmp_path: Path) -> None:
    def second(canvas: Canvas) -> None:
        write(canvas, "政府性基金支出决算表", WIDTH / 2, 80, 16, centred=True)
        table(canvas, [*HEADER, *ROWS[1:]], 115, widths=WIDTHS, spans=HEADER_SPANS)

    titles = [caption_texts(found)[0] for found in parsed(pdf(first_page, second), tmp_path).tables]
    assert titles == ["支出决算表", "政府性基金支出决算表"]


def test_another_header_begins_another_table(tmp_path: Path) -> None:
    def second(canvas: Canvas) -> None:
        header = ["科目编码", "款", "科目名称", "金额", "备注", "来源"]
        table(canvas, [header, *ROWS[1:]], 60, widths=WIDTHS)

    assert len(list(parsed(pdf(first_page, second), tmp_path).tables)) == 2


def test_a_title_and_unit_at_the_end_of_a_page_are_those_of_the_next_page_s_table(
    tmp_path: Path,
) -> None:
    def first(canvas: Canvas) -> None:
        write(canvas, "本年安排会议两次，费用比上年减少，详见下表。", 60, 700)
        write(canvas, "会议费明细表", WIDTH / 2, 740, 14, centred=True)
        write(canvas, "单位：万元", 480, 765, 10)

    def second(canvas: Canvas) -> None:
        table(canvas, [*HEADER, *ROWS], 60, widths=WIDTHS, spans=HEADER_SPANS)

    document = parsed(pdf(first, second), tmp_path)
    (found,) = document.tables
    assert caption_texts(found) == ["会议费明细表", "单位：万元"]
    assert texts(document) == ["本年安排会议两次，费用比上年减少，详见下表。"]


def test_text_between_ends_a_table(tmp_path: Path) -> None:
    def second(canvas: Canvas) -> None:
        write(canvas, "以下为下属单位的收支情况说明，请一并审阅。", 60, 60)
        table(canvas, ROWS[1:], 90, widths=WIDTHS)

    assert len(list(parsed(pdf(first_page, second), tmp_path).tables)) == 2


def test_tables_side_by_side_stay_as_printed(tmp_path: Path) -> None:
    rows = [
        ["301", "工资福利支出", "70.00", "302", "商品和服务支出", "30.00"],
        ["30101", "基本工资", "70.00", "30201", "办公费", "30.00"],
    ]

    def page(canvas: Canvas) -> None:
        table(canvas, rows, 60, widths=[50, 110, 70, 50, 110, 70])

    (found,) = parsed(pdf(page), tmp_path).tables
    assert rows_of(found) == rows


def test_depth_of_labels_is_kept_as_blanks(tmp_path: Path) -> None:
    rows = [["工资福利支出", "70.00"], ["\u3000基本工资", "50.00"], ["\u3000\u3000其中", "20.00"]]

    def page(canvas: Canvas) -> None:
        table(canvas, rows, 60, widths=[200, 80])

    (found,) = parsed(pdf(page), tmp_path).tables
    depths = [len(row[0].content.raw) - len(row[0].content.raw.lstrip()) for row in found.rows]
    assert depths[0] < depths[1] < depths[2]
    assert [row[0].text for row in found.rows] == ["工资福利支出", "基本工资", "其中"]


def test_a_table_open_at_its_sides(tmp_path: Path) -> None:
    rows = [["项目", "合计", "基本支出"], ["教育支出", "1,000.00", "800.00"]]

    def page(canvas: Canvas) -> None:
        table(canvas, rows, 60, widths=[200, 100, 100], open_sides=True)

    (found,) = parsed(pdf(page), tmp_path).tables
    assert rows_of(found) == rows


UNRULED = [
    ["项目", "预算数", "项目", "合计", "基本支出"],
    ["一、财政拨款收入", "1,234.50", "一、教育支出", "1,000.00", "800.00"],
    ["二、事业收入", "", "二、科学技术支出", "234.50", "200.00"],
    ["三、其他收入", "12.00", "三、住房保障支出", "12.00", ""],
    ["收入总计", "1,246.50", "支出总计", "1,246.50", "1,000.00"],
]


def unruled(canvas: Canvas, shift: float = 0.0) -> None:
    titled(canvas)
    for number, row in enumerate(UNRULED):
        y = HEIGHT - 140 - 18 * number
        for index, (x, text) in enumerate(zip([60, 220, 240, 420, 500], row, strict=True)):
            canvas.setFont("STSong-Light", 10)
            if index in (0, 2):
                canvas.drawString(x, y, text)
            else:
                canvas.drawRightString(x - shift, y, text)


def test_a_table_without_rules_by_alignment(tmp_path: Path) -> None:
    document = parsed(pdf(unruled), tmp_path)
    (found,) = document.tables
    assert rows_of(found) == UNRULED
    assert caption_texts(found)[0] == "支出决算表"
    assert [notice.kind for notice in document.notices] == ["note"]


def test_without_rules_overlapping_columns_are_left_alone(tmp_path: Path) -> None:
    document = parsed(pdf(lambda canvas: unruled(canvas, shift=80.0)), tmp_path)
    assert not list(document.tables)


SENTENCE = "本单位收入预算总额为1,234.56万元，其中：财政拨款收入1,200.00万元，事业收入34.56万元。"


def lines_of(text: str, columns: int) -> list[str]:
    """Lines of equal width, Chinese characters counting two; the first is indented by two."""
    lines, line, room = [], "", columns - 4
    for char in text:
        room -= 1 if char.isascii() else 2
        if room < 0:
            lines.append(line)
            line, room = "", columns - (1 if char.isascii() else 2)
        line += char
    return [*lines, line]


def test_paragraphs_by_indent_over_lines_and_pages(tmp_path: Path) -> None:
    first = lines_of(SENTENCE * 3, 78)

    def page(lines: list[tuple[float, str]], number: int) -> Callable[[Canvas], None]:
        def draw(canvas: Canvas) -> None:
            write(canvas, "云溪县档案馆2024年度公开", 60, 40, 9)
            for index, (x, line) in enumerate(lines):
                write(canvas, line, x, 90 + 20 * index)
            write(canvas, f"— {number} —", WIDTH / 2, 800, 9, centred=True)

        return draw

    top = [(84.0, first[0]), *((60.0, line) for line in first[1:3])]
    rest = [(60.0, line) for line in first[3:]]
    filler = [(84.0, "支出情况与上年持平，无其他需要说明的事项，特此公开。" + "内" * 8)]
    pages = [page([*filler, *top], 1), page([*rest, *filler], 2), page(filler * 3, 3)]
    found = texts(parsed(pdf(*pages), tmp_path))
    assert SENTENCE * 3 in found
    assert not any("—" in text or text == "云溪县档案馆2024年度公开" for text in found)


def test_a_cover_title_over_lines_is_one(tmp_path: Path) -> None:
    def page(canvas: Canvas) -> None:
        write(canvas, "云溪县档案馆", WIDTH / 2, 300, 26, centred=True)
        write(canvas, "2024年度部门决算", WIDTH / 2, 340, 26, centred=True)
        write(canvas, "二〇二五年八月", WIDTH / 2, 700, 16, centred=True)

    assert texts(parsed(pdf(page), tmp_path)) == ["云溪县档案馆2024年度部门决算", "二〇二五年八月"]


def test_a_picture_only_page_is_a_scan(tmp_path: Path) -> None:
    scan = lambda canvas: picture(canvas, 0, 0, WIDTH, HEIGHT)  # noqa: E731
    document = parsed(pdf(first_page, scan, scan, first_page), tmp_path)
    assert [notice.message for notice in document.notices] == ["第2–3页为扫描件，未读取"]
    assert document.notices[0].kind == "scan"


def test_text_in_a_picture_is_a_chart(tmp_path: Path) -> None:
    def page(canvas: Canvas) -> None:
        write(canvas, "一、收入情况", 60, 60)
        picture(canvas, 100, 100, 300, 200)
        write(canvas, "824.38", 200, 180)

    document = parsed(pdf(page), tmp_path)
    assert texts(document) == ["一、收入情况"]
    assert [notice.kind for notice in document.notices] == ["chart"]


def test_rotated_page(tmp_path: Path) -> None:
    def page(canvas: Canvas) -> None:
        canvas.setPageRotation(90)
        canvas.translate(WIDTH, 0)
        canvas.rotate(90)
        canvas.translate(0, -(HEIGHT - WIDTH))
        first_page(canvas)

    (found,) = parsed(pdf(page), tmp_path).tables
    assert rows_of(found)[2][3] == "1,234.50"


@pytest.mark.parametrize("angle", [90, -90])
def test_a_page_drawn_sideways_without_saying_so(tmp_path: Path, angle: int) -> None:
    def page(canvas: Canvas) -> None:
        if angle > 0:
            canvas.translate(WIDTH, 0)
        else:
            canvas.translate(0, HEIGHT)
        canvas.rotate(angle)
        canvas.translate(0, -(HEIGHT - WIDTH))
        first_page(canvas)

    (found,) = parsed(pdf(page), tmp_path).tables
    assert rows_of(found)[2][3] == "1,234.50"
    assert caption_texts(found)[0] == "支出决算表"


def test_a_watermark_is_not_read_into_cells(tmp_path: Path) -> None:
    def page(canvas: Canvas) -> None:
        first_page(canvas)
        canvas.saveState()
        canvas.translate(300, HEIGHT - 180)
        canvas.rotate(30)
        canvas.drawCentredString(0, 0, "内部资料")
        canvas.restoreState()

    document = parsed(pdf(page), tmp_path)
    (found,) = document.tables
    assert rows_of(found)[2:] == [[cell.replace("\n", "") for cell in row] for row in ROWS]
    assert [notice.kind for notice in document.notices] == ["garbage"]


def test_text_of_a_font_without_meaning_is_said(tmp_path: Path) -> None:
    document = parsed(undecodable(), tmp_path)
    assert not document.blocks
    assert [notice.kind for notice in document.notices] == ["garbage"]
    assert "4个字" in document.notices[0].message


def test_columns_ruled_but_rows_not(tmp_path: Path) -> None:
    rows = [
        ["项目", "合计", "基本支出"],
        ["教育支出\n卫生支出\n住房支出", "1,000.00\n25.00\n3.50", "800.00\n20.00\n3.50"],
    ]

    def page(canvas: Canvas) -> None:
        table(canvas, rows, 60, widths=[200, 100, 100])

    (found,) = parsed(pdf(page), tmp_path).tables
    assert rows_of(found) == [
        ["项目", "合计", "基本支出"],
        ["教育支出", "1,000.00", "800.00"],
        ["卫生支出", "25.00", "20.00"],
        ["住房支出", "3.50", "3.50"],
    ]


def test_amounts_wrapped_in_their_cells_are_no_rows_of_their_own(tmp_path: Path) -> None:
    rows = [
        ["项目", "合计", "基本支出", "公用经费"],
        ["合计", "22804772.\n68", "9432864.5\n9", "35.00"],
        ["住房改革支\n出", "7001\n96.13", "7001\n96.13", ""],
    ]

    def page(canvas: Canvas) -> None:
        table(canvas, rows, 60, widths=[100, 100, 100, 100])

    (found,) = parsed(pdf(page), tmp_path).tables
    assert len(rows_of(found)) == len(rows)
    joined = [[text.replace(" ", "") for text in row] for row in rows_of(found)]
    assert joined[1:] == [
        ["合计", "22804772.68", "9432864.59", "35.00"],
        ["住房改革支出", "700196.13", "700196.13", ""],
    ]


def test_two_measures_in_a_cell_stay_together(tmp_path: Path) -> None:
    rows = [["项目", "预算数\n决算数"], ["教育支出", "12.30\n45.60"]]

    def page(canvas: Canvas) -> None:
        table(canvas, rows, 60, widths=[200, 100])

    (found,) = parsed(pdf(page), tmp_path).tables
    assert rows_of(found)[1] == ["教育支出", "12.30 45.60"]


def test_pages_in_two_processes_give_the_same(tmp_path: Path) -> None:
    data = pdf(*[first_page] * 10)
    path = tmp_path / "a.pdf"
    path.write_bytes(data)
    assert read(path, jobs=2) == pdf_module.read(path, data)


def test_pages_beyond_the_limit_are_said(tmp_path: Path) -> None:
    data = pdf(*[first_page] * 5)
    (tmp_path / "a.pdf").write_bytes(data)
    document = read(tmp_path / "a.pdf", max_pages=2)
    assert document.pages == 5
    assert [(notice.kind, notice.message) for notice in document.notices] == [
        ("limit", "文件有5页，第3–5页超出上限，未读取")
    ]


def test_encrypted(tmp_path: Path) -> None:
    with pytest.raises(InputError) as caught:
        parsed(pdf(first_page, encrypt="秘密" and "secret"), tmp_path)
    assert caught.value.code == "E-READ-ENCRYPTED"


@pytest.mark.parametrize("keep", [0.3, 0.9])
def test_truncated(tmp_path: Path, keep: float) -> None:
    data = pdf(first_page, first_page)
    with pytest.raises(InputError) as caught:
        parsed(data[: int(len(data) * keep)], tmp_path)
    assert caught.value.code == "E-READ-TRUNCATED"


def test_empty_pages(tmp_path: Path) -> None:
    with pytest.raises(InputError) as caught:
        parsed(pdf(lambda canvas: None), tmp_path)
    assert caught.value.code == "E-READ-EMPTY"


@pytest.mark.parametrize("seed", range(12))
def test_damaged_files_are_refused_or_read_but_never_crash(tmp_path: Path, seed: int) -> None:
    chance = random.Random(seed)
    data = bytearray(pdf(first_page, first_page))
    for _ in range(chance.randrange(1, 60)):
        data[chance.randrange(len(data))] = chance.randrange(256)
    del data[chance.randrange(len(data)) :: 7919]
    try:
        document = parsed(bytes(data), tmp_path)
    except InputError as error:
        document = None
        shown = str(error)
    assert document is None or document.blocks or document.notices
    assert document or "公开.pdf" in shown


def test_a_pdf_by_name_only(tmp_path: Path) -> None:
    path = tmp_path / "假.pdf"
    path.write_text("云溪县档案馆\n收入5万元。", encoding="utf-8")
    assert read(path).format == "txt"


Key = tuple[str, str, str, str, str]


def test_every_table_amount_of_a_real_document(shared_file: Callable[[str], Path]) -> None:
    """The list was made by hand: title, code, label and column of each of the 195 amounts."""
    source = shared_file("findings/31_*_tables.csv")
    with source.open(encoding="utf-8-sig", newline="") as file:
        columns = ("table_title", "row_code", "row_label", "column_label", "amount")
        listed = Counter(tuple(row[name] for name in columns) for row in csv.DictReader(file))
    assert sum(listed.values()) == 195
    unlisted = []
    for one in read(shared_file("real/31_*.pdf")).tables:
        for keys in keyed_amounts(one):
            key = next((key for key in keys if listed[key]), None)
            if key is None:
                unlisted.append(keys)
            else:
                listed[key] -= 1
    assert unlisted == []
    assert +listed == Counter()


def keyed_amounts(one: Table) -> list[list[Key]]:
    """For each amount of a table, the ways in which a person may name its row and column."""
    title = next((text for text in caption_texts(one) if text.endswith("表")), "")
    found = []
    for row in one.rows:
        for at, cell in enumerate(row):
            if not re.fullmatch(r"[\d,]+\.\d\d", cell.text):
                continue
            texts = [other.text for other in row[:at]]
            words = [i for i, text in enumerate(texts) if re.search(r"[^\d.,]", text)]
            named = max(words, default=-1)
            label = texts[named] if named >= 0 else ""
            code = ""
            for text in reversed(texts[: max(named, 0)]):
                if text and not text.isdigit():
                    break
                code = text + code
            path = header_over(one, cell.place.column or 0)
            names = {path[-1], path[0] + path[-1]}
            amount = cell.text.replace(",", "")
            if label:
                found.append([(title, code, label, name, amount) for name in names])
            else:
                found.append([(title, "", name, path[-1], amount) for name in path])
    return found


def header_over(one: Table, column: int) -> list[str]:
    """The header cells over a column, down to the first row that is data."""
    path: list[str] = []
    for line in one.grid:
        cell = line[column - 1]
        if any(other and re.fullmatch(r"[\d,]+\.\d\d|\d{3}", other.text) for other in line):
            break
        if cell and cell.text and cell.text not in path:
            path.append(cell.text)
    return path


@pytest.mark.parametrize("printed", ["60.25", "160,160.25"])
def test_a_name_that_runs_over_its_rule_stays_whole(tmp_path: Path, printed: str) -> None:
    """Its end stands in the cell of the number, beside it or under it."""

    def page(canvas: Canvas) -> None:
        titled(canvas)
        table(canvas, [[*ROWS[0][:2], "", "", *ROWS[0][4:]], ROWS[1]], 115, widths=WIDTHS)
        write(canvas, "机关事业单位基本养老保险缴费支出", 146, 128, 10)
        canvas.drawRightString(WIDTHS[0] * 2 + 150 + 80 + 54, HEIGHT - 128, printed)

    (found,) = parsed(pdf(page), tmp_path).tables
    assert rows_of(found)[0][2:4] == ["机关事业单位基本养老保险缴费支出", printed]
