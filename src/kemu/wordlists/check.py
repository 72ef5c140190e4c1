"""Files of words checked: form first, then clashes, then what their examples find."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

from kemu import knowledge
from kemu.errors import InputError
from kemu.knowledge import FILES, Source, own, sources
from kemu.knowledge.laid import laid
from kemu.wordlists.clashes import clashes
from kemu.wordlists.form import form


def faults(folder: Path | None = None) -> list[InputError]:
    """Return what is wrong with Kemu's words, or with a folder that is in force over them.

    Args:
        folder: Only what this folder is to blame for; None for Kemu's own files.

    Raises:
        InputError: There is no such folder, or it holds no words.
    """
    theirs = sources(folder) if folder is not None else {}
    found: list[InputError] = []
    judged = []
    for name in FILES if folder is None else theirs:
        below = form(own(name))
        above = form(theirs[name]) if folder is not None else None
        found += below.faults if above is None else above.faults
        judged.append((name, below, above))
    if found:
        return found
    for name, below, above in judged:
        every = [*below.found, *(above.found if above is not None else ())]
        found += clashes(every)
        if name in theirs:
            found += _contradictions(own(name), theirs[name])
    return found or _failing(folder)


def _contradictions(ours: Source, theirs: Source) -> list[InputError]:
    """Return where two files give one key different values: the first such place."""
    try:
        laid(ours, theirs)
    except InputError as error:
        return [error]
    return []


def _failing(folder: Path | None) -> list[InputError]:
    """Return the examples that do not hold, of words that can be read by."""
    from kemu.wordlists.examples import failing

    if folder is None:
        shipped = map(own, FILES)
        return [fault for source in shipped for fault in failing(source, form(source).found)]
    return [
        fault
        for name, source in sources(folder).items()
        for fault in failing(source, [*form(own(name)).found, *form(source).found])
    ]


def lay(folder: Path | None) -> None:
    """Put a user's folder in force over Kemu's words, found sound before anything is read by it.

    Raises:
        InputError: It is not sound; nothing of it is used.
    """
    knowledge.use(folder)
    if folder is None:
        return
    first, *more = [*faults(folder), None]
    if first is not None:
        others = f"{first.advice} 另有 {len(more) - 1} 处，见 kemu graph check {folder}。"
        raise first if len(more) == 1 else replace(first, advice=others)
