"""`schijnwerper demo`: a made-up gemeente, all the way from registers to a ranked list and a page to look at it."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

from pipelines import line, page, synthesize, top
from pipelines.progress import Steps
from pipelines.settings import Settings
from pipelines.show import terminal
from synthetic.params import Params

SEED = 7


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
    scored = line.run(levering, None, publicaties, settings, steps)
    top.show(scored.folder)
    terminal.print("Everything above is made up: no such people or homes exist. A high place is no proof.")
    if with_page:
        url = page.start(publicaties, port, folder)
        terminal.print(f"\nThe page is running: [bold]{url}[/bold]   (stop it with: schijnwerper demo-stop)")
