"""What tests ask of an extraction."""

from __future__ import annotations

from collections.abc import Callable

from kemu.model.facts import Claim, Equation, Extraction, Fact

Make = Callable[[str], Extraction]


def fact(extraction: Extraction, printed: str) -> Fact:
    found = [f for f in extraction.facts if f.amount.printed == printed]
    assert len(found) == 1, [f.label for f in found]
    return found[0]


def claims(extraction: Extraction, kind: str) -> list[Claim]:
    return [claim for claim in extraction.claims if claim.kind == kind]


def operand(extraction: Extraction, claim: Claim, role: str) -> str:
    slug = claim.operands[role]
    return next(f.amount.printed for f in extraction.facts if f.slug == slug)


def terms(extraction: Extraction, equation: Equation) -> list[str]:
    printed = {f.slug: f.amount.printed for f in extraction.facts}
    return [printed[part.fact] for part in equation.parts]
