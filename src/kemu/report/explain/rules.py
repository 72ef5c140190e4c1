"""What each rule checks, from the shapes, for reports and for `kemu explain`."""

from __future__ import annotations

import re
from functools import cache
from typing import Any

from kemu.errors import NotFoundError
from kemu.report.layout import wrap
from kemu.report.words import Words
from kemu.validate.rules import Rule, load

_VARIABLE = re.compile(r"\{\?(\w+)\}")


@cache
def titles(lang: str) -> dict[str, str]:
    """Return rule number → its title in one language."""
    return {number: Words(lang).pick(rule.label) for number, rule in load().rules.items()}


def find(number: str) -> Rule:
    """Return one rule.

    Raises:
        NotFoundError: There is no rule of that number.
    """
    rules = load().rules
    wanted = number.strip().upper()
    if wanted in rules:
        return rules[wanted]
    near = [name for name in rules if name.startswith(wanted.partition(".")[0] + ".")]
    advice = f"这一类有：{'、'.join(near)}。" if near else f"全部规则：{'、'.join(rules)}。"
    raise NotFoundError("E-RULE-UNKNOWN", f"没有规则 {number[:20]}", "", advice)


def values(rule: Rule) -> dict[str, Any]:
    """Return a rule as plain values."""
    return {
        "rule": rule.number,
        "title": rule.label,
        "definition": rule.definition,
        "note": rule.note,
        "notApplicable": rule.absent,
        "severities": sorted({shape.severity for shape in rule.shapes}),
        "messages": [{shape.severity: shape.messages} for shape in rule.shapes],
        "family": rule.family,
    }


def explained(rule: Rule, lang: str, width: int) -> str:
    """Return a rule as text: what it checks, what it leaves alone, how it weighs."""
    words = Words(lang)
    parts = [f"{rule.number} {words.pick(rule.label)}"]
    for name, texts in (
        ("checks", rule.definition),
        ("leaves", rule.note),
        ("absent", rule.absent),
    ):
        lines = [line.strip() for line in words.pick(texts).splitlines() if line.strip()]
        if lines:
            parts.append(wrap(f"{words('rule', name)}：{lines[0]}", width, "  ", "    "))
            parts += [wrap(line, width, "    ") for line in lines[1:]]
    if len({basis.label["zh"] for basis in rule.bases}) > 1:
        listed = "；".join(words.pick(basis.label) for basis in rule.bases)
        parts.append(wrap(f"{words('rule', 'bases')}：{listed}", width, "  ", "    "))
    for shape in rule.shapes:
        message = _filled(words.pick(shape.messages), rule.number, words)
        text = f"{words('severity', shape.severity)}：{message}"
        parts.append(wrap(text, width, "  ", "    "))
    parts.append(f"  {words('rule', 'file')}：shapes/{rule.family}.ttl")
    return "\n".join(parts) + "\n"


def _filled(template: str, number: str, words: Words) -> str:
    """Return a message with names in the place of its values."""
    known = {"number": number}

    def name(found: re.Match[str]) -> str:
        word = known.get(found[1]) or words("variable", found[1])
        return "…" if word == found[1] else word

    return _VARIABLE.sub(name, template)


def listing(lang: str) -> str:
    """Return all rules one a line."""
    return "".join(f"{number:<7}{title}\n" for number, title in titles(lang).items())
