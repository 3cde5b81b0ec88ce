"""A door as it was planned beside the register of today: does the visit still make sense? Pure.

Spookbewoning (nobody is registered, or not those who are there) is solved once somebody is registered where nobody
was. Schijnbewoning (registered, not living there) is solved once nobody is registered any more: the API leaves out whom
the gemeente found not to live there (08.83.10 = 089999). In doubt the visit stays.
"""

from __future__ import annotations

from features.columns import Doel
from service.bewoning.records import Bewoning, Deur, Gemist, Niet, Oordeel, Uitspraak
from service.web.teksten import text


def judged(door: Deur, found: Bewoning | Gemist) -> Uitspraak:
    """The judgement of `door` with its sentence."""
    if isinstance(found, Gemist):
        return Uitspraak(deur=door, oordeel=Oordeel.NIET_GECONTROLEERD, reden=_missed(found))
    word, verdict = _spook(door, found) if door.doel is Doel.SPOOKBEWONING else _schijn(door, found)
    told = [text(f"dagcontrole.{word}")]
    if found.in_onderzoek and verdict is not Oordeel.OPGELOST:
        told.append(text("dagcontrole.in_onderzoek"))
    return Uitspraak(deur=door, oordeel=verdict, reden=" ".join(told), geheim=found.geheim)


def _spook(door: Deur, found: Bewoning) -> tuple[str, Oordeel]:
    somebody = found.bewoners > 0 or found.veel
    if door.ingeschreven:
        if not somebody and not found.mogelijke:
            return "spook_weg", Oordeel.ANDERS
        return _compared("spook", door.ingeschreven, found)
    if somebody and door.ingeschreven is None:
        return "spook_onbekend", Oordeel.ANDERS
    if somebody:
        return "spook_opgelost", Oordeel.OPGELOST
    return ("spook_mogelijk", Oordeel.ANDERS) if found.mogelijke else ("spook_blijft", Oordeel.BLIJFT)


def _schijn(door: Deur, found: Bewoning) -> tuple[str, Oordeel]:
    if not found.bewoners and not found.veel:
        return ("schijn_mogelijk", Oordeel.ANDERS) if found.mogelijke else ("schijn_opgelost", Oordeel.OPGELOST)
    if door.ingeschreven is None:
        return "schijn_blijft", Oordeel.BLIJFT
    return _compared("schijn", door.ingeschreven, found)


def _compared(doel: str, before: int, found: Bewoning) -> tuple[str, Oordeel]:
    """Somebody is registered, as before: more, fewer or as many. Beyond 100 the API does not say how many."""
    now = max(found.bewoners, 101) if found.veel else found.bewoners
    if found.veel and before > 100:
        now = before
    if now <= before <= now + found.mogelijke:
        return f"{doel}_zelfde", Oordeel.BLIJFT
    return (f"{doel}_meer" if now > before else f"{doel}_minder"), Oordeel.ANDERS


def _missed(gone: Gemist) -> str:
    if gone.waarom is Niet.TE_VEEL and gone.na:
        why = text("dagcontrole_niet.te_veel_na", seconden=gone.na)
    else:
        why = text(f"dagcontrole_niet.{gone.waarom}")
    told: str = text("dagcontrole.niet_gecontroleerd", waarom=why)
    return told
