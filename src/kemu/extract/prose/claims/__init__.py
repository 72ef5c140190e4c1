"""What sentences claim of amounts: changes, rates, shares, directions, and of which amounts."""
