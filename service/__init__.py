"""What people see, decide and do: the web edge. Imports features and models (contracts only)."""
