"""Lists in prose: what opens one, what it lists, and in which levels it adds up."""
