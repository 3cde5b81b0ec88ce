"""Features and outcomes in, scores and reasons out. Imports features."""
