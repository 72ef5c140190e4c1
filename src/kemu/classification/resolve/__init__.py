"""From a printed name, path or code to a code of the classification."""
