"""The register of features as a page: status, papers and measured tests of each, in Dutch around the declared texts."""

from __future__ import annotations

from features.columns import TESTS, Status
from models.accountability.page import render
from models.tested import MeasuredRegister

TEST_NAMES = dict(zip(TESTS, ("rechtmatig", "proxy", "kwaliteit", "statistisch", "inhoudelijk"), strict=True))


def papers_page(found: MeasuredRegister) -> str:
    """The HTML of the register; features on trial and refused ones first."""
    order = {Status.GEWEIGERD.value: 0, Status.PROEF.value: 1, Status.TOEGELATEN.value: 2}
    entries = sorted(found.entries, key=lambda entry: order[entry.status])  # stable: the register's own order within
    counts = {status.value: sum(entry.status == status.value for entry in entries) for status in Status}
    return render("toetsing.html", register=found, kenmerken=entries, aantallen=counts, toetsen=TEST_NAMES)
