"""From what a user names to the store that it is."""

from __future__ import annotations

from pathlib import Path

from kemu.store.backend import Backend


def is_address(words: str) -> bool:
    """Return whether a user names a server, not a folder."""
    return "://" in words


def opened(words: str) -> Backend:
    """Return the store that a folder or an address names; it need not exist yet.

    Raises:
        InputError: The address is none that can be asked.
    """
    if is_address(words):
        from kemu.store.server import Server

        return Server.of(words)
    from kemu.store.embedded import Embedded

    return Embedded(Path(words))
