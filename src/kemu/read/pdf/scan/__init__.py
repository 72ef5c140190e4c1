"""Scanned pages: recognition as an optional extra (`kemu[ocr]`)."""
