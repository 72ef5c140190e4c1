"""Blocks as a web page: paragraphs, and tables with merged cells."""

from __future__ import annotations

from collections.abc import Sequence
from html import escape

from benchmarks.layouts.blocks import Block, Cell, Grid, Line

_PAGE = """<!DOCTYPE html>
<html lang="zh-CN">
<head><meta charset="utf-8"><title>{title}</title></head>
<body>
<div class="content">
{content}
</div>
</body>
</html>
"""
_NAME = 9
"""Characters of a name in one line, where names break."""


def render(blocks: Sequence[Block], style: str = "") -> bytes:
    """Return the file."""
    parts = [_table(b) if isinstance(b, Grid) else _line(b) for b in blocks]
    title = next(b.text for b in blocks if isinstance(b, Line))
    return _PAGE.format(title=escape(title), content="\n".join(parts)).encode()


def _line(line: Line) -> str:
    text = "&nbsp;&nbsp;&nbsp;&nbsp;&nbsp;&nbsp;".join(escape(p, quote=False) for p in line.parts)
    if line.kind in ("title", "heading"):
        return f"<h{1 if line.kind == 'title' else 2}>{text}</h{1 if line.kind == 'title' else 2}>"
    indent = "&nbsp;&nbsp;&nbsp;&nbsp;" if line.kind == "body" else ""
    align = ' align="center"' if line.kind == "name" else ""
    return f"<p{align}>{indent}{text}</p>"


def _table(grid: Grid) -> str:
    rows = ("".join(_cell(cell, grid.wraps) for cell in row) for row in grid.rows)
    body = "\n".join(f"<tr>{row}</tr>" for row in rows)
    return f'<table border="1" cellspacing="0"><tbody>\n{body}\n</tbody></table>'


def _cell(cell: Cell, wraps: str) -> str:
    spans = f' colspan="{cell.cols}"' if cell.cols > 1 else ""
    spans += f' rowspan="{cell.rows}"' if cell.rows > 1 else ""
    align = "" if cell.align == "left" else f' align="{cell.align.replace("centre", "center")}"'
    lines = [escape(text, quote=False) for text in broken(cell, wraps)]
    text = "<br>".join(lines).replace("　", "&#12288;") or "&nbsp;"
    return f"<td{spans}{align}>{text}</td>"


def broken(cell: Cell, wraps: str, longest: int = _NAME) -> list[str]:
    """Return the lines of a cell whose name is broken by hand, as word processors leave it."""
    text = cell.text
    if wraps == "none" or cell.align == "right" or len(text) <= longest:
        return [text]
    return [text[:longest], text[longest:]]
