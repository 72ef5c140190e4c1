"""The rows of a table: what each one is and says.

A row is a code (`208 | 05 | 05`, `[2010301]行政运行`, or `01` below a class), a total, a unit, a
label of budget language (`一、一般公共预算拨款收入`), a project, or not understood. Rows form a
hierarchy, by code or by the style of their numbers and indentation; a row hands on what it says.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace

from kemu.classification import DEPT_ECONOMIC, FUNCTIONAL, GOV_ECONOMIC, Resolution
from kemu.extract.tables import label as printed_label
from kemu.extract.tables import words
from kemu.extract.tables.frame import titles
from kemu.extract.tables.header.columns import Band, Column
from kemu.extract.tables.rows.hierarchy import Hierarchy
from kemu.extract.tables.rows.merged import merged, once
from kemu.extract.tables.rows.names import named_codes
from kemu.extract.tables.rows.pairs import Pairs
from kemu.extract.tables.rows.row import Row
from kemu.extract.tables.rows.units import Units
from kemu.extract.words.context import Context, field_of
from kemu.model import dimensions, figures
from kemu.model.document import Cell
from kemu.model.language import Dimension, RowKind, Says

_DIGITS = re.compile(r"^\d{2,9}$")
_PROJECT_CODE = re.compile(r"^\d{6,}[0-9A-Z]{6,}[-—_]")
_CLASS = 3  # digits of a 类


class Rows:
    """Reads the rows of one band, in order.

    Where `projects`, unknown labels are projects; in a table of project spending (`nature`) also
    the names of items (运行维护费).
    """

    def __init__(
        self,
        context: Context,
        band: Band,
        scheme: str,
        units: Units,
        *,
        projects: bool,
        nature: str = "",
    ) -> None:
        self.context = context
        self.units = units
        self.band = band
        self.scheme = scheme
        self.projects = projects
        self.basic = titles.is_basic(nature)
        self.named = projects and nature == "project"
        self._above: list[str] = ["", "", ""]
        self._hierarchy = Hierarchy()
        self._unit = ""
        self._code: Row | None = None
        self._project: Row | None = None
        self._pairs = Pairs()
        self._heading: dict[Dimension, str] = {}
        self._outer = ""
        self._classes = ""

    def read(self, index: int, cells: Sequence[Cell | None]) -> Row:
        """Return the row."""
        keyed = once(self.band.keys, cells)
        texts = [
            (c, cell, printed_label.printed(c.role, cell.text))
            for c, cell in keyed
            if cell is not None and cell.text
        ]
        if self._project is not None and keyed and all(cell is None for _, cell in keyed):
            # The merged cell with the name stands on the page before.
            return replace(self._project, index=index)
        unit = self.units.id(self._unit_of(texts))
        names = [
            (c, cell, t) for c, cell, t in texts if c.role in ("name", "projectName", "unitName")
        ]
        row = self._by_code(index, texts, names) or self._by_label(index, names, unit, texts)
        row = self._under_heading(row)
        if row.kind == "unit":
            row = replace(row, organisation=unit or row.organisation)
            self._unit, self._code = row.organisation, None
        elif unit:
            row = replace(row, organisation=unit)
        elif row.kind in ("code", "label", "project"):
            row = replace(row, organisation=self._unit)
        self._project = row if row.kind == "project" else None
        return row

    def _under_heading(self, row: Row) -> Row:
        """Hand on what a heading row says (货物) to the units and projects listed under it.

        Of headings and units the kind that comes first holds the other: it ends where it ends.
        """
        item = row.own.get("item", "")
        heads = row.kind == "label" and dimensions.is_narrower("item", item, "procurement")
        if heads or row.kind == "unit":
            self._outer = self._outer or ("heading" if heads else "unit")
        if heads:
            self._heading = dict(row.own)
            if self._outer == "heading":
                self._unit = ""
        elif row.kind == "unit" and self._outer == "unit":
            self._heading = {}
        elif row.kind in ("unit", "project"):
            return replace(row, says={**self._heading, **row.says})
        return row

    # Units --------------------------------------------------------------------------------

    def _unit_of(self, texts: Sequence[tuple[Column, Cell, str]]) -> str:
        """Return the unit that a row names in a column of units, beside its code or project."""
        codes = [t for c, _, t in texts if c.role == "unitCode" and _DIGITS.match(t)]
        if codes and not self._is_classification(codes[0], texts):
            return codes[0]
        others = [c for c, _, _ in texts if c.role in ("code", "projectName", "name")]
        for column, _, text in texts:
            match = printed_label.WITH_CODE.match(text)
            if column.role == "unitName" and others and (match or self.units.knows(text)):
                return match["code"] if match else text
        return ""

    def _is_classification(self, code: str, texts: Sequence[tuple[Column, Cell, str]]) -> bool:
        """Tell whether what stands in the unit column is a code (004 prints 30101 there)."""
        name = next((t for c, _, t in texts if c.role in ("unitName", "name")), "")
        found = self.context.codes.resolve_code(code, name, self.context.year)
        return bool(found.code) and not found.differences and found.scheme == self.scheme

    # Codes --------------------------------------------------------------------------------

    def _by_code(
        self,
        index: int,
        texts: Sequence[tuple[Column, Cell, str]],
        names: Sequence[tuple[Column, Cell, str]],
    ) -> Row | None:
        first: Row | None = None
        for scheme in self._schemes():
            printed = self._printed(texts, scheme)
            name_cell = self._name_cell(names, scheme)
            if not printed and name_cell is not None:
                printed, name = printed_label.split(words.code(name_cell.text))
            else:
                name = name_cell.text if name_cell is not None else ""
            read = (index, printed, name, name_cell, texts, scheme)
            row = self._code_row(*read) if printed else None
            if row is None or first is None:
                first = first or row
                continue
            both = {**row.own, **first.own}
            first = replace(first, own=both, says=both)
        if first is not None:
            own = self._pairs.filled(first.own, [field_of(s) for s in self._schemes()])
            first = replace(first, own=own, says=own)
        return first

    def _schemes(self) -> list[str]:
        """Return the schemes whose codes this band prints; the table's own first."""
        printed = [c.scheme for c in self.band.keys if c.role in ("code", "name")]
        found = [scheme for scheme in printed if scheme]
        return list(dict.fromkeys([*found, self.scheme])) or [self.scheme]

    def _printed(self, texts: Sequence[tuple[Column, Cell, str]], scheme: str) -> str:
        """Return the code that the code columns of a scheme print together."""
        parts = [
            t.zfill(2) if c.path[-1:] in (("款",), ("项",)) else t
            for c, _, t in texts
            if c.role == "code" and t.isdigit() and c.scheme in ("", scheme)
        ]
        parts = [part for part in parts if _DIGITS.match(part)]
        if not parts:
            return ""
        joined = parts[0]
        for part in parts[1:]:
            joined = part if part.startswith(joined) else joined + part
        return joined

    def _name_cell(self, names: Sequence[tuple[Column, Cell, str]], scheme: str) -> Cell | None:
        names = [named for named in names if named[0].role != "unitName"] or names
        own = [cell for c, cell, _ in names if c.scheme == scheme]
        plain = [cell for c, cell, _ in names if not c.scheme]
        return next(iter(own or plain), None)

    def _code_row(
        self,
        index: int,
        printed: str,
        name: str,
        cell: Cell | None,
        texts: Sequence[tuple[Column, Cell, str]],
        scheme: str,
    ) -> Row | None:
        name = printed_label.OF_WHICH.sub("", name)
        code = self._complete(printed, name, scheme)
        found = self.context.codes.resolve_code(code, name or None, self.context.year, scheme)
        known = found.code or (code if self.context.codes.get(scheme, code) else "")
        if not known and not printed_label.is_plausible(code, scheme):
            return None
        shared = merged(index, texts, cell)
        project = shared.project
        unlike = not found.code or "nameUnknown" in found.differences
        if known and unlike and self._is_project(name, known, scheme):
            project, found = name, Resolution()
        if shared.continued and shared.named and found.differences:
            return None
        local = "localCode" in found.differences
        digits = code if local or not known else known
        self._remember(digits)
        own: dict[Dimension, str] = {field_of(scheme): digits}
        if project:
            own["project"] = project
        kind: RowKind = "project" if project else "code"
        cell = cell or next(c for _, c, _ in texts)
        row = Row(index, kind, name, own, own, digits, scheme, code, found, cell)
        row = replace(row, continued=shared.continued)
        self._code = row if kind == "code" else self._code
        return row

    def _is_project(self, name: str, code: str, scheme: str) -> bool:
        """Tell whether a row with a code has a project's name: one like no name of the scheme."""
        official = self.context.codes.get(scheme, code, self.context.year)
        if self.basic or not name or official is None:
            return False
        if any(c.role == "projectName" for c in self.band.keys):
            return True
        alike = len(set(name) & set(official.name)) / len(set(official.name))
        known = self.context.codes.resolve_name(name, self.context.year, (scheme,))
        named_above = self._code is not None and self._code.code == code
        return (alike < 0.5 or named_above) and not known.code and not known.candidates

    def _complete(self, printed: str, name: str, scheme: str) -> str:
        """Return a code that prints only its last digits (`01` below 20801) in full."""
        if len(printed) > 2:
            return printed
        for above in reversed([a for a in self._above if a]):
            found = self.context.codes.resolve_code(
                above + printed, name, self.context.year, scheme
            )
            if found.code and not found.differences:
                return above + printed
        return printed

    def _remember(self, code: str) -> None:
        level = (len(code) - 3) // 2
        if 0 <= level <= 2:
            self._above[level:] = [code, *[""] * (2 - level)]

    def _by_label(
        self,
        index: int,
        names: Sequence[tuple[Column, Cell, str]],
        unit: str,
        texts: Sequence[tuple[Column, Cell, str]],
    ) -> Row:
        if not names:
            return self._nameless(index, unit, texts)
        names = [named for named in names if named[0].role != "unitName"] or names
        plain = [named for named in names if not named[0].scheme]
        column, cell, text = (plain or names)[-1]
        bare, style, part = printed_label.taken_apart(text, cell.content.raw)
        if figures.is_total(bare):
            row = self._total_row(index, bare, cell)
            coded = style.startswith("i") or any(c.role == "code" for c in self.band.keys)
            return row if coded else self._hierarchy.place(replace(row, kind="label"), style)
        unit_row = self._unit_row(index, column, cell, text)
        if unit_row is not None:
            return unit_row
        if self.projects and len(plain) > 1:
            bare = " ".join(t for c, _, t in plain if c.role != "unitName") or bare
        numbered = not style.startswith("i") and self._classes in ("", style)
        own, scheme, resolution = self._meaning(bare, numbered=numbered)
        if numbered and len(resolution.code) == _CLASS:
            self._classes = style
        if not own or (self.named and printed_label.names_item(own)):
            unread = replace(self._unread(index, bare, cell, texts), part=part)
            return self._hierarchy.place(unread, style)
        row = Row(
            index, "label", bare, own, own, resolution.code, scheme, "", resolution, cell, part=part
        )
        if scheme == self.scheme:
            self._remember(own[field_of(scheme)])
        if scheme == self.scheme and any(c.role == "code" for c in self.band.keys):
            self._code = replace(row, kind="code", code=own[field_of(scheme)])
            return self._code
        return self._hierarchy.place(row, style)

    def _nameless(self, index: int, unit: str, texts: Sequence[tuple[Column, Cell, str]]) -> Row:
        """Return a row without a name: a purchase, a total among the codes, or a blank one."""
        for _, cell, text in texts:
            if figures.is_total(text):
                return self._total_row(index, text, cell)
        if self.projects and texts:
            label = " ".join(text for _, _, text in texts)
            return Row(index, "project", label, {"project": label}, cell=texts[0][1])
        return Row(index, "blank" if self.band.keys else "total", organisation=unit)

    def _total_row(self, index: int, bare: str, cell: Cell) -> Row:
        """Return a total; a bare 总计, or 合计 below 本年收入合计, is the grand total."""
        grand = figures.ends_in_grand_total(bare) or self._hierarchy.closed
        if grand and self._hierarchy.labelled:
            says: Says = {"item": "grandTotal"}
            return Row(index, "label", bare, says, says, cell=cell)
        return Row(index, "total", bare, cell=cell)

    def _unit_row(self, index: int, column: Column, cell: Cell, text: str) -> Row | None:
        below = printed_label.SUM_OF.match(text)
        if below and self.units.knows(name := below["name"]):
            return Row(index, "label", text, cell=cell, organisation=self.units.id(name))
        match = printed_label.WITH_CODE.match(words.code(text))
        if match and self.units.pairs(match["code"], match["name"]):
            return Row(index, "unit", match["name"], cell=cell, organisation=match["code"])
        if self.units.knows(text):
            return Row(index, "unit", text, cell=cell, organisation=self.units.id(text))
        if column.role == "projectName":
            return None
        alike = match is None or self.units.alike(match["code"])
        if match and alike and self.scheme not in self.context.codes.domain(match["code"]):
            return Row(index, "unit", match["name"], cell=cell, organisation=match["code"])
        listed = column.role == "unitName" and not self.units.listed
        if listed and not self._meaning(printed_label.taken_apart(text, text)[0])[0]:
            return Row(index, "unit", text, cell=cell, organisation=self.units.id(text))
        return None

    def _meaning(
        self, label: str, *, numbered: bool = False
    ) -> tuple[dict[Dimension, str], str, Resolution]:
        """Return what a label says, and the code that it names.

        A row of a table without codes that is numbered as its 类 are (七、文化旅游) names a 类,
        never what lies below.
        """
        lexicon = {
            str(FUNCTIONAL): self.context.functional,
            DEPT_ECONOMIC: self.context.economic,
            GOV_ECONOMIC: self.context.government_economic,
        }[self.scheme]
        reading = lexicon.read(label)
        if reading.understood and len(reading.years) == 1:
            return {**reading.says, "year": reading.years[0]}, "", Resolution()
        if field_of(self.scheme) not in reading.says and "functional" in reading.says:
            year, own = self.context.year, (self.scheme,)
            found = self.context.codes.resolve_name(label, year, own, level="类")
            if found.code and not found.differences:  # 其他支出 is a class of each classification
                return {field_of(self.scheme): found.code}, self.scheme, found
        if reading.understood and (reading.says or reading.words):
            for scheme in (self.scheme, FUNCTIONAL):
                name = field_of(scheme)
                if name in reading.says:
                    found = self.context.codes.resolve_name(
                        reading.sources[name],
                        year=self.context.year,
                        schemes=(scheme,),
                        level="类" if len(reading.says[name]) == 3 else None,
                    )
                    return dict(reading.says), scheme, found
            return dict(reading.says), "", Resolution()
        coded = any(column.role == "code" for column in self.band.keys)
        level = "类" if numbered and not coded and self.scheme == FUNCTIONAL else None
        for parent in (None, *self._open_codes()):
            found = self.context.codes.resolve_name(
                label, self.context.year, (self.scheme,), parent=parent, level=level
            )
            found = found if found else self._directly_below(label, found)
            if found and (coded or parent is None or not found.differences):
                return {field_of(found.scheme): found.code}, found.scheme, found
        return {}, "", Resolution()

    def _directly_below(self, label: str, found: Resolution) -> Resolution:
        """Return what a name means that several codes bear: the one directly below an open code."""
        for above in self._open_codes():
            below = [c.notation for c in found.candidates if c.notation[:-2] == above]
            if len(below) == 1:
                return self.context.codes.resolve_code(
                    below[0], label, self.context.year, self.scheme
                )
        return found

    def _open_codes(self) -> list[str]:
        """Return the codes that a row can stand under, the nearest first."""
        return [code for code in reversed(self._above) if code]

    def _unread(
        self, index: int, label: str, cell: Cell, texts: Sequence[tuple[Column, Cell, str]]
    ) -> Row:
        """Return an unknown label: a project where the table lists projects, else unknown."""
        label = _PROJECT_CODE.sub("", label)
        roles = {c.role for c in self.band.keys}
        if self.projects or (roles & {"projectName", "unitName"} and not self.basic):
            codes, rest = named_codes(texts, cell, self.context)
            own: Says = {"project": " ".join([label, *rest]), **codes}
            return Row(index, "project", label, own, own, cell=cell)
        return Row(index, "unknown", label, cell=cell)
