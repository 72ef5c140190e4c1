"""Folders and .zip archives: the documents of a disclosure, or of many units.

An archive is read in memory: nothing is unpacked to disk, so no path can lead out of a folder,
and sizes are counted while unpacking, whatever the archive claims.
"""

from __future__ import annotations

import io
import zipfile
import zlib
from collections.abc import Iterator
from pathlib import Path, PurePosixPath

from kemu.errors import InputError
from kemu.read.package import bomb, damaged, encrypted

MAX_FILES = 10_000
"""Files taken of one archive or folder."""
MAX_MEMBER = 256 * 1024 * 1024
"""Bytes that one member may have once unpacked."""
MAX_TOTAL = 1024 * 1024 * 1024
"""Bytes that all members may have together."""
ENDINGS = frozenset(
    {".txt", ".pdf", ".docx", ".docm", ".doc", ".wps", ".rtf", ".xlsx", ".xlsm", ".xls", ".et",
     ".html", ".htm", ".mht", ".zip"}
)  # fmt: skip
"""Endings of files that a folder is searched for; what they are is told from their content."""
_PIECE = 1024 * 1024
_UTF8_FLAG = 0x800
_IGNORED = ("__MACOSX/", ".DS_Store", "Thumbs.db", "desktop.ini")


def members(data: bytes, where: str) -> Iterator[tuple[str, bytes | InputError]]:
    """Yield name and content of each file in a .zip, or why one is not read, in name order.

    Raises:
        InputError: The archive is damaged or holds too many files.
    """
    try:
        archive = zipfile.ZipFile(io.BytesIO(data))
    except (zipfile.BadZipFile, ValueError, NotImplementedError):
        raise damaged(where) from None
    infos = [info for info in archive.infolist() if _is_wanted(info)]
    if len(infos) > MAX_FILES:
        raise InputError(
            "E-READ-BOMB",
            f"压缩包里有 {len(infos)} 个文件，上限 {MAX_FILES}",
            where,
            "请分批检查。",
        )
    left = MAX_TOTAL
    named = sorted(((name_of(info), info) for info in infos), key=lambda pair: pair[0])
    for name, info in named:
        place = f"{where}!{name}"
        if not is_safe(name):
            yield (
                name,
                InputError(
                    "E-READ-PATH", "压缩包内的路径指向包外，未读取", place, "请核对压缩包来源。"
                ),
            )
            continue
        content = _content(archive, info, place, min(MAX_MEMBER, left))
        if isinstance(content, bytes):
            left -= len(content)
        yield name, content


def _is_wanted(info: zipfile.ZipInfo) -> bool:
    name = info.filename
    return not info.is_dir() and not any(
        name.startswith(mark) or name.endswith(mark) for mark in _IGNORED
    )


def name_of(info: zipfile.ZipInfo) -> str:
    """Return a member's name; old Chinese programs write GBK without saying so."""
    if info.flag_bits & _UTF8_FLAG:
        return info.filename.replace("\\", "/")
    raw = info.orig_filename.encode("cp437", "replace")
    for encoding in ("utf-8", "gb18030"):
        try:
            return raw.decode(encoding).replace("\\", "/").partition("\0")[0]
        except UnicodeDecodeError:
            continue
    return info.filename


def is_safe(name: str) -> bool:
    """Return whether a member's path stays inside the archive."""
    path = PurePosixPath(name)
    drive = len(name) > 1 and name[1] == ":"
    return not (path.is_absolute() or drive or ".." in path.parts)


def _content(
    archive: zipfile.ZipFile, info: zipfile.ZipInfo, place: str, limit: int
) -> bytes | InputError:
    """Return a member's bytes, or why they are not read."""
    if info.flag_bits & 1:
        return encrypted(place)
    pieces: list[bytes] = []
    size = 0
    try:
        with archive.open(info) as member:
            while piece := member.read(_PIECE):
                size += len(piece)
                if size > limit:
                    return bomb(place, "此文件", limit)
                pieces.append(piece)
    except (zipfile.BadZipFile, zlib.error, EOFError, NotImplementedError, OSError, RuntimeError):
        return damaged(place, "解压出错")
    data = b"".join(pieces)
    if data.startswith(b"PK") and _is_archive(data):
        return InputError(
            "E-READ-NESTED", "压缩包里还有压缩包，未读取", place, "请先解压里层的压缩包。"
        )
    return data


def _is_archive(data: bytes) -> bool:
    """Return whether bytes are a .zip that is no office file."""
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as inner:
            names = inner.namelist()
    except (zipfile.BadZipFile, ValueError, NotImplementedError):
        return False
    return not any(
        name.startswith(("word/", "xl/", "ppt/")) or name == "[Content_Types].xml" for name in names
    )


def files_in(folder: Path) -> list[Path]:
    """Return the documents below a folder by name; hidden files are left out.

    Links to files are followed, once where the file lies in the folder too; links to folders are
    not. A link that leads nowhere is among the files, so that reading it says so.

    Raises:
        InputError: It holds no document, or too many.
    """
    inside = sorted(
        path
        for path in folder.rglob("*")
        if not any(part.startswith((".", "~$")) for part in path.relative_to(folder).parts)
    )
    named = [path for path in inside if path.suffix.lower() in ENDINGS]
    own = {path.resolve() for path in named if path.is_file() and not path.is_symlink()}
    found = [path for path in named if _is_document(path, own)]
    if not found:
        linked = sum(path.is_symlink() and path.is_dir() for path in inside)
        seen = f"，有 {linked} 个指向别的文件夹的链接没有打开" if linked else ""
        raise InputError(
            "E-READ-FOLDER",
            f"文件夹里没有可读的文件{seen}",
            str(folder),
            "请指定文件所在的文件夹。",
        )
    if len(found) > MAX_FILES:
        raise InputError(
            "E-READ-FOLDER",
            f"文件夹里有 {len(found)} 个文件，上限 {MAX_FILES}",
            str(folder),
            "请分批检查。",
        )
    return found


def _is_document(path: Path, own: set[Path]) -> bool:
    if not path.is_symlink():
        return path.is_file()
    return not path.exists() or (path.is_file() and path.resolve() not in own)
