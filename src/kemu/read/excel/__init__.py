"""Excel books, new and old: cells as shown, and which rows of a sheet are a table."""
