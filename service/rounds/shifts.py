"""The shifts of a question: each team on each of its days. Their ids stay the same as long as the plan lives."""

from __future__ import annotations

from service.planning.doors import Duty
from service.planning.doors import Team as Crew
from service.rounds.asked import Asked


def duties(asked: Asked) -> tuple[Duty, ...]:
    """By day, and within a day in the order of the teams."""
    crews = {
        team.naam: Crew(naam=team.naam, leden=team.leden, start_x=team.start_x, start_y=team.start_y, kan=team.kan)
        for team in asked.teams
    }
    return tuple(
        Duty(team=crews[team.naam], dag=day, begin=team.begin, einde=team.einde)
        for day in asked.dagen
        for team in asked.teams
        if not team.dagen or day in team.dagen
    )
