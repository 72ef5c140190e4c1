"""A user's own store: imported editions, and what documents print of codes."""
