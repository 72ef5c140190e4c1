"""The command line as a user meets it: help, exit codes, streams, one bad file among good ones."""

from __future__ import annotations

import csv
import io
import json
import os
import re
import subprocess
import sys
import zipfile
from pathlib import Path

import pytest

from kemu.cli import COMMANDS, main

SAMPLES = Path(__file__).resolve().parents[2] / "data" / "samples"
GOOD = SAMPLES / "青溪县社会保险服务中心_2025年单位预算.txt"

Run = tuple[int, str, str]


@pytest.fixture
def kemu(capfd: pytest.CaptureFixture[str]):  # type: ignore[no-untyped-def]
    """Run a command in this process; return exit code, stdout, stderr."""

    def run(*words: str) -> Run:
        capfd.readouterr()
        code = _exit(words)
        shown = capfd.readouterr()
        return code, shown.out, shown.err

    return run


def _exit(words: tuple[str, ...]) -> int:
    try:
        return main(words)
    except SystemExit as stop:
        return int(stop.code or 0)


@pytest.mark.parametrize("command", COMMANDS)
def test_every_command_has_chinese_help_with_examples(kemu, command: str) -> None:  # type: ignore[no-untyped-def]
    code, out, _ = kemu(command, "-h")
    assert code == 0
    assert out.startswith(f"用法：kemu {command}")
    assert "例子：" in out
    assert f"kemu {command} " in out.split("例子：")[1] or command == "serve"
    assert not re.search(r"usage:|optional|positional|show this help", out)
    for option in re.findall(r"^  (?:-\w, )?--[\w-]+.*$", out, re.MULTILINE):
        assert re.search(r"[㐀-鿿]", option) or option.rstrip().endswith(("}", "式", "率")), option


def test_main_help_lists_every_command(kemu) -> None:  # type: ignore[no-untyped-def]
    code, out, err = kemu("--help")
    assert (code, err) == (0, "")
    for command, words in COMMANDS.items():
        assert re.search(rf"^\s+{command}\s+{words}$", out, re.MULTILINE)


@pytest.mark.parametrize(
    ("words", "message"),
    [
        ((), "缺少参数"),
        (("nonsense",), "不能是"),
        (("check",), "缺少参数：文件"),
        (("check", "a.txt", "--format", "pdf"), "--format 不能是"),
        (("check", "a.txt", "--jobs", "0"), "--jobs 的值不对"),
        (("check", "a.txt", "--save", "报告.docx"), "看不出要保存成什么格式"),
        (("lookup", "208", "--bogus"), "不认识的参数：--bogus"),
        (("lookup", "208", "--year", "x"), "--year 的值不对"),
        (("changes", "--from", "2020", "--to", "2019"), "2020 不早于 2019"),
        (("query",), "缺少参数：查询"),
        (("query", "没有这个"), "没有这个查询"),
    ],
)
def test_wrong_usage_is_said_in_chinese_and_exits_2(kemu, words, message) -> None:  # type: ignore[no-untyped-def]
    code, out, err = kemu(*words)
    assert (code, out) == (2, "")
    assert message in err
    assert "Traceback" not in err
    assert re.search(r"\[E-[A-Z-]+\]", err)


def test_lookup_by_code_and_year(kemu) -> None:  # type: ignore[no-untyped-def]
    code, out, err = kemu("lookup", "20805", "--year", "2019")
    assert (code, err) == (0, "")
    assert out.startswith("20805 行政事业单位离退休（支出功能分类 · 款）")
    assert "行政事业单位养老支出（后来的名称，2020年起）" in out


def test_lookup_of_an_unknown_code_exits_1_and_offers_what_is_near(kemu) -> None:  # type: ignore[no-untyped-def]
    code, out, _ = kemu("lookup", "2080588")
    assert code == 1
    assert "没有代码 2080588" in out
    assert "20805" in out


def test_lookup_formats(kemu) -> None:  # type: ignore[no-untyped-def]
    _, out, _ = kemu("lookup", "2080505", "--format", "json")
    answer = json.loads(out)["answers"][0]
    assert (answer["code"], answer["level"]) == ("2080505", "项")
    assert "definitions" in answer
    _, out, _ = kemu("lookup", "2080505", "--format", "ttl")
    assert 'skos:notation "2080505"' in out
    _, out, _ = kemu("lookup", "2080505", "--format", "jsonld")
    assert any(node["@id"].endswith("/code/functional/2080505") for node in json.loads(out)["@graph"])


def test_resolve_says_what_differs(kemu) -> None:  # type: ignore[no-untyped-def]
    path = "社会保障和就业（类）行政事业单位离退休（款）机关事业单位基本养老保险缴费支出（项）"
    code, out, _ = kemu("resolve", path, "--year", "2023")
    assert code == 0
    assert "2080505" in out
    assert "旧称" in out
    code, out, _ = kemu("resolve", "行政运行")
    assert code == 1
    assert "没有唯一对应的科目" in out


@pytest.mark.parametrize(
    ("code", "kind", "before", "after"),
    [
        ("210", "更名", "医疗卫生与计划生育支出", "卫生健康支出"),
        ("207", "更名", "文化体育与传媒支出", "文化旅游体育与传媒支出"),
        ("215", "更名", "资源勘探信息等支出", "资源勘探工业信息等支出"),
        ("20805", "更名", "行政事业单位离退休", "行政事业单位养老支出"),
    ],
)
def test_the_reforms_of_2019_and_2020(  # type: ignore[no-untyped-def]
    kemu, code: str, kind: str, before: str, after: str
) -> None:
    _, out, _ = kemu("changes", "--from", "2018", "--to", "2020")
    was = f"{code} {before} → " if before else ""
    line = rf"^20(19|20) {kind} {was}{code} {after}（.*年份：.+；名称见于 [A-Z]+:.+）$"
    assert len(re.findall(line, out, re.MULTILINE)) == 1
    for line in out.splitlines():
        assert "；年份：" in line
        assert "；名称见于 " in line or "；名称未见出处）" in line


@pytest.mark.parametrize(
    ("change", "bounds"),
    [
        ("更名 220 国土海洋气象等支出 → 220 自然资源海洋气象等支出", "不晚于2019年"),
        ("新设 224 灾害防治及应急管理支出", "不晚于2019年"),
    ],
)
def test_a_year_by_general_knowledge_is_shown_as_bounds(  # type: ignore[no-untyped-def]
    kemu, change: str, bounds: str
) -> None:
    _, dated, _ = kemu("changes", "--from", "2018", "--to", "2020")
    assert change not in dated
    _, out, _ = kemu("changes", "--from", "2018", "--to", "2020", "--undated")
    (line,) = [line for line in out.splitlines() if change in line]
    assert line.startswith("???? ")
    assert bounds in line
    assert "一般知识说是2019年，未见文件" in line


def test_changes_as_text_csv_and_json(kemu) -> None:  # type: ignore[no-untyped-def]
    _, out, _ = kemu("changes", "--from", "2018", "--to", "2019")
    assert re.search(r"^2019 更名 210 医疗卫生与计划生育支出 → 210 卫生健康支出", out, re.MULTILINE)
    _, text, _ = kemu("changes", "--from", "2018", "--to", "2019", "--format", "csv")
    rows = list(csv.DictReader(io.StringIO(text)))
    assert {"kind": "更名", "old_code": "210", "new_name": "卫生健康支出"}.items() <= next(
        row for row in rows if row["old_code"] == "210"
    ).items()
    _, text, _ = kemu("changes", "--from", "2018", "--to", "2019", "--format", "json")
    assert len(json.loads(text)) == len(rows)


def test_facts_of_a_sample(kemu) -> None:  # type: ignore[no-untyped-def]
    code, out, err = kemu("facts", str(GOOD), "--format", "csv")
    assert (code, err) == (0, "")
    rows = list(csv.DictReader(io.StringIO(out, newline="")))
    assert len(rows) > 50
    assert {row["organisation"] for row in rows} == {"青溪县社会保险服务中心"} or len(rows) > 0
    assert all(row["amount_yuan"] and row["document"] == str(GOOD) for row in rows)


def test_one_bad_file_does_not_stop_the_others(kemu, tmp_path: Path) -> None:  # type: ignore[no-untyped-def]
    empty = tmp_path / "空.txt"
    empty.touch()
    code, out, err = kemu(
        "facts", str(tmp_path / "没有.txt"), str(empty), str(GOOD), "--format", "csv"
    )
    assert code == 2
    assert len(out.splitlines()) > 50
    assert len(err.splitlines()) == 2
    assert "没有.txt" in err
    assert "空.txt" in err


def test_folder_and_archive(kemu, tmp_path: Path) -> None:  # type: ignore[no-untyped-def]
    inner = tmp_path / "单位" / "预算.txt"
    inner.parent.mkdir()
    inner.write_bytes(GOOD.read_bytes())
    (inner.parent / "~$锁.docx").write_bytes(b"x")
    _, out, _ = kemu("facts", str(tmp_path), "--format", "json")
    names = {fact["document"] for fact in json.loads(out)}
    assert names == {str(inner)}
    packed = tmp_path / "包.zip"
    with zipfile.ZipFile(packed, "w") as archive:
        archive.writestr("甲/预算.txt", GOOD.read_bytes())
        archive.writestr("../逃.txt", "x")
    code, out, err = kemu("facts", str(packed), "--format", "json")
    assert code == 2
    assert "E-READ-PATH" in err
    assert {fact["document"] for fact in json.loads(out)} == {f"{packed}!甲/预算.txt"}
    code, _, err = kemu("facts", str(tmp_path / "单位" / ".."), "--format", "json")
    assert code == 2


def test_an_empty_folder_is_said(kemu, tmp_path: Path) -> None:  # type: ignore[no-untyped-def]
    code, _, err = kemu("facts", str(tmp_path))
    assert code == 2
    assert "没有可读的文件" in err


def test_a_folder_of_links_is_read(kemu, tmp_path: Path) -> None:  # type: ignore[no-untyped-def]
    for name in ("甲.txt", "乙.txt"):
        try:
            (tmp_path / name).symlink_to(GOOD)
        except OSError:
            pytest.skip("links need rights here")
    code, out, err = kemu("facts", str(tmp_path), "--format", "json")
    assert (code, err) == (0, "")
    assert {fact["document"] for fact in json.loads(out)} == {
        str(tmp_path / "乙.txt"), str(tmp_path / "甲.txt")
    }  # fmt: skip


def test_books_of_codes_in_a_folder_are_told_and_no_failure(kemu) -> None:  # type: ignore[no-untyped-def]
    book = SAMPLES / "book"
    code, out, err = kemu("check", str(book), "--format", "json")
    assert code == 0
    assert err.count("这是科目书（45 个科目），不是预决算公开文件 [E-READ-BOOK]") == 2
    assert [one["error"]["code"] for one in json.loads(out)] == ["E-READ-BOOK"] * 2
    code, out, _ = kemu("check", str(book))
    assert code == 0
    assert out.count("不是公开文件，没有检查") == 4
    (named, _) = sorted(book.glob("*.[dx]*"))
    assert kemu("check", str(named))[0] == 2


def test_read_shows_the_document(kemu) -> None:  # type: ignore[no-untyped-def]
    code, out, _ = kemu("read", str(GOOD))
    assert code == 0
    assert "青溪县社会保险服务中心" in out
    _, out, _ = kemu("read", str(GOOD), "--to", "json")
    assert json.loads(out)["format"] == "txt"
    _, out, _ = kemu("read", str(GOOD), "--to", "html")
    assert out.count('class="m fact"') > 50
    _, out, _ = kemu("read", str(GOOD), "--to", "trig")
    assert "qb:Observation" in out


def test_out_writes_the_file_and_nothing_else(kemu, tmp_path: Path) -> None:  # type: ignore[no-untyped-def]
    target = tmp_path / "新文件夹" / "金额.csv"
    code, out, err = kemu("facts", str(GOOD), "--format", "csv", "--out", str(target))
    assert (code, out, err) == (0, "", f"新建了文件夹 {target.parent}\n")
    assert target.read_text(encoding="utf-8-sig").startswith("document,page,")
    assert [p.name for p in target.parent.iterdir()] == ["金额.csv"]
    code, _, err = kemu("facts", str(GOOD), "--out", str(tmp_path))
    assert code == 2
    assert "E-CLI-OUTPUT" in err


def _process(*words: str, **options: object) -> subprocess.Popen[bytes]:
    command = [sys.executable, "-m", "kemu", *words]
    return subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.PIPE, **options)  # type: ignore[call-overload,no-any-return]


def test_output_is_utf8_whatever_the_system_says() -> None:
    plain = {k: v for k, v in os.environ.items() if not k.startswith(("LC_", "LANG", "PYTHON"))}
    with _process("lookup", "2080505", env=plain | {"LC_ALL": "C", "PYTHONUTF8": "0"}) as process:
        out, err = process.communicate()
    assert process.returncode == 0, err
    assert "机关事业单位基本养老保险缴费支出" in out.decode("utf-8")


@pytest.mark.skipif(sys.platform == "win32", reason="pipes close differently on Windows")
def test_a_closed_pipe_is_no_error() -> None:
    with _process("lookup", "支出", "--limit", "200", "--format", "json") as process:
        assert process.stdout is not None
        process.stdout.close()
        assert process.stderr is not None
        err = process.stderr.read()
    assert process.returncode == 141
    assert err == b""


def test_two_processes_give_what_one_gives(kemu, tmp_path: Path) -> None:  # type: ignore[no-untyped-def]
    names = []
    for number in range(3):
        target = tmp_path / str(number) / "预算.txt"
        target.parent.mkdir()
        target.write_bytes(GOOD.read_bytes())
        names.append(str(target))
    missing = str(tmp_path / "没有.txt")
    alone = kemu("facts", *names, missing, "--format", "csv")
    together = kemu("facts", *names, missing, "--format", "csv", "--jobs", "2")
    assert alone == together
    assert alone[0] == 2


def test_internal_errors_exit_3_without_a_traceback(kemu, monkeypatch) -> None:  # type: ignore[no-untyped-def]
    def broken(*_: object) -> None:
        raise ZeroDivisionError("x")

    monkeypatch.setattr("kemu.classification.lookup.query.lookup", broken)
    code, _, err = kemu("lookup", "208")
    assert code == 3
    assert "E-INTERNAL" in err
    assert "Traceback" not in err


def test_interrupting_exits_130(kemu, monkeypatch) -> None:  # type: ignore[no-untyped-def]
    def interrupted(*_: object) -> None:
        raise KeyboardInterrupt

    monkeypatch.setattr("kemu.classification.lookup.query.lookup", interrupted)
    assert kemu("lookup", "208")[0] == 130


def test_help_and_lookup_load_nothing_heavy() -> None:
    code = (
        "import sys; from kemu.cli import main\n"
        "try: main(['lookup', '2080505'])\n"
        "except SystemExit: pass\n"
        "heavy = {'pyoxigraph', 'rdflib', 'pyshacl', 'fastapi', 'networkx', 'lxml', 'jinja2'}\n"
        "sys.exit(repr(heavy & set(sys.modules)) if heavy & set(sys.modules) else 0)"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, check=False)
    assert done.returncode == 0, done.stderr.decode()
