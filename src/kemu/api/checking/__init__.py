"""Checking an uploaded document over HTTP. Nothing is kept: the file is gone when the answer is."""
