"""What people and programs ask of the classification, and the answers."""
