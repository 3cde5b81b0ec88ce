"""Fixed Dutch words of the pack: names of things. No number stands here."""

from __future__ import annotations

MEANING = {
    "spookbewoning": "Het adres wordt gebruikt, maar in de BRP staat niemand ingeschreven. "
    "Of wie er ingeschreven staat, is er niet.",
    "schijnbewoning": "In de BRP staan mensen ingeschreven die er niet wonen zoals het is geregistreerd.",
}
SOURCES = {
    "brp": "Basisregistratie Personen (BRP): wie staat waar ingeschreven, en sinds wanneer",
    "bag": "Basisregistratie Adressen en Gebouwen (BAG): soort, grootte en gebruiksdoel van het adres",
    "energie": "Energieverbruik per aansluiting, van de netbeheerder",
    "vastgoed": "Vastgoed: WOZ-waarde, eigendom, bedrijven op het adres, energielabel",
    "signalen": "Signalen over het adres: terugmeldingen, retourpost, meldingen (soort en datum, nooit de tekst)",
    "onderzoeken": "Uitkomsten van eerdere adresonderzoeken",
    "omgeving": "Omgeving: bebouwde kom, recreatieparken, wegen (openbare kaarten)",
}
KINDS = {  # of a source, as a resident would call it: in the letter
    "brp": "hoeveel mensen er ingeschreven staan en hoe vaak dat wisselt",
    "energie": "hoeveel stroom en gas er wordt gebruikt",
    "bag": "wat voor gebouw het is en hoe groot",
    "vastgoed": "wat voor eigenaar het pand heeft en of er een bedrijf zit",
    "omgeving": "waar het adres ligt, bijvoorbeeld buiten de bebouwde kom",
    "signalen": "of er signalen over het adres zijn, zoals post die terugkwam",
}
NEVER = ("nationaliteit", "geboorteplaats", "geslacht", "naam", "godsdienst", "inkomen")
RECIPE = {
    "prior": "voorkennis: de richting van elk kenmerk",
    "rules": "regels uit de praktijk",
    "unusual": "hoe ongewoon het adres als geheel is",
    "boost": "een bijgeleerde correctie (EBM)",
    "monotone": "richtingen afgedwongen",
    "pairs": "combinaties van twee kenmerken",
    "light": "niet-onderzochte adressen als lichte negatieven",
}
CONTENDERS = {
    "model": "Dit model",
    "kampioen": "Het model dat nu in gebruik is",
    "profielen": "De regels uit de praktijk",
    "toeval": "Loten",
    "beste kenmerk": "Het beste losse kenmerk",
    "isolation": "Alleen: hoe ongewoon",
    "HGB": "Gradient boosting (zwarte doos)",
    "logistisch": "Logistische regressie",
}
TESTS = {
    "lawful": "Rechtmatig",
    "proxy": "Verkapte groep (proxy)",
    "quality": "Kwaliteit",
    "statistical": "Statistisch verband",
    "substantive": "Inhoudelijk verband",
}
KIND_OF_FOLD = {"tijd": "In de tijd", "ruimte": "In de ruimte"}


def listed(parts: tuple[str, ...] | list[str]) -> str:
    """In a sentence: a, b en c."""
    return parts[0] if len(parts) == 1 else f"{', '.join(parts[:-1])} en {parts[-1]}" if parts else ""
