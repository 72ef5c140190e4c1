"""Every format: complete, exact, safe against hostile text, the same bytes each time."""

from __future__ import annotations

import csv
import io
import json
import re
import shutil
import subprocess
import zipfile
from dataclasses import replace
from decimal import Decimal
from html.parser import HTMLParser
from pathlib import Path

import pytest
import python_calamine

from kemu.model.document import Place
from kemu.model.findings import CheckResult, CoveredPart, Verdict
from kemu.report import FORMATS, Failure, exit_code, render
from kemu.report.formats import facts as fact_table
from kemu.report.formats.html import Folder, page, text
from kemu.report.layout import clip, pad, table, width_of, wrap
from kemu.report.words import Words

BROKEN = Failure("坏.pdf", "E-READ-EMPTY", "坏.pdf：文件是空的。[E-READ-EMPTY]")
VOID = {"meta", "input", "br", "link", "img"}


class _Balanced(HTMLParser):
    """Collects tags and fails on one that closes nothing."""

    def __init__(self) -> None:
        super().__init__()
        self.open: list[str] = []
        self.links: list[str] = []
        self.ids: list[str] = []
        self.text: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        values = dict(attrs)
        self.links += [v for k in ("href", "src") if (v := values.get(k))]
        if values.get("id"):
            self.ids.append(values["id"] or "")
        if tag not in VOID:
            self.open.append(tag)

    def handle_endtag(self, tag: str) -> None:
        assert self.open.pop() == tag

    def handle_data(self, data: str) -> None:
        self.text.append(data)


def _parsed(html: str) -> _Balanced:
    parser = _Balanced()
    parser.feed(html)
    assert parser.open == []
    assert len(parser.ids) == len(set(parser.ids))
    return parser


@pytest.mark.parametrize("form", FORMATS)
@pytest.mark.parametrize("lang", ["zh", "en"])
def test_same_result_same_bytes(wrong: CheckResult, form: str, lang: str) -> None:
    outcomes: list[CheckResult | Failure] = [wrong, BROKEN]
    assert render(outcomes, form, lang) == render(outcomes, form, lang) != b""


def test_json_has_the_agreed_fields_and_exact_numbers(wrong: CheckResult) -> None:
    text = render([wrong, BROKEN], "json").decode()
    one, broken = json.loads(text, parse_float=Decimal)
    assert list(one) == ["document", "verdict", "findings", "ledger", "coverage", "notices"]
    assert list(one["document"]) == ["path", "title", "organisation", "year", "kind", "sha256"]
    finding = next(f for f in one["findings"] if f["id"] == "sum-208")
    assert list(finding) == [
        "id", "fingerprint", "rule", "severity", "message", "places", "stated", "computed",
        "difference", "bound",
        "cause", "related",
    ]  # fmt: skip
    assert finding["stated"] == Decimal("10557600.00")
    assert finding["places"][0] == {
        "page": 2, "table": 1, "row": 3, "column": 3, "quote": "1,055.76",
    }  # fmt: skip
    assert list(one["ledger"][0]) == [
        "rule", "status", "reason", "scope", "blocked", "violations", "warnings", "hints",
    ]  # fmt: skip
    assert one["coverage"]["numbers"] == 25
    assert [u["reason"] for u in one["coverage"]["unbound"]] == ["policy", "noMeaning"]
    assert one["notices"] == [
        {
            "kind": "scan", "title": "扫描件", "message": "第3页为扫描件，未读取。",
            "page": 3, "table": None, "row": None, "column": None,
        },
    ]  # fmt: skip
    assert broken["verdict"] == "not_checked"
    assert (broken["error"]["code"], broken["notices"]) == ("E-READ-EMPTY", [])


def test_json_writes_big_amounts_digit_by_digit(wrong: CheckResult) -> None:
    big = replace(wrong.findings[0], stated=Decimal("123456789012345.67"))
    text = render([replace(wrong, findings=(big,))], "json").decode()
    assert '"stated": 123456789012345.67' in text


def test_findings_csv_has_one_line_each(wrong: CheckResult) -> None:
    rows = list(csv.DictReader(io.StringIO(render([wrong, BROKEN], "csv").decode(), newline="")))
    assert [r["rule"] for r in rows] == ["R3.3", "R2.7", "R3.2", "R5.1", "R3.1", "E-READ-EMPTY"]
    assert rows[4]["difference"] == "-97700.00"
    assert rows[4]["place"].endswith("“合计”列")
    assert [r["severity"] for r in rows] == ["提示", "建议", "必改", "必改", "必改", "读不了"]
    english = csv.DictReader(io.StringIO(render([wrong, BROKEN], "csv", "en").decode(), newline=""))
    assert [r["severity"] for r in english][-3:] == ["violation", "violation", "Could not be read"]


def test_facts_csv_has_the_agreed_columns(wrong: CheckResult) -> None:
    text = fact_table.as_csv([wrong.extraction])
    header = text.splitlines()[0]
    assert header == (
        "document,page,table,row,column,quote,organisation,consolidation,year,phase,basis,flow,"
        "fund,functional,dept_economic,gov_economic,item,nature,carry,project,measure,label,"
        "column_path,printed,printed_unit,amount_yuan,half_step_yuan,key,fact"
    )
    rows = list(csv.DictReader(io.StringIO(text, newline="")))
    assert len(rows) == len(wrong.extraction.facts)
    wanted = next(r for r in rows if r["table"] == "1" and r["functional"] == "208")
    assert (wanted["amount_yuan"], wanted["half_step_yuan"]) == ("10557600.00", "50.000")
    assert wanted["key"].startswith("https://w3id.org/kemu/key/")
    assert wanted["fact"].endswith("/t1/r3/c3/amount")
    assert json.loads(fact_table.as_json([wrong.extraction]))[0].keys() == rows[0].keys()


def test_html_is_one_file_without_foreign_parts(wrong: CheckResult) -> None:
    html = render([wrong], "html").decode()
    parsed = _parsed(html)
    assert all(link.startswith("#") for link in parsed.links)
    assert {link[1:] for link in parsed.links} <= set(parsed.ids)
    assert not re.search(r"url\(|@import|https?://", html)
    words = "".join(parsed.text)
    for expected in ("不可以发", "必改", "建议", "尾差和提示", "未能检查", "1,065.53", "核对清单"):
        assert expected in words


def test_html_shows_text_of_documents_as_text(wrong: CheckResult) -> None:
    evil = "<script>alert('x')</script>&amp;"
    findings = tuple(replace(f, messages={"zh": evil, "en": evil}) for f in wrong.findings)
    html = render([replace(wrong, findings=findings)], "html").decode()
    assert "<script>alert" not in html
    assert html.count("&lt;script&gt;alert") == 4 + 1  # four entries and the one folded below


@pytest.mark.parametrize(
    ("verdict", "words"),
    [
        (Verdict.CONFORMS, "可以发"),
        (Verdict.HINTS, "可以发"),
        (Verdict.WARNINGS, "可以发"),
        (Verdict.VIOLATIONS, "不可以发"),
        (Verdict.NOT_CHECKED, "未能检查"),
    ],
)
def test_the_first_line_is_the_answer(wrong: CheckResult, verdict: Verdict, words: str) -> None:
    html = render([replace(wrong, verdict=verdict)], "html").decode()
    assert f"<strong>{words}</strong>" in html


def test_little_checked_is_not_called_ready(clean: CheckResult) -> None:
    thin = replace(clean, verdict=Verdict.PARTIAL)
    for form in ("text", "html"):
        shown = render([thin], form).decode()
        assert "没有发现问题，但不少数字没有核对" in shown
        assert not re.search(r"^可以发$|<strong>可以发", shown, re.MULTILINE)
    assert "<strong>可以发</strong>" in render([clean], "html").decode()
    assert (exit_code(thin), exit_code(clean)) == (1, 0)


def test_an_unread_document_is_never_called_good(unread: CheckResult) -> None:
    for form in ("text", "html"):
        shown = render([unread], form).decode()
        assert "未能检查" in shown
        assert "可以发" not in shown
        assert "没有读到任何金额" in shown
    assert exit_code(unread) == 1


def test_batch_lists_the_worst_first(
    wrong: CheckResult, clean: CheckResult, unread: CheckResult
) -> None:
    html = page([clean, unread, BROKEN, wrong], "zh", {})
    chips = re.findall(r'<tr><td><span class="chip (\w+)">', html)
    assert chips[:4] == ["violations", "unreadable", "not_checked", "conforms"]
    parsed = _parsed(html)
    assert {link[1:] for link in parsed.links if link != "#"} <= set(parsed.ids)


BAD = Failure("错.pdf", "E-INTERNAL", "错.pdf：程序出错。[E-INTERNAL]", 3)
BOOK = Failure("科目.xlsx", "E-READ-BOOK", "科目.xlsx：这是科目书。[E-READ-BOOK]", 0)
FAILED = {"unreadable": BROKEN, "failed": BAD, "other": BOOK}
HEADLINES = (*Verdict, *FAILED)


def _outcome(clean: CheckResult, headline: str) -> CheckResult | Failure:
    if headline in FAILED:
        return FAILED[headline]
    return replace(clean, verdict=Verdict(headline))


@pytest.mark.parametrize("form", FORMATS)
@pytest.mark.parametrize("headline", HEADLINES)
def test_a_batch_may_hold_any_verdict(clean: CheckResult, headline: str, form: str) -> None:
    outcomes = [clean, _outcome(clean, headline)]
    assert render(outcomes, form, width=100)


def test_the_list_has_the_worst_first_in_every_format(clean: CheckResult) -> None:
    outcomes = [_outcome(clean, headline) for headline in reversed(HEADLINES)]
    words = Words("zh")
    worst = ("violations", "failed", "unreadable", "not_checked", "partial", "warnings")
    wanted = [words("verdict", headline) for headline in worst] + ["可以发", "可以发"]
    wanted.append("不是公开文件，没有检查")
    rows = render(outcomes, "text", width=160).decode().rpartition("检查结果一览")[2].splitlines()
    assert [row.split("  ")[0] for row in rows[4:]] == wanted
    html = render(outcomes, "html").decode()
    assert re.findall(r'<tr><td><span class="chip \w+">(.*?)<', html)[:9] == wanted
    book = python_calamine.CalamineWorkbook.from_filelike(io.BytesIO(render(outcomes, "xlsx")))
    assert [row[4] for row in book.get_sheet_by_index(0).to_python()[1:]] == wanted


def test_the_list_names_files_in_full(clean: CheckResult) -> None:
    name = "一个很长的文件夹/" * 12 + "预算.pdf"
    document = replace(clean.extraction.document, path=name)
    long = replace(clean, extraction=replace(clean.extraction, document=document))
    thin = _outcome(clean, "partial")
    listed = render([long, thin], "text", width=80).decode().rpartition("检查结果一览")[2]
    assert name in listed
    assert Words("zh")("verdict", "partial") in listed


def test_batch_as_a_folder(wrong: CheckResult, clean: CheckResult) -> None:
    folder = Folder("zh", {})
    made = [folder.add(outcome) for outcome in (wrong, BROKEN, clean)]
    files = {page.name: page.html for page in made if page.name} | {"index.html": folder.index()}
    assert sorted(files) == ["0001.html", "0003.html", "index.html"]
    for name, html in files.items():
        for link in _parsed(html).links:
            assert link.startswith("#") or link in files, (name, link)
    assert "文件是空的" in files["index.html"]


def test_workbook_opens_and_holds_numbers(wrong: CheckResult) -> None:
    data = render([wrong, BROKEN], "xlsx")
    book = python_calamine.CalamineWorkbook.from_filelike(io.BytesIO(data))
    assert book.sheet_names == [
        "检查结果一览",
        "问题",
        "核对清单",
        "各表、各部分读懂了多少",
        "哪些地方没有核对",
        "没有弄清含义",
    ]
    overview = book.get_sheet_by_index(0).to_python()
    assert [row[4] for row in overview[1:]] == ["不可以发", "读不了"]
    found = book.get_sheet_by_index(1).to_python()
    assert len(found) == 1 + 4
    row = next(row for row in found if row[2] == "R3.1")
    assert row[6:10] == [1055.76, 1065.53, -9.77, "万元"]
    share = next(row for row in found if row[2] == "R5.1")
    assert share[6:10] == [36.63, 36.529, 0.101, "%"]


def test_workbook_takes_formulas_as_text(wrong: CheckResult) -> None:
    evil = {"zh": '=HYPERLINK("http://x")', "en": ""}
    findings = tuple(replace(f, messages=evil) for f in wrong.findings)
    data = render([replace(wrong, findings=findings)], "xlsx")
    book = python_calamine.CalamineWorkbook.from_filelike(io.BytesIO(data))
    assert book.get_sheet_by_index(1).to_python()[1][3] == evil["zh"]
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        sheet = archive.read("xl/worksheets/sheet2.xml").decode()
        styles = archive.read("xl/styles.xml").decode()
    assert "<f>" not in sheet
    style = re.search(r'<c r="D2" s="(\d+)" t="s">', sheet)
    formats = re.findall(r"<xf [^>]*>", styles.partition("<cellXfs")[2])
    assert style
    assert 'quotePrefix="1"' in formats[int(style[1])]


def test_text_fits_the_terminal(wrong: CheckResult) -> None:
    for width in (64, 100):
        shown = render([wrong], "text", width=width).decode()
        wide = [line for line in shown.splitlines() if width_of(line) > width]
        assert wide == []


def test_what_is_called_ready_looks_so(clean: CheckResult) -> None:
    css = text("report/report.css")
    for part in ("chip", "verdict"):
        colours = {
            tuple(re.findall(r"background: ([^;]+);", rule[1]))
            for verdict in ("conforms", "hints", "warnings")
            for rule in re.finditer(rf"\.{part}\.{verdict}\b[^{{}}]*(\{{[^}}]*\}})", css)
            if "background" in rule[1]
        }
        assert len(colours) == 1, part
        assert not re.search(rf"\.{part}\.partial[^{{}}]*\.{part}\.warnings", css)
    words = Words("zh")
    assert len({words("verdict", name) for name in ("conforms", "hints", "warnings")}) == 1


def test_what_is_unchecked_is_counted_in_places(wrong: CheckResult) -> None:
    # One rule not checkable (1 case), one case of R3.2 blocked, a scanned page, two numbers.
    assert "未能检查 5 处" in render([wrong], "text").decode()
    html = render([wrong], "html").decode()
    assert '未能检查 <span class="count">5</span>' in html
    assert re.search(r'href="#unchecked"><b>5</b>', html)
    assert "哪些地方没有核对" not in render([replace(wrong, gaps=())], "html").decode()


def test_what_was_not_understood_is_on_the_first_screen(wrong: CheckResult) -> None:
    table = CoveredPart(Place(page=3, table=2), "", (3, 4), 9, 0, 0)
    again = replace(table, place=Place(page=5, table=3), pages=(5, 5), numbers=4)
    form = replace(table, place=Place(page=6, table=4), pages=(6, 6), numbers=3, is_form=True)
    chapter = CoveredPart(Place(paragraph=4), "第三部分 情况说明", (7, 9), 50, 39, 30)
    coverage = replace(wrong.coverage, parts=(table, again, form, chapter))
    result = replace(wrong, coverage=coverage)
    said = (
        "表2至表3（第3–5页）没有读懂：13 个数里弄清含义的只有 0 个",
        "表4（第6页）是绩效目标等表单，其中 3 个金额没有核对",
        "第三部分 情况说明（第7–9页）没有读懂：50 个数里弄清含义的只有 39 个",
    )
    written = render([result], "text", width=200).decode()
    page = render([result], "html").decode()
    for line in said:
        assert line in written
        assert written.index(line) < written.index("【必改】")
        assert line in page
    [one] = json.loads(render([result], "json").decode())
    assert [part["understood"] for part in one["coverage"]["parts"]] == [False, False, True, False]
    assert one["coverage"]["parts"][0] == {
        "name": "表2", "kind": "table", "pages": [3, 4],
        "numbers": 9, "keyed": 0, "checked": 0, "understood": False,
    }  # fmt: skip


def test_what_was_not_judged_is_told_by_table_with_its_places(wrong: CheckResult) -> None:
    assert (
        "第2页）：合计的格子是空的，1 处未核对（R3.2）"
        in render([wrong], "text", width=200).decode()
    )
    [one] = json.loads(render([wrong], "json").decode())
    assert one["coverage"]["unchecked"][0]["rules"] == ["R3.2"]
    assert one["coverage"]["unchecked"][0]["places"] == [
        {"page": 2, "table": 1, "row": 4, "column": 5}
    ]


@pytest.mark.skipif(not shutil.which("chromium"), reason="there is no browser to lay the page out")
@pytest.mark.parametrize("width", [390, 1280])
@pytest.mark.parametrize("lang", ["zh", "en"])
def test_the_page_does_not_scroll_sideways(
    wrong: CheckResult, tmp_path: Path, width: int, lang: str
) -> None:
    names = "、".join(["基本工资", "津贴补贴", "机关事业单位基本养老保险缴费", "办公费"] * 12)
    evidence = replace(wrong.findings[1].evidence[0], quote=names)
    listed = replace(wrong.findings[1], evidence=(evidence,))
    long = replace(wrong.extraction.document, path=f"{names}.pdf".replace("、", "_"))
    found = replace(
        wrong, findings=(*wrong.findings, replace(listed, id="names")),
        extraction=replace(wrong.extraction, document=long),
    )  # fmt: skip
    probe = "parent.postMessage(document.documentElement.scrollWidth, '*')"
    opened = "document.querySelectorAll('details').forEach(part => { part.open = true; });"
    html = render([found, wrong], "html", lang).decode()
    script = f"<script>addEventListener('load', () => {{ {opened} {probe} }});</script></body>"
    (tmp_path / "page.html").write_text(html.replace("</body>", script), encoding="utf-8")
    (tmp_path / "frame.html").write_text(
        f'<iframe src="page.html" width="{width}" height="800" style="border:0"></iframe>'
        "<script>addEventListener('message', e => { document.title = 'wide ' + e.data; });"
        "</script>",
        encoding="utf-8",
    )
    done = subprocess.run(
        [
            "chromium", "--headless=new", "--no-sandbox", "--disable-gpu", "--dump-dom",
            "--window-size=1500,900", "--virtual-time-budget=2000",
            "--allow-file-access-from-files", f"--user-data-dir={tmp_path / 'profile'}",
            (tmp_path / "frame.html").as_uri(),
        ],
        capture_output=True, timeout=60, check=False,
    )  # fmt: skip
    wide = re.search(r"<title>wide (\d+)</title>", done.stdout.decode())
    if not wide:
        pytest.skip("the browser does not run here")
    assert int(wide[1]) <= width


def test_turtle_is_the_report_of_the_shapes(wrong: CheckResult) -> None:
    assert render([wrong], "ttl").decode() == wrong.report


def test_layout() -> None:
    assert width_of("科目a") == 5
    assert clip("社会保障", 5) == "社…"
    assert pad("科", 4) == "科  "
    assert pad("9", 3, right=True) == "  9"
    assert wrap("预算总额共计为1,149.80万元。", 24, "  ") == "  预算总额共计为\n  1,149.80万元。"
    rows = table(("a", "b"), [("科目", "1"), ("x", "22")], 80, right=(1,)).splitlines()
    assert rows == ["a      b", "----  --", "科目   1", "x     22"]


@pytest.mark.parametrize(
    ("verdict", "code"),
    [("conforms", 0), ("hints", 0), ("warnings", 0), ("violations", 1), ("not_checked", 1)],
)
def test_exit_codes(wrong: CheckResult, verdict: str, code: int) -> None:
    assert exit_code(replace(wrong, verdict=Verdict(verdict))) == code
    assert exit_code(BROKEN) == 2


def test_little_checked_is_told_to_programs(clean: CheckResult) -> None:
    thin = replace(clean, verdict=Verdict.PARTIAL)
    assert exit_code(thin) == 1
    assert json.loads(render([thin], "json"))[0]["verdict"] == "partial"
