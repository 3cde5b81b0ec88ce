from __future__ import annotations

from dataclasses import replace
from html.parser import HTMLParser

import numpy as np

from models.accountability.monitoring_page import monitoring_page
from models.agreement import Judgements
from models.drift import drift
from models.figures import Gate
from models.monitoring import Report, Watched, metrics, report
from models.spread import reference, tally
from models.stop_rule import StopRule
from tests.models.test_drift import model
from tests.models.test_monitoring import outcomes


def told(found: int = 9, *, drifted: bool = True) -> Report:
    import pandas as pd

    frame = pd.DataFrame({"volwassenen": np.repeat([0.0, 1.0, 2.0], 200)})
    made = reference(model(volwassenen=[0.5, 1.5]), frame, np.arange(600.0), as_of="2026-01-31")
    moved = drift(made, tally(made, frame * 0, np.arange(600.0)))
    watched = Watched(
        doel="spookbewoning",
        model="boosted 3",
        outcomes=outcomes(
            ("A", "risico", 0.45, 20, found), ("E", "steekproef", 0.02, 30, 0), ("C", "melding", 0.1, 4, 4)
        ),
        drift=moved if drifted else None,
        judgements=Judgements(picked=np.array([True, False]), kans=np.array([0.5, 0.1])),
    )
    gates = (Gate(name="verschil", passed=False, found="buurt <Noord> 1,9 keer zo vaak", expected="0,8 tot 1,25"),)
    return report([watched], StopRule(), run_id="run-1", as_of="2026-10-01", disparity=gates)


class Data(HTMLParser):
    def __init__(self, html: str) -> None:
        super().__init__()
        self.values: dict[str, float] = {}
        self.tags: list[str] = []
        self.feed(html)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        given = dict(attrs)
        self.tags.append(tag)
        if tag == "data":
            self.values[str(given["data-cijfer"])] = float(str(given["value"]))


def test_every_number_on_the_page_is_a_metric_of_the_same_name() -> None:
    found = told()
    page = Data(monitoring_page(found))
    assert len(page.values) > 12
    assert page.values.items() <= dict(metrics(found)).items()


def test_a_stop_and_its_reasons_stand_at_the_top() -> None:
    html = monitoring_page(told(0))
    assert html.index("Het model is stopgezet") < html.index("Raak per band")
    assert "stop-lift" in html
    assert "buurt &lt;Noord&gt;" in html


def test_without_a_reason_it_says_so_and_does_not_reassure() -> None:
    calm = replace(told(), stop=False, reasons=(), disparity=())
    html = monitoring_page(calm)
    assert "Er is geen reden om te stoppen" in html and "niet dat alles goed is" in html
    held = monitoring_page(replace(calm, stopped_since="2026-09-03T10:00:00+00:00"))
    assert "nog stopgezet, sinds 3 september 2026" in held


def test_what_moved_is_drawn_and_said_in_words() -> None:
    html = monitoring_page(told())
    assert "1: toen 33,3%, nu 0,0%" in html
    assert "merk--rood" in html
    assert "niets om mee te vergelijken" in monitoring_page(told(drifted=False))


def test_the_page_fetches_and_runs_nothing() -> None:
    html = monitoring_page(told())
    tags = Data(html).tags
    assert not {"script", "img", "link", "iframe"} & set(tags)
    assert tags.count("h1") == 1
    assert "http" not in html.replace("http-equiv", "")
