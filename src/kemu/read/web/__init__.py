"""Web pages: the article in them, its paragraphs and tables."""
