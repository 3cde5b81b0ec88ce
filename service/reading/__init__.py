"""Reading from a publication on the shelf (service/intake/layout.py): rows of lists, addresses, their evidence."""
