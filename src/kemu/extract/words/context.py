"""What extraction knows while it reads one document: identity, lexicons, classification, keys."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from functools import cached_property

from kemu.classification import DEPT_ECONOMIC, FUNCTIONAL, GOV_ECONOMIC, Classification, load
from kemu.extract.words.keys import Keys
from kemu.extract.words.lexicon import Lexicon, Word, base
from kemu.extract.words.trace import SILENT, Trace
from kemu.model.facts import Identity, Organisation
from kemu.model.language import Dimension

_FIELDS: Mapping[str, Dimension] = {
    FUNCTIONAL: "functional",
    DEPT_ECONOMIC: "dept_economic",
    GOV_ECONOMIC: "gov_economic",
}


_VAGUE = "其他"
"""A name of 229 that stands for anything."""


def field_of(scheme: str) -> Dimension:
    """Return the key's field for codes of a scheme."""
    return _FIELDS[scheme]


def schemes() -> tuple[str, ...]:
    """Return the schemes whose codes are dimensions of a key."""
    return tuple(_FIELDS)


@dataclass(frozen=True)
class Context:
    """One document's reading context, and the trace of how it is read."""

    identity: Identity
    organisations: tuple[Organisation, ...]
    trace: Trace = field(default=SILENT, compare=False, repr=False)

    @cached_property
    def keys(self) -> Keys:
        """The document's defaults."""
        return Keys(self.identity)

    @cached_property
    def codes(self) -> Classification:
        """The classification."""
        return load()

    @property
    def year(self) -> int | None:
        """The fiscal year, if the document says it."""
        return int(self.identity.year) if self.identity.year else None

    @cached_property
    def lexicon(self) -> Lexicon:
        """Budget language, the document's own organisations, names of 类."""
        own = [
            Word(name, {}, "filler")
            for organisation in self.organisations[:1]
            for name in (organisation.name, *organisation.aliases)
        ]
        return base().extended(own).under(self._code_words(FUNCTIONAL, ("类",)))

    @cached_property
    def functional(self) -> Lexicon:
        """The same with the names of 类 before everything else, for rows of a 收支总表."""
        return self.lexicon.extended(self._code_words(FUNCTIONAL, ("类",)))

    @cached_property
    def economic(self) -> Lexicon:
        """The same with the names of 部门预算支出经济分类 before everything else."""
        return self.lexicon.extended(self._code_words(DEPT_ECONOMIC, ("类", "款")))

    @cached_property
    def economic_classes(self) -> Lexicon:
        """The same with the names of 类 of 部门预算支出经济分类 after everything else."""
        return self.lexicon.under(self._code_words(DEPT_ECONOMIC, ("类",)))

    @cached_property
    def government_economic(self) -> Lexicon:
        """The same with the names of 政府预算支出经济分类 before everything else."""
        return self.lexicon.extended(self._code_words(GOV_ECONOMIC, ("类", "款")))

    def _code_words(self, scheme: str, levels: Iterable[str]) -> list[Word]:
        """Return the printed names of a scheme's codes as words.

        A name that several codes bore counts only where the document's year tells them apart.
        """
        meanings: dict[str, set[str]] = {}
        for level in levels:
            for name, notation in self.codes.names(scheme, level):
                meanings.setdefault(name, set()).add(notation)
        words = []
        for name, found in meanings.items():
            notation = next(iter(found))
            if len(found) > 1:
                notation = self.codes.resolve_name(name, year=self.year, schemes=(scheme,)).code
            if notation and len(name) > 1 and name != _VAGUE:
                words.append(Word(name, {field_of(scheme): notation}))
        return words
