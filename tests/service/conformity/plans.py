"""Requests about plans that can succeed."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

from service.people import Role
from tests.service.serving import GEMEENTE, Served, someone


def question(today: date) -> dict[str, Any]:
    """A plan for the Monday and Tuesday after today, of addresses that are looked at from the road."""
    monday = today + timedelta(days=7 - today.weekday())
    return {
        "gemeente": GEMEENTE,
        "eersteDag": monday.isoformat(),
        "laatsteDag": (monday + timedelta(days=1)).isoformat(),
        "teams": [{"naam": "Noord", "leden": [someone(Role.VELD).id], "start": {"coordinates": [6.67, 52.63]}}],
        "gevelschouw": True,
        "minutenEerste": 60,
    }


def prepare(served: Served) -> None:
    """Somebody to send, and some plans to look at."""
    served.session_of(someone(Role.VELD))
    with served.client(Role.PLANNER) as planner:
        for _ in range(3):
            planner.post("/v1/plannen", json=question(served.database.clock().date())).raise_for_status()
