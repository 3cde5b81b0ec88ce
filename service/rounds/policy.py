"""What an installation may set about making plans (section `planning` of dienst.toml)."""

from __future__ import annotations

from dataclasses import dataclass

from features.errors import Refusal


@dataclass(frozen=True, kw_only=True)
class Planning:
    """Seconds of searching. eerste: for the first plan; grondig: for the better one after it, in the background (0 =
    none); opnieuw: after a wish, while the planner waits. processen: that search side by side (0: in our own).
    verwacht_rijden: minutes between two stops, with which the number of doors that the lot draws from is reckoned
    before there is a route.
    """

    eerste: float = 2.0
    grondig: float = 18.0
    opnieuw: float = 1.2
    processen: int = 2
    verwacht_rijden: float = 10.0

    def __post_init__(self) -> None:
        for name, least in (
            ("eerste", 0.05),
            ("grondig", 0.0),
            ("opnieuw", 0.05),
            ("verwacht_rijden", 0.0),
            ("processen", 0),
        ):
            if not least <= getattr(self, name) <= 600:
                raise Refusal(
                    f"service settings, [planning] {name}",
                    found=str(getattr(self, name)),
                    expected=f"{least} to 600",
                    do="choose one",
                )
