"""What a page prints, as plain values, by whichever engine reads it."""
