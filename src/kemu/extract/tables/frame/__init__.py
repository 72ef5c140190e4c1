"""What a table is: its title, from its captions or from the list of tables."""
