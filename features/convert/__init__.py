"""Registers in the form in which they are published or kept, into the files of a delivery. Documented in FORMATS."""

from collections.abc import Callable, Mapping
from pathlib import Path

from features.convert.bag import convert_bag
from features.convert.report import ConvertReport
from features.convert.slimme_meter import convert_slimme_meter
from features.convert.woz import convert_woz

CONVERTERS: Mapping[str, Callable[[Path, Path], ConvertReport]] = {
    "woz": convert_woz,
    "bag": convert_bag,
    "slimme-meter": convert_slimme_meter,
}
__all__ = ["CONVERTERS", "ConvertReport", "convert_bag", "convert_slimme_meter", "convert_woz"]
