"""Many documents kept for questions: on disk or on a SPARQL server, each in a graph of its own."""
