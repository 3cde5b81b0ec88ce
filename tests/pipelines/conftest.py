"""One MLflow store for all tests of this folder; every test has model names, and a werkmap, of its own."""

from __future__ import annotations

from pathlib import Path
from uuid import uuid4

import pytest

from models.registry import Registry
from pipelines.settings import Settings


@pytest.fixture(scope="session")
def store(tmp_path_factory: pytest.TempPathFactory) -> str:
    folder = tmp_path_factory.mktemp("mlflow")
    uri = f"sqlite:///{folder / 'mlflow.db'}"
    Registry(uri, folder / "artefacten").versions("spookbewoning")  # makes the tables, once
    return uri


@pytest.fixture
def settings(store: str, tmp_path: Path) -> Settings:
    return Settings(
        werkmap=tmp_path / "werk", mlflow=store, taken=1, zaad=1, key=b"k" * 32, modelnaam=f"t{uuid4().hex[:8]}"
    )
