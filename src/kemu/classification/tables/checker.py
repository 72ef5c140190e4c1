"""Check the code tables themselves: what a maintainer may have broken, with file and line.

`error` means the tables contradict themselves; `notice` means something worth a look that may
well be right. Used by `kemu codes check`, on the shipped tables or on a folder of one's own.
"""

from __future__ import annotations

import csv
import io
import re
from collections import Counter, defaultdict
from collections.abc import Iterator
from dataclasses import dataclass
from enum import StrEnum
from importlib.resources.abc import Traversable
from pathlib import Path

from kemu.assets import asset
from kemu.classification.tables.concept import (
    LEVELS,
    Confidence,
    Scheme,
    SeenAs,
    Status,
    YearBasis,
)
from kemu.classification.tables.rows import FILES, CodeRow
from kemu.errors import InputError

_NAME = re.compile(r"[\u4e00-\u9fff（）“”、—]+")
_YEARS = re.compile(r"(?:\d{4}(?:;\d{4})*)?")
_ALLOWED: dict[str, frozenset[str]] = {
    "status": frozenset(Status),
    "confidence": frozenset(Confidence),
    "basis": frozenset(SeenAs),
    "from_basis": frozenset(YearBasis),
    "to_basis": frozenset(YearBasis),
    "doubt": frozenset({"", "1"}),
}
_DIGITS = {3 + 2 * depth: level for depth, level in enumerate(LEVELS)}
_FIRST = {
    Scheme.FUNCTIONAL: "2",
    Scheme.DEPT_ECONOMIC: "3",
    Scheme.GOV_ECONOMIC: "5",
    Scheme.REVENUE: "1",
}


class Severity(StrEnum):
    """How bad a problem is: tables that contradict themselves, or something worth a look."""

    ERROR = "error"
    NOTICE = "notice"


@dataclass(frozen=True, slots=True)
class Problem:
    """One thing wrong, or odd, in a code table.

    Attributes:
        file: Name of the table.
        line: Line of the row, the header being line 1.
        code: The code concerned.
        rule: Machine word of the check.
        severity: How bad it is.
        message: In Chinese, with what to do.
    """

    file: str
    line: int
    code: str
    rule: str
    severity: Severity
    message: str

    def __str__(self) -> str:
        return f"{self.file}:{self.line}: {self.code} {self.message} [{self.rule}]"


@dataclass(frozen=True, slots=True)
class _TableRow:
    file: str
    number: int
    row: CodeRow

    def problem(self, rule: str, message: str, severity: Severity = Severity.ERROR) -> Problem:
        return Problem(self.file, self.number, self.row.code, rule, severity, message)


def check(folder: Path | None = None) -> tuple[Problem, ...]:
    """Return all problems of the code tables, errors first, in order of file and line.

    Args:
        folder: Holds the four tables; those shipped with Kemu if None.

    Raises:
        InputError: A table is missing, is not UTF-8, or lacks a column.
    """
    found: list[Problem] = []
    for scheme, file in FILES.items():
        lines = _read(folder if folder is not None else asset("data", "codes"), file)
        groups: defaultdict[str, list[_TableRow]] = defaultdict(list)
        for line in lines:
            groups[line.row.code].append(line)
        for line in lines:
            found += _row(line, scheme)
            found += _links(line, groups)
        for versions in groups.values():
            found += _versions(versions)
        found += _names(lines)
    return tuple(sorted(found, key=lambda p: (p.severity, p.file, p.line, p.rule)))


def _read(folder: Path | Traversable, file: str) -> list[_TableRow]:
    try:
        text = (folder / file).read_text(encoding="utf-8")
    except FileNotFoundError:
        advice = "文件夹里应有 " + "、".join(FILES.values())
        raise InputError("E-CODES-TABLE", "缺少科目表。", file, advice) from None
    except UnicodeDecodeError as error:
        message = f"第 {error.start + 1} 个字节起不是 UTF-8。"
        raise InputError("E-CODES-TABLE", message, file, "请另存为 UTF-8 编码的 CSV。") from None
    reader = csv.DictReader(io.StringIO(text))
    missing = [name for name in CodeRow._fields if name not in (reader.fieldnames or ())]
    if missing:
        message = f"缺少列：{'、'.join(missing)}。"
        raise InputError("E-CODES-TABLE", message, file, "列名见 data/codes/README.md。")
    lines = []
    for row in reader:
        if None in row or None in row.values():
            message = f"列数不是 {len(CodeRow._fields)}。"
            raise InputError("E-CODES-TABLE", message, f"{file}:{reader.line_num}", "请补齐逗号。")
        cells = CodeRow(*(row[name] for name in CodeRow._fields))
        lines.append(_TableRow(file, reader.line_num, cells))
    return lines


def _row(line: _TableRow, scheme: Scheme) -> Iterator[Problem]:
    """Yield what is wrong with one row by itself."""
    row = line.row
    code = row.code
    if not code.isdigit() or _DIGITS.get(len(code)) != row.level:
        yield line.problem("level", f"位数与级次“{row.level}”不符（类 3 位、款 5 位、项 7 位）。")
    elif not code.startswith(_FIRST[scheme]):
        yield line.problem("domain", f"这张表的代码应以 {_FIRST[scheme]} 开头。")
    if not row.name:
        yield line.problem("name", "名称为空。")
    elif not _NAME.fullmatch(row.name):
        yield line.problem("name", f"名称“{row.name}”含有汉字、括号、引号以外的字符。")
    for column, allowed in _ALLOWED.items():
        if getattr(row, column) not in allowed:
            words = "、".join(sorted(allowed - {""}))
            yield line.problem(column, f"{column} 的“{getattr(row, column)}”应为 {words} 之一。")
    yield from _years(line)
    if row.confidence == Confidence.A and not any(
        year >= "2012" for year in row.years_seen.split(";")
    ):
        yield line.problem("confidence", "可信度 A 须有 2012 年以后的印出年份。")
    if row.confidence != Confidence.C and not row.sources:
        yield line.problem("sources", "可信度 A、B 须写明来源。")


def _years(line: _TableRow) -> Iterator[Problem]:
    row = line.row
    start, end = row.valid_from, row.valid_to
    for column, text in (("valid_from", start), ("valid_to", end)):
        if text and not re.fullmatch(r"\d{4}", text):
            yield line.problem(column, f"{column} 的“{text}”不是四位年份。")
            return
    if start and end and start > end:
        yield line.problem("years", f"起始年份 {start} 晚于终止年份 {end}。")
    for column, edge, basis in (
        ("from_basis", start, row.from_basis),
        ("to_basis", end, row.to_basis),
    ):
        if bool(edge) != bool(basis):
            yield line.problem(column, "有年份就要写依据，没有就不写。")
    if not _YEARS.fullmatch(row.years_seen):
        yield line.problem("years_seen", "印出年份应为分号隔开的四位年份。")
        return
    outside = [
        year
        for year in row.years_seen.split(";")
        if year and ((start and year < start) or (end and year > end))
    ]
    if outside:
        message = f"{'、'.join(outside)} 年印出，却在起止年份 {start}—{end} 之外。"
        yield line.problem("attested", message, Severity.NOTICE)


def _links(line: _TableRow, groups: dict[str, list[_TableRow]]) -> Iterator[Problem]:
    """Yield what is wrong with the codes that a row names."""
    row = line.row
    code, parent = row.code, row.parent
    if row.level == LEVELS[0]:
        if parent:
            yield line.problem("parent", "类没有上级，parent 应为空。")
    elif parent != code[:-2]:
        yield line.problem("prefix", f"上级 {parent or '（空）'} 不是代码的前 {len(code) - 2} 位。")
    elif parent not in groups:
        yield line.problem("parent", f"没有上级代码 {parent}，请补上或改正代码。")
    for other in filter(None, row.successor.split(";")):
        if other not in groups:
            yield line.problem("successor", f"后继代码 {other} 不在表中。")
    names = {version.row.name for version in groups[code]}
    for name in filter(None, row.renamed_from.split(";")):
        if name not in names:
            yield line.problem("renamed_from", f"没有名称为“{name}”的同号旧行。")


def _versions(versions: list[_TableRow]) -> Iterator[Problem]:
    """Yield what is wrong between the rows of one code."""
    seen = Counter(line.row.name for line in versions)
    for line in versions:
        if seen[line.row.name] > 1:
            yield line.problem("unique", f"代码与名称“{line.row.name}”重复。")
    for index, line in enumerate(versions):
        for later in versions[index + 1 :]:
            if _overlap(line.row, later.row):
                message = f"与第 {line.number} 行“{line.row.name}”的年份重叠，请填起止年份。"
                yield later.problem("overlap", message)
    if sum(line.row.status == Status.CURRENT for line in versions) > 1:
        yield versions[-1].problem("current", "同一代码有一个以上的现行名称。")


def _overlap(one: CodeRow, two: CodeRow) -> bool:
    """Return whether years that are more than the bounds of sources overlap."""
    edges = {one.from_basis, one.to_basis, two.from_basis, two.to_basis}
    if YearBasis.BOUNDED in edges:
        return False
    ends = (one.valid_to or "9999", two.valid_to or "9999")
    return max(one.valid_from, two.valid_from) <= min(ends)


def _names(lines: list[_TableRow]) -> Iterator[Problem]:
    """Yield current codes of one parent that share a name: a slip, or hard to tell apart."""
    current = [line for line in lines if line.row.status == Status.CURRENT]
    seen = Counter((line.row.parent, line.row.name) for line in current)
    for line in current:
        if seen[line.row.parent, line.row.name] > 1:
            message = f"同一上级下另有同名科目“{line.row.name}”。"
            yield line.problem("sibling", message, Severity.NOTICE)
