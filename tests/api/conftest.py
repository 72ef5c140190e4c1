"""The application as a client meets it."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from starlette.testclient import TestClient

from kemu.api import create_app
from kemu.classification import use


@pytest.fixture
def web() -> Iterator[TestClient]:
    """A client of a new application, without a store."""
    use(None)
    with TestClient(
        create_app(), base_url="http://127.0.0.1", raise_server_exceptions=False
    ) as made:
        yield made
    use(None)
