"""SPARQL over documents: stores, queries, and what a query may do."""
