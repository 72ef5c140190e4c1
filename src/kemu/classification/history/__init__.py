"""What became of codes between years."""
