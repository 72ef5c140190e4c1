"""Linked data: what an IRI of Kemu names, as a page or as data."""
