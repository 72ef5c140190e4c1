"""All that is known of the codes, in one object: their tables, editions of a user, the history."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from functools import cached_property
from typing import TYPE_CHECKING

from kemu.classification.resolve import marked_path, matching
from kemu.classification.tables.codes import Codes
from kemu.classification.tables.concept import SCHEMES

if TYPE_CHECKING:
    from kemu.classification.books.edition import Edition
    from kemu.classification.history.history import History
    from kemu.classification.resolve.resolution import Resolution
    from kemu.classification.tables.scheme_table import SchemeTable


class Classification(Codes):
    """The codes with what printed names mean and what became of them; nothing in it changes.

    Args:
        tables: One of each scheme, editions laid over them.
        editions: The editions that were laid over, the oldest first.
    """

    def __init__(self, tables: Iterable[SchemeTable], editions: Iterable[Edition] = ()) -> None:
        super().__init__(tables)
        self.editions = tuple(editions)

    @cached_property
    def history(self) -> History:
        """What became of the codes between years."""
        from kemu.classification.history.history import History

        return History(self)

    def resolve_path(self, names: Sequence[str], year: int | None = None) -> Resolution:
        """Return the functional code that names of 类, 款 and 项 as printed mean.

        See `marked_path.resolve_path`.
        """
        return marked_path.resolve_path(self, names, year)

    def resolve_name(
        self,
        name: str,
        year: int | None = None,
        schemes: Sequence[str] = SCHEMES,
        parent: str | None = None,
        level: str | None = None,
    ) -> Resolution:
        """Return the code that a single name means; see `matching.resolve_name`."""
        return matching.resolve_name(self, name, year, schemes, parent, level)

    def resolve_code(
        self,
        notation: str,
        name: str | None = None,
        year: int | None = None,
        scheme: str | None = None,
    ) -> Resolution:
        """Return what a printed code means; see `matching.resolve_code`."""
        return matching.resolve_code(self, notation, name, year, scheme)
