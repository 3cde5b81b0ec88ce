"""Quarter-hour readings of smart meters (as Liander published them: one column per customer) into `maandafname` rows.

The meters carry no address and no EAN: each column gets an EAN of the test range 8719999…, in the order of the columns,
so that a `jaarafname` can be written beside it.
"""

from __future__ import annotations

from pathlib import Path

import pandas as pd

from features.convert.report import ConvertReport
from features.errors import Refusal
from features.sources.energie import MAANDAFNAME

WATT_HOURS = 1000.0  # the readings are Wh per quarter of an hour
PREFIX = "8719999"
FULL = 0.9  # share of the quarters of a month that must be there; else the month is left out


def convert_slimme_meter(source: Path, target: Path) -> ConvertReport:
    """Write kWh per customer and month; raises Refusal when there is no column `datetime`."""
    if not source.is_file():
        raise Refusal(str(source), found="no such file", expected="quarter-hour readings (CSV)", do="check the path")
    readings = pd.read_csv(source)
    if "datetime" not in readings.columns:
        raise Refusal(
            f"{source.name}, header",
            found=", ".join(readings.columns[:5]),
            expected="a column datetime",
            do="export again",
        )
    when = pd.to_datetime(readings.pop("datetime"), dayfirst=True, format="mixed")
    month = when.dt.to_period("M")
    used = readings.groupby(month).sum(min_count=1) / WATT_HOURS
    present = readings.notna().groupby(month).sum()
    quarters = pd.Series(used.index.days_in_month * 96, index=used.index)
    used = used[present.ge(quarters * FULL, axis=0)]
    used.columns = [f"{PREFIX}{number:011d}" for number in range(1, used.shape[1] + 1)]
    long = used.rename_axis(index="maand", columns="ean").stack().rename("afname").dropna().round(3).reset_index()
    rows = long.assign(product="ELK", maand=long["maand"].astype("str"), invoeding="", kwaliteit="G")
    target.parent.mkdir(parents=True, exist_ok=True)
    rows[[c.name for c in MAANDAFNAME.columns]].to_csv(target, sep=MAANDAFNAME.separator, index=False)
    missing = used.size - len(long)
    return ConvertReport(
        source=str(source),
        target=str(target),
        read={"meters": readings.shape[1], "kwartieren": len(readings)},
        written={MAANDAFNAME.name: len(rows)},
        skipped={"maand niet volledig gemeten": missing} if missing else {},
    )
