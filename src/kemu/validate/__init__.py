"""Judges an extraction by the shapes: findings, the ledger of rules, coverage and a verdict."""

from kemu.validate.check import check

__all__ = ["check"]
