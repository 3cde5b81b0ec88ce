"""The benchmark of the planner reads what it should, judges by itself, and runs."""

from __future__ import annotations

from pathlib import Path

import pytest

from benchmarks import planning
from benchmarks.countryside import countryside
from benchmarks.orienteering import instances, read
from service.planning.problem import Plan, Route, Visit
from service.planning.solve import Effort, solve

# A square of 1: the way round is 4; from corner to corner past one other is 2, straight 1.41.
SQUARE = "n 5\r\nm 1\r\ntmax 2.5\r\n0\t0\t0\r\n1 0 5\r\n0 1 7\r\n9 9 99\r\n1 1 0\r\n\r\n"


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    (tmp_path / "p0.1.a.txt").write_text(SQUARE)
    (tmp_path / "best_known.csv").write_text("instance;best_known\np0.1.a;7\n")
    return tmp_path


def test_an_instance_is_read_solved_and_judged(folder: Path) -> None:
    (one,) = instances(folder)
    assert (one.name, one.teams, one.tmax, one.best) == ("p0.1.a", 1, 2.5, 7)
    plan = solve(one.problem(), Effort(seconds=30, workers=0, iterations=50))
    assert one.checked(plan) == plan.prize == 7
    for teams, tmax, score in ((2, 2.5, 12), (1, 1.0, 0), (1, 0.0, 0), (3, 40.0, 111)):
        other = one.varied(teams, tmax)
        assert other.checked(solve(other.problem(), Effort(seconds=30, workers=0, iterations=100))) == score


def test_a_route_that_is_too_long_is_no_solution(folder: Path) -> None:
    (one,) = instances(folder)
    visits = tuple(Visit(stop=str(i), arrival=0, begin=0, end=0) for i in (1, 2))
    long = Plan(routes=(Route(shift="team 0", visits=visits, departure=0, back=0),), left_out=(), prize=12)
    with pytest.raises(ValueError, match="a route of 3"):
        one.checked(long)
    (folder / "p0.1.b.txt").write_text(SQUARE.replace("n 5", "n 6"))
    with pytest.raises(ValueError, match="n vertices"):
        read(folder / "p0.1.b.txt")


def test_it_runs(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    planning.main(["--folder", str(folder), "--quick"])
    assert "Mean gap 0.00%, worst 0.00% (bar: 1.0% and 3%): met" in capsys.readouterr().out


def test_the_countryside_is_the_same_for_the_same_seed() -> None:
    one, other = countryside(60, 2, 2), countryside(60, 2, 2)
    assert one.stops == other.stops and (one.travel == other.travel).all()
    assert len(one.shifts) == 4
