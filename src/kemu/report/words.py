"""The wording of reports, from api/report/words.toml: no sentence for readers stands in code."""

from __future__ import annotations

import tomllib
from collections.abc import Iterable
from functools import cache

from kemu.assets import asset

LANGUAGES = ("zh", "en")


@cache
def _tables() -> dict[str, dict[str, dict[str, str]]]:
    return tomllib.loads(asset("api", "report", "words.toml").read_text(encoding="utf-8"))


class Words:
    """All words of one language."""

    def __init__(self, lang: str) -> None:
        self.lang = lang

    def __call__(self, group: str, name: str, **values: object) -> str:
        """Return the words for `name`, its `{slots}` filled; an unknown name is shown as it is."""
        entry = _tables()[group].get(name)
        if entry is None:
            return name
        return entry[self.lang].format(**values) if values else entry[self.lang]

    def pick(self, texts: dict[str, str]) -> str:
        """Return the text of this language, else of the other, else nothing."""
        return texts.get(self.lang) or texts.get("zh") or next(iter(texts.values()), "")

    def labelled(self, label: str, text: str) -> str:
        """Return a text after its label."""
        return f"{label}：{text}" if self.lang == "zh" else f"{label}: {text}"

    def bracketed(self, text: object) -> str:
        """Return a remark in brackets, to follow other words."""
        return f"（{text}）" if self.lang == "zh" else f" ({text})"

    def listed(self, texts: Iterable[str]) -> str:
        """Return texts in one line."""
        return ("；" if self.lang == "zh" else "; ").join(texts)
