"""The README picture of MLflow: `python -m tests.pipelines.screenshot_mlflow sqlite:///demo/werk/mlflow.db FOLDER`.

Starts `mlflow ui` on the store and shows, one below the other, a training run with a shape and the registered models.
"""

from __future__ import annotations

import subprocess
import sys
import time
import urllib.request
from pathlib import Path

import numpy as np
from matplotlib import image
from mlflow import MlflowClient
from playwright.sync_api import Page, sync_playwright

from pipelines.page import _free_port
from tests.service.web.test_browser import ARGUMENTS, CHROMIUM

SHAPE = "vormen/maanden_zonder_inschrijving.png"
SETTLES = 10_000  # ms: the pages keep polling, so they never fall silent
ANONYMOUS = """() => {
  const walk = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
  while (walk.nextNode()) walk.currentNode.data = walk.currentNode.data.replace(/file:.*mlflow-artefacten/, "…");
}"""


def shoot(store: str, folder: Path) -> None:
    """mlflow.png in `folder`."""
    run = MlflowClient(tracking_uri=store).get_model_version_by_alias("schijnwerper-spookbewoning", "challenger").run_id
    experiment = MlflowClient(tracking_uri=store).get_run(str(run)).info.experiment_id
    port = _free_port()
    command = [
        sys.executable,
        "-m",
        "mlflow",
        "ui",
        "--backend-store-uri",
        store,
        "--port",
        str(port),
        "--workers",
        "1",
    ]
    server = subprocess.Popen(command)
    try:
        _answers(f"http://127.0.0.1:{port}/health")
        with sync_playwright() as playwright:
            browser = playwright.chromium.launch(executable_path=CHROMIUM, args=list(ARGUMENTS))
            page = browser.new_page(viewport={"width": 1440, "height": 640}, base_url=f"http://127.0.0.1:{port}")
            _settled(page, "/#/models")
            _tidy(page)
            _settled(page, "/#/models")
            page.screenshot(path=folder / "modellen.png", clip={"x": 0, "y": 0, "width": 1440, "height": 270})
            _settled(page, f"/#/experiments/{experiment}/runs/{run}/artifacts/{SHAPE}")
            page.get_by_text(SHAPE).first.wait_for(timeout=60_000)
            page.wait_for_timeout(SETTLES)
            page.evaluate(ANONYMOUS)
            page.screenshot(path=folder / "run.png")
            browser.close()
    finally:
        server.terminate()
        server.wait()
    _stack(folder / "mlflow.png", folder / "run.png", folder / "modellen.png")


def _settled(page: Page, path: str) -> None:
    page.goto(path)
    page.wait_for_timeout(SETTLES)


def _tidy(page: Page) -> None:
    """Away with what the pages show on a first visit, and to the side that is about training."""
    page.get_by_role("button", name="Try it now").click(timeout=SETTLES)
    page.get_by_text("Model training", exact=True).first.click()
    for button in page.locator("button").all():
        box = button.bounding_box()
        if box and box["x"] > 1380 and box["y"] < 60:
            button.click()
            return


def _answers(url: str) -> None:
    until = time.monotonic() + 120
    while time.monotonic() < until:
        try:
            with urllib.request.urlopen(url, timeout=5):
                return
        except OSError:
            time.sleep(0.5)
    raise TimeoutError(url)


def _stack(target: Path, *parts: Path) -> None:
    image.imsave(target, np.concatenate([image.imread(part)[..., :3] for part in parts]))
    for part in parts:
        part.unlink()


if __name__ == "__main__":
    shoot(sys.argv[1], Path(sys.argv[2]))
