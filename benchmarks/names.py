"""Of the codes and names that documents print: how many are resolved, and why others are not."""

from __future__ import annotations

from collections import Counter
from pathlib import Path

from kemu.classification import SCHEMES
from kemu.errors import KemuError
from kemu.extract import extract
from kemu.model.facts import CodeMention
from kemu.read import read
from kemu.report.shares import percent

_NOT_THE_CODE = {"nameOfOtherCode", "nameUnknown", "codeUnknown"}


def measure(paths: list[Path]) -> None:
    """Print the share of printed codes and names that were resolved; list the rest."""
    total, right = Counter[str](), Counter[str]()
    open_: list[tuple[str, CodeMention]] = []
    for path in paths:
        try:
            mentions = extract(read(path)).mentions
        except KemuError:
            continue
        for mention in mentions:
            if mention.scheme not in SCHEMES:
                continue
            kind = "code" if mention.printed_code else mention.where
            total[kind] += 1
            if mention.code and not _NOT_THE_CODE & set(mention.differences):
                right[kind] += 1
            else:
                open_.append((path.name, mention))
    print("印出的科目 / codes and names as printed, resolved to a code")
    for kind in sorted(total):
        share = percent(right[kind], total[kind])
        print(f"  {kind:<10} {right[kind]:>6} of {total[kind]:>6}  {share}")
    share = percent(sum(right.values()), sum(total.values()))
    print(f"  {'all':<10} {sum(right.values()):>6} of {sum(total.values()):>6}  {share}")
    for name, mention in open_:
        words = " ".join(mention.differences) or "no single code"
        printed = f"{mention.printed_code} {'-'.join(mention.printed_path) or mention.printed_name}"
        print(f"    {name[:24]}: {printed.strip()} ({mention.year}): {words}")
