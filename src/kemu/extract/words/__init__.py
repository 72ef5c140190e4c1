"""What words say: numbers, labels, names of codes, sentence patterns, and the keys they make."""
