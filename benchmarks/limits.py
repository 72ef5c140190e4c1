"""PDF files at the limits: pages, rules, characters, metres, circles; time, memory, notices."""

from __future__ import annotations

import io
from collections.abc import Callable
from pathlib import Path
from tempfile import TemporaryDirectory

from reportlab.lib import colors
from reportlab.pdfbase import pdfmetrics
from reportlab.pdfbase.cidfonts import UnicodeCIDFont
from reportlab.pdfgen.canvas import Canvas
from reportlab.platypus import Table

from benchmarks.apart import end

_FONT = "STSong-Light"
_PAGES = 2_000
_RECTANGLES = 400_000
_CHARACTERS = 1_000_000
_METRES = 14_400
_ROWS = 30
_SECONDS = 300
_READ = """
import sys, time
from pathlib import Path
from kemu.errors import KemuError
from kemu.read.pdf import read
path = Path(sys.argv[1])
begun = time.process_time()
try:
    document = read(path, path.read_bytes(), max_pages=100_000)
    rows = sum(len(table.rows) for table in document.tables)
    end = f"{document.pages} pages, {rows} rows; "
    end += "; ".join(dict.fromkeys(notice.message for notice in document.notices))
except KemuError as error:
    end = str(error.code)
taken = time.process_time() - begun
status = Path("/proc/self/status")  # getrusage counts what the parent held, too
lines = status.read_text().splitlines() if status.exists() else []
memory = sum(int(line.split()[1]) // 1024 for line in lines if line.startswith("VmHWM"))
print(f"{taken:.1f} s CPU, {memory} MB: {end[:200]}")
"""


def measure() -> None:
    """Print what becomes of every file, each read in a process of its own."""
    print("PDF 的极限 / PDF files at the limits")
    cases: dict[str, Callable[[], bytes]] = {
        f"{_PAGES:,} pages of {_ROWS} rows": _pages,
        f"{_RECTANGLES:,} rectangles on a page": _rectangles,
        f"{_CHARACTERS:,} characters on a page": _characters,
        "a page of 5 m": _wide,
        "a tree of pages in a circle": lambda: _file(b"/Kids [2 0 R] /Count 1"),
        "a form that calls itself": lambda: _file(form=b"/A Do"),
        "a form that calls itself twice": lambda: _file(form=b"/A Do /A Do"),
    }
    with TemporaryDirectory() as folder:
        path = Path(folder) / "limits.pdf"
        for name, make in cases.items():
            path.write_bytes(make())
            print(f"  {name:<34} {end(_READ, path, _SECONDS)}", flush=True)


def _drawn(draw: Callable[[Canvas], None], size: tuple[float, float] = (595, 842)) -> bytes:
    pdfmetrics.registerFont(UnicodeCIDFont(_FONT))
    data = io.BytesIO()
    canvas = Canvas(data, pagesize=size, invariant=1)
    draw(canvas)
    canvas.save()
    return data.getvalue()


def _pages() -> bytes:
    rows = [[f"2{at:04}", "一般公共服务支出", f"{at}.50", "1,234.50"] for at in range(_ROWS)]
    style = [("FONT", (0, 0), (-1, -1), _FONT, 9), ("GRID", (0, 0), (-1, -1), 0.5, colors.black)]

    def draw(canvas: Canvas) -> None:
        for number in range(_PAGES):
            table = Table([[f"{number}", "科目", "本年", "合计"], *rows], style=style)
            table.wrapOn(canvas, 595, 842)
            table.drawOn(canvas, 60, 150)
            canvas.showPage()

    return _drawn(draw)


def _rectangles() -> bytes:
    def draw(canvas: Canvas) -> None:
        for at in range(_RECTANGLES):
            canvas.rect(at % 590, at // 590, 0.5, 0.5, 0, 1)

    return _drawn(draw)


def _characters() -> bytes:
    def draw(canvas: Canvas) -> None:
        canvas.setFont("Helvetica", 1)
        for at in range(_CHARACTERS // 1000):
            canvas.drawString(5, 2 * at, "1234567.9 " * 100)

    return _drawn(draw, (2000, 2100))


def _wide() -> bytes:
    def draw(canvas: Canvas) -> None:
        canvas.setFont(_FONT, 12)
        canvas.drawString(14_000, 14_000, "收支总表 1,234.50")

    return _drawn(draw, (_METRES, _METRES))


def _file(tree: bytes = b"/Kids [3 0 R] /Count 1", form: bytes = b"") -> bytes:
    """Return a file with a page that calls a form, whatever its tables say."""
    objects = (
        b"<< /Type /Catalog /Pages 2 0 R >>",
        b"<< /Type /Pages %s >>" % tree,
        b"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] /Contents 4 0 R"
        b" /Resources << /XObject << /A 5 0 R >> >> >>",
        b"<< /Length 5 >>\nstream\n/A Do\nendstream",
        b"<< /Type /XObject /Subtype /Form /BBox [0 0 595 842] /Length %d"
        b" /Resources << /XObject << /A 5 0 R >> >> >>\nstream\n%s\nendstream" % (len(form), form),
    )
    body = b"".join(b"%d 0 obj\n%s\nendobj\n" % item for item in enumerate(objects, 1))
    return b"%PDF-1.4\n" + body + b"trailer\n<< /Size 6 /Root 1 0 R >>\n%%EOF\n"
