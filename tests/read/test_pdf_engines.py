"""PDFium and our cell finder against pdfplumber, with the machine's fonts and with none."""

from __future__ import annotations

import io
import random
import subprocess
import sys
import threading
from collections.abc import Callable
from pathlib import Path

import pdfplumber
import pytest
from reportlab.lib import colors
from reportlab.pdfgen.canvas import Canvas

from benchmarks import differential, engines
from kemu.model.document import Document, Paragraph
from kemu.read import read
from kemu.read.pdf.glyph import Box
from kemu.read.pdf.source.pdfium import Pdfium
from kemu.read.pdf.source.plumber import Plumber

sys.path.insert(0, str(Path(__file__).parent))
from paper import FONT, HEIGHT, pdf, table, write

ROOT = Path(__file__).resolve().parents[2]
SAMPLES = sorted((ROOT / "data" / "samples").glob("*.pdf"))
# Small ones with the layouts that most differ: rotated pages, open sides, overprinting.
REAL = ["01_*", "09_*", "11_*", "31_*"]


def differences(data: bytes) -> dict[int, str]:
    """What differs on each page, in cells as pdfplumber finds them and in text."""
    found = {}
    plumber = Plumber(data)
    with Pdfium(data) as pdfium, pdfplumber.open(io.BytesIO(data)) as library:
        for number, other in enumerate(library.pages):
            page = pdfium.page(number)
            found[number + 1] = engines.finder_difference(page, engines.library_cells(other))
            found[number + 1] += engines.difference(page, plumber.page(number))
    return {number: what for number, what in found.items() if what}


@pytest.mark.parametrize("path", SAMPLES, ids=lambda path: path.stem)
def test_samples_read_alike(path: Path) -> None:
    assert differences(path.read_bytes()) == {}


@pytest.mark.parametrize("pattern", REAL)
def test_real_documents_read_alike(pattern: str, shared_file: Callable[[str], Path]) -> None:
    assert differences(shared_file(f"real/{pattern}.pdf").read_bytes()) == {}


def test_what_was_compared_is_not_compared_again_and_what_differs_is_told(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr(differential, "_DONE", tmp_path / "done" / "differential.jsonl")
    assert differential.measure(SAMPLES[:1])
    assert "1 of 1 documents" in capsys.readouterr().out
    monkeypatch.setattr(differential, "library_cells", lambda _: [Box(0, 0, 1, 1)])
    assert differential.measure(SAMPLES[:1])
    assert not differential.measure(SAMPLES[:2])
    told = capsys.readouterr().out
    assert f"{SAMPLES[1].name} p1 finder" in told
    assert SAMPLES[0].name not in told


@pytest.mark.parametrize("seed", range(12))
def test_cells_of_any_rules_are_those_that_pdfplumber_finds(seed: int) -> None:
    """Tables with merged cells, rules that end short, double rules, thick ones drawn as boxes."""
    chance = random.Random(seed)

    def page(canvas: Canvas) -> None:
        for top in (60, 300, 560):
            xs = _places(chance, 50, 540)
            ys = [HEIGHT - top - y for y in _places(chance, 0, 200)]
            for x in xs:
                _rule(canvas, chance, [(x, y) for y in ys])
            for y in ys:
                _rule(canvas, chance, [(x, y) for x in xs])

    assert differences(pdf(page)) == {}


def _places(chance: random.Random, start: int, end: int) -> list[float]:
    places = sorted(chance.uniform(start, end) for _ in range(chance.randint(3, 8)))
    return [place for at, place in enumerate(places) if not at or place - places[at - 1] > 8]


def _rule(canvas: Canvas, chance: random.Random, points: list[tuple[float, float]]) -> None:
    """Draw a rule through points, parts of it missing, as a line, two lines or boxes."""
    kind = chance.choice(("line", "line", "double", "box", "outline"))
    for (x, y), (z, w) in zip(points, points[1:], strict=False):
        if chance.random() < 0.2:
            continue
        jitter = chance.choice((0.0, 0.0, 0.7, -1.6))
        if kind == "outline":
            canvas.rect(min(x, z), min(y, w), abs(z - x) or 6, abs(w - y) or 6)
        elif kind == "box":
            canvas.setFillColor(colors.black)
            canvas.rect(min(x, z), min(y, w), abs(z - x) or 0.5, abs(w - y) or 0.5, 0, 1)
        else:
            canvas.line(x, y + (jitter if y == w else 0), z, w + (jitter if y == w else 0))
            if kind == "double":
                canvas.line(
                    x + (2 if x == z else 0),
                    y + (0 if x == z else 2),
                    z + (2 if x == z else 0),
                    w + (0 if x == z else 2),
                )


def content(document: Document) -> list[str]:
    """All texts of a document, cell by cell."""
    return [
        text
        for block in document.blocks
        for text in (
            [block.content.text]
            if isinstance(block, Paragraph)
            else [cell.text for row in block.rows for cell in row]
        )
    ]


ROWS = [
    ["项目", "合计", "基本支出"],
    ["教育支出", "1,234.50", "1,000.00"],
    ["卫生", "25.00", "9.5"],
]


def not_embedded(canvas: Canvas) -> None:
    write(canvas, "收入支出总表", 60, 60)
    write(canvas, "中", 60, 80)
    table(canvas, ROWS, 100, widths=[120, 90, 90])
    canvas.setFont(FONT, 12)


WITHOUT_FONTS = """
import sys
from pathlib import Path
from benchmarks.engines import without_fonts
from kemu.read import read
from tests.read.test_pdf_engines import content

def show():
    for path in sys.argv[1:]:
        document = read(Path(path))
        print("|".join(content(document)), file=sys.stdout)
        print(";".join(notice.message for notice in document.notices))

sys.stdout.reconfigure(encoding="utf-8")
with without_fonts():
    show()
"""


def test_text_in_a_font_that_nobody_has_is_read_all_the_same(tmp_path: Path) -> None:
    """PDFium drops text without a glyph; where the machine has no Chinese font, that is all."""
    paths = [tmp_path / "a.pdf", *SAMPLES]
    paths[0].write_bytes(pdf(not_embedded).replace(b"STSong-Light", b"FZXBSJ-Light"))
    done = subprocess.run(
        [sys.executable, "-c", WITHOUT_FONTS, *map(str, paths)],
        cwd=ROOT,
        capture_output=True,
        check=True,
        encoding="utf-8",
    )
    lines = done.stdout.splitlines()
    assert lines[0::2] == ["|".join(content(read(path))) for path in paths]
    assert "第1页：字体没有嵌入文件，本机也没有" in lines[1]


def test_files_are_read_in_several_threads(tmp_path: Path) -> None:
    paths = SAMPLES[:2]
    expected = [read(path) for path in paths]
    found: dict[int, list[Document]] = {}

    def work(number: int) -> None:
        found[number] = [read(path) for path in paths]

    threads = [threading.Thread(target=work, args=(number,)) for number in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert list(found.values()) == [expected] * 4
