"""Options of a check beyond the document: acceptances beside it, an earlier check."""

from __future__ import annotations

import argparse
from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING

from kemu.cli.parser import Parser
from kemu.errors import InputError, KemuError

if TYPE_CHECKING:
    from kemu.model.findings import CheckResult
    from kemu.report import Outcome


def arguments(parser: Parser) -> None:
    """Declare the arguments."""
    parser.add_argument(
        "--accept", action="append", default=[], metavar="指纹",
        help="这个问题不改，理由写在 --reason；记在文件旁边的 文件名.kemu.toml；可以重复",
    )  # fmt: skip
    parser.add_argument("--reason", default="", metavar="理由", help="为什么不改")
    parser.add_argument(
        "--withdraw",
        action="append",
        default=[],
        metavar="指纹",
        help="收回先前的 --accept；可以重复",
    )
    parser.add_argument(
        "--since", metavar="上次.json", help="与上次保存的 JSON 比：哪些是新的、已改的、没变的"
    )


def reviewing(options: argparse.Namespace) -> Callable[[Outcome], Outcome]:
    """Return what is to be done with each result before it is shown.

    Raises:
        InputError: The options do not go together, or the earlier check cannot be read.
    """
    from kemu.pipeline import accepted
    from kemu.pipeline.attempts import failed
    from kemu.pipeline.earlier import Earlier
    from kemu.report.outcome import Failure

    _fit(options)
    earlier = Earlier(Path(options.since)) if options.since else None

    def reviewed(result: CheckResult) -> CheckResult:
        if options.accept:
            accepted.accept(result, options.accept, options.reason.strip())
        if options.withdraw:
            accepted.withdraw(result, options.withdraw)
        found = accepted.reviewed(result)
        return earlier.compared(found) if earlier else found

    def one(outcome: Outcome) -> Outcome:
        if isinstance(outcome, Failure):
            return outcome
        try:
            return reviewed(outcome)
        except KemuError as error:
            return failed(outcome.extraction.document.path, error)

    return one


def _fit(options: argparse.Namespace) -> None:
    changes = options.accept or options.withdraw
    if changes and not (len(options.paths) == 1 and Path(options.paths[0]).is_file()):
        _refuse("--accept 和 --withdraw 一次只用于一个文件")
    if bool(options.accept) != bool(options.reason.strip()):
        _refuse("--accept 要有 --reason 写明理由，--reason 只和 --accept 一起用")
    if set(options.accept) & set(options.withdraw):
        _refuse("同一个指纹不能既 --accept 又 --withdraw")


def _refuse(message: str) -> None:
    raise InputError("E-CLI-USAGE", message, "kemu check", "用 kemu check -h 查看用法。")
