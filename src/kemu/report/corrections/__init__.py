"""One entry a cause, and how the sentence should read where that is certain."""
