"""The wording of reports, from api/report/words.toml: no sentence for readers stands in code."""

from __future__ import annotations

import tomllib
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

    @property
    def group(self) -> dict[str, str]:
        """All labels, for templates."""
        return {name: entry[self.lang] for name, entry in _tables()["label"].items()}
