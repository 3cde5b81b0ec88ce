"""Choosing and routing visits together: the plan of an inspection round."""
