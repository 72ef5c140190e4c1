"""A check held against an earlier one of the same document: what is new, gone, unchanged."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import replace
from pathlib import Path, PurePath
from typing import Any

from kemu.errors import InputError
from kemu.model.findings import CheckResult
from kemu.model.reviewed import Remark, Since
from kemu.pipeline.accepted import remark

_SAME = ("organisation", "year", "kind")


class Earlier:
    """The results of an earlier run, as `--format json` wrote them."""

    def __init__(self, path: Path) -> None:
        """Read them.

        Raises:
            InputError: The file is no such JSON.
        """
        self._path = path
        try:
            said = json.loads(path.read_text(encoding="utf-8-sig"))
            self._documents = [_Document(one) for one in said]
        except (OSError, ValueError, KeyError, TypeError, AttributeError) as error:
            raise InputError(
                "E-SINCE-READ", "不是 kemu check --format json 的结果，或没有指纹", str(path),
                "请给出上次用 --format json 或 --save 上次.json 保存的文件。",
            ) from error  # fmt: skip

    def compared(self, result: CheckResult) -> CheckResult:
        """Return a result with how it compares with the earlier one of its document.

        Raises:
            InputError: The earlier run did not check the document.
        """
        before = dict(self._of(result).remarks)
        left = {finding.fingerprint: remark(finding) for finding in result.findings}
        now = left | {one.fingerprint: one for one in result.review.accepted}
        since = Since(
            tuple(one for name, one in now.items() if name not in before),
            tuple(one for name, one in before.items() if name not in now),
            tuple(one for name, one in now.items() if name in before),
        )
        return replace(result, review=replace(result.review, since=since))

    def _of(self, result: CheckResult) -> _Document:
        extraction = result.extraction
        identity, path = extraction.identity, extraction.document.path
        names = {one.id: one.name for one in extraction.organisations}
        organisation = names.get(identity.organisation, identity.organisation)
        own = (organisation, identity.year, identity.statement)
        same = [one for one in self._documents if one.identity == own]
        named = [one for one in same if one.name == PurePath(path).name]
        if not same or (len(same) > 1 and len(named) != 1):
            raise InputError(
                "E-SINCE-OTHER", "上次的结果里没有这份文件（按单位、年度和文种认）", path,
                f"请给出这份文件上次的结果，不是 {self._path.name}。",
            )  # fmt: skip
        return (named or same)[0]


class _Document:
    """One document of an earlier run."""

    def __init__(self, said: Mapping[str, Any]) -> None:
        document = said["document"]
        self.name = PurePath(document["path"]).name
        self.identity = tuple(str(document[name] or "") for name in _SAME)
        told = [*said["findings"], *said.get("accepted", [])]
        self.remarks = {
            one["fingerprint"]: Remark(
                one["fingerprint"], one["rule"], one["severity"], one["message"]
            )
            for one in told
        }
