"""From the account of a publication to the API's model card."""

from __future__ import annotations

import math
from datetime import date, datetime

from features.columns import Doel, Feature
from models.accountability.organisation import FILL_IN, Organisation
from models.evaluate import Interval
from models.fairness_gates import stopping
from models.monitoring import Report
from models.proportions import Rate
from models.published_account import FairnessAccount
from service.account import Account
from service.api.answers import stop_out
from service.manifest import Manifest
from service.schemas_verantwoording import (
    AxisOut,
    BandOut,
    DriftOut,
    EqualOut,
    FeatureOut,
    FigureOut,
    GateOut,
    GroupOut,
    ModelCard,
    OrganisationOut,
    TableOut,
    TestOut,
    WatchedOut,
)
from service.web.modelbeeld import TableOfPoints, tables_of

DOELEN = tuple(Doel)


def card(manifest: Manifest, account: Account, doel: Doel) -> ModelCard:
    """The card of one target."""
    about, target = manifest.model(doel), account.doelen[doel]
    facts, decision = target.facts, target.decision
    return ModelCard(
        doel=doel,
        run_id=manifest.run_id,
        peildatum=manifest.peildatum,
        versie=about.versie,
        vingerafdruk=about.digest,
        getraind_tot=about.getraind_tot,
        koude_start=about.cold,
        goedgekeurd=about.goedgekeurd,
        goedgekeurd_op=datetime.fromisoformat(decision.approved_at) if decision and decision.approved_at else None,
        organisatie=_organisation(decision.organisation) if decision else None,
        basis=about.basis,
        tabellen=[_table(table) for table in tables_of(target.model)] if target.model else [],
        cijfers=dict(facts.numbers) if facts else {},
        voorwaarden=[
            GateOut(naam=gate.name, gehaald=gate.passed, gevonden=gate.found, voorwaarde=gate.expected)
            for gate in (facts.backtest.gates if facts and facts.backtest else ())
        ],
        gelijke_behandeling=_equal(account.fairness, doel) if account.fairness else None,
        bewaking=_watched(account.monitoring, doel) if account.monitoring else None,
        stop=stop_out(manifest),
        niet_getoond=list(account.faults),
    )


def feature_out(feature: Feature) -> FeatureOut:
    """A feature of the register."""
    papers = feature.papers
    return FeatureOut(
        naam=feature.name,
        label=feature.label,
        groep=feature.group,
        bronnen=list(feature.sources),
        eenheid=feature.unit,
        richting={doel: feature.direction(doel) for doel in DOELEN},
        rust_op_personen=feature.persons,
        rust_op_geboortejaren=papers.age,
        status=papers.status,
        waarom=papers.why,
        beschrijving=feature.description,
        grondslag=papers.ground,
        doel=papers.purpose,
        toetsen=[TestOut(toets=name, bevinding=proof.says, bewijs=proof.evidence) for name, proof in papers.tests()],
        beoordelaar=papers.reviewer,
        beoordeeld_op=date.fromisoformat(papers.date),
    )


def _table(table: TableOfPoints) -> TableOut:
    cells = [[label for label, _ in table.rows], list(table.columns)]
    names = table.name.split(" x ")
    return TableOut(
        naam=table.name,
        weegt=table.weight,
        assen=[
            AxisOut(kenmerk=name, label=direction.label, richting=direction.sign, cellen=cells[place])
            for place, (name, direction) in enumerate(zip(names, table.directions, strict=True))
        ],
        punten=[list(points) for _, points in table.rows],
    )


def _equal(account: FairnessAccount, doel: Doel) -> EqualOut | None:
    report = next((one for one in account.reports if one.doel == doel), None)
    if report is None:
        return None
    rows = []
    for stage in report.stages:
        for grouping in stage.groupings:
            against = {d.group: d for d in grouping.disparities}
            for group in grouping.groups:
                found = against.get(group.group)
                rows.append(
                    GroupOut(
                        stap=stage.name,
                        indeling=grouping.name,
                        groep=group.group,
                        aantal=group.n,
                        gekozen=group.selected,
                        deel_gekozen=_figure(group.selection),
                        keer_zo_vaak=_figure(found.ratio) if found else None,
                        buiten_grens=list(found.unfounded) if found else [],
                    )
                )
    return EqualOut(
        run_id=account.run_id,
        gemeten_op=date.fromisoformat(report.as_of),
        groepen=rows,
        stopt=list(stopping(report, account.bounds)),
    )


def _watched(report: Report, doel: Doel) -> WatchedOut | None:
    found = next((one for one in report.targets if one.doel == doel), None)
    if found is None:
        return None
    return WatchedOut(
        tot_en_met=date.fromisoformat(report.as_of),
        banden=[
            BandOut(
                band=band.name,
                onderzocht=band.n,
                raak=band.found,
                deel_raak=_figure(band.rate),
                beloofd=_known(band.promised),
            )
            for band in found.bands
        ],
        verschuiving=[
            DriftOut(kenmerk=one.name, stand=one.level, index=_known(one.psi), waarom=one.why)
            for one in (found.drift.features if found.drift else ())
        ],
        redenen_om_te_stoppen=list(found.reasons),
    )


def _organisation(about: Organisation) -> OrganisationOut:
    given = {name: None if str(text).startswith(FILL_IN) else text for name, text in vars(about).items()}
    return OrganisationOut(**{name: given[name] for name in OrganisationOut.model_fields})


def _figure(rate: Rate | Interval) -> FigureOut:
    return FigureOut(waarde=_known(rate.value), laag=_known(rate.low), hoog=_known(rate.high))


def _known(value: float) -> float | None:
    return value if math.isfinite(value) else None
