"""`kemu explain`: what a rule checks, or what an error means."""

from __future__ import annotations

import argparse

from kemu.cli.parser import Parser, examples

HELP = examples(
    "kemu explain                       列出全部规则",
    "kemu explain R3.1                  一条规则核对什么、什么不算问题",
    "kemu explain E-READ-ENCODING       一个错误代码是什么意思",
    "kemu explain R5.1 --format json",
)


def arguments(parser: Parser) -> None:
    """Declare the arguments."""
    parser.add_argument("number", nargs="?", metavar="编号", help="规则编号或错误代码")
    parser.add_argument("--format", choices=("text", "json"), default="text", help="格式")
    parser.add_argument("--lang", choices=("zh", "en"), default="zh", help="语言（默认 zh）")


def run(options: argparse.Namespace) -> int:
    """Explain one rule or error, or list the rules."""
    from kemu.cli.console import emit

    emit(_rendered(options).encode(), None, options.format)
    return 0


def _rendered(options: argparse.Namespace) -> str:
    from kemu.cli.console import width
    from kemu.report.explain import rules
    from kemu.report.formats.json_text import dumps

    number = options.number or ""
    if number.upper().startswith("E-"):
        return _error(number.upper(), options.lang)
    if not number:
        found = rules.titles(options.lang)
        return dumps(found) if options.format == "json" else rules.listing(options.lang)
    rule = rules.find(number)
    if options.format == "json":
        return dumps(rules.values(rule))
    return rules.explained(rule, options.lang, width())


def _error(code: str, lang: str) -> str:
    from kemu.errors import NotFoundError
    from kemu.report.explain import errors

    if code not in errors.errors():
        raise NotFoundError(
            "E-RULE-UNKNOWN", f"没有错误代码 {code[:40]}", "", "请核对方括号里的代码。"
        )
    return errors.explained(code, lang)
