"""The HTTP interface, and SPARQL over documents. FastAPI is loaded when an application is made."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from fastapi import FastAPI


def create_app() -> FastAPI:
    """Return the application that `kemu serve` runs."""
    from kemu.api.app import build

    return build()
