"""Every table of a delivery but the BRP's, in the order of FORMATS."""

from __future__ import annotations

from features.columns import SourceTable
from features.sources import bag, energie, omgeving, onderzoeken, signalen, vastgoed

TABLES: tuple[SourceTable, ...] = (
    *bag.TABLES, *energie.TABLES, *vastgoed.TABLES, *signalen.TABLES, *onderzoeken.TABLES, *omgeving.TABLES,
)  # fmt: skip
SOURCES = ("brp", "bag", "energie", "vastgoed", "signalen", "onderzoeken", "omgeving")
