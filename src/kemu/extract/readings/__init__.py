"""Readings that compete: which structure of a table its own numbers bear out."""
