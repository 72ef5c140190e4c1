"""Labels in prose: which words before a number name it, and what they mean.

The longest stretch of words before the number that is understood whole is its label. Names of the
classification come as paths (`…（类）…（款）…（项）`), with a code (`行政运行（2010301）`), or bare.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field

from kemu.classification import DEPT_ECONOMIC, FUNCTIONAL, Resolution
from kemu.extract import sentences
from kemu.extract.context import Context, field_of
from kemu.extract.outline import numbering
from kemu.model.document import Place
from kemu.model.facts import CodeMention

_LEVEL = re.compile(r"(?P<name>[一-龥、“”]{2,45}?)(?:支出)?（(?P<level>[类款项])）")
_WITH_CODE = re.compile(r"(?P<name>[一-龥、]{2,40})[（\[](?P<code>\d{3,7})[）\]]")
_CODE_FIRST = re.compile(r"[（\[]?(?P<code>[23]\d{2,6})[）\]]?[-—]?(?P<name>[一-龥、]{2,40})")
_CUT = re.compile(r"[，：、（“”‘；]|等")
_CLAUSE = re.compile(r"[。！？；]")
_LEAD = re.compile(r"^[，：、；。（“”]+")
_PROJECT_NATURES = {"project", "otherOperating", "specificTarget"}
_PROJECT_NAME = re.compile(r"^[一-龥A-Za-z0-9（）“”\-—·./+]{2,40}$")
_LEVELS = "类款项"


@dataclass(frozen=True, slots=True)
class Label:
    """Words that name an amount.

    Attributes:
        text: As compared.
        says: What they say.
        scheme: Scheme of the code they name, or empty.
        path: Names of 类, 款, 项 as printed, where the label is a path.
        code: Code as printed, where it is.
        resolution: What the classification makes of it.
    """

    text: str
    says: Mapping[str, str]
    scheme: str = ""
    path: tuple[str, ...] = ()
    code: str = ""
    resolution: Resolution = field(default_factory=Resolution)


class Labels:
    """Reads labels in the context of one document."""

    def __init__(self, context: Context) -> None:
        self.context = context
        self._kuan: dict[str, str] = {}

    def opening(self, text: str, end: int) -> Label | None:
        """Return the path, code or item that a paragraph begins with: its subject throughout."""
        head = re.split(r"[。]", text[:end], maxsplit=1)[0]
        label = self._path(head) or self._coded(head)
        if label is not None:
            return label
        number = numbering(text)
        if number is None:
            return None
        rest = head[len(number[0]) :]
        for stop in [*(m.start() for m in _CUT.finditer(rest)), len(rest)]:
            reading = self.context.lexicon.read(rest[:stop])
            if reading.understood and "item" in reading.says:
                return Label(rest[:stop], dict(reading.says))
        return None

    def before(
        self, gap: str, scope: Mapping[str, str], listed: Mapping[str, str]
    ) -> Label | None:
        """Return the label that ends a gap, or None if no part of it is understood.

        Args:
            gap: The words since the number before.
            scope: What section and lists say.
            listed: What the open lists alone say; unknown nouns may be projects of a list.
        """
        clause = _CLAUSE.split(gap)[-1]
        label = self._path(clause) or self._coded(clause)
        if label is not None:
            return label
        for candidate in _candidates(clause):
            label = self._read(candidate, scope)
            if label is not None:
                return label
        return self._near(clause, scope) or self._project(clause, listed)

    def whole(self, words: str, scope: Mapping[str, str]) -> Label | None:
        """Return the label that these words are, all of them; None if not understood."""
        words = words.strip()
        if not words:
            return None
        return self._path(words) or self._coded(words) or self._read(words, scope)

    def _read(self, text: str, scope: Mapping[str, str]) -> Label | None:
        lexicons = [self.context.lexicon]
        if "nature" in scope or "dept_economic" in scope:
            lexicons.insert(0, self.context.economic)
        for lexicon in lexicons:
            reading = lexicon.read(text)
            if not reading.understood or "threshold" in reading.roles:
                continue
            says = dict(reading.says)
            if reading.years:
                says["year"] = reading.years[-1]
            for scheme in (FUNCTIONAL, DEPT_ECONOMIC):
                if field_of(scheme) in says:
                    return self._named(text, says, scheme, reading.sources[field_of(scheme)])
            return Label(text, says)
        return None

    def _named(self, text: str, says: dict[str, str], scheme: str, printed: str) -> Label:
        """Return a label whose words name a code, with what differs from the official name."""
        codes, year = self.context.codes, self.context.year
        found = codes.get(scheme, says[field_of(scheme)], year)
        level = found.level if found else None
        resolution = codes.resolve_name(printed, year=year, schemes=(scheme,), level=level)
        return Label(text, says, scheme if resolution else "", (printed,), "", resolution)

    def _near(self, clause: str, scope: Mapping[str, str]) -> Label | None:
        """Return a name of the classification that is printed with a slip."""
        name = _last_noun(clause)
        economic = "nature" in scope or "dept_economic" in scope
        scheme, level = (DEPT_ECONOMIC, None) if economic else (FUNCTIONAL, "类")
        if len(name) < 4 or "item" in scope:
            return None
        found = self.context.codes.resolve_name(
            name, year=self.context.year, schemes=(scheme,), level=level
        )
        if not found:
            return None
        return Label(name, {field_of(scheme): found.code}, scheme, (name,), "", found)

    def _project(self, clause: str, listed: Mapping[str, str]) -> Label | None:
        """Return an unknown noun in a list of projects as the project's name."""
        if listed.get("nature") not in _PROJECT_NATURES and listed.get("item") != "performance":
            return None
        name = _last_noun(clause)
        if not _PROJECT_NAME.match(name) or name.endswith(("为", "了", "是")):
            return None
        return Label(name, {"project": name})

    # Names of the classification ----------------------------------------------------------

    def _path(self, text: str) -> Label | None:
        """Return the last `…（类）…（款）…（项）` of a text; the class may have come before."""
        matches = list(_LEVEL.finditer(text))
        if not matches:
            return None
        run = [matches[-1]]
        for match in reversed(matches[:-1]):
            if _LEVELS.index(match["level"]) >= _LEVELS.index(run[0]["level"]):
                break
            run.insert(0, match)
        names = {m["level"]: _clean(m.group()[: m.group().rindex("（")]) for m in run}
        path = tuple(names.get(level, "") for level in _LEVELS[: _LEVELS.index(run[-1]["level"]) + 1])
        resolution = self._resolve(path)
        says = {"functional": resolution.code} if resolution else {"functional": "undetermined"}
        rest = self.context.lexicon.read(text[run[-1].end() :].lstrip("”“科目：，"))
        says.update({d: m for d, m in rest.says.items() if d in ("phase", "flow", "carry")})
        if rest.years and rest.understood:
            says["year"] = rest.years[-1]
        return Label(text[run[0].start() :], says, FUNCTIONAL, path, "", resolution)

    def _resolve(self, path: tuple[str, ...]) -> Resolution:
        codes, year = self.context.codes, self.context.year
        if path[0]:
            found = codes.resolve_path(path, year)
            if found or len(path) < 3:
                return found
            return found
        if len(path) > 1 and path[1]:
            kuan = codes.resolve_name(path[1], year=year, schemes=(FUNCTIONAL,), level="款")
            if kuan and len(path) == 3:
                return codes.resolve_name(
                    path[2], year=year, schemes=(FUNCTIONAL,), parent=kuan.code, level="项"
                )
            return kuan
        return codes.resolve_name(path[-1], year=year, schemes=(FUNCTIONAL,), level="项")

    def _coded(self, text: str) -> Label | None:
        """Return the last `行政运行（2010301）` or `[2010301]行政运行` of a text."""
        matches = [*_WITH_CODE.finditer(text)] or [*_CODE_FIRST.finditer(text)]
        if not matches:
            return None
        match = matches[-1]
        name = _clean(match["name"])
        found = self.context.codes.resolve_code(match["code"], name, self.context.year)
        if not found.code or found.scheme not in (FUNCTIONAL, DEPT_ECONOMIC):
            return None
        says = {field_of(found.scheme): found.code}
        return Label(match.group(), says, found.scheme, (name,), match["code"], found)

    def mention(self, label: Label, place: Place) -> CodeMention | None:
        """Return the sighting of a code that a label is; None if it names none."""
        if not label.scheme:
            return None
        resolution = label.resolution
        name = label.path[-1] if label.path else ""
        return CodeMention(
            slug=f"{place.slug}/mention-{label.code or '-'.join(p for p in label.path if p)}",
            place=place,
            scheme=label.scheme,
            year=self.context.identity.year,
            printed_code=label.code,
            printed_name=name,
            printed_path=label.path if len(label.path) > 1 else (),
            code=resolution.code,
            official_name=resolution.official_name,
            differences=resolution.differences,
            candidates=tuple(c.notation for c in resolution.candidates) if not resolution else (),
            where="sentence",
        )


def _candidates(clause: str) -> Iterator[str]:
    """Yield the stretches that end a clause, longest first: a label begins after a separator."""
    starts = {0, *(m.end() for m in _CUT.finditer(clause))}
    starts |= {m.end() for m in sentences.pattern("opener", "regex").finditer(clause)}
    starts |= {m.end() for m in sentences.pattern("opener", "numbered").finditer(clause)}
    for start in sorted(starts):
        candidate = clause[start:]
        number = numbering(candidate)
        candidate = candidate[len(number[0]) :] if number else _LEAD.sub("", candidate)
        if candidate:
            yield candidate


def _last_noun(clause: str) -> str:
    """Return the words after the last separator, opener or ordinal."""
    opener = sentences.pattern("opener", "regex")
    name = re.split(r"[，：、；]|[一二三四五六七]是", clause)[-1]
    cuts = [m.end() for m in opener.finditer(name)]
    return _LEAD.sub("", name[cuts[-1] :] if cuts else name).strip("“”")


def _clean(name: str) -> str:
    number = numbering(name)
    name = name[len(number[0]) :] if number else name
    return re.split(r"[“”]|其中[：，]?", name)[-1].strip("、")

