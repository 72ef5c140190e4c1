"""What a document says of itself: identity, organisations, outline."""
