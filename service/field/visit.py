"""A visit as the phone sends it: what was written down at the door, whole, under a number that the phone drew."""

from __future__ import annotations

import hashlib
import json
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any

from service.cases.visits import Attempt, Getroffen, Toestemming
from service.faults import InputFault
from service.field.codes import NOBODY, PROPOSALS, Waarneming
from service.web.teksten import text


@dataclass(frozen=True, kw_only=True)
class Photo:
    """A photo that follows. sha256: in hex, of the bytes that will be sent."""

    id: str
    sha256: str


@dataclass(frozen=True, kw_only=True)
class FieldVisit:
    """One attempt at one door. id: drawn by the phone (UUID), so that sending it again does nothing twice.

    adres_id: opaque, as in the round. onderzoek_id: "" = only looked at from the public road. versie: the last step of
    the investigation that the phone knew of. geen_band: the visitor declared to have no tie with address or people
    before going there. voorstel: a proposal for the outcome, "" = none; the desk decides.
    """

    id: str
    ronde_id: str
    adres_id: str
    onderzoek_id: str
    versie: int
    moment: datetime
    geen_band: bool
    getroffen: Getroffen
    metgezel: str = ""
    gelegitimeerd: bool = False
    toestemming: Toestemming = Toestemming.NIET_GEVRAAGD
    binnen: bool = False
    sporen: bool = False
    waarnemingen: tuple[Waarneming, ...] = ()
    bevinding: str = ""
    voorstel: str = ""
    motivering: str = ""
    opmerking: str = ""
    fotos: tuple[Photo, ...] = ()

    def attempt(self, now: datetime, ahead: float = 300.0) -> Attempt:
        """As the desk writes it down. A phone's clock may run up to `ahead` seconds before ours."""
        early = 0.0 < (self.moment - now).total_seconds() <= ahead
        return Attempt(
            moment=now if early else self.moment,
            metgezel=self.metgezel,
            getroffen=self.getroffen,
            gelegitimeerd=self.gelegitimeerd,
            toestemming=self.toestemming,
            binnen=self.binnen,
            sporen=self.sporen,
            bevinding=self.bevinding,
            opmerking=self.opmerking,
        )

    def document(self) -> str:
        """Canonical JSON of all of it: equal visits give equal texts."""
        about = {name: value for name, value in vars(self).items() if name not in ("moment", "fotos", "waarnemingen")}
        about |= {
            "moment": self.moment.astimezone(UTC).isoformat(),
            "waarnemingen": sorted(self.waarnemingen),
            "fotos": [{"id": photo.id, "sha256": photo.sha256} for photo in self.fotos],
        }
        return json.dumps(about, ensure_ascii=False, sort_keys=True, separators=(",", ":"))

    def fingerprint(self) -> str:
        """SHA-256 of the document, in hex."""
        return hashlib.sha256(self.document().encode()).hexdigest()

    def check(self, *, afgeschermd: bool, photos: int) -> None:
        """Raises InputFault on what cannot be, whatever the investigation says. photos: at most so many."""
        if not self.geen_band:
            raise InputFault("geenBand", text("veld_fout.geen_band"))
        if len(self.fotos) > photos or len({photo.id for photo in self.fotos}) < len(self.fotos):
            raise InputFault("fotos", text("veld_fout.te_veel_fotos", aantal=photos))
        if self.voorstel:
            self._check_proposal()
        if not self.onderzoek_id and (self.getroffen is not Getroffen.NIEMAND or self.binnen or self.gelegitimeerd):
            raise InputFault("getroffen", text("veld_fout.vanaf_de_weg"))
        if afgeschermd and (self.bevinding.strip() or self.motivering.strip() or self.fotos):
            raise InputFault("bevinding", text("veld_fout.afgeschermd"))

    def _check_proposal(self) -> None:
        met = self.getroffen is not Getroffen.NIEMAND
        if self.voorstel not in PROPOSALS:
            raise InputFault("voorstel", text("onderzoek_fout.uitkomst"))
        if (self.voorstel in NOBODY and met) or (self.voorstel == "geen_medewerking" and not met):
            raise InputFault("voorstel", text("veld_fout.past_niet"))
        if self.voorstel == "niemand_aangetroffen_sporen" and not self.sporen:
            raise InputFault("voorstel", text("veld_fout.geen_sporen"))


def read(document: str) -> FieldVisit:
    """The visit of a document that `document` made."""
    about: dict[str, Any] = json.loads(document)
    about["moment"] = datetime.fromisoformat(about["moment"])
    about["getroffen"] = Getroffen(about["getroffen"])
    about["toestemming"] = Toestemming(about["toestemming"])
    about["waarnemingen"] = tuple(Waarneming(code) for code in about["waarnemingen"])
    about["fotos"] = tuple(Photo(**photo) for photo in about["fotos"])
    return FieldVisit(**about)
