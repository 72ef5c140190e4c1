"""Reports of what a check found: text, HTML and Excel for people, JSON, CSV and Turtle besides."""

from __future__ import annotations

from collections.abc import Sequence

from kemu.report.outcome import Failure, Outcome, exit_code

FORMATS = ("text", "json", "html", "xlsx", "ttl", "csv")

__all__ = ["FORMATS", "Failure", "Outcome", "exit_code", "render"]


def render(outcomes: Sequence[Outcome], form: str, lang: str = "zh", width: int = 100) -> bytes:
    """Return the report of one or many documents in one format, UTF-8 where it is text.

    Args:
        outcomes: A result or a failure per file.
        form: One of `FORMATS`.
        lang: `zh` or `en`.
        width: Terminal columns, for `text`.
    """
    from kemu.report.explain.rules import titles

    if form == "xlsx":
        from kemu.report.formats.xlsx import workbook

        return workbook(outcomes, lang, titles(lang))
    return _text(outcomes, form, lang, width).encode()


def _text(outcomes: Sequence[Outcome], form: str, lang: str, width: int) -> str:
    if form == "json":
        from kemu.report.formats.json_text import document

        return document(outcomes, lang)
    if form == "csv":
        from kemu.report.formats.csv_lines import findings

        return findings(outcomes, lang)
    if form == "ttl":
        return "\n".join(o.report for o in outcomes if not isinstance(o, Failure))
    from kemu.report.explain.rules import titles

    if form == "html":
        from kemu.report.formats.html import page

        return page(outcomes, lang, titles(lang))
    from kemu.report.formats.text import document as text

    return text(outcomes, lang, titles(lang), width)
