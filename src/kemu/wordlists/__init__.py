"""Whether the files of words are sound: Kemu's own, and those that a user lays over them."""

from kemu.wordlists.check import faults, lay

__all__ = ["faults", "lay"]
