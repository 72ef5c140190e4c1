"""HTTP itself: who may ask, how much and how fast, in which form answers and errors are given."""
