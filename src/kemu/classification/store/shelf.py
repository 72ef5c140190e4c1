"""The versions of one year's edition on disk: a folder each, and one pointer to that in force.

A version's folder is written whole, flushed, and never touched again. Its name holds the hash of
its description, which holds the hashes of its other files. Replacing an edition and taking one
back are one step each: the pointer, a small file, is replaced. Whoever is killed, or finds the
disk full, leaves the pointer as it was; what it does not name is swept up by the next writer.
"""

from __future__ import annotations

import hashlib
import json
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from kemu.classification.store import durable

POINTER = "in-force.json"
DESCRIPTION = "edition.json"
READS = 3
"""A reader that meets a version just taken back looks at the pointer again, so many times."""
_VERSION = re.compile(r"(\d{4,})-([0-9a-f]{32})")


class DamagedError(ValueError):
    """A pointer or version is not as it was written; the message says what, in Chinese."""


@dataclass(frozen=True, slots=True)
class Version:
    """A version as read, its hashes checked.

    Attributes:
        folder: Where it lies.
        about: What its description says.
        files: Its other files.
    """

    folder: Path
    about: Mapping[str, Any]
    files: Mapping[str, bytes]


class Shelf:
    """The versions of one year's edition; only one process at a time may change it.

    Args:
        folder: That of the year; nothing is created before something is put.
    """

    def __init__(self, folder: Path) -> None:
        self.folder = folder

    @property
    def pointer(self) -> Path:
        """The file that names the versions, the last of which is in force."""
        return self.folder / POINTER

    def versions(self) -> tuple[str, ...]:
        """Return the names of the versions, the one in force last; empty if there is none.

        Raises:
            DamagedError: The pointer is not as it was written.
            OSError: It cannot be read.
        """
        try:
            text = self.pointer.read_bytes()
        except (FileNotFoundError, NotADirectoryError):
            return ()
        try:
            names = json.loads(text)["versions"]
            if not all(_VERSION.fullmatch(name) for name in names):
                raise ValueError(names)
        except (ValueError, KeyError, TypeError):
            raise DamagedError(f"{POINTER} 的内容不对") from None
        return tuple(names)

    def in_force(self) -> Version | None:
        """Return the version in force, or None.

        Raises:
            DamagedError: Pointer or version are not as they were written.
            OSError: They cannot be read.
        """
        names = self.versions()
        for _ in range(READS):
            if not names:
                return None
            try:
                return self._read(names[-1])
            except (DamagedError, OSError):
                before, names = names, self.versions()
                if names == before:
                    raise
        raise DamagedError("正在被改写")

    def _read(self, name: str) -> Version:
        folder = self.folder / name
        described = folder.joinpath(DESCRIPTION).read_bytes()
        if not name.endswith(_hash(described)[:32]):
            raise DamagedError(f"{name}/{DESCRIPTION} 与写入时不同")
        about = json.loads(described)
        files = {file: folder.joinpath(file).read_bytes() for file in about["files"]}
        for file, data in files.items():
            if _hash(data) != about["files"][file]:
                raise DamagedError(f"{name}/{file} 与写入时不同")
        return Version(folder, about, files)

    def put(self, about: Mapping[str, object], files: Mapping[str, bytes]) -> Path:
        """Put a new version in force, before it the one that it replaces; return its folder.

        A version that cannot be read is not kept for taking back.

        Raises:
            OSError: The disk is full, or there is no permission; what was in force still is.
        """
        kept = self._worth_keeping()
        self.folder.mkdir(parents=True, exist_ok=True)
        self._sweep_unfinished()
        hashes = {file: _hash(data) for file, data in files.items()}
        described = {**about, "files": hashes}
        text = (json.dumps(described, ensure_ascii=False, indent=2) + "\n").encode()
        name = f"{self._number():04d}-{_hash(text)[:32]}"
        made = durable.new_folder(self.folder)
        try:
            for file, data in {**files, DESCRIPTION: text}.items():
                durable.write(made / file, data)
            durable.flush(made)
            made.rename(self.folder / name)
        except OSError:
            durable.sweep(made)
            raise
        durable.flush(self.folder)
        durable.flush(self.folder.parent)
        self._point((*kept, name))
        self._sweep((*kept, name))
        return self.folder / name

    def take_back(self) -> None:
        """Take the version in force out of force; the one before it is in force again.

        Raises:
            DamagedError: The pointer is not as it was written.
            OSError: It cannot be written; what was in force still is.
        """
        left = self.versions()[:-1]
        self._point(left)
        self._sweep(left)

    def _worth_keeping(self) -> tuple[str, ...]:
        try:
            names = self.versions()
        except (DamagedError, OSError):
            return ()
        try:
            self.in_force()
        except (ValueError, OSError):
            return names[:-1]
        return names

    def _number(self) -> int:
        """Return the number of the next version, one higher than any that lies here."""
        found = (_VERSION.fullmatch(path.name) for path in self.folder.iterdir())
        return 1 + max((int(one[1]) for one in found if one), default=0)

    def _point(self, names: Sequence[str]) -> None:
        text = json.dumps({"versions": list(names)}, indent=2) + "\n"
        durable.replace(self.pointer, text.encode())

    def _sweep(self, kept: Sequence[str]) -> None:
        """Remove the versions that the pointer does not name."""
        for path in list(self.folder.iterdir()):
            if _VERSION.fullmatch(path.name) and path.name not in kept:
                durable.sweep(path)

    def _sweep_unfinished(self) -> None:
        """Remove what others left who were killed."""
        for path in list(self.folder.glob(f"{durable.UNFINISHED}*")):
            durable.sweep(path)


def _hash(data: bytes) -> str:
    return hashlib.sha256(data).hexdigest()
