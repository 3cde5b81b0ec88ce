"""The two places where models are kept, for these settings: the registry in MLflow and our own record of approvals."""

from __future__ import annotations

from dataclasses import dataclass

from models.registry import Registry
from pipelines.approvals import FILE, Approvals
from pipelines.settings import Settings


@dataclass(frozen=True, kw_only=True)
class Bench:
    """registry: versions and aliases; approvals: what may be used."""

    registry: Registry
    approvals: Approvals


def bench(settings: Settings) -> Bench:
    """Where this installation keeps its models."""
    return Bench(
        registry=Registry(settings.mlflow, settings.werkmap / "mlflow-artefacten", settings.modelnaam),
        approvals=Approvals(settings.werkmap / FILE),
    )
