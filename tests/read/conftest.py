"""Where the shared documents are, for tests that read real ones."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

SHARED = Path(__file__).resolve().parents[3] / "shared"


@pytest.fixture(scope="session")
def shared_file() -> Callable[[str], Path]:
    """Return a function that finds a shared document by pattern, or skips the test."""

    def find(pattern: str) -> Path:
        found = sorted(SHARED.glob(pattern))
        if not found:
            pytest.skip(f"no shared document {pattern}: not in this checkout")
        return found[0]

    return find
