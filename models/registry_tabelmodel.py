"""The model as MLflow serves it: this file and `tabellen.json` travel together, and need nothing else of ours.

A second, plain reader of the document beside models/tables.py, which it must equal (a test): who audits the artefact
reads these lines. In: the features as doubles, NaN = unknown. Out: `score` (log-odds, higher = more likely) and `kans`
(0-1). Production does not run this file: it reads the document alone, after checking its digest (models/registry.py).
"""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import numpy as np
import pandas as pd
from mlflow.models import set_model
from mlflow.pyfunc.model import PythonModel

SCHEMA = "schijnwerper/tabelmodel/1"


class Tabelmodel(PythonModel):
    """score = base + for every term the number in the cell where the row falls."""

    _skip_type_hint_validation = True  # the artefact declares its own signature

    def load_context(self, context: Any) -> None:
        """Read the document. Raises ValueError for another kind of document."""
        self.document = json.loads(Path(context.artifacts["tabellen"]).read_text(encoding="utf-8"))
        if self.document.get("schema") != SCHEMA:
            raise ValueError(f"Expected a document of schema {SCHEMA}.")

    def predict(self, context, model_input, params=None):  # type: ignore[no-untyped-def]
        """n x 2: score and kans. No hints: MLflow would take them for a schema; the artefact declares its own."""
        score = np.full(len(model_input), float(self.document["basis"]))
        for term in self.document["termen"]:
            cells = [
                cell(model_input[name].to_numpy(dtype=np.float64), np.array(borders, dtype=np.float64))
                for name, borders in zip(term["kenmerken"], term["grenzen"], strict=True)
            ]
            score += np.array(term["scores"], dtype=np.float64)[tuple(cells)]
        kans = 1.0 / (1.0 + np.exp(-score))
        return pd.DataFrame({"score": score, "kans": kans}, index=model_input.index)


def cell(values: Any, borders: Any) -> Any:
    """0 = missing, then from low to high; a value on a border belongs to the upper cell."""
    return np.where(np.isnan(values), 0, np.searchsorted(borders, values, side="right") + 1)


set_model(Tabelmodel())
