"""The words that documents are read by: graph/*.toml, and what a user lays over it.

This is the one place that reads these files and knows of a user's folder. A process has one set of
words: `use` comes before the first `table`.
"""

from kemu.knowledge.in_force import table, use
from kemu.knowledge.sources import FILES, Source, own, sources

__all__ = ["FILES", "Source", "own", "sources", "table", "use"]
