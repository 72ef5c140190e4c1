"""Answers about the classification, for people and as RDF."""
