"""Files that are broken, endless or too much: refused or read, in a moment, and never a crash."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest
from reportlab.lib.pdfencrypt import StandardEncryption
from reportlab.pdfgen.canvas import Canvas

from kemu.errors import InputError
from kemu.model.document import Document, Paragraph
from kemu.read import read
from kemu.read.pdf.source.characters import MAX_CHARACTERS
from kemu.read.pdf.source.shapes import MAX_STROKES

sys.path.insert(0, str(Path(__file__).parent))
from paper import file_of, pdf, table, write

ROOT = Path(__file__).resolve().parents[2]
ROWS = [["项目", "合计"], ["教育支出", "1,234.50"]]
CATALOGUE = b"<< /Type /Catalog /Pages 2 0 R >>"
HELVETICA = b"<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica >>"
TEXT = b"BT /F1 12 Tf 60 700 Td (Budget 1,234.50) Tj ET"


def parsed(data: bytes, folder: Path) -> Document:
    path = folder / "公开.pdf"
    path.write_bytes(data)
    return read(path)


def texts(document: Document) -> list[str]:
    return [block.content.text for block in document.blocks if isinstance(block, Paragraph)]


def notices(document: Document) -> list[tuple[str, str]]:
    return [(notice.kind, notice.message) for notice in document.notices]


def a_page(canvas: Canvas) -> None:
    write(canvas, "收支总表", 60, 80)
    table(canvas, ROWS, 120, widths=[150, 100])


def one_page(
    content: bytes, box: bytes = b"[0 0 595 842]", more: bytes = b"", *others: bytes
) -> bytes:
    """Return a file with one page: objects 1 to 5, then the others."""
    return file_of(
        [
            CATALOGUE,
            b"<< /Type /Pages /Kids [3 0 R] /Count 1 >>",
            b"<< /Type /Page /Parent 2 0 R /MediaBox %s /Contents 4 0 R"
            b" /Resources << /Font << /F1 5 0 R >> %s >> >>" % (box, more),
            b"<< /Length %d >>\nstream\n%s\nendstream" % (len(content), content),
            HELVETICA,
            *others,
        ]
    )


def test_encrypted_with_an_empty_password_is_read(tmp_path: Path) -> None:
    data = pdf(a_page, encrypt=StandardEncryption("", ownerPassword="owner", strength=128))
    document = parsed(data, tmp_path)
    assert [[cell.text for cell in row] for row in next(iter(document.tables)).rows] == ROWS


@pytest.mark.parametrize(
    "kids", [b"[] /Count 0", b"[2 0 R] /Count 1", b"[9 0 R] /Count 1", b"[3 0 R] /Count 0"]
)
def test_a_tree_without_a_page_or_in_a_circle_is_refused_or_read(
    tmp_path: Path, kids: bytes
) -> None:
    data = file_of([CATALOGUE, b"<< /Type /Pages /Kids %s >>" % kids, b"<< /Type /Pages >>"])
    with pytest.raises(InputError) as caught:
        parsed(data, tmp_path)
    assert caught.value.code.startswith("E-READ")
    assert "公开.pdf" in str(caught.value)


def form(content: bytes, resources: bytes = b"") -> bytes:
    return (
        b"<< /Type /XObject /Subtype /Form /BBox [0 0 595 842] /Length %d %s >>"
        b"\nstream\n%s\nendstream" % (len(content), resources, content)
    )


A_AND_B = b"/Resources << /XObject << /A 6 0 R /B 7 0 R >> >>"
ENDLESS = ("broken", "第1页：页面内容反复套用自身，展开没有尽头，未读取")


def test_forms_that_contain_themselves_end(tmp_path: Path) -> None:
    data = one_page(
        b"/A Do " + TEXT, b"[0 0 595 842]", b"/XObject << /A 6 0 R >>", form(b"/A Do", A_AND_B)
    )
    assert texts(parsed(data, tmp_path)) == ["Budget 1,234.50"]


@pytest.mark.parametrize(
    ("first", "second", "resources"),
    [
        (b"/A Do /A Do", b"", A_AND_B),
        (b"/B Do /B Do", b"/A Do", A_AND_B),
        (b"/A Do /A#20 Do /#41 Do", b"", A_AND_B),
        (b"/A Do /A Do", b"", b""),
        (b"/B Do " * 30_000, b"/A Do " * 30_000, b""),
    ],
)
def test_forms_without_end_are_said_and_the_other_pages_are_read(
    tmp_path: Path, first: bytes, second: bytes, resources: bytes
) -> None:
    """PDFium would put them in for days; forms without resources have those of the page."""
    page = (
        b"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] /Contents %s /Resources << %s >> >>"
    )
    fonts = b"/Font << /F1 5 0 R >>"
    data = file_of(
        [
            CATALOGUE,
            b"<< /Type /Pages /Kids [3 0 R 9 0 R] /Count 2 >>",
            page % (b"4 0 R", fonts + b" /XObject << /A 6 0 R /B 7 0 R >>"),
            b"<< /Length 5 >>\nstream\n/A Do\nendstream",
            HELVETICA,
            form(first, resources),
            form(second, resources),
            b"<< /Length %d >>\nstream\n%s\nendstream" % (len(TEXT), TEXT),
            page % (b"8 0 R", fonts),
        ]
    )
    document = parsed(data, tmp_path)
    assert texts(document) == ["Budget 1,234.50"]
    assert notices(document) == [ENDLESS]


def test_a_file_of_nothing_but_endless_forms_is_refused(tmp_path: Path) -> None:
    more = b"/XObject << /A 6 0 R >>"
    data = one_page(b"/A Do", b"[0 0 595 842]", more, form(b"/A Do /A Do", A_AND_B))
    with pytest.raises(InputError) as caught:
        parsed(data, tmp_path)
    assert caught.value.code == "E-READ-DAMAGED"


def test_a_letter_that_is_drawn_by_endless_forms_is_said(tmp_path: Path) -> None:
    font = (
        b"<< /Type /Font /Subtype /Type3 /FontBBox [0 0 1000 1000] /FontMatrix [1 0 0 1 0 0]"
        b" /CharProcs << /a 8 0 R >> /Encoding << /Differences [97 /a] >> /FirstChar 97"
        b" /LastChar 97 /Widths [1] /Resources << /XObject << /A 6 0 R >> >> >>"
    )
    glyph = b"<< /Length 15 >>\nstream\n1000 0 d0 /A Do\nendstream"
    content = b"BT /T 12 Tf 60 600 Td (aaaa) Tj ET"
    data = one_page(content, b"[0 0 595 842]", b"", form(b"/A Do /A Do", A_AND_B), font, glyph)
    data = data.replace(b"/F1 5 0 R", b"/T 7 0 R ")
    with pytest.raises(InputError) as caught:
        parsed(data, tmp_path)
    assert caught.value.code == "E-READ-DAMAGED"


def test_a_form_that_is_called_often_is_read(tmp_path: Path) -> None:
    """Every line of a table of 20,000 comes from the form of its cell."""
    content = b"/A Do " * 20_000 + TEXT
    more = b"/XObject << /A 6 0 R >>"
    data = one_page(content, b"[0 0 595 842]", more, form(b"10 10 20 20 re f"))
    assert "".join(texts(parsed(data, tmp_path))) == "Budget 1,234.50"


@pytest.mark.parametrize("depth", [100, 100_000])
def test_arrays_within_arrays_end(tmp_path: Path, depth: int) -> None:
    data = one_page(b"[" * depth + b"]" * depth + b" 0 d " + TEXT)
    try:
        document = parsed(data, tmp_path)
    except InputError:
        return
    assert document.blocks or document.notices


def test_a_font_without_its_file_still_gives_its_text(tmp_path: Path) -> None:
    descriptor = (
        b"<< /Type /FontDescriptor /FontName /Nowhere /Flags 32 /FontFile2 99 0 R"
        b" /FontBBox [0 0 1000 1000] /ItalicAngle 0 /Ascent 800 /Descent -200 >>"
    )
    data = one_page(TEXT, b"[0 0 595 842]", b"", descriptor).replace(
        HELVETICA, b"<< /Type /Font /Subtype /TrueType /BaseFont /Nowhere /FontDescriptor 6 0 R >>"
    )
    assert texts(parsed(data, tmp_path)) == ["Budget 1,234.50"]


def test_a_page_of_five_metres_and_one_of_nothing(tmp_path: Path) -> None:
    assert texts(parsed(one_page(TEXT, b"[0 0 14400 14400]"), tmp_path)) == ["Budget 1,234.50"]
    document = parsed(one_page(TEXT, b"[10 10 10 10]"), tmp_path)
    assert document.blocks or document.notices


def test_text_far_outside_is_said(tmp_path: Path) -> None:
    data = one_page(TEXT + b" BT /F1 9 Tf -5000 99999 Td (9,999.00) Tj ET")
    document = parsed(data, tmp_path)
    assert texts(document) == ["Budget 1,234.50"]
    assert notices(document) == [("hidden", "第1页：有8个字在页面之外，印不出来，未读取")]


def test_rules_beyond_the_limit_are_said(tmp_path: Path) -> None:
    count = MAX_STROKES // 5 + 1000
    boxes = b"".join(b"%d %d 0.2 0.2 re f\n" % (at % 590, at // 590) for at in range(count))
    document = parsed(one_page(TEXT + b"\n" + boxes), tmp_path)
    assert "".join(texts(document)) == "Budget 1,234.50"
    assert (
        "limit",
        f"第1页：线条超过{MAX_STROKES}个点或嵌套过深，其余未读取，表格可能不全",
    ) in notices(document)


def test_rules_that_are_a_drawing_are_said(tmp_path: Path) -> None:
    """Graph paper: two thousand lines each way cross four million times."""
    lines = b"".join(
        b"%d 0 m %d 14000 l S 0 %d m 14000 %d l S\n" % (at, at, at, at) for at in range(7, 14000, 7)
    )
    document = parsed(one_page(TEXT + b"\n" + lines, b"[0 0 14400 14400]"), tmp_path)
    assert texts(document) == ["Budget 1,234.50"]
    assert notices(document) == [("limit", "第1页：线条过多，不像表格，未按表格读取")]


def test_a_page_of_a_million_characters_is_read_to_the_limit(tmp_path: Path) -> None:
    line = b"BT /F1 1 Tf 5 %d Td (" + b"1234567.9 " * 100 + b") Tj ET\n"
    lines = b"".join(line % (2 * at) for at in range(1000))
    document = parsed(one_page(lines, b"[0 0 2000 2100]"), tmp_path)
    assert ("limit", f"第1页：文字超过{MAX_CHARACTERS}个，其余未读取") in notices(document)


def test_a_page_that_cannot_be_loaded_is_said_and_the_others_are_read(tmp_path: Path) -> None:
    data = file_of(
        [
            CATALOGUE,
            b"<< /Type /Pages /Kids [3 0 R 6 0 R] /Count 2 >>",
            b"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] /Contents 4 0 R"
            b" /Resources << /Font << /F1 5 0 R >> >> >>",
            b"<< /Length %d >>\nstream\n%s\nendstream" % (len(TEXT), TEXT),
            HELVETICA,
            b"(no page)",
        ]
    )
    document = parsed(data, tmp_path)
    assert texts(document) == ["Budget 1,234.50"]
    assert [kind for kind, _ in notices(document)] == ["broken"]


MUTATIONS = """
import random, sys
from pathlib import Path
from kemu.errors import InputError
from kemu.read import read
from benchmarks.damage import mutated

path, original = Path(sys.argv[1]), Path(sys.argv[2]).read_bytes()
for seed in range(int(sys.argv[3])):
    path.write_bytes(mutated(original, seed))
    try:
        document = read(path)
        assert document.blocks or document.notices
    except InputError as error:
        assert path.name in str(error)
print("done")
"""


@pytest.mark.parametrize("sample", sorted((ROOT / "data" / "samples").glob("*.pdf"))[:2])
def test_mutated_files_end_in_a_document_or_an_error(tmp_path: Path, sample: Path) -> None:
    """In a process of its own: a crash of the library would end this one."""
    done = subprocess.run(
        [sys.executable, "-c", MUTATIONS, str(tmp_path / "a.pdf"), str(sample), "10"],
        cwd=ROOT,
        capture_output=True,
        check=False,
        timeout=300,
        encoding="utf-8",
    )
    assert (done.returncode, done.stdout.strip()) == (0, "done"), done.stderr[-2000:]
