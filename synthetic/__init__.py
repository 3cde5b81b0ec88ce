"""A made-up gemeente, written as source files. Imports features for the source declarations only."""
