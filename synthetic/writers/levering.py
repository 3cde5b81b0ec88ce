"""Writes levering.toml: which sources are in the delivery and on what ground each may be used."""

from __future__ import annotations

from pathlib import Path

from synthetic.params import Params

GROUNDS = (
    ("brp", "Wet BRP art. 2.34 en 3.2, adresonderzoek", 12),
    ("bag", "Wet BAG art. 32, open data", 0),
    ("energie", "convenant netbeheerder 2026-03 (fictief)", 12),
    ("vastgoed", "Wet WOZ art. 37a, Kadasterwet art. 99, Handelsregisterwet art. 21", 24),
    ("signalen", "Besluit BRP, Landelijke Aanpak Adreskwaliteit", 12),
    ("onderzoeken", "Wet BRP art. 2.22 en 4.2", 60),
    ("omgeving", "open data", 0),
)


def write(params: Params, levering: Path) -> None:
    """Write `levering/levering.toml` for the gemeenten of `params`."""
    codes = ", ".join(f'"{part.gemeente}"' for part in params.parts())
    lines = ["# Fictitious delivery, made by `schijnwerper synthesize`. Nobody in it exists.", "[levering]"]
    lines += [f"gemeenten = [{codes}]", f"peildatum = {params.peildatum.isoformat()}"]
    for name, ground, months in GROUNDS:
        lines += [
            "",
            f"[bron.{name}]",
            f'grondslag = "{ground}"',
            'doel = ["spookbewoning", "schijnbewoning"]',
            f"bewaartermijn_maanden = {months}",
        ]
    (levering / "levering.toml").write_text("\n".join(lines) + "\n", encoding="utf-8")
