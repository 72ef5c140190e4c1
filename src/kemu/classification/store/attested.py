"""All that a store holds on one code: names printed, explanations side by side, confidence."""

from __future__ import annotations

from dataclasses import dataclass

from kemu.classification.store.attestations import PrintedName, Wording
from kemu.classification.store.confidence import raised
from kemu.classification.store.editions import Store
from kemu.classification.tables.codes import Codes

RULE = (
    "2012 年以后的文件在表中同一行印出代码和与科目表完全相同的名称：一份即由 C 升为 B，"
    "两个不同单位的文件即升为 A；名称从不因此改变。"
)


@dataclass(frozen=True, slots=True)
class Official:
    """The explanation of one year's book."""

    year: int
    title: str
    name: str
    definition: str
    place: str

    def to_json(self) -> dict[str, object]:
        """Return the explanation as JSON values."""
        return {
            "edition": self.year,
            "title": self.title,
            "name": self.name,
            "definition": self.definition,
            "place": self.place,
        }


@dataclass(frozen=True, slots=True)
class Attested:
    """What a store holds on one code.

    Attributes:
        scheme: Of the code.
        code: All digits.
        name: Its present name in the tables, or empty where they lack it.
        official: Explanations of imported books, the latest first.
        names: Names that documents print.
        variants: Wordings of its definition in documents.
        confidence: In the shipped tables, or empty.
        raised: What the sightings justify.
        recorded: How many documents the store knows at all.
    """

    scheme: str
    code: str
    name: str
    official: tuple[Official, ...]
    names: tuple[PrintedName, ...]
    variants: tuple[Wording, ...]
    confidence: str
    raised: str
    recorded: int

    def to_json(self) -> dict[str, object]:
        """Return it as JSON values."""
        return {
            "scheme": self.scheme,
            "code": self.code,
            "name": self.name or None,
            "documentsRecorded": self.recorded,
            "names": [one.to_json() for one in self.names],
            "official": [one.to_json() for one in self.official],
            "definitions": [one.to_json() for one in self.variants],
            "confidence": self.confidence or None,
            "confidenceRaised": self.raised or None,
            "rule": RULE,
        }


def attested(store: Store, shipped: Codes, scheme: str, code: str) -> Attested:
    """Return what a store holds on a code, beside what the shipped tables say of it."""
    concept = shipped.get(scheme, code)
    versions = shipped.versions(scheme, code)
    known = [name.text for version in versions for name in version.names]
    official = tuple(_official(store, scheme, code))
    attestations = store.attestations
    support = attestations.support_of(scheme, code)
    return Attested(
        scheme=scheme,
        code=code,
        name=concept.name if concept else official[0].name if official else "",
        official=official,
        names=attestations.names(scheme, code, [*known, *(one.name for one in official)]),
        variants=attestations.said(scheme, code),
        confidence=concept.confidence if concept else "",
        raised=raised(concept, support) if concept else "",
        recorded=attestations.documents(),
    )


def _official(store: Store, scheme: str, code: str) -> list[Official]:
    found = []
    for edition in reversed(store.editions()):
        row = edition.by_code.get((scheme, code))
        if row is not None:
            text, place = row.definition, row.place
            found.append(Official(edition.year, edition.title, row.name, text, place))
    return found
