"""The report in each format, from one view."""
