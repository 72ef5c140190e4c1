"""Readers: a file in, a neutral `Document` out, whatever the format."""
