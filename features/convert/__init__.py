"""Registers in the form in which they are published or kept, into the files of a delivery. Documented in FORMATS."""

from features.convert.bag import convert_bag
from features.convert.report import ConvertReport
from features.convert.slimme_meter import convert_slimme_meter
from features.convert.woz import convert_woz

__all__ = ["ConvertReport", "convert_bag", "convert_slimme_meter", "convert_woz"]
