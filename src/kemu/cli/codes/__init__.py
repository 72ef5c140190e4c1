"""What `kemu codes` does; a module is loaded when its action runs."""
