"""From files, folders and archives to documents, each made of one or more files."""

from __future__ import annotations

import tempfile
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import AbstractContextManager, nullcontext
from dataclasses import dataclass, replace
from pathlib import Path, PurePath, PurePosixPath

from kemu.errors import InputError, KemuError
from kemu.model.document import Document, Notice, Place
from kemu.model.facts import Extraction
from kemu.model.findings import CheckResult
from kemu.pipeline import batch
from kemu.pipeline.attempts import failed
from kemu.read import load, read
from kemu.read.sets import candidate, group, merge
from kemu.read.sniff import kind_of
from kemu.report.outcome import Failure

Read = Extraction | Failure
Examined = Extraction | CheckResult
Work = Callable[[Extraction], Examined]
_FEW = 4
"""Up to so many files of a folder are looked at together before any of them is judged."""
_SECONDS = {".doc": 3.0, ".wps": 3.0, ".rtf": 3.0, ".pdf": 1.0}
_PER_MEGABYTE = 2.0


@dataclass(frozen=True)
class File:
    """A file to read.

    Attributes:
        path: Where it is.
        name: What the user calls it; another name for a file out of an archive.
        jobs: Processes to read its pages with.
        ocr: Whether to recognise scanned pages.
        work: What to do with what was observed in it, None where others must be looked at first.
        is_named: Whether the user named it, not a folder or an archive that it lies in.
    """

    path: str
    name: str
    jobs: int = 1
    ocr: bool = False
    work: Work | None = None
    is_named: bool = True

    @property
    def folder(self) -> str:
        """Where it lies, by its name."""
        return str(PurePath(self.name).parent)

    @property
    def seconds(self) -> float:
        """What one process takes for it, roughly: enough to tell whether others are worth it."""
        try:
            size = Path(self.path).stat().st_size
        except (OSError, ValueError):
            return 0.0
        least = _SECONDS.get(Path(self.path).suffix.lower(), 0.1)
        return least + _PER_MEGABYTE * size / 1024 / 1024


@dataclass(frozen=True)
class Parts:
    """Documents that are one disclosure, with remarks on those kept apart from it."""

    documents: tuple[Document, ...]
    remarks: tuple[str, ...]
    work: Work

    @property
    def name(self) -> str:
        """The files' names."""
        return " + ".join(document.path for document in self.documents)


@dataclass(frozen=True)
class Single:
    """A document by itself, read and not yet worked on."""

    extraction: Extraction
    work: Work

    @property
    def name(self) -> str:
        """The file's name."""
        return self.extraction.document.path


@dataclass(frozen=True)
class Step:
    """A result, and the files whose earlier results it replaces."""

    outcome: Examined | Failure
    replaces: tuple[str, ...] = ()

    @property
    def checked(self) -> CheckResult | Failure:
        """The result of work that is a check."""
        assert not isinstance(self.outcome, Extraction)
        return self.outcome


def extractions(
    paths: Sequence[str], jobs: int, ocr: bool = False, watching: batch.Watching = batch.Unwatched
) -> list[Read]:
    """Return what was observed in every document, or why a file could not be used.

    Files of one unit, year and kind that complement each other are one document.

    Args:
        paths: Files, folders and archives.
        jobs: Processes: for the files, or for the pages of a single one.
        ocr: Whether to recognise scanned pages.
        watching: Makes what shows the user how far it is.
    """
    found = (step.outcome for step in steps(paths, jobs, ocr, same, False, watching))
    return [one for one in found if not isinstance(one, CheckResult)]


def same(extraction: Extraction) -> Extraction:
    """Return what was observed, nothing done with it."""
    return extraction


def steps(
    paths: Sequence[str],
    jobs: int,
    ocr: bool,
    work: Work,
    early: bool = True,
    watching: batch.Watching = batch.Unwatched,
) -> Iterator[Step]:
    """Yield what became of every document, as soon as it is known.

    Whether files of a folder are one document is known when all of them have been read. In a
    folder of many files each is worked on at once, and where some turn out to be one document its
    result replaces theirs.

    Args:
        paths: Files, folders and archives.
        jobs: Processes: for the files, or for the pages of a single one.
        ocr: Whether to recognise scanned pages.
        work: A module-level function, or a partial of one.
        early: Whether results may be yielded that are replaced later.
        watching: Makes what shows the user how far it is.

    Raises:
        KeyboardInterrupt: The user's, after what is done has been yielded.
    """
    with tempfile.TemporaryDirectory(prefix="kemu-") as place:
        listed = list(_listed(paths, Path(place)))
        yield from _stepped(listed, jobs, ocr, work, early, watching)


def of_one(path: Path, name: str, work: Work) -> list[Examined | Failure]:
    """Return what became of a file, or of every document in an archive.

    Args:
        path: Where it is.
        name: What the user calls it.
        work: A module-level function, or a partial of one.

    Raises:
        InputError: The file cannot be used; documents in an archive do not stop each other.
    """
    if kind_of(load(path), name) != "zip":
        return [examined(File(str(path), name, work=work))]
    with tempfile.TemporaryDirectory(prefix="kemu-") as place:
        listed = list(_members(path, name, Path(place)))
        steps = _stepped(listed, 1, False, work, False, batch.Unwatched)
        return [step.outcome for step in steps]


def _stepped(
    listed: Sequence[File | Failure],
    jobs: int,
    ocr: bool,
    work: Work,
    early: bool,
    watching: batch.Watching,
) -> Iterator[Step]:
    run = _Run(Counter(one.folder for one in listed if isinstance(one, File)), work, early)
    files = [
        replace(one, ocr=ocr, work=work if run.at_once(one.folder) else None)
        for one in listed
        if isinstance(one, File)
    ]
    run.processes = batch.processes(jobs, sum(file.seconds for file in files))
    if len(files) == 1:
        files = [replace(files[0], jobs=jobs)]
    with _sharing(run.processes):
        done = zip(files, batch.run(files, examined, run.processes, watching), strict=True)
        try:
            for one in listed:
                yield from run.taken(*next(done)) if isinstance(one, File) else (Step(one),)
        except KeyboardInterrupt:
            yield from run.left()
            raise


def _sharing(processes: int) -> AbstractContextManager[None]:
    if processes < 2:
        return nullcontext()
    from kemu.pipeline.workers import sharing

    return sharing()


def examined(file: File) -> Examined | Failure:
    """Return what was observed in one file, worked on unless others must be looked at first."""
    # Loaded here, and so in the processes that need it: it takes longer than all else.
    from kemu.extract import extract

    try:
        document = read(Path(file.path), jobs=file.jobs, ocr=file.ocr)
    except KemuError as error:
        raise replace(error, where=error.where.replace(file.path, file.name)) from None
    if file.path != file.name:
        document = replace(document, path=file.name)
    extraction = extract(document)
    if not extraction.facts:
        from kemu.classification import load
        from kemu.classification.books.reading import book

        if codes := len(book(document, load()).rows):
            return _a_book(file, codes)
    return file.work(extraction) if file.work else extraction


def _a_book(file: File, codes: int) -> Failure:
    """Return that a file holds codes; where the user named no such file that is no failure.

    Raises:
        InputError: The user named it.
    """
    message = f"这是科目书（{codes} 个科目），不是预决算公开文件"
    error = InputError("E-READ-BOOK", message, file.name, "要采用请用 kemu codes import。")
    if file.is_named:
        raise error
    return replace(failed(file.name, error), exit_code=0)


def finished(whole: Parts | Single) -> Examined:
    """Return what was observed in one document of one or more files, worked on."""
    if isinstance(whole, Single):
        return whole.work(whole.extraction)
    from kemu.extract import extract

    notices = tuple(Notice("apart", remark, Place()) for remark in whole.remarks)
    document = merge(whole.documents)
    return whole.work(extract(replace(document, notices=(*document.notices, *notices))))


class _Run:
    """The folders of a run, and what is known of their files."""

    def __init__(self, crowd: Counter[str], work: Work, early: bool) -> None:
        self.processes = 1
        self._missing = crowd
        self._crowd = dict(crowd)
        self._work = work
        self._early = early
        self._known: dict[str, list[Examined | Failure]] = {}

    def at_once(self, folder: str) -> bool:
        """Return whether the files of a folder are worked on as soon as they have been read."""
        return self._work is same or not 1 < self._crowd[folder] <= _FEW

    def taken(self, file: File, result: Examined | Failure) -> Iterator[Step]:
        """Yield what is known now that one more file has been read."""
        folder = file.folder
        self._missing[folder] -= 1
        self._known.setdefault(folder, []).append(result)
        if self._shown(folder):
            yield Step(result)
        if not self._missing[folder]:
            yield from self._closed(folder)

    def left(self) -> Iterator[Step]:
        """Yield what was done in folders that have not been read to their end."""
        for folder, known in self._known.items():
            if not self._shown(folder):
                yield from (Step(one) for one in known if not isinstance(one, Extraction))

    def _shown(self, folder: str) -> bool:
        return self._early and self._crowd[folder] > _FEW

    def _closed(self, folder: str) -> Iterator[Step]:
        known = self._known.pop(folder)
        by_path = {e.document.path: e for one in known if (e := _observed(one))}
        wholes = _wholes(by_path, self._work) if len(known) > 1 else {}
        absorbed = {d.path for whole in wholes.values() for d in whole.documents[1:]}
        left = [r for r in known if not ((e := _observed(r)) and e.document.path in absorbed)]
        undone = [self._undone(result, wholes, folder) for result in left]
        done = batch.run([one for one in undone if one], finished, self.processes)
        for result, still in zip(left, undone, strict=True):
            replaced = (d.path for d in still.documents) if isinstance(still, Parts) else ()
            if still:
                yield Step(next(done), tuple(replaced) if self._shown(folder) else ())
            elif not self._shown(folder):
                yield Step(result)

    def _undone(
        self, result: Examined | Failure, wholes: dict[str, Parts], folder: str
    ) -> Parts | Single | None:
        """Return what is still to be done for a file's result; None for nothing."""
        extraction = _observed(result)
        if extraction is None:
            return None
        alone = None if self.at_once(folder) else Single(extraction, self._work)
        return wholes.get(extraction.document.path, alone)


def _observed(one: Examined | Failure) -> Extraction | None:
    if isinstance(one, Failure):
        return None
    return one if isinstance(one, Extraction) else one.extraction


def _wholes(by_path: dict[str, Extraction], work: Work) -> dict[str, Parts]:
    """Return the documents of several files, or with a remark, by their first file."""
    candidates = [candidate(e.document, e.identity, e.organisations) for e in by_path.values()]
    return {
        one.paths[0]: Parts(tuple(by_path[path].document for path in one.paths), one.remarks, work)
        for one in group(candidates)
        if len(one.paths) > 1 or one.remarks
    }


def _listed(paths: Iterable[str], folder: Path) -> Iterator[File | Failure]:
    """Yield the files meant: a folder's documents, an archive's members, each once."""
    seen: set[str] = set()
    for name in paths:
        path = Path(name)
        try:
            inside = _inside(path) if path.is_dir() else [name]
        except KemuError as error:
            yield failed(name, error)
            continue
        for one in inside:
            if one not in seen:
                seen.add(one)
                named = not path.is_dir()
                yield from (
                    _members(Path(one), one, folder)
                    if _is_archive(one)
                    else [File(one, one, is_named=named)]
                )


def _inside(folder: Path) -> list[str]:
    from kemu.read.archive import files_in

    return [str(path) for path in files_in(folder)]


def _is_archive(name: str) -> bool:
    return name.lower().endswith(".zip") and Path(name).is_file()


def _members(path: Path, name: str, folder: Path) -> Iterator[File | Failure]:
    from kemu.read.archive import members

    home = Path(tempfile.mkdtemp(dir=folder))
    try:
        for number, (inner, content) in enumerate(members(load(path), name)):
            shown = f"{name}!{inner}"
            if isinstance(content, KemuError):
                yield failed(shown, content)
                continue
            target = home / f"{number}{PurePosixPath(inner).suffix[:8]}"
            target.write_bytes(content)
            yield File(str(target), shown, is_named=False)
    except KemuError as error:
        yield failed(name, error)
