"""Printed numbers as codes: their digits, and the classifications that a form may belong to."""

from __future__ import annotations

import re
import unicodedata

from kemu.classification.tables.concept import (
    DEPT_ECONOMIC,
    FUNCTIONAL,
    GOV_ECONOMIC,
    REVENUE,
    Scheme,
)

_DOMAINS = (
    (re.compile(r"2\d{2}(?:\d{2}){0,2}"), FUNCTIONAL),
    (re.compile(r"3\d{2}(?:\d{2}){0,2}"), DEPT_ECONOMIC),
    (re.compile(r"5\d{2}(?:\d{2}){0,2}"), GOV_ECONOMIC),
    (re.compile(r"1\d{2}(?:\d{2}){0,3}"), REVENUE),
)
_SEPARATORS = re.compile(r"[\s.．·・\-—_/\[\]【】()（）]+")


def digits(notation: str) -> str:
    """Return a printed code without the blanks, dots, dashes and brackets around its parts."""
    return _SEPARATORS.sub("", unicodedata.normalize("NFKC", notation))


def domain(notation: str) -> tuple[Scheme, ...]:
    """Return the schemes that a bare number may belong to, by its form; empty for none."""
    bare = digits(notation)
    return tuple(scheme for form, scheme in _DOMAINS if form.fullmatch(bare))
