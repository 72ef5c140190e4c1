"""Small PDF files for tests, drawn with reportlab: prose, ruled tables, pages of pictures."""

from __future__ import annotations

import io
from collections.abc import Callable, Sequence

from reportlab.lib import colors
from reportlab.pdfbase import pdfmetrics
from reportlab.pdfbase.cidfonts import UnicodeCIDFont
from reportlab.pdfgen.canvas import Canvas
from reportlab.platypus import Table as DrawnTable

FONT = "STSong-Light"
WIDTH, HEIGHT = 595.0, 842.0
Span = tuple[tuple[int, int], tuple[int, int]]
Page = Callable[[Canvas], None]


def pdf(*pages: Page, encrypt: str | None = None, size: tuple[float, float] | None = None) -> bytes:
    """Return a PDF with the pages that the functions draw."""
    pdfmetrics.registerFont(UnicodeCIDFont(FONT))
    data = io.BytesIO()
    canvas = Canvas(data, pagesize=size or (WIDTH, HEIGHT), encrypt=encrypt, invariant=1)
    for draw in pages:
        canvas.setFont(FONT, 12)
        draw(canvas)
        canvas.showPage()
    canvas.save()
    return data.getvalue()


def write(
    canvas: Canvas, text: str, x: float, y: float, size: float = 12, *, centred: bool = False
) -> None:
    """Draw a line with its baseline at a height from the page's top."""
    canvas.setFont(FONT, size)
    draw = canvas.drawCentredString if centred else canvas.drawString
    draw(x, HEIGHT - y, text)


def table(
    canvas: Canvas,
    rows: Sequence[Sequence[str]],
    y: float,
    *,
    widths: Sequence[float],
    spans: Sequence[Span] = (),
    open_sides: bool = False,
    x: float = 60.0,
) -> None:
    """Draw a ruled table with its top at a height from the page's top.

    Args:
        canvas: Where to draw.
        rows: Texts of the cells.
        y: Its top.
        widths: Of the columns.
        spans: Merged cells, as (column, row) pairs of their corners.
        open_sides: Whether it lacks the rules at its left and right.
        x: Its left.
    """
    style: list[tuple[object, ...]] = [
        ("FONT", (0, 0), (-1, -1), FONT, 9),
        ("VALIGN", (0, 0), (-1, -1), "MIDDLE"),
    ]
    if open_sides:
        style.append(("INNERGRID", (0, 0), (-1, -1), 0.5, colors.black))
        style.append(("LINEABOVE", (0, 0), (-1, 0), 1, colors.black))
        style.append(("LINEBELOW", (0, -1), (-1, -1), 1, colors.black))
    else:
        style.append(("GRID", (0, 0), (-1, -1), 0.5, colors.black))
    style += [("SPAN", start, end) for start, end in spans]
    drawn = DrawnTable([list(row) for row in rows], colWidths=list(widths), style=style)
    _, height = drawn.wrapOn(canvas, WIDTH, HEIGHT)
    drawn.drawOn(canvas, x, HEIGHT - y - height)


def picture(canvas: Canvas, x: float, y: float, width: float, height: float) -> None:
    """Draw a grey picture with its top left corner at a place from the page's top left."""
    from PIL import Image
    from reportlab.lib.utils import ImageReader

    image = ImageReader(Image.new("L", (20, 20), 128))
    canvas.drawImage(image, x, HEIGHT - y - height, width, height)


def undecodable() -> bytes:
    """Return a PDF that prints four characters of a font which does not say what they are."""
    content = b"BT /F1 12 Tf 100 700 Td <0024002500260027> Tj ET"
    objects = [
        b"<< /Type /Catalog /Pages 2 0 R >>",
        b"<< /Type /Pages /Kids [3 0 R] /Count 1 >>",
        b"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] /Contents 4 0 R"
        b" /Resources << /Font << /F1 5 0 R >> >> >>",
        b"<< /Length %d >>\nstream\n%s\nendstream" % (len(content), content),
        b"<< /Type /Font /Subtype /Type0 /BaseFont /Unknown /Encoding /Identity-H"
        b" /DescendantFonts [6 0 R] >>",
        b"<< /Type /Font /Subtype /CIDFontType2 /BaseFont /Unknown /DW 1000 /CIDSystemInfo"
        b" << /Registry (Adobe) /Ordering (Identity) /Supplement 0 >>"
        b" /FontDescriptor 7 0 R >>",
        b"<< /Type /FontDescriptor /FontName /Unknown /Flags 4 /FontBBox [0 0 1000 1000]"
        b" /ItalicAngle 0 /Ascent 800 /Descent -200 /CapHeight 700 /StemV 80 >>",
    ]
    return file_of(objects)


def file_of(objects: Sequence[bytes]) -> bytes:
    """Return a PDF of objects, the catalogue first."""
    data = b"%PDF-1.4\n"
    offsets = []
    for number, body in enumerate(objects, 1):
        offsets.append(len(data))
        data += b"%d 0 obj\n%s\nendobj\n" % (number, body)
    table_at = len(data)
    data += b"xref\n0 %d\n0000000000 65535 f \n" % (len(objects) + 1)
    data += b"".join(b"%010d 00000 n \n" % offset for offset in offsets)
    data += b"trailer\n<< /Size %d /Root 1 0 R >>\n" % (len(objects) + 1)
    return data + b"startxref\n%d\n%%%%EOF\n" % table_at
