"""GET /v1/modelkaarten/{doel} and /v1/kenmerken: what the model is and what it may look at. No address data."""

from __future__ import annotations

from fastapi import APIRouter, Depends

from features.columns import Doel
from features.register import FEATURES
from features.register import version as register_version
from service.account import account_of
from service.api.answers import PROBLEMS, Store, accepts_json
from service.api.modelkaart import card, feature_out
from service.permissions import Permission, requires
from service.schemas_verantwoording import FeatureRegister, ModelCard

router = APIRouter(prefix="/v1", tags=["verantwoording"], dependencies=[Depends(accepts_json)])


@router.get(
    "/modelkaarten/{doel}",
    operation_id="modelkaart",
    summary="Wat het model van een doel is, hoe goed, en voor wie minder",
    response_model=ModelCard,
    responses={status: PROBLEMS[status] for status in (400, 404, 406, 503)},
    dependencies=[requires(Permission.VERANTWOORDING_LEZEN)],
)
def model_card(doel: Doel, store: Store) -> ModelCard:
    """Het hele model als tabellen, met de cijfers van de toets, gelijke behandeling en bewaking.

    Wat nog niet is gemeten is null of leeg.
    """
    publication = store.current()
    return card(publication.manifest, account_of(publication), doel)


@router.get(
    "/kenmerken",
    operation_id="kenmerken",
    summary="Het register van kenmerken, met hun papieren",
    response_model=FeatureRegister,
    responses={status: PROBLEMS[status] for status in (400, 406)},
    dependencies=[requires(Permission.VERANTWOORDING_LEZEN)],
)
def features() -> FeatureRegister:
    """Bron, grondslag, doel en vijf toetsen van elk kenmerk dat een model mag lezen."""
    return FeatureRegister(versie=register_version(), kenmerken=[feature_out(feature) for feature in FEATURES])
