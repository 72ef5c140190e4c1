"""From what was observed in a document to its knowledge graph."""
