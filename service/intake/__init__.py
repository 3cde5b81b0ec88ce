"""A publication's tables in, one read-only file out: checked, laid out for reading, and switched to whole."""
