"""What `make bench` measures, one by one: `python -m benchmarks times rules real layouts`."""
