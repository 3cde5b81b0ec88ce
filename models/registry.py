"""The models in MLflow: versions per target, which of them is champion or challenger, and how one is read safely.

Of a registered model only its document is read, never the code beside it, and only with the digest that our own store
approved (pipelines/approvals.py); a tag in MLflow is no proof. Files `models/registry*.py` alone import mlflow.
"""

from __future__ import annotations

import hashlib
import tempfile
from collections.abc import Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from features.errors import Refusal
from features.register import FEATURES
from models.bounds import require_bounds, require_size
from models.derived import spoken_of
from models.document import from_json
from models.figures_json import RunFacts
from models.registry_client import MlflowClient, MlflowException, talking_to
from models.registry_pyfunc import DOCUMENT, FOLDER
from models.registry_runs import Origin, document, fill, start
from models.tables import TableModel
from models.trained import TrainedTarget

CHAMPION, CHALLENGER = "champion", "challenger"
DIGEST, SCOPE, UNTIL, INPUTS = "sha256", "gemeenten", "getraind_tot", "invoer_sha256"
__all__ = ["CHALLENGER", "CHAMPION", "Champion", "Origin", "Registered", "Registry"]


@dataclass(frozen=True, kw_only=True)
class Registered:
    """A version in the registry, as MLflow tells of it. sha256, scope: its tags, which prove nothing."""

    doel: str
    name: str
    version: str
    run_id: str
    sha256: str
    scope: str
    trained_until: str
    aliases: tuple[str, ...] = ()
    inputs: str = ""  # see Origin


@dataclass(frozen=True, kw_only=True)
class Champion:
    """A model to score with. approved: by two people; False = a trial with the challenger."""

    model: TableModel
    name: str
    version: str
    run_id: str
    sha256: str
    scope: str = ""
    approved: bool = True
    figures: Mapping[str, float] = field(default_factory=dict)  # of its own evaluation, as logged


@dataclass(frozen=True)
class Registry:
    """store: a tracking URI (sqlite:///… or a server); artifacts: folder for what runs leave behind, if not a server's.

    prefix: of the registered models' names, for a server that several gemeenten share.
    """

    store: str
    artifacts: Path
    prefix: str = "schijnwerper"

    def name(self, doel: str) -> str:
        """The name under which a target's models are registered."""
        return f"{self.prefix}-{doel}"

    def log(self, trained: Sequence[TrainedTarget], origin: Origin) -> tuple[Registered, ...]:
        """A run and a version per target, all or none: no alias moves. Raises Refusal when the store fails."""
        runs: list[str] = []
        made: list[Registered] = []
        with talking_to(self.store) as client:
            try:
                for target in trained:
                    runs.append(start(client, target, self.artifacts, self.store))
                    made.append(self._one(client, runs[-1], target, origin))
            except BaseException:
                self.withdraw(made, runs)
                raise
        return tuple(made)

    def withdraw(self, made: Sequence[Registered], runs: Sequence[str] = ()) -> None:
        """Take versions back and mark their runs as failed, as far as the store still answers."""
        failed = {*runs, *(one.run_id for one in made)}
        with suppress(Refusal), talking_to(self.store) as client:
            for one in made:
                with suppress(MlflowException):
                    client.delete_model_version(one.name, one.version)
            for run in failed:
                with suppress(MlflowException):
                    client.set_terminated(run, "FAILED")

    def point(self, alias: str, name: str, version: str) -> None:
        """Let `alias` mean this version from now on."""
        with talking_to(self.store) as client:
            client.set_registered_model_alias(name, alias, version)

    def at(self, doel: str, alias: str) -> Registered | None:
        """The version an alias means, or None."""
        return next((one for one in self.versions(doel) if alias in one.aliases), None)

    def versions(self, doel: str) -> tuple[Registered, ...]:
        """Every version of a target, oldest first."""
        name = self.name(doel)
        with talking_to(self.store) as client:
            aliases = _aliases(client, name)
            found = client.search_model_versions(f"name = '{name}'", max_results=10_000)
            return tuple(
                Registered(
                    doel=doel,
                    name=name,
                    version=str(one.version),
                    run_id=str(one.run_id),
                    sha256=one.tags.get(DIGEST, ""),
                    scope=one.tags.get(SCOPE, ""),
                    trained_until=one.tags.get(UNTIL, ""),
                    inputs=one.tags.get(INPUTS, ""),
                    aliases=tuple(sorted(alias for alias, at in aliases.items() if at == str(one.version))),
                )
                for one in sorted(found, key=lambda one: int(one.version))
            )

    def figures(self, one: Registered) -> dict[str, float]:
        """The figures of a version's run, by name."""
        with talking_to(self.store) as client:
            return dict(sorted(client.get_run(one.run_id).data.metrics.items()))

    def load(self, one: Registered, sha256: str, *, approved: bool) -> Champion:
        """The model of a version, read with every check. sha256: as recorded in our own store.

        Raises Refusal when the bytes are others, when the document is none of ours, or when it breaks a bound.
        """
        place = f"model {one.name} version {one.version}"
        with talking_to(self.store) as client, tempfile.TemporaryDirectory() as folder:
            text = Path(client.download_artifacts(one.run_id, DOCUMENT, folder)).read_bytes()
        model = checked(text, sha256, place)
        return Champion(
            model=model,
            name=one.name,
            version=one.version,
            run_id=one.run_id,
            sha256=sha256,
            scope=one.scope,
            approved=approved,
            figures=self.figures(one),
        )

    def _one(self, client: MlflowClient, run: str, target: TrainedTarget, origin: Origin) -> Registered:
        name = self.name(target.doel)
        digest = hashlib.sha256(document(target)).hexdigest()
        fill(client, run, target, origin, spoken_of(FEATURES), _facts(target, origin, name, run, digest))
        try:
            client.get_registered_model(name)
        except MlflowException:
            client.create_registered_model(name)
        tags = {DIGEST: digest, SCOPE: origin.scope, UNTIL: target.model.trained_as_of, INPUTS: origin.inputs}
        source = f"{client.get_run(run).info.artifact_uri}/{FOLDER}"
        made: Any = client.create_model_version(name, source=source, run_id=run, tags=tags)
        return Registered(
            doel=target.doel,
            name=name,
            version=str(made.version),
            run_id=run,
            sha256=digest,
            scope=origin.scope,
            trained_until=target.model.trained_as_of,
            inputs=origin.inputs,
        )


def checked(text: bytes, sha256: str, place: str) -> TableModel:
    """The model of a document whose bytes have this digest; raises Refusal for anything else (see Registry.load)."""
    require_size(text, place)
    digest = hashlib.sha256(text).hexdigest()
    if not sha256 or digest != sha256:
        raise Refusal(
            place,
            found=f"a document with SHA-256 {digest[:12]}…",
            expected=f"{sha256[:12] or 'an approved digest'}…, as recorded in our own store",
            do="do not use it; train again, and find out who changed the file",
        )
    try:
        words = text.decode()
    except UnicodeDecodeError:
        raise Refusal(
            place, found="bytes that are no text", expected="a JSON document", do="do not open it; train again"
        ) from None
    model = from_json(words)
    require_bounds(model, spoken_of(FEATURES), place)
    return model


def _aliases(client: MlflowClient, name: str) -> dict[str, str]:
    try:
        found = client.get_registered_model(name).aliases
    except MlflowException as fault:
        if fault.error_code == "RESOURCE_DOES_NOT_EXIST":
            return {}
        raise
    return {str(alias): str(version) for alias, version in found.items()}


def _facts(target: TrainedTarget, origin: Origin, name: str, run: str, digest: str) -> RunFacts:
    return RunFacts(
        doel=target.doel,
        name=name,
        version="",
        sha256=digest,
        run_id=run,
        trained_as_of=target.model.trained_as_of,
        register=target.model.register,
        code_version=origin.code,
        seed=target.seed,
        labels=target.labels,
        positives=target.positives,
        light=target.light,
        drawn=target.drawn,
        found=target.found,
        strength=target.strength,
        belief=target.belief,
        recipe=tuple((key, str(value)) for key, value in vars(target.recipe).items()),
        gemeenten=origin.gemeenten,
        grounds=origin.grounds,
        data=origin.files,
    )
