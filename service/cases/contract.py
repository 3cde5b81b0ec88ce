"""What another room hands over to have an investigation opened."""

from __future__ import annotations

from dataclasses import dataclass

from features.columns import Doel


@dataclass(frozen=True, kw_only=True)
class NewCase:
    """An address that is to be investigated.

    identificatie: adresseerbaarobject_identificatie. aanleiding: a word of `features.sources.onderzoeken.AANLEIDINGEN`;
    stored, and shown to nobody who works the case unless somebody waits for an answer (signaal, melding).
    selectiekans: 0-1, the probability with which the address was chosen; None = unknown. bron: where it came from
    (werkvoorraad, signaal, herbezoek). alleen_bureau: no house visit may follow: the random stream may found desk
    research, not alone a visit (Algoritmekader). band: A-E when it was chosen, so that outcomes can be compared among
    like; "" = unknown.
    """

    identificatie: str
    gemeente: str
    doel: Doel
    aanleiding: str
    selectiekans: float | None
    bron: str
    alleen_bureau: bool = False
    band: str = ""
