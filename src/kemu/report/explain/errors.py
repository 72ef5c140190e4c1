"""Every error by its code: when it occurs and what to do, from api/errors.toml."""

from __future__ import annotations

import tomllib
from dataclasses import dataclass
from functools import cache

from kemu.assets import asset

_INTRODUCTION = """\
<!-- Made from api/errors.toml by `make docs`; do not edit. -->
# 错误代码 / Errors

Kemu 的每条错误信息都带一个方括号里的代码，例如 `[E-READ-EMPTY]`。命令行用
`kemu explain E-READ-EMPTY` 也能看到下面的说明。经 HTTP 返回的错误（application/problem+json）
在 `code` 里带同样的代码。

Every error message carries a code in brackets. `kemu explain CODE` shows what follows here; errors
over HTTP carry it in `code`.
"""


@dataclass(frozen=True)
class Explanation:
    """What one error means; language tag → words."""

    code: str
    when: dict[str, str]
    do: dict[str, str]


@cache
def errors() -> dict[str, Explanation]:
    """Return all errors by their code, in order."""
    table = tomllib.loads(asset("api", "errors.toml").read_text(encoding="utf-8"))
    return {code: Explanation(code, one["when"], one["do"]) for code, one in sorted(table.items())}


def explained(code: str, lang: str) -> str:
    """Return one error's explanation as text.

    Raises:
        KeyError: There is no such error.
    """
    one = errors()[code]
    return f"{code}\n  {one.when[lang]}\n  {one.do[lang]}\n"


def page() -> str:
    """Return docs/errors.md."""
    parts = [_INTRODUCTION]
    for code, one in errors().items():
        parts.append(
            f"\n## {code}\n\n{one.when['zh']}{one.do['zh']}\n\n{one.when['en']} {one.do['en']}\n"
        )
    return "".join(parts)


if __name__ == "__main__":
    import sys

    sys.stdout.reconfigure(encoding="utf-8", newline="\n")  # type: ignore[union-attr]
    sys.stdout.write(page())
