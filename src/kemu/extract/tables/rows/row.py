"""One row of a table: what it is and what it says."""

from __future__ import annotations

from dataclasses import dataclass, field

from kemu.classification import Resolution
from kemu.model.document import Cell
from kemu.model.language import RowKind, Says


@dataclass(frozen=True)
class Row:
    """One row of one band.

    Attributes:
        index: Row of the grid, from 0.
        kind: `code`, `total`, `unit`, `label`, `project`, `blank`, `unknown`.
        label: Its label as compared, number and 其中 taken off.
        says: What it says, own statements and those handed on.
        own: What it says itself.
        code: Code resolved to, with its scheme.
        scheme: Scheme of the code.
        printed: Code as printed, joined.
        resolution: What the classification makes of code and name.
        cell: The cell that names the row.
        depth: Depth among label rows; codes have their own hierarchy.
        part: The row is said to be only a part (其中) of the row above it.
        parent: Index of the row it stands under, or None.
        organisation: The unit it belongs to, where the table lists units.
        restates: It prints the code and the amounts of the row above again.
        continued: Its code is printed in a cell that begins in a row above.
    """

    index: int
    kind: RowKind
    label: str = ""
    says: Says = field(default_factory=dict)
    own: Says = field(default_factory=dict)
    code: str = ""
    scheme: str = ""
    printed: str = ""
    resolution: Resolution = field(default_factory=Resolution)
    cell: Cell | None = None
    depth: int = 0
    part: bool = False
    parent: int | None = None
    organisation: str = ""
    continued: bool = False
    restates: bool = False
