"""Names of the classification in prose: as a path, with a code, or with a slip."""

from __future__ import annotations

import re
from dataclasses import dataclass, field

from kemu.classification import DEPT_ECONOMIC, FUNCTIONAL, Resolution
from kemu.extract.words import paths
from kemu.extract.words.context import Context, field_of, schemes
from kemu.extract.words.numbering import numbering
from kemu.model.document import Place
from kemu.model.facts import UNDETERMINED, CodeMention
from kemu.model.language import Dimension, Says

_LEVEL = re.compile(
    r"(?P<name>[一-龥、“”]{2,45}?(?:（(?![类款项]）)[一-龥]{1,6}）[一-龥]{1,20}?)?)"
    r"(?:支出)?（(?P<level>[类款项])）"
)
_OWN = r"(?:[一-龥、]|（(?![类款项]）)[一-龥]{1,6}）(?=[一-龥]))"
"""A character of a name; brackets inside belong to it (政府办公厅（室）及相关机构事务)."""
_WITH_CODE = re.compile(
    rf"(?P<name>{_OWN}{{2,40}}(?:（(?![类款项]）)[一-龥]{{1,8}}）)?)[（\[](?P<code>\d{{3,7}})(?:科目|[类款项])?[）\]]"
)
_CODE_FIRST = re.compile(
    r"(?<!\d)[（\[]?(?P<code>[235]\d{2,6})[）\]]?[类款项]?[-—]?"
    rf"(?P<name>{_OWN}{{2,40}})"
)
_LEVELS = "类款项"
_OTHERS = "nameOfOtherCode"
_MIN_NEAR = 5
_KUAN = 5
"""Digits of a 款."""
_BELOW = {3: ("款", "项"), _KUAN: ("项",)}
"""Digits of a code → the levels under it, the next one first."""


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
        before: What stands before it in the same clause and is no part of it.
    """

    text: str
    says: Says
    scheme: str = ""
    path: tuple[str, ...] = ()
    code: str = ""
    resolution: Resolution = field(default_factory=Resolution)
    before: str = ""


class Names:
    """Finds the names of codes in the context of one document."""

    def __init__(self, context: Context) -> None:
        self.context = context

    def path(self, text: str, parent: str = "", whole: bool = True) -> Label | None:
        """Return the last `…（类）…（款）…（项）` of a text.

        Args:
            text: Words that end with the path, but for words like 支出 or 2023年预算数为.
            parent: Code of the class that the section is about; the path may leave it out.
            whole: Whether what follows the path must be understood.
        """
        matches = list(_LEVEL.finditer(text))
        if not matches:
            return None
        run = [matches[-1]]
        for match in reversed(matches[:-1]):
            if _LEVELS.index(match["level"]) >= _LEVELS.index(run[0]["level"]):
                break
            run.insert(0, match)
        rest = self.context.lexicon.read(text[run[-1].end() :].lstrip("”“科目：，"))
        if whole and not rest.understood:
            return None
        names = {m["level"]: _clean(m.group()[: m.group().rindex("（")]) for m in run}
        depth = _LEVELS.index(run[-1]["level"]) + 1
        path = tuple(names.get(level, "") for level in _LEVELS[:depth])
        resolution = self._resolve(path, parent)
        says: dict[Dimension, str] = {"functional": resolution.code or UNDETERMINED}
        says.update({d: m for d, m in rest.says.items() if d in ("phase", "flow", "carry")})
        if rest.years and rest.understood:
            says["year"] = rest.years[-1]
        return Label(text[run[0].start() :], says, FUNCTIONAL, path, "", resolution)

    def _resolve(self, path: tuple[str, ...], parent: str) -> Resolution:
        codes, year = self.context.codes, self.context.year
        if len(parent) == _KUAN and len(path) == len(_LEVELS) and not any(path[:2]):
            found = codes.resolve_name(
                path[2], year=year, schemes=(FUNCTIONAL,), parent=parent, level="项"
            )
            if found:
                return found
        if not path[0] and parent:
            above = codes.get(FUNCTIONAL, parent[:3], year)
            if above is not None:
                found = codes.resolve_path(
                    (above.name_in(year or 0) or above.name, *path[1:]), year
                )
                if found and found.code.startswith(above.notation):
                    return found
        found = codes.resolve_path(path, year)
        if found or path[0] or len(path) < 2 or not path[1]:
            return found
        kuan = codes.resolve_name(path[1], year=year, schemes=(FUNCTIONAL,), level="款")
        if kuan and len(path) == 3:
            return codes.resolve_name(
                path[2], year=year, schemes=(FUNCTIONAL,), parent=kuan.code, level="项"
            )
        return kuan

    def coded(self, text: str) -> Label | None:
        """Return the last `行政运行（2010301）` or `[2010301]行政运行` that a text ends with."""
        joined = self._joined(text)
        if joined is not None:
            return joined
        matches = [*_WITH_CODE.finditer(text)] or [*_CODE_FIRST.finditer(text)]
        labels = (self._with_code(match, text[match.end() :]) for match in reversed(matches))
        return next((label for label in labels if label is not None), None)

    def _with_code(self, match: re.Match[str], rest: str) -> Label | None:
        """Return a name with its code; None if the digits are none, or the rest says who knows."""
        reading = self.context.lexicon.read(rest)
        name = _clean(match["name"])
        found = self.context.codes.resolve_code(match["code"], name, self.context.year)
        if not reading.understood or not found.code or found.scheme not in schemes():
            return None
        says = {field_of(found.scheme): found.code}
        says.update({d: m for d, m in reading.says.items() if d in ("phase", "flow", "carry")})
        if reading.years:
            says["year"] = reading.years[-1]
        return Label(match.group(), says, found.scheme, (name,), match["code"], found)

    def _joined(self, text: str) -> Label | None:
        """Return a path in another notation; what is not understood of it is undetermined."""
        context = self.context
        path = paths.ending(text, context.codes, context.year, context.lexicon)
        if path is None:
            return None
        found = path.resolution
        says: dict[Dimension, str] = {"functional": found.code or UNDETERMINED}
        says.update({d: m for d, m in path.rest.says.items() if d in ("phase", "flow", "carry")})
        if path.rest.years:
            says["year"] = path.rest.years[-1]
        names = path.names if len(path.names) in (1, len(_LEVELS)) else path.names[-1:]
        return Label(path.text, says, FUNCTIONAL, names, path.code, found)

    def below(self, name: str, parent: str) -> Label | None:
        """Return a name of what lies under the class or section that a list divides.

        A name as it is in force comes before one of another level that it is like (行政单位离退休,
        行政事业单位离退休).
        """
        codes, year = self.context.codes, self.context.year
        each = [
            codes.resolve_name(name, year=year, schemes=(FUNCTIONAL,), parent=parent, level=level)
            for level in (_BELOW.get(len(parent), ()) if name else ())
        ]
        for found in sorted(each, key=lambda one: bool(one.differences)):
            if found and not (found.differences and len(name) < _MIN_NEAR):
                return Label(name, {"functional": found.code}, FUNCTIONAL, (name,), "", found)
        return None

    def near(self, name: str, scope: Says) -> Label | None:
        """Return a name of the classification that is printed with a slip, None if it is none."""
        economic = "nature" in scope or "dept_economic" in scope
        scheme, level = (DEPT_ECONOMIC, None) if economic else (FUNCTIONAL, "类")
        if len(name) < _MIN_NEAR or "item" in scope or scope.get("flow") == "revenue":
            return None
        if not economic and not name.endswith("支出"):
            return None
        found = self.context.codes.resolve_name(
            name, year=self.context.year, schemes=(scheme,), level=level
        )
        if not found:
            return None
        return Label(name, {field_of(scheme): found.code}, scheme, (name,), "", found)


def mention(context: Context, label: Label, place: Place, where: str) -> CodeMention | None:
    """Return the sighting of a code that a label is; None if it names none."""
    if not label.scheme:
        return None
    resolution = label.resolution
    printed = label.code or "-".join(name for name in label.path if name)
    return CodeMention(
        slug=f"{place.slug}/mention-{printed}",
        place=place,
        scheme=label.scheme,
        year=context.identity.year,
        printed_code=label.code,
        printed_name=label.path[-1] if label.path else "",
        printed_path=label.path if len(label.path) > 1 else (),
        code=resolution.code,
        official_name=resolution.official_name,
        differences=resolution.differences,
        candidates=owners(resolution),
        where=where,
    )


def owners(resolution: Resolution) -> tuple[str, ...]:
    """Return the codes that a printed name could mean, or that bear it where its code does not.

    The runners-up to a name that was understood are none.
    """
    settled = resolution.code and _OTHERS not in resolution.differences
    return () if settled else tuple(c.notation for c in resolution.candidates)


def _clean(name: str) -> str:
    number = numbering(name)
    name = (name[len(number[0]) :] if number else name).strip("“”")
    return re.split(r"[“”]|其中[：，]?", name)[-1].strip("、")
