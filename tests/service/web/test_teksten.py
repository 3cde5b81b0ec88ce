from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from typing import Any

import pytest

from models.scores import BANDS
from service.web.render import TEMPLATES
from service.web.teksten import catalogue, text

SOURCE = "".join(file.read_text() for file in [*TEMPLATES.glob("*.html"), *TEMPLATES.parent.parent.rglob("*.py")])
USED = set(re.findall(r"""\b(?:t|text)\(\s*["']([a-z_]+(?:\.[\w]+)*)["'](?!\s*~)""", SOURCE))
# Keys that a template builds from a value: `t("doel." ~ doel ~ ".naam")`.
BUILT = re.compile(
    r"doel\.\w+\.\w+|banden\.\w|soort\.\w+|product\.\w+|adres\.(k|functie)_\w+|over\.k_\w+|fouten\.\w+|invoer\.\w+"
    r"|menu\.\w+|bronnen\.\w+|cijfers\.\w+|reden_einde\.\w+"
    r"|verantwoording\.(vraag|toets|groep|niveau)\.\w+|verantwoording\.waarnaar\.richting_\w+"
    r"|verantwoording\.model\.vast_\w+|verantwoording\.goed\.(later|steekproef)(_uitleg)?"
    r"|verantwoording\.ernaast\.(tijd|ruimte)"
    r"|logboek_(handeling|resultaat)\.\w+|logboek\.(k_\w+|van|tot)"
    r"|rol\.\w+\.\w+|geweigerd\.\w+|inloggen\.groep_\w+"
    r"|werkvoorraad\.(k_\w+|gegeven(_nr)?)|werkvoorraad_(vraag|oordeel|uitleg|bron|soort|stroom)\.\w+"
    r"|werkvoorraad_overzicht\.k_\w+"
    r"|onderzoek_(toestand|wacht|nu|stap|gedaan|deel|zorg|brief|uitkomst|klok)\.\w+(\.\w+)?"
    r"|bezoek_(getroffen|toestemming|gezien)\.\w+|patronen_(vraag|uitleg)\.\w+"
    r"|onderzoek_demo\.\w+|signaal\.k_\w+"
    r"|uitlevering\.stand\.\w+"
    r"|dagcontrole\.\w+|dagcontrole_niet\.\w+"
    r"|plan(nen)?\.k_\w+|plan_(toestand|regel|waarom|nodig)\.\w+|plan_nieuw\.waar_\w+"
    r"|ronde_bestand\.\w+\.\w+|ronde_nakijken\.\w+|ronde_papier\.(k_\w+|vervolg|van_stops)|ronde\.k_\w+"
    r"|veld_(js|nodig|waarneming|uitslag|botsing)\.\w+"
    r"|inzage\.(deel|kolom)\.\w+|inzage\.(postcode|huisnummer|bag|reden|k_\w+)"
)


def paths(table: Mapping[str, Any], above: str = "") -> Iterator[str]:
    for name, value in table.items():
        if isinstance(value, Mapping) and {"titel", "uitleg"} != set(value):
            yield from paths(value, above + name + ".")
        else:
            yield above + name


def test_every_text_that_a_page_asks_for_is_there() -> None:
    assert len(USED) > 80
    for path in USED:
        assert text(path)


def test_no_text_is_left_unused() -> None:
    unused = [path for path in paths(catalogue()) if path not in USED and not BUILT.fullmatch(path)]
    assert unused == []


def test_every_band_and_target_has_its_words() -> None:
    assert set(catalogue()["banden"]) == set(BANDS)
    assert set(catalogue()["doel"]) == {"spookbewoning", "schijnbewoning"}


def test_a_place_without_a_value_is_an_error() -> None:
    assert text("lijst.pagina", nummer=3) == "Pagina 3"
    with pytest.raises(KeyError):
        text("lijst.pagina", andere=3)
    with pytest.raises(KeyError):
        text("lijst.bestaat_niet")
