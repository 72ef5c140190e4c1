"""Whether a file of words holds what it may: known keys, existing members, values of their kind."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, replace
from typing import Any

from kemu.classification import DEPT_ECONOMIC, FUNCTIONAL, GOV_ECONOMIC, load
from kemu.errors import InputError
from kemu.knowledge import Source, table
from kemu.knowledge.sources import Keys
from kemu.model.facts import DIMENSIONS
from kemu.wordlists.faults import Place, nearest
from kemu.wordlists.kinds import (
    Cases,
    Choice,
    KeyOf,
    Kind,
    Labels,
    Member,
    Pattern,
    Rows,
    Says,
    Text,
    Value,
    Words,
)
from kemu.wordlists.layout import LAYOUTS, members

_MEMBERS = {"{item}": "item", "{measure}": "measure"}
_SCHEMES = {
    "functional": FUNCTIONAL, "dept_economic": DEPT_ECONOMIC, "gov_economic": GOV_ECONOMIC,
}  # fmt: skip
_PLACEHOLDER = re.compile(r"\{[a-z]+\}")
_LANGUAGES = {"zh", "en"}
_WRITE = "写法照 graph/ 里的同名文件。"
Tree = dict[str, Any]


@dataclass
class Form:
    """One file of words as found fit for use.

    Attributes:
        faults: What is wrong with it.
        found: Its lists and patterns, in order.
    """

    faults: list[InputError] = field(default_factory=list)
    found: list[tuple[Place, Kind]] = field(default_factory=list)


def form(source: Source) -> Form:
    """Return a file's lists and patterns, and what is wrong with what it holds."""
    reader = _Reader(source)
    try:
        reader.table(source.values, _tree(source.name), ())
    except InputError as error:
        reader.form.faults.append(error)
    return reader.form


def _tree(name: str) -> Tree:
    """Return a layout as tables in tables; the keys of entries that may not be missing, under !."""
    tree: Tree = {}
    for path, kind in LAYOUTS[name].items():
        node = tree
        *outer, last = re.sub(r"\[\]", ".[]", path).split(".")
        for part in outer:
            node = node.setdefault(part, {})
        if last.endswith("!"):
            node.setdefault("!", []).append(last.rstrip("!"))
        node[last.rstrip("!")] = kind
    return tree


class _Reader:
    """Goes through a file beside its layout."""

    def __init__(self, source: Source) -> None:
        self.source = source
        self.form = Form()
        self.dimension = ""
        """What `{dimension}` stood for last."""

    def fault(self, code: str, message: str, advice: str, keys: Keys, value: object = None) -> None:
        """Note what is wrong."""
        self.form.faults.append(Place(self.source, keys, value).fault(code, message, advice))

    # Keys ---------------------------------------------------------------------------------

    def table(self, table: Mapping[str, Any], tree: Tree, keys: Keys) -> None:
        """Look at a table or an entry, key by key."""
        for name in tree.get("!", ()):
            if name not in table and name not in _MEMBERS and name != "{dimension}":
                message = f"{_named(keys)} 缺少 {name}"
                self.fault("E-WORDS-KEY", message, f"请补上 {name} = ……。", keys)
        self.dimension = next((key for key in table if key in DIMENSIONS), self.dimension)
        for key, value in table.items():
            there = (*keys, key)
            below = self._below(key, tree, there)
            if isinstance(below, dict):
                self._inner(value, below, there)
            elif below is not None:
                self._leaf(value, below, there)

    def _below(self, key: str, tree: Tree, keys: Keys) -> Tree | Kind | None:
        """Return what may stand below a key; None where the key is not known, which is noted."""
        if key in tree and not key.startswith(("{", "[", "!")):
            found: Tree | Kind = tree[key]
            return found
        known = [name for name in tree if not name.startswith(("{", "[", "!", "*"))]
        for name, below in tree.items():
            if name == "*":
                return below  # type: ignore[no-any-return]
            if name == "{dimension}":
                known += DIMENSIONS
                if key in DIMENSIONS:
                    self.dimension = key
                    return below  # type: ignore[no-any-return]
            elif name.startswith("{"):
                dimension = _MEMBERS.get(name, self.dimension)
                self._member(dimension, key, keys)
                return below  # type: ignore[no-any-return]
        self.fault("E-WORDS-KEY", f"不认识的键 {_named(keys)}", nearest(key, known), keys)
        return None

    def _inner(self, value: object, below: Tree, keys: Keys) -> None:
        """Look at what stands where a table or an array of tables must."""
        if "[]" in below and _is_list(value, dict):
            for index, entry in enumerate(value):  # type: ignore[var-annotated, arg-type]
                self.table(entry, below["[]"], (*keys, index))
        elif "[]" in below and "regex" not in below and len(below) == 1:
            self.fault("E-WORDS-VALUE", f"{_named(keys)} 应写成 [[{_named(keys)}]]", _WRITE, keys)
        elif isinstance(value, dict):
            self.table(value, below, keys)
        else:
            self.fault("E-WORDS-VALUE", f"{_named(keys)} 应写成 [{_named(keys)}]", _WRITE, keys)

    # Values -------------------------------------------------------------------------------

    def _leaf(self, value: object, kind: Kind, keys: Keys) -> None:
        before = len(self.form.faults)
        checks: dict[type, Callable[[Any, Any, Keys], None]] = {
            Words: self._words,
            Pattern: self._pattern,
            Member: self._members,
            Says: self._says,
            Choice: self._choice,
            KeyOf: self._key_of,
            Text: self._text,
            Value: self._value,
            Labels: self._labels,
            Rows: self._rows,
            Cases: self._cases,
        }
        checks[type(kind)](value, kind, keys)
        if len(self.form.faults) == before:
            self.form.found.append((Place(self.source, keys), kind))

    def _wrong(self, keys: Keys, must: str, value: object = None) -> None:
        shown = f"“{value}”" if value is not None else ""
        self.fault("E-WORDS-VALUE", f"{_named(keys)} 应是{must}{shown}", _WRITE, keys, value)

    def _words(self, value: object, kind: Words, keys: Keys) -> None:
        if not _is_list(value, str) or not all(value):  # type: ignore[arg-type]
            self._wrong(keys, "一列词语")
        elif kind.found == "pattern":
            for word in value:  # type: ignore[attr-defined]
                self._compiles(word, keys)

    def _pattern(self, value: object, kind: Pattern, keys: Keys) -> None:
        if not isinstance(value, str) or not value:
            self._wrong(keys, "一条正则表达式")
            return
        compiled = self._compiles(value, keys)
        missing = [g for g in kind.groups if compiled and g not in compiled.groupindex]
        for group in missing:
            message = f"{_named(keys)} 里没有 (?P<{group}>…)"
            self.fault("E-WORDS-PATTERN", message, "请标出要取的那一段。", keys, value)

    def _compiles(self, text: str, keys: Keys) -> re.Pattern[str] | None:
        try:
            return re.compile(_PLACEHOLDER.sub("(?:x)", text))
        except re.error as error:
            message = f"{_named(keys)} 不是正确的正则表达式：{error}"
            self.fault("E-WORDS-PATTERN", message, f"请改正“{text}”。", keys, text)
            return None

    def _members(self, value: object, kind: Member, keys: Keys) -> None:
        if kind.sets and isinstance(value, list) and _is_list(value, list):
            for one in value:
                self._members(one, replace(kind, sets=False), keys)
            return
        if kind.many and not _is_list(value, str):
            self._wrong(keys, "一列维度成员")
            return
        dimension = kind.dimension or str(keys[-1])
        dimension = self.dimension if dimension == "{dimension}" else dimension
        for one in value if isinstance(value, list) else [value]:
            self._member(dimension, one, keys)

    def _member(self, dimension: str, member: object, keys: Keys) -> None:
        """Note a member that its dimension does not have."""
        scheme = _SCHEMES.get(dimension)
        known = members(dimension)
        exists = (
            load().get(scheme, member) is not None
            if scheme is not None and isinstance(member, str) and member.isdigit()
            else member in known or not known
        )
        if not isinstance(member, str) or not exists:
            message = f"维度 {dimension} 没有成员“{member}”"
            advice = nearest(str(member), known) if known else "请核对科目代码。"
            self.fault("E-WORDS-MEMBER", message, advice, keys, member)

    def _says(self, value: object, kind: Says, keys: Keys) -> None:
        tables: list[Any] = value if kind.many and isinstance(value, list) else [value]
        if not _is_list(tables, dict):
            self._wrong(keys, "花括号里的维度和成员")
            return
        for said in tables:
            for dimension, member in said.items():
                if dimension not in DIMENSIONS:
                    message = f"没有维度“{dimension}”"
                    advice = nearest(dimension, DIMENSIONS)
                    self.fault("E-WORDS-KEY", message, advice, (*keys, dimension))
                else:
                    self._member(dimension, member, keys)

    def _choice(self, value: object, kind: Choice, keys: Keys) -> None:
        for one in value if kind.many and isinstance(value, list) else [value]:
            if one not in kind.of:
                message = f"{_named(keys)} 不能是“{one}”"
                self.fault("E-WORDS-VALUE", message, nearest(str(one), kind.of), keys, one)

    def _key_of(self, value: object, kind: KeyOf, keys: Keys) -> None:
        known = table(kind.file)
        if value not in known:
            message = f"graph/{kind.file}.toml 里没有“{value}”"
            self.fault("E-WORDS-MEMBER", message, nearest(str(value), known), keys, value)

    def _text(self, value: object, kind: Text, keys: Keys) -> None:
        if not isinstance(value, str) or re.fullmatch(kind.fits, value) is None:
            self._wrong(keys, "文字", value)

    def _value(self, value: object, kind: Value, keys: Keys) -> None:
        if type(value) is not kind.kind or (kind.kind is int and int(str(value)) < 0):
            self._wrong(keys, "整数" if kind.kind is int else " true 或 false ", value)

    def _labels(self, value: object, kind: Labels, keys: Keys) -> None:
        if not isinstance(value, dict) or value.keys() != _LANGUAGES or not all(value.values()):
            self._wrong(keys, "中文名称 zh 和英文名称 en")

    def _rows(self, value: object, kind: Rows, keys: Keys) -> None:
        rows = value if isinstance(value, list) else [None]
        for row in rows:
            cells = [row] if kind.width == 1 else row
            if not isinstance(cells, list) or not _is_texts(cells, kind.width):
                self._wrong(keys, f"每条 {kind.width} 段文字的一列", row)

    def _cases(self, value: object, kind: Cases, keys: Keys) -> None:
        for row in value if isinstance(value, list) else [None]:
            if not isinstance(row, list) or tuple(map(type, row)) != kind.types:
                self._wrong(keys, "一列例子，每条依次是各项的值", row)


def _is_texts(cells: list[Any], width: int) -> bool:
    return len(cells) == width and all(isinstance(cell, str) for cell in cells)


def _is_list(value: object, kind: type) -> bool:
    return isinstance(value, list) and all(isinstance(one, kind) for one in value)


def _named(keys: Keys) -> str:
    return ".".join(str(key) for key in keys if isinstance(key, str))
