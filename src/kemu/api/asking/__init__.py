"""Questions to a store of documents: SPARQL, and those that come with Kemu."""
