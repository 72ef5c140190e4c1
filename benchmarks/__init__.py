"""What `make bench` measures: `python -m benchmarks [times|rules|real]`."""
