"""The header of a table: how many rows it has, and what each column is."""
