"""Shares of counts, for readers."""

from __future__ import annotations


def percent(part: int, whole: int) -> str:
    """Return a share with one digit, rounded down; 0 % and 100 % only if it is exactly that."""
    if not whole:
        return ""
    tenths = max(1000 * part // whole, 1 if part else 0)
    units, digit = divmod(tenths, 10)
    return f"{units}.{digit}%" if digit else f"{units}%"
