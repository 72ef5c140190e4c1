"""Findings that an office accepts, with the reason, in a small file beside the document.

An acceptance holds for a fingerprint and for the numbers that the finding then had. When they
change it lapses, and the report says so; the file stays as it is until somebody changes it.
"""

from __future__ import annotations

import json
import tomllib
from collections.abc import Collection, Iterable, Iterator
from dataclasses import replace
from decimal import Decimal
from pathlib import Path
from typing import Any

from kemu.errors import InputError
from kemu.files import replace_file
from kemu.model.facts import Extraction
from kemu.model.findings import CheckResult, Finding
from kemu.model.reviewed import Remark
from kemu.validate.verdict import judge

SUFFIX = ".kemu.toml"
_TITLE = "# 已说明、不改的问题：kemu check 检查旁边这份文件时用。数字一变，说明就失效。\n"
_TEXTS = ("fingerprint", "rule", "severity", "message", "reason")
_SAME = ("organisation", "year", "statement")


def beside(document: Path) -> Path:
    """Return the file that holds what is accepted in a document."""
    return document.with_name(document.name + SUFFIX)


def remark(finding: Finding, reason: str = "") -> Remark:
    """Return a finding as it is remembered."""
    texts = (finding.messages.get("zh") or next(iter(finding.messages.values()), ""), reason)
    severity = finding.severity.value
    return Remark(finding.fingerprint, finding.rule, severity, *texts, tuple(_numbers(finding)))


def _numbers(finding: Finding) -> Iterator[str]:
    """Yield the numbers of a finding, or the words at fault where it has none."""
    known = [n for n in (finding.stated, finding.computed) if n is not None]
    yield from (_plain(number) for number in known)
    if not known and finding.evidence:
        yield finding.evidence[0].quote


def _plain(number: Decimal) -> str:
    return f"{number.normalize():f}"


def reviewed(result: CheckResult) -> CheckResult:
    """Return a result without the findings that are accepted beside its document.

    Raises:
        InputError: The file beside it is broken, or belongs to another document.
    """
    path = beside(Path(result.extraction.document.path))
    if not path.is_file():
        return result
    given = {one.fingerprint: one for one in _load(path, result.extraction)}
    found = {finding.fingerprint: remark(finding) for finding in result.findings}
    held = {name for name, one in given.items() if name in found and _holds(one, found[name])}
    left = tuple(f for f in result.findings if f.fingerprint not in held)
    lapsed = tuple(one for name, one in given.items() if name in found and name not in held)
    accepted = tuple(replace(found[n], reason=one.reason) for n, one in given.items() if n in held)
    verdict = judge(result.extraction.document, left, result.ledger, result.coverage)
    review = replace(result.review, accepted=accepted, lapsed=lapsed)
    return replace(result, findings=left, verdict=verdict, review=review)


def _holds(given: Remark, found: Remark) -> bool:
    return (given.rule, given.numbers) == (found.rule, found.numbers)


def accept(result: CheckResult, fingerprints: Collection[str], reason: str) -> None:
    """Write down that findings of a document are accepted.

    Args:
        result: As checked, nothing left out.
        fingerprints: Of the findings.
        reason: Why, in the office's words.

    Raises:
        InputError: There is no such finding, or the file cannot be used.
    """
    path = beside(Path(result.extraction.document.path))
    given = {one.fingerprint: one for one in _load(path, result.extraction)}
    found = {finding.fingerprint: remark(finding, reason) for finding in result.findings}
    _known(
        fingerprints, found, path, "这次检查里没有这个指纹的问题", "指纹在 JSON、CSV、Excel 里。"
    )
    given |= {name: found[name] for name in fingerprints}
    _save(path, result.extraction, given.values())


def withdraw(result: CheckResult, fingerprints: Collection[str]) -> None:
    """Take acceptances back; the file goes with the last of them.

    Raises:
        InputError: There is no such acceptance, or the file cannot be used.
    """
    path = beside(Path(result.extraction.document.path))
    given = {one.fingerprint: one for one in _load(path, result.extraction)}
    _known(fingerprints, given, path, "没有说明过这个指纹的问题", f"看一下 {path.name}。")
    left = [one for name, one in given.items() if name not in fingerprints]
    if left:
        _save(path, result.extraction, left)
    else:
        path.unlink()


def _known(
    names: Iterable[str], known: Collection[str], path: Path, message: str, advice: str
) -> None:
    for name in names:
        if name not in known:
            raise InputError("E-ACCEPT-UNKNOWN", f"{message}：{name}", str(path), advice)


def _load(path: Path, extraction: Extraction) -> list[Remark]:
    if not path.exists():
        return []
    try:
        said = tomllib.loads(path.read_text(encoding="utf-8-sig"))
        document = {name: str(said["document"][name]) for name in _SAME}
        remarks = [_remark(one) for one in said.get("accepted", [])]
    except (OSError, ValueError, KeyError, TypeError) as error:
        raise InputError(
            "E-ACCEPT-BROKEN", f"说明文件读不了：{error}", str(path), "请改正或删除它。"
        ) from error
    own = _identity(extraction)
    if any(document[name] and own[name] and document[name] != own[name] for name in _SAME):
        other = " ".join(filter(None, document.values()))
        raise InputError(
            "E-ACCEPT-OTHER",
            f"说明文件是另一份文件的：{other}",
            str(path),
            "请换成这份文件的或移走它。",
        )
    return remarks


def _remark(said: dict[str, Any]) -> Remark:
    texts = {name: str(said[name]) for name in _TEXTS}
    return Remark(**texts, numbers=tuple(str(number) for number in said["numbers"]))


def _identity(extraction: Extraction) -> dict[str, str]:
    return {name: getattr(extraction.identity, name) for name in _SAME}


def _save(path: Path, extraction: Extraction, remarks: Iterable[Remark]) -> None:
    lines = [_TITLE, "[document]"]
    lines += [f"{name} = {_quoted(value)}" for name, value in _identity(extraction).items()]
    for one in remarks:
        lines += ["", "[[accepted]]"]
        lines += [f"{name} = {_quoted(getattr(one, name))}" for name in _TEXTS]
        lines.append(f"numbers = [{', '.join(map(_quoted, one.numbers))}]")
    text = "\n".join(lines) + "\n"
    replace_file(path, text.encode(), "E-ACCEPT-WRITE", "写不了说明文件", "请检查文件夹的权限。")


def _quoted(text: str) -> str:
    """Return a text as a basic string of TOML."""
    return json.dumps(text, ensure_ascii=False).replace("\x7f", r"\u007f")
