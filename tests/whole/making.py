"""A small budget in the formats that people send, and what the check of a file says."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from kemu.extract import extract
from kemu.model.findings import CheckResult
from kemu.read import read
from kemu.validate.check import check

from ..read_office.making import docx, p, tbl, tc

COVER = ("云溪县档案馆", "2026年部门预算公开")
LEFT, UP = "<", "^"
"""In a drawn row: the cell continues the one to its left, or the one above."""

Drawn = Sequence[Sequence[str]]


def html(rows: Drawn, *lines: str) -> bytes:
    """Return a web page with a table, its merged cells as `rowspan`."""
    body = ""
    for y, row in enumerate(rows):
        cells = ""
        for x, text in enumerate(row):
            if text != UP:
                down = _run([line[x] for line in rows[y + 1 :]])
                cells += f'<td rowspan="{down}">{text}</td>'
        body += f"<tr>{cells}</tr>"
    above = "".join(f"<p>{line}</p>" for line in (*COVER, *lines))
    return f"<html><body>{above}<table>{body}</table></body></html>".encode()


def word(rows: Drawn, *lines: str) -> bytes:
    """Return a Word file with a table, its merged cells as `vMerge`."""
    made = []
    for y, row in enumerate(rows):
        cells = ""
        for x, text in enumerate(row):
            if text == UP:
                cells += tc("", "<w:vMerge/>")
            elif _run([line[x] for line in rows[y + 1 :]]) > 1:
                cells += tc(text, '<w:vMerge w:val="restart"/>')
            else:
                cells += tc(text)
        made.append(cells)
    return docx("".join(map(p, (*COVER, *lines))) + tbl(*made))


def _run(below: Sequence[str]) -> int:
    count = 1
    for text in below:
        if text != UP:
            break
        count += 1
    return count


def checked(folder: Path, name: str, data: bytes | str) -> CheckResult:
    """Return what the check of a file with this content says."""
    path = folder / name
    path.write_bytes(data.encode() if isinstance(data, str) else data)
    return check(extract(read(path)))


def rules(result: CheckResult) -> list[str]:
    """Return the numbers of the rules that found something."""
    return [finding.rule for finding in result.findings]
