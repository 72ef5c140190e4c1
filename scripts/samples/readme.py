"""data/samples/README.md: what the samples are, and every error that was put in on purpose."""

from __future__ import annotations

from typing import Any

HEAD = """# 样例文档 / Sample documents

为本项目编写的样例：单位名称、人员和数字都是虚构的，版式和写法取自各地公开文档的通行做法。
每份样例只有一个源文件（`source/*.toml`），由 `python scripts/make_samples.py` 生成其余格式；
同一源文件生成的字节相同；.doc 和 .xls 由 LibreOffice 从 .docx、.xlsx 另存，字节随其版本而异。
数据以 CC0 发布。

Written for this project: all units and figures are invented. One source per sample
(`source/*.toml`); `python scripts/make_samples.py` writes the other formats from it. The .doc and
.xls are the .docx and .xlsx saved by LibreOffice, whose bytes depend on its version.

| 样例 | 版式 | 已知错误 |
|---|---|---|
"""
ERRORS = """
## 已知错误

除下表各处外，样例中的每个合计、占比、增减都成立
（`tests/read_office/test_samples.py` 用与生成脚本无关的算法核算）。
表中“应有规则”是检查应当给出的规则编号。
"""
COLUMNS = "\n| 号 | 错误 | 位置 | 印的是 | 应为 | 应有规则 |\n|---|---|---|---|---|---|\n"


def render(sources: list[dict[str, Any]]) -> str:
    """Return the page."""
    page = HEAD
    for source in sources:
        document = source["document"]
        count = len(source.get("error", ()))
        page += f"| {document['name']} | {document['manner']} | {count or '无'} |\n"
    page += ERRORS
    for source in sources:
        if source.get("error"):
            page += f"\n### {source['document']['name']}\n" + COLUMNS
            page += "".join(_row(error) for error in source["error"])
    return page


def _row(error: dict[str, Any]) -> str:
    cells = [error[name] for name in ("id", "kind", "place", "wrong", "right", "rules")]
    return "| " + " | ".join(str(cell) for cell in cells) + " |\n"
