"""`schijnwerper demo`: a made-up gemeente, all the way from registers to a ranked list and a page to look at it."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

from features.columns import Doel
from features.errors import Refusal
from models.published_account import FAIRNESS, FOLDER, MONITORING
from models.registry import CHALLENGER
from pipelines import fairness, line, monitor, page, show, show_models, synthesize, top
from pipelines.bench import bench
from pipelines.landings import land
from pipelines.progress import Steps
from pipelines.promote import promote
from pipelines.score import Scored, score
from pipelines.settings import Settings
from pipelines.show import terminal
from synthetic.params import Params

SEED = 7
PROPOSER, APPROVER = "demo-voorsteller", "demo-goedkeurder"  # two people, made up as everything here


def run(folder: Path, addresses: int, port: int, with_page: bool, settings: Settings, steps: Steps) -> None:
    """Make the gemeente once, run the line (unchanged steps are skipped), print the list's head, show the page."""
    levering, publicaties = folder / "levering", folder / "publicaties"
    made = folder / f".gemaakt-{addresses}-{SEED}"
    settings = replace(settings, werkmap=(folder / "werk").resolve(), mlflow="")
    settings = replace(settings, mlflow=f"sqlite:///{settings.werkmap / 'mlflow.db'}")
    settings.werkmap.mkdir(parents=True, exist_ok=True)
    if not made.exists():
        defaults = Params(addresses=addresses)
        synthesize.run(
            levering, addresses, SEED, defaults.gemeente, defaults.months, defaults.peildatum, settings, steps
        )
        made.touch()
    scored = _published(levering, publicaties, settings, steps)
    account = scored.folder / FOLDER
    if not (account / MONITORING).exists():
        monitor.run(levering, publicaties, None, None, settings, steps, fairness=False)
    top.show(scored.folder)
    terminal.print("Everything above is made up: no such people or homes exist. A high place is no proof.")
    if with_page:
        url = page.start(publicaties, port, folder)
        terminal.print(f"\nThe page is running: [bold]{url}[/bold]   (stop it with: schijnwerper demo-stop)")
        terminal.print("It opens on the sign-in. You can be any of these made-up people; no password is needed.")
        page.accounts()
    if not (account / FAIRNESS).exists():  # the slowest part, so last: the page shows it as soon as it is there
        terminal.print("Measuring equal treatment for the page of account; you need not wait for it.")
        fairness.run(levering, publicaties, settings, steps)


def _published(levering: Path, publicaties: Path, settings: Settings, steps: Steps) -> Scored:
    """As `run`, with the two decisions in between that people take."""
    landed = land(levering, settings, steps)
    as_of = landed.day(None)
    line.challenge(landed, as_of, settings, steps)
    for doel in Doel:
        if bench(settings).registry.at(doel.value, CHALLENGER) is not None:
            _decide(doel, settings)
    scored = score(landed, as_of, publicaties, settings, steps)
    show.scored(scored, as_json=False)
    return scored


def _decide(doel: Doel, settings: Settings) -> None:
    try:
        done = promote(doel, settings, proposer=PROPOSER, approver=APPROVER)
    except Refusal as refusal:
        terminal.print(
            f"{doel.value} is not promoted: found {refusal.found}; expected {refusal.expected}", markup=False
        )
    else:
        show_models.promoted(done, as_json=False)
