"""Amounts and claims in running text, names explained in it, and when it speaks of."""
