"""The registered artefact: loads anywhere, enforces its signature, and is a second reader that equals our own."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import numpy as np
import pandas as pd
import pytest

from models.document import to_json
from models.registry import Registered, Registry
from models.registry_client import quiet
from models.registry_pyfunc import DOCUMENT, write_artefact
from tests.models.trained_made_up import ORIGIN, table_model, trained

DOEL = "schijnbewoning"
ALONE = """
import sys, warnings
import mlflow
import numpy as np
import pandas as pd
model = mlflow.pyfunc.load_model(sys.argv[1])
found = model.predict(pd.read_csv("rijen.csv"))
assert list(found.columns) == ["score", "kans"]
found.to_csv("uit.csv", index=False, float_format="%.17g")
assert not [name for name in sys.modules if name.split(".")[0] in ("features", "models", "pipelines", "interpret")]
"""


@pytest.fixture(scope="module")
def logged(tmp_path_factory: pytest.TempPathFactory) -> tuple[Registry, Registered]:
    folder = tmp_path_factory.mktemp("mlflow")
    registry = Registry(f"sqlite:///{folder / 'mlflow.db'}", folder / "artefacten")
    return registry, registry.log([trained(DOEL)], ORIGIN)[0]


def rows() -> pd.DataFrame:
    """On borders, between them, missing, and far beyond: every kind of cell."""
    first, second = table_model(DOEL).features
    values = [-1e9, 0.0, 0.5, 1.0, 2.0, 2.5, 3.0, 1e9, np.nan]
    pairs = [(a, b) for a in values for b in values]
    return pd.DataFrame(pairs, columns=[first, second])


def test_it_loads_in_a_bare_process_from_another_folder(logged: tuple[Registry, Registered], tmp_path: Path) -> None:
    """With `python -I`: no PYTHONPATH, not this folder; nothing of ours is imported, the artefact brings its code."""
    registry, one = logged
    rows().to_csv(tmp_path / "rijen.csv", index=False)
    environment = {name: value for name, value in os.environ.items() if not name.startswith(("PYTHON", "MLFLOW"))}
    environment |= {"MLFLOW_TRACKING_URI": registry.store, "MLFLOW_DISABLE_TELEMETRY": "true"}
    done = subprocess.run(
        [sys.executable, "-I", "-c", ALONE, f"models:/{one.name}/{one.version}"],
        cwd=tmp_path,
        env=environment,
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stderr
    found = pd.read_csv(tmp_path / "uit.csv")
    expected = table_model(DOEL).score(rows())
    np.testing.assert_allclose(found["score"], expected, rtol=0, atol=1e-12)
    np.testing.assert_allclose(found["kans"], 1 / (1 + np.exp(-expected)), rtol=0, atol=1e-12)


def test_the_signature_is_enforced(logged: tuple[Registry, Registered]) -> None:
    registry, one = logged
    with quiet():
        import mlflow

        model = mlflow.pyfunc.load_model(str(registry.artifacts / one.run_id / "artifacts" / "model"))
        good = rows()
        first = good.columns[0]
        assert model.predict(good).shape == (len(good), 2)
        for bad in (good.drop(columns=first), good.assign(**{first: "tekst"})):
            with pytest.raises(mlflow.exceptions.MlflowException, match="enforce schema"):
                model.predict(bad)


def test_the_artefact_is_these_files_and_no_others(tmp_path: Path) -> None:
    model = table_model(DOEL)
    write_artefact(tmp_path, to_json(model).encode(), model.features, digest="ab" * 32, made="2026-10-01")
    assert {str(path.relative_to(tmp_path)) for path in tmp_path.rglob("*") if path.is_file()} == {
        "model/MLmodel",
        "model/artifacts/tabellen.json",
        "model/conda.yaml",
        "model/python_env.yaml",
        "model/registry_tabelmodel.py",
        "model/requirements.txt",
    }
    assert (tmp_path / DOCUMENT).read_text() == to_json(model)
