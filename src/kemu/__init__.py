"""Kemu (科目): published Chinese budgets as a knowledge graph that can be checked."""

__version__ = "0.1.0"
