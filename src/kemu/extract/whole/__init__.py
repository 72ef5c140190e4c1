"""What is settled over the whole document: carry-over, same money, identities, sums of prose."""
