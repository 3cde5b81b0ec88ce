"""The registered artefact: an MLflow pyfunc from code. Its data is one JSON document; there is no pickle in it."""

from __future__ import annotations

from importlib.metadata import version
from pathlib import Path
from typing import Any

from models.registry_client import quiet

CODE = Path(__file__).with_name("registry_tabelmodel.py")
FOLDER = "model"
DOCUMENT = f"{FOLDER}/artifacts/tabellen.json"  # within a run's artefacts
NEEDS = ("mlflow", "numpy", "pandas")


def write_artefact(folder: Path, document: bytes, features: tuple[str, ...], *, digest: str, made: str) -> None:
    """Write the artefact to `folder`/model. features: what it reads, declared as doubles and enforced on loading.

    digest, made (an ISO date): in place of a random id and the clock, so that equal models give equal bytes.
    """
    with quiet():  # imported here: it takes seconds, which only a training has to spend
        from mlflow.models import Model, ModelSignature
        from mlflow.pyfunc import save_model
        from mlflow.types import ColSpec, DataType, Schema

        aside = folder / "tabellen.json"
        aside.write_bytes(document)
        description = Model(model_uuid=digest[:32], utc_time_created=f"{made} 00:00:00", metadata={"sha256": digest})
        save_model(
            str(folder / FOLDER),
            python_model=str(CODE),
            artifacts={"tabellen": str(aside)},
            signature=ModelSignature(
                inputs=Schema([ColSpec(DataType.double, name) for name in features]),
                outputs=Schema([ColSpec(DataType.double, "score"), ColSpec(DataType.double, "kans")]),
            ),
            pip_requirements=[f"{name}=={version(name)}" for name in NEEDS],
            mlflow_model=description,
        )
        aside.unlink()
        _forget_this_machine(folder / FOLDER, description)


def _forget_this_machine(model: Path, description: Any) -> None:
    """Paths of the machine that trained, and a pickle version that nothing here uses, do not travel along."""
    flavor = description.flavors["python_function"]
    flavor["model_code_path"] = CODE.name
    flavor["artifacts"]["tabellen"]["uri"] = flavor["artifacts"]["tabellen"]["path"]
    flavor.pop("cloudpickle_version", None)
    description.model_size_bytes = CODE.stat().st_size + (model / "artifacts" / "tabellen.json").stat().st_size
    description.save(str(model / "MLmodel"))
