"""Codes of the classification over HTTP: one, many, whole editions."""
