"""The rows of a table: what each one is, whose it is, and what it stands under."""
