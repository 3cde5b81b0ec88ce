"""Who saw this address: moments, roles and what for, from the logs. Never who: that is the employer's to know.

The recipients of GDPR art. 15(1)(c) are categories here; persons of the controller are no recipients (CJEU C-579/21).
"""

from __future__ import annotations

from service.inzage.contract import Section, Subject, plain
from service.logs.read import inzagen


def seen(asked: Subject) -> Section:
    """One row per answer in which the address was, the newest first."""
    rows = inzagen(asked.connection, asked.key, asked.identificatie)
    return Section(
        naam="ingezien",
        kolommen=("tijd", "rollen", "handeling"),
        rijen=tuple((plain(row.tijd), ", ".join(row.rollen), row.handeling) for row in rows),
    )
