"""Sample documents: one neutral source each, laid out as real ones are, in every format."""
