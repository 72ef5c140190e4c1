"""`kemu codes record` and `kemu codes evidence`: what documents print of codes."""

from __future__ import annotations

import argparse

from kemu.classification import load, shipped
from kemu.classification.store import sightings
from kemu.classification.store.attested import attested
from kemu.classification.store.bounding import Tightened, tightened
from kemu.cli.codes.stores import required
from kemu.cli.console import Progress, emit, tell, width
from kemu.errors import InputError
from kemu.pipeline.documents import extractions
from kemu.report import Failure
from kemu.report.codes.evidence import as_text
from kemu.report.formats.json_text import dumps
from kemu.report.words import Words


def record(options: argparse.Namespace) -> int:
    """Record documents; the exit code tells whether all could be read."""
    store = required(options)
    store.attestations.prepare()
    outcomes = extractions(options.paths, options.jobs, watching=Progress)
    failures = [one for one in outcomes if isinstance(one, Failure)]
    for failure in failures:
        tell(failure.message)
    found = [sightings.record(one) for one in outcomes if not isinstance(one, Failure)]
    before = store.tables()
    added = store.attestations.add(found)
    moved = [
        one
        for scheme, rows in store.tables().items()
        for one in tightened(scheme, before[scheme], rows)
    ]
    counted = {
        "added": added,
        "known": len(found) - added,
        "failed": len(failures),
        "documents": store.attestations.documents(),
    }
    if options.format == "json":
        text = dumps(counted | {"tightened": [one.to_json() for one in moved]})
    else:
        words = Words(options.lang)
        lines = [words("evidence", "recorded", **counted)]
        lines += [words("evidence", "tightened", n=len(moved))] if moved else []
        lines += [_moved(one, words) for one in moved]
        text = "\n".join(lines) + "\n"
    emit(text.encode(), options.out)
    return max((failure.exit_code for failure in failures), default=0)


def _moved(one: Tightened, words: Words) -> str:
    """Return a bound that documents moved, on one line."""
    was = one.before or words("evidence", "open")
    return f"  {one.code} {one.name}：{words('evidence', one.edge)} {was} → {one.after}"


def evidence(options: argparse.Namespace) -> int:
    """Show the evidence for one code in every classification its number may belong to."""
    digits = load().digits(options.code)
    schemes = load().domain(digits)
    if not schemes:
        shown = options.code[:20]
        raise InputError("E-CODES-QUERY", f"“{shown}”不是科目代码", "", "请输入代码，如 2080505。")
    store = required(options)
    found = [attested(store, shipped(), scheme, digits) for scheme in schemes]
    if options.format == "json":
        text = dumps([one.to_json() for one in found])
    else:
        words = Words(options.lang)
        text = "\n".join(as_text(one, words, width()) for one in found)
    emit(text.encode(), options.out)
    return 0 if any(one.names or one.official for one in found) else 1
