"""Why what was read may be wrong, although nothing better was found."""

from __future__ import annotations

from enum import StrEnum


class Doubt(StrEnum):
    """Why a reading may be wrong where it speaks against the document; a `kemu:BlockedReason`."""

    CLOSES_OTHERWISE = "closesOtherwise"
    """Another reading of the rows or columns closes the sum, with a home for all its terms."""
    TERMS_ELSEWHERE = "termsElsewhere"
    """All terms of the sum belong to other sums."""
    SEVERAL_LEVELS = "severalLevels"
    """The sum is exactly two or three times its total."""
    GOES_ON = "goesOn"
    """A table without a title follows that may hold the missing terms, and was not joined."""
    UNBOUND_TERM = "unboundTerm"
    """A number within the list was not understood, or one nearby is just what is missing."""
    SEVERAL_VALUES = "severalValues"
    """One key has three or more values: it lost what tells its places apart."""
    LABEL_CUT = "labelCut"
    """The label of a print in a sentence is the tail of a name that was cut at a bracket."""
    SIDES_APART = "sidesApart"
    """The two sides of an identity are ten times apart or more: they measure different things."""
    ONE_SIDE_ZERO = "oneSideZero"
    """One side of an identity is zero: it is of a table or fund that holds nothing."""
    CELLS_LOST = "cellsLost"
    """A table that it rests on lost cells: bare numbers stand beside it."""
    SAME_ROW = "sameRow"
    """Two columns of one row have the same key: the header did not tell them apart."""
