"""Find the ontology, shapes, vocabularies and code tables, in a wheel or in a checkout."""

from importlib.resources import files
from importlib.resources.abc import Traversable
from pathlib import Path
from typing import Literal

AssetFolder = Literal["ontology", "shapes", "data", "graph", "api"]

_PACKAGED = files("kemu") / "_assets"
_CHECKOUT = Path(__file__).resolve().parents[2]


def asset(folder: AssetFolder, *names: str) -> Traversable:
    """Return one asset: from the checkout this module lies in, else from the installed wheel.

    Args:
        folder: One of the repository's top-level asset folders.
        names: Path segments below it.

    Raises:
        FileNotFoundError: Neither place holds the asset.
    """
    checkout = (_CHECKOUT / "pyproject.toml").is_file() and (_CHECKOUT / folder).is_dir()
    found: Traversable = (_CHECKOUT if checkout else _PACKAGED) / folder
    for name in names:
        found = found / name
    if not (found.is_file() or found.is_dir()):
        raise FileNotFoundError(f"asset not found: {folder}/{'/'.join(names)}")
    return found
