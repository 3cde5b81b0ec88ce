"""Registers in, one row of features per address out. Imports nothing of ours."""
