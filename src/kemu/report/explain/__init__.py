"""What a rule checks and what an error means."""
