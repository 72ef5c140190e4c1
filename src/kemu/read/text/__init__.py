"""Plain text: paragraphs, and the tables of text dumps in their several forms."""
