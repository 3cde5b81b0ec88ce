"""The BRP reader: rows of persoonslijsten in, pseudonymised persons and residence rows out.

The BSN, the A-nummer and the birth date exist only in this file and its neighbours `brp_*.py`: what leaves them has a
keyed pseudonym and a year of birth.
"""

from __future__ import annotations

from features.sources.brp_declaration import BRP, PERSOONSLIJSTEN
from features.sources.brp_landing import land, link_rows
from features.sources.brp_lists import Chunk, Reader, Report

__all__ = ["BRP", "PERSOONSLIJSTEN", "Chunk", "Reader", "Report", "land", "link_rows"]
