"""Root causes: which printed numbers explain the findings, and by what slip."""
