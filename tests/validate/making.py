"""Extractions made by hand: facts and relations by name, places and slugs filled in."""

from __future__ import annotations

from dataclasses import replace
from decimal import Decimal

from kemu.model.document import Document, Place
from kemu.model.facts import (
    Amount,
    BlankCell,
    Claim,
    CodeMention,
    Equation,
    Extraction,
    Fact,
    Identity,
    Key,
    Organisation,
    Part,
    Span,
)

SHA = "7f3a" + "0" * 60
WAN = Decimal(10000)
KEY = Key(
    organisation="123001",
    consolidation="unit",
    year="2023",
    phase="approved",
    flow="expenditure",
    fund="generalPublicBudget",
)


def amount(printed: str, unit: str = "万元") -> Amount:
    """Return a printed number: `1,149.80` in 万元 is 11,498,000 元, half a step is 50 元."""
    factor = {"万元": WAN, "元": Decimal(1)}.get(unit, Decimal(1))
    number = Decimal(printed.replace(",", ""))
    exponent = number.as_tuple().exponent
    assert isinstance(exponent, int)
    half = Decimal(1).scaleb(min(exponent, 0)) / 2
    return Amount(number * factor, half * factor, printed, unit, factor)


class Maker:
    """Collects what an extraction would observe in one document."""

    def __init__(self, identity: Identity | None = None) -> None:
        self.identity = identity or Identity(
            "某单位2023年部门预算", "123001", "2023", "budget", "unit"
        )
        self.facts: list[Fact] = []
        self.blanks: list[BlankCell] = []
        self.equations: list[Equation] = []
        self.claims: list[Claim] = []
        self.mentions: list[CodeMention] = []
        self.spans: list[Span] = []
        self._places = 0

    def place(self, table: int | None = None) -> Place:
        """Return the next free place: a cell of a table, or a stretch of a paragraph."""
        self._places += 1
        if table is None:
            return Place(paragraph=self._places, start=3, end=9)
        return Place(table=table, row=self._places, column=2)

    def fact(
        self,
        printed: str,
        *,
        table: int | None = None,
        unit: str = "万元",
        at: tuple[int, int] | None = None,
        **key: str,
    ) -> str:
        """Add a printed amount, in a row and column if they matter; returns its slug."""
        place = Place(table=table, row=at[0], column=at[1]) if at else self.place(table)
        slug = f"{place.slug}/amount"
        held = replace(KEY, **key)
        self.facts.append(
            Fact(slug, held, amount(printed, unit), place, f"某项{printed}{unit}", "某项")
        )
        return slug

    def blank(self, *, table: int = 1, **key: str) -> str:
        """Add an amount cell left blank; returns its slug."""
        place = self.place(table)
        slug = f"{place.slug}/amount"
        self.blanks.append(BlankCell(slug, replace(KEY, **key), place, "某项"))
        return slug

    def equation(
        self,
        total: str,
        *parts: str | tuple[str, int],
        basis: str = "column",
        relation: str = "equal",
        missing: str = "blankIsZero",
    ) -> str:
        """Add an equation over facts by their slugs; returns its slug."""
        slug = f"{total}/sum-{len(self.equations) + 1}"
        weighted = tuple(Part(p) if isinstance(p, str) else Part(*p) for p in parts)
        self.equations.append(
            Equation(slug, basis, total, weighted, relation, missing, self.place_of(total))
        )
        return slug

    def place_of(self, slug: str) -> Place:
        """Return where a fact or a blank cell is printed."""
        cells = (*self.facts, *self.blanks)
        return next(cell.place for cell in cells if cell.slug == slug)

    def claim(self, kind: str, stated: str | None = None, **fields: object) -> str:
        """Add a claim; operands by role, other fields by name; returns its slug."""
        place = self.place()
        slug = f"{place.slug}/{kind}"
        roles = {"part", "whole", "current", "base", "actual", "budget", "left", "right"}
        operands = {role: str(fields.pop(role)) for role in sorted(roles & fields.keys())}
        value = half = None
        unit = "万元" if kind == "change" else "%"
        if stated is not None:
            number = amount(stated, unit)
            value, half = number.value, number.half_step
        fields.setdefault("unit", unit if stated is not None else "")
        self.claims.append(
            Claim(
                slug,
                kind,
                place,
                f"……{stated or ''}……",
                operands,
                value,
                half,
                stated or "",
                **fields,  # type: ignore[arg-type]
            )
        )
        return slug

    def mention(self, **fields: object) -> str:
        """Add a code or name as printed; returns its slug."""
        place = self.place(1)
        slug = f"{place.slug}/code"
        fields.setdefault("scheme", "functional")
        fields.setdefault("year", "2023")
        self.mentions.append(CodeMention(slug, place, **fields))  # type: ignore[arg-type]
        return slug

    def span(self, kind: str, text: str, value: str = "", about: str = "") -> str:
        """Add printed text; returns its slug."""
        place = self.place()
        slug = f"{place.slug}/{kind}"
        self.spans.append(Span(slug, kind, place, text, value, about))
        return slug

    def extraction(self) -> Extraction:
        """Return all that was added."""
        document = Document("某单位.txt", SHA, "txt", ())
        organisations = (Organisation("123001", "某单位", "123001"),)
        return Extraction(
            document,
            self.identity,
            organisations,
            tuple(self.facts),
            tuple(self.blanks),
            tuple(self.equations),
            tuple(self.claims),
            (),
            tuple(self.mentions),
            tuple(self.spans),
        )
