"""Copy what the page needs out of node_modules into web/static/vendor: `python -m service.assets`, after `npm ci`.

Nothing of third parties is committed and nothing is fetched by the browser from elsewhere; only these files are served.
"""

from __future__ import annotations

import shutil
import sys
from pathlib import Path

from features.errors import Refusal

ROOT = Path(__file__).resolve().parent.parent
MODULES = ROOT / "node_modules"
VENDOR = ROOT / "service" / "web" / "static" / "vendor"
_FONT = "@fontsource-variable/source-sans-3"
COPIES = (
    ("@nl-design-system-unstable/voorbeeld-design-tokens/dist/theme.css", "voorbeeld-theme.css"),
    ("@nl-design-system-unstable/voorbeeld-design-tokens/LICENSE.md", "voorbeeld-theme.LICENSE.md"),
    ("@utrecht/component-library-css/dist/index.css", "utrecht.css"),
    ("@utrecht/component-library-css/LICENSE.md", "utrecht.LICENSE.md"),
    (f"{_FONT}/files/source-sans-3-latin-wght-normal.woff2", "source-sans-3.woff2"),
    (f"{_FONT}/files/source-sans-3-latin-ext-wght-normal.woff2", "source-sans-3-ext.woff2"),
    (f"{_FONT}/LICENSE", "source-sans-3.LICENSE"),
    ("leaflet/dist/leaflet.css", "leaflet.css"),
    ("leaflet/dist/leaflet.js", "leaflet.js"),
    ("leaflet/LICENSE", "leaflet.LICENSE"),
    ("proj4/dist/proj4.js", "proj4.js"),
    ("proj4/LICENSE.md", "proj4.LICENSE.md"),
    ("proj4leaflet/src/proj4leaflet.js", "proj4leaflet.js"),
    ("proj4leaflet/LICENSE", "proj4leaflet.LICENSE"),
)


def copy_assets(modules: Path, vendor: Path) -> int:
    """Copy every file of COPIES; returns how many. Raises Refusal when one is not in `modules`."""
    vendor.mkdir(parents=True, exist_ok=True)
    for source, name in COPIES:
        if not (modules / source).is_file():
            raise Refusal(
                str(modules / source),
                found="no such file",
                expected="an installed package",
                do="run `npm ci --ignore-scripts`",
            )
        shutil.copyfile(modules / source, vendor / name)
    return len(COPIES)


def main() -> int:
    """Copy, or say what is missing."""
    try:
        copy_assets(MODULES, VENDOR)
    except Refusal as refusal:
        print(refusal, file=sys.stderr)
        return 1
    return 0


if __name__ == "__main__":
    sys.exit(main())
