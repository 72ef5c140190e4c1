"""Write docs/rules.md from shapes/*.ttl and graph/bases.toml: `python scripts/make_rules.py`."""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import groupby
from pathlib import Path

from kemu.validate.rules import Rule, load

TARGET = Path(__file__).resolve().parents[1] / "docs" / "rules.md"
FAMILIES = {
    "R1": "R1 数字本身完好 · Facts are well formed",
    "R2": "R2 科目代码和名称 · Codes and names",
    "R3": "R3 合计 · Sums",
    "R4": "R4 同一数字多处印出 · One quantity, several places",
    "R5": "R5 陈述的关系 · Stated relations",
    "R6": "R6 年度 · Periods",
    "R7": "R7 完整与名词解释 · Completeness, the glossary",
    "R8": "R8 文字 · Wording",
    "R9": "R9 文件之间 · Across documents",
    "R10": "R10 上下级 · Who reports to whom",
}
WEIGHTS = {
    "violation": "必改 violation",
    "warning": "建议 warning",
    "hint": "提示 hint",
}
_SUMS = "R3.1"
_WRAPPED = re.compile(r"(?<=[\u3000-\u9fff\uff00-\uffef])\n\s*")
HEAD = """\
# 规则 · Rules

本页由 `python scripts/make_rules.py` 根据 `shapes/*.ttl` 和 `graph/bases.toml` 生成，请勿手改。
This page is generated from the shapes; do not edit it.

- 每个印出的数是一个区间：数值加减末位的一半。四舍五入能够解释的差只作提示，金额大小不放宽界限。
  Every printed amount is the interval of what it may have been before rounding.
- 每条规则的结局：通过、提示、建议、差错、不适用或未能检查（都说明原因）。没有检查的不算通过。
  A rule ends as passed, hint, warning, violated, not applicable or not checkable; what was not
  checked is not passed.
- 每条规则的正例和反例在 `tests/shapes/`。 Examples of every rule are in `tests/shapes/`.
"""


def main() -> None:
    """Write the page."""
    TARGET.parent.mkdir(exist_ok=True)
    TARGET.write_text(page(), encoding="utf-8", newline="\n")


def page() -> str:
    """Return the page as Markdown."""
    rules = load().rules.values()
    parts = [HEAD]
    for family, members in groupby(rules, key=lambda rule: rule.number.partition(".")[0]):
        parts.append(f"## {FAMILIES[family]}\n")
        parts.extend("\n".join(_section(rule)) for rule in members)
    return "\n".join(parts)


def _section(rule: Rule) -> Iterator[str]:
    yield f'<a id="{rule.number}"></a>\n'
    yield f"### {rule.number} {rule.label['zh']} · {rule.label['en']}\n"
    if rule.bases and rule.number != _SUMS:
        yield f"判断方法同 {_SUMS}，不适用时：{rule.absent['zh']}。 Judged as {_SUMS}.\n"
        yield from _bases(rule)
        return
    yield f"{_line(rule.definition['zh'])}\n"
    yield f"{_line(rule.definition['en'])}\n"
    yield f"**不作差错 · Not accused:** {_line(rule.note['zh'])} {_line(rule.note['en'])}\n"
    yield f"**不适用 · Not applicable:** {rule.absent['zh']}；{rule.absent['en']}.\n"
    yield from _bases(rule)
    seen = dict.fromkeys(
        (shape.severity, shape.messages["zh"], shape.messages["en"])
        for shape in sorted(rule.shapes, key=lambda s: list(WEIGHTS).index(s.severity))
    )
    for severity, zh, en in seen:
        yield f"- {WEIGHTS[severity]}：{_template(zh)} — {_template(en)}"
    yield ""


def _bases(rule: Rule) -> Iterator[str]:
    if rule.bases:
        names = (f"`{b.name}` {b.label['zh']}（{WEIGHTS[b.severity]}）" for b in rule.bases)
        yield f"**依据 · Bases:** {'，'.join(names)}\n"


def _line(text: str) -> str:
    return " ".join(_WRAPPED.sub("", text).split())


def _template(text: str) -> str:
    return text.partition(" ")[2].replace("{?", "{")


if __name__ == "__main__":
    main()
