"""What a server is told when it starts: its path, its names, its limits.

Every process of a server reads them from the environment, where `kemu serve` puts them.
"""

from __future__ import annotations

import math
import os
import tomllib
from collections.abc import Mapping
from dataclasses import asdict, dataclass, fields, replace
from functools import cache
from pathlib import Path
from typing import Any, Self

from kemu.api.http.prefix import cleaned
from kemu.assets import asset
from kemu.errors import InputError

BASE, HOSTS, LIMITS = "KEMU_BASE", "KEMU_HOSTS", "KEMU_LIMITS"
"""Variables of the environment: the path, the names (with commas between), a file of limits."""
DOCUMENTS = "KEMU_DOCUMENTS"
"""Variable of the environment: the folder of a store of documents."""


@dataclass(frozen=True)
class Connections:
    """Limits of connections; api/limits.toml tells what each means."""

    most: int
    head_seconds: float
    head_bytes: int
    unread_seconds: float


@dataclass(frozen=True)
class Bodies:
    """Limits of the bodies of requests; api/limits.toml tells what each means."""

    seconds: float
    stretch_seconds: float
    bytes_per_second: int
    most_bytes: int


@dataclass(frozen=True)
class Checks:
    """Limits of checks of documents; api/limits.toml tells what each means."""

    most_bytes: int
    at_once: int
    most: int
    seconds: float


@dataclass(frozen=True)
class Queries:
    """Limits of queries; api/limits.toml tells what each means."""

    seconds: float
    rows: int
    memory_bytes: int
    at_once: int
    most: int


@dataclass(frozen=True)
class Limits:
    """All limits of a server."""

    connection: Connections
    body: Bodies
    check: Checks
    query: Queries

    @classmethod
    def shipped(cls) -> Self:
        """Return the limits that come with Kemu."""
        table = tomllib.loads(asset("api", "limits.toml").read_text(encoding="utf-8"))
        return cls(
            Connections(**table["connection"]),
            Bodies(**table["body"]),
            Checks(**table["check"]),
            Queries(**table["query"]),
        )

    def changed(self, path: Path) -> Limits:
        """Return these limits with those of a file in their place.

        Raises:
            InputError: The file cannot be read, or names or values in it are none of ours.
        """
        try:
            table = tomllib.loads(path.read_text(encoding="utf-8-sig"))
        except (OSError, ValueError) as error:
            raise _wrong(path, f"读不了限度文件（{error}）") from None
        groups = {one.name: getattr(self, one.name) for one in fields(self)}
        for name, values in table.items():
            if name not in groups or not isinstance(values, Mapping):
                raise _wrong(path, f"没有这一组限度：{name[:40]}", f"可以是：{'、'.join(groups)}。")
            groups[name] = replace(groups[name], **_checked(path, name, values, groups[name]))
        return Limits(**groups)


def _checked(path: Path, group: str, values: Mapping[str, Any], now: Any) -> dict[str, float]:
    known = asdict(now)
    for name, value in values.items():
        if name not in known:
            advice = f"可以是：{'、'.join(known)}。"
            raise _wrong(path, f"没有这项限度：{group}.{name[:40]}", advice)
        kinds = (int, float) if name.endswith("seconds") else (int,)
        if type(value) not in kinds or not 0 < value < math.inf:
            raise _wrong(path, f"{group}.{name} 不能是 {value!r}", "应为正数；只有秒可以带小数。")
    return dict(values)


def _wrong(path: Path, message: str, advice: str = "写法见 api/limits.toml。") -> InputError:
    return InputError("E-SERVE-LIMITS", message, str(path), advice)


@dataclass(frozen=True)
class Settings:
    """What a server is told when it starts.

    Attributes:
        base: Path below which it serves, `/kemu`; empty for the root.
        hosts: Names by which it may be asked, beside those of this machine.
        limits: How much and how fast.
        documents: Folder of the store whose documents may be asked about; None for none.
    """

    base: str
    hosts: tuple[str, ...]
    limits: Limits
    documents: Path | None = None


@cache
def shipped() -> Limits:
    """Return the limits that come with Kemu."""
    return Limits.shipped()


def settings() -> Settings:
    """Return what the environment says.

    Raises:
        InputError: The file of limits is wrong.
    """
    hosts = (name.strip().lower() for name in os.environ.get(HOSTS, "").split(","))
    file = os.environ.get(LIMITS, "")
    limits = shipped().changed(Path(file)) if file else shipped()
    held = os.environ.get(DOCUMENTS, "")
    return Settings(
        cleaned(os.environ.get(BASE, "")), tuple(filter(None, hosts)), limits,
        Path(held) if held else None,
    )  # fmt: skip
