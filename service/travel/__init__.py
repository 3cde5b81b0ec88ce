"""Travel times between places, behind one small interface."""
