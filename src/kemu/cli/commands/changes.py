"""`kemu changes`: what changed in the classification between two years."""

from __future__ import annotations

import argparse
from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING

from kemu.cli.parser import Parser, examples, year

if TYPE_CHECKING:
    from kemu.classification.history.changes import Change
    from kemu.report.words import Words

COLUMNS = (
    "year", "kind", "scheme", "old_code", "old_name", "new_code", "new_name", "year_basis",
    "confidence", "sources", "not_yet_in", "done_by", "supposed_year",
)  # fmt: skip

HELP = (
    examples(
        "kemu changes --from 2018 --to 2020",
        "kemu changes --from 2020 --to 2026 --format csv --out 变化.csv",
    )
    + "\n\n只列出年度有文件依据的变化；年度不明的加 --undated，附上已知的界限。"
    + "没有列出的科目不一定没有变化。"
)


SHOWN = 2
"""How many sources a line names; CSV and JSON have all."""


def arguments(parser: Parser) -> None:
    """Declare the arguments."""
    parser.add_argument("--from", dest="first", type=year, required=True, metavar="年", help="起")
    parser.add_argument("--to", dest="last", type=year, required=True, metavar="年", help="止")
    parser.add_argument("--undated", action="store_true", help="也列出年度不明、可能在其间的变化")
    parser.add_argument("--format", choices=("text", "json", "csv"), default="text", help="格式")
    parser.add_argument("--out", metavar="文件", help="写到文件，不写到终端")
    parser.add_argument("--lang", choices=("zh", "en"), default="zh", help="语言（默认 zh）")


def run(options: argparse.Namespace) -> int:
    """List the changes."""
    from kemu.classification import load
    from kemu.cli.console import emit
    from kemu.errors import InputError

    if options.first >= options.last:
        raise InputError("E-CLI-YEARS", f"{options.first} 不早于 {options.last}", "--from --to")
    dated = load().history.between(options.first, options.last)
    undated = load().history.undated(options.first, options.last) if options.undated else ()
    emit(_rendered((*dated, *undated), options).encode(), options.out, options.format)
    return 0


def _rendered(found: Sequence[Change], options: argparse.Namespace) -> str:
    from kemu.report.words import Words

    words = Words(options.lang)
    if options.format == "json":
        from kemu.report.formats.json_text import dumps

        return dumps([change.to_json() for change in found])
    if options.format == "csv":
        from kemu.report.formats.csv_lines import lines

        return lines(COLUMNS, [_row(change, words) for change in found])
    if not found:
        return words("code", "no_change") + "\n"
    return "".join(_line(change, words) + "\n" for change in found)


def _row(change: Change, words: Words) -> list[object]:
    sides = (change.before, change.after)
    codes = [";".join(member.notation for member in side) for side in sides]
    names = [";".join(member.name for member in side) for side in sides]
    return [
        change.year, words("change", change.kind), words("scheme", change.scheme),
        codes[0], names[0], codes[1], names[1],
        words("year_basis", change.basis) if change.basis else "", change.confidence,
        ";".join(change.sources), *change.bounds, change.supposed,
    ]  # fmt: skip


def _line(change: Change, words: Words) -> str:
    sides = [" + ".join(map(str, side)) for side in (change.before, change.after) if side]
    kind = words("change", change.kind)
    about = [words("scheme", change.scheme), *_when(change, words), _seen(change, words)]
    return f"{change.year or '????'} {kind} {' → '.join(sides)}（{'；'.join(about)}）"


def _when(change: Change, words: Words) -> Iterator[str]:
    """Yield what the year rests on, or the bounds of one that is not established."""
    if change.basis:
        yield words("code", "year_from", basis=words("year_basis", change.basis))
        return
    first, last = change.bounds
    if first is not None and last is not None:
        yield words("code", "changed_between", first=first, last=last)
    elif last is not None:
        yield words("code", "changed_by", last=last)
    elif first is not None:
        yield words("code", "changed_after", first=first)
    if change.supposed is not None:
        yield words("code", "supposed", year=change.supposed)
    else:
        yield words("code", "year_open")


def _seen(change: Change, words: Words) -> str:
    """Return which documents print either side, or that none is known."""
    if not change.sources:
        return words("code", "no_source")
    from kemu.report.codes.text import sources

    return words("code", "printed_in", sources=sources(change.sources, words, SHOWN))
