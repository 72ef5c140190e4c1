"""What each rule checks, in one line, from the shapes."""

from __future__ import annotations


def titles(lang: str) -> dict[str, str]:
    """Return rule number → its title in one language."""
    return {}
