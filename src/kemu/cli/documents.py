"""From files, folders and archives to documents, each made of one or more files."""

from __future__ import annotations

import tempfile
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from pathlib import Path, PurePosixPath

from kemu.cli import batch
from kemu.errors import KemuError
from kemu.extract import extract
from kemu.model.document import Document, Notice, Place
from kemu.model.facts import Extraction
from kemu.read import load, read
from kemu.read.archive import files_in, members
from kemu.read.sets import DocumentSet, candidate, group, merge
from kemu.report.outcome import Failure

Read = Extraction | Failure


@dataclass(frozen=True)
class File:
    """A file to read.

    Attributes:
        path: Where it is.
        name: What the user calls it; another name for a file out of an archive.
        jobs: Processes to read its pages with.
        ocr: Whether to recognise scanned pages.
    """

    path: str
    name: str
    jobs: int = 1
    ocr: bool = False


@dataclass(frozen=True)
class Parts:
    """Documents that are one disclosure, with remarks on those kept apart from it."""

    documents: tuple[Document, ...]
    remarks: tuple[str, ...]

    @property
    def name(self) -> str:
        """The files' names."""
        return " + ".join(document.path for document in self.documents)


def extractions(paths: Sequence[str], jobs: int, ocr: bool = False) -> list[Read]:
    """Return what was observed in every document, or why a file could not be used.

    Files of one unit, year and kind that complement each other are one document.

    Args:
        paths: Files, folders and archives.
        jobs: Processes: for the files, or for the pages of a single one.
        ocr: Whether to recognise scanned pages.
    """
    with tempfile.TemporaryDirectory(prefix="kemu-") as folder:
        listed = list(_listed(paths, Path(folder)))
        files = [replace(file, ocr=ocr) for file in listed if isinstance(file, File)]
        if len(files) == 1:
            files = [replace(files[0], jobs=jobs)]
        read_files = iter(list(batch.run(files, observed, jobs)))
    found = [next(read_files) if isinstance(one, File) else one for one in listed]
    return found if len(files) < 2 else _joined(found, jobs)


def observed(file: File) -> Extraction:
    """Return what was observed in one file."""
    document = read(Path(file.path), jobs=file.jobs, ocr=file.ocr)
    return extract(document if file.path == file.name else replace(document, path=file.name))


def merged(parts: Parts) -> Extraction:
    """Return what was observed in several files taken as one document."""
    document = merge(parts.documents)
    notices = tuple(Notice("apart", remark, Place()) for remark in parts.remarks)
    return extract(replace(document, notices=(*document.notices, *notices)))


def _joined(found: list[Read], jobs: int) -> list[Read]:
    """Return files joined to documents, in the order of their first file; failures stay."""
    by_path = {e.document.path: e for e in found if isinstance(e, Extraction)}
    candidates = [candidate(e.document, e.identity, e.organisations) for e in by_path.values()]
    sets = [one for one in group(candidates) if len(one.paths) > 1 or one.remarks]
    parts = [_parts(one, by_path) for one in sets]
    results = dict(
        zip((p.documents[0].path for p in parts), batch.run(parts, merged, jobs), strict=True)
    )
    absorbed = {d.path for p in parts for d in p.documents[1:]}
    final: list[Read] = []
    for one in found:
        path = one.document.path if isinstance(one, Extraction) else ""
        if path not in absorbed:
            final.append(results.get(path, one))
    return final


def _parts(one: DocumentSet, by_path: dict[str, Extraction]) -> Parts:
    return Parts(tuple(by_path[path].document for path in one.paths), one.remarks)


def _listed(paths: Iterable[str], folder: Path) -> Iterator[File | Failure]:
    """Yield the files meant: a folder's documents, an archive's members, each once."""
    seen: set[str] = set()
    for name in paths:
        path = Path(name)
        try:
            inside = [str(p) for p in files_in(path)] if path.is_dir() else [name]
        except KemuError as error:
            yield batch.failed(name, error)
            continue
        for one in inside:
            if one not in seen:
                seen.add(one)
                yield from _members(one, folder) if _is_archive(one) else [File(one, one)]


def _is_archive(name: str) -> bool:
    return name.lower().endswith(".zip") and Path(name).is_file()


def _members(name: str, folder: Path) -> Iterator[File | Failure]:
    home = Path(tempfile.mkdtemp(dir=folder))
    try:
        for number, (inner, content) in enumerate(members(load(Path(name)), name)):
            shown = f"{name}!{inner}"
            if isinstance(content, KemuError):
                yield batch.failed(shown, content)
                continue
            target = home / f"{number}{PurePosixPath(inner).suffix[:8]}"
            target.write_bytes(content)
            yield File(str(target), shown)
    except KemuError as error:
        yield batch.failed(name, error)
