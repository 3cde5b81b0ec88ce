"""From the field's records to the API's schemas."""

from __future__ import annotations

from typing import Any

from service.field.desk import Shown
from service.field.kept import Kept
from service.field.packet import Door, Packet
from service.field.visit import FieldVisit, Photo
from service.schemas_veld import (
    ClashOut,
    DoorOut,
    FieldRoundOut,
    FieldVisitIn,
    FieldVisitOut,
    HaltOut,
    MemberOut,
    PhotoIn,
    Received,
    StepSeen,
)


def visit_of(body: FieldVisitIn) -> FieldVisit:
    """The visit that was sent."""
    about: dict[str, Any] = dict(body)
    about["waarnemingen"] = tuple(sorted(set(body.waarnemingen)))
    about["fotos"] = tuple(Photo(id=photo.id, sha256=photo.sha256) for photo in body.fotos)
    return FieldVisit(**about)


def received(kept: Kept) -> Received:
    """What a phone is told."""
    return Received(
        id=kept.id,
        toestand=kept.toestand,
        botsing=kept.botsing,
        stap_nr=kept.stap_nr,
        fotos_binnen=list(kept.fotos),
    )


def shown(found: Shown) -> FieldVisitOut:
    """Both sides of it: what was written down, and what happened at the desk."""
    kept = found.bezoek
    sent = tuple(PhotoIn(id=photo.id, sha256=photo.sha256) for photo in kept.bezoek.fotos)
    visit = vars(kept.bezoek) | {"fotos": sent}
    later = [
        StepSeen(
            nr=step.nr,
            stap=step.stap,
            tijd=step.tijd,
            persoon=found.namen.get(step.persoon, step.persoon),
            uitkomst=step.uitkomst,
        )
        for step in found.erna
    ]
    clash = None
    if kept.botsing is not None:
        clash = ClashOut(reden=kept.botsing, versie_gezien=kept.bezoek.versie, versie_toen=kept.versie_toen, erna=later)
    return FieldVisitOut(
        bezoek=FieldVisitIn(**visit),
        adres=found.plek.adres if found.plek else None,
        bezoeker=found.namen.get(kept.persoon, kept.persoon),
        ontvangen=kept.ontvangen,
        toestand=kept.toestand,
        stap_nr=kept.stap_nr,
        botsing=clash,
        onderzoek_toestand=found.zaak.toestand if found.zaak else None,
        uw_besluit=found.beslist,
        kan_erbij=found.kan_erbij,
        fotos_binnen=list(kept.fotos),
    )


def round_out(packet: Packet) -> FieldRoundOut:
    """What a phone takes along."""
    about = packet.ronde
    return FieldRoundOut(
        id=about.id,
        versie=about.versie,
        dag=about.dag,
        werkdag=packet.werkdag,
        team=about.team,
        vertrek=about.vertrek,
        terug=about.terug,
        begonnen=about.begonnen,
        leden=[MemberOut(id=id, naam=naam) for id, naam in packet.leden.items()],
        stops=[
            HaltOut(
                id=halt.stop.id,
                nr=halt.stop.nr,
                aankomst=halt.stop.aankomst,
                vertrek=halt.stop.einde,
                vervallen=halt.stop.vervallen,
                deuren=[_door(door) for door in halt.deuren],
            )
            for halt in packet.haltes
        ],
        tot=packet.tot,
    )


def _door(door: Door) -> DoorOut:
    about = door.adres
    return DoorOut(
        id=about.id,
        onderzoek_id=about.onderzoek_id,
        versie=door.versie,
        kan=door.kan,
        adres=about.adres,
        postcode=about.postcode,
        woonplaats=about.woonplaats,
        doel=about.doel,
        afgeschermd=about.afgeschermd,
        redenen=list(about.redenen),
        nodig=sorted(about.nodig),
        pogingen=list(about.pogingen),
        advies=door.advies,
        breedtegraad=door.breedte,
        lengtegraad=door.lengte,
    )
