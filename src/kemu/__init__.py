"""Kemu (科目): published Chinese budgets as a knowledge graph that can be checked."""

from importlib.metadata import PackageNotFoundError, version

try:
    __version__ = version("kemu")
except PackageNotFoundError:  # a checkout that was never installed
    __version__ = "0+unknown"
