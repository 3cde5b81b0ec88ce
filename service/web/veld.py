"""The field page: a shell that is the same for everybody, who is signed in, and what a phone needs to install it.

The shell holds no address, no name and no token: the worker of the page keeps it for when there is no network. The
round comes over the API and is kept, encrypted, by our own script (static/veld/vault.js), never by the browser's cache.
"""

from __future__ import annotations

import hashlib
import json
from functools import cache
from http import HTTPStatus
from pathlib import Path as File
from typing import Annotated, Any

from fastapi import APIRouter, Form, Path, Request
from fastapi.responses import HTMLResponse, JSONResponse, RedirectResponse, Response

from service.desk import Someone, TheDesk, TheTrace
from service.field import desk as field
from service.field.codes import PROPOSALS, Waarneming
from service.field.settle import Besluit
from service.permissions import Permission, requires
from service.schemas_onderzoeken import NO_NUL
from service.schemas_veld import UUID
from service.web.onderzoeken import moment
from service.web.render import TEMPLATES, render
from service.web.teksten import text

router = APIRouter(default_response_class=HTMLResponse, include_in_schema=False)
STATIC = File(__file__).parent / "static"
SCRIPT, MANIFEST = "text/javascript", "application/manifest+json"
MODULES = ("app", "vault", "courier", "photo", "screens", "round", "visit", "rules", "pictures", "sent")
KEPT = (
    "/veld",
    "/veld.webmanifest",
    "/static/veld/veld.css",
    "/static/huisstijl.css",
    "/static/vendor/voorbeeld-theme.css",
    "/static/vendor/source-sans-3.woff2",
    "/static/veld/icoon.svg",
    *(f"/static/veld/{name}.js" for name in MODULES),
)  # what the worker keeps: files that are the same for everybody


@router.get("/veld", dependencies=[requires(Permission.BEZOEKEN)])
def shell(request: Request) -> HTMLResponse:
    """The page itself, without anything of anybody."""
    return render(request, "veld.html", voorstellen=PROPOSALS, waarnemingen=tuple(Waarneming), teksten=_words())


@router.get("/veld/sessie", dependencies=[requires(Permission.BEZOEKEN)])
def session(request: Request, desk: TheDesk, person: Someone) -> JSONResponse:
    """Who is signed in, the token for what changes something, and the settings. Asked anew before anything is sent."""
    veld = desk.settings.veld
    return JSONResponse(
        {
            "persoon": person.id,
            "naam": person.naam,
            "csrf": request.state.session.csrf,
            "rondeUren": veld.ronde_uren,
            "bezoekUren": veld.bezoek_uren,
            "fotos": veld.fotos,
            "fotoZijde": veld.foto_zijde,
            "fotoBytes": veld.foto_bytes,
            "route": veld.route.value,
        }
    )


@router.get("/veld-sw.js", dependencies=[requires(Permission.OPENBAAR)])
def worker() -> Response:
    """The worker, with what it keeps: a change in any of it is a new worker."""
    about = f"const VERSION = {json.dumps(_version())};\nconst KEPT = {json.dumps(KEPT)};\n"
    script = (STATIC / "veld" / "worker.js").read_text(encoding="utf-8")
    head, rest = script.split("// ---", 1)
    return Response(head + about + rest.split("\n", 1)[1], media_type=SCRIPT)


@router.get("/veld.webmanifest", dependencies=[requires(Permission.OPENBAAR)])
def manifest() -> Response:
    """What a phone shows of an installed page (W3C Web App Manifest)."""
    icons = [{"src": "/static/veld/icoon.svg", "sizes": "any", "type": "image/svg+xml", "purpose": "any"}]
    icons += [
        {"src": f"/static/veld/icoon-{size}.png", "sizes": f"{size}x{size}", "type": "image/png", "purpose": purpose}
        for size in (192, 512)
        for purpose in ("any", "maskable")
    ]
    about = {
        "id": "/veld",
        "name": text("veld.app_naam"),
        "short_name": text("veld.app_kort"),
        "lang": "nl",
        "start_url": "/veld",
        "scope": "/veld",
        "display": "standalone",
        "background_color": "#f3f5f7",
        "theme_color": "#15293f",
        "icons": icons,
    }
    return Response(json.dumps(about, ensure_ascii=False), media_type=MANIFEST)


@router.get("/veldbezoeken", dependencies=[requires(Permission.BEZOEKEN)])
def own_visits(request: Request, desk: TheDesk, person: Someone, trace: TheTrace) -> HTMLResponse:
    """What came from the field: clashes that wait for one's decision first, then one's own visits."""
    found = field.own(desk, person, trace)
    return render(
        request,
        "veldbezoeken.html",
        wachten=[each for each in found if each.beslist],
        eigen=[each for each in found if not each.beslist],
        moment=moment,
    )


@router.post("/veldbezoeken/{id}/besluit", dependencies=[requires(Permission.ONDERZOEK_DOEN)])
def decide(
    id: Annotated[str, Path(pattern=UUID)],
    besluit: Annotated[Besluit, Form()],
    motivering: Annotated[str, Form(max_length=2000, pattern=NO_NUL)],
    desk: TheDesk,
    person: Someone,
    trace: TheTrace,
) -> Response:
    """A further step after all, or a note."""
    kept = field.decide(desk, person, trace, id, besluit, motivering)
    return RedirectResponse(f"/onderzoeken/{kept.bezoek.onderzoek_id}#veld", status_code=HTTPStatus.SEE_OTHER)


@cache
def _version() -> str:
    """Of all that the worker keeps."""
    digest = hashlib.sha256()
    for path in sorted(KEPT):
        file = STATIC / path.removeprefix("/static/")
        digest.update(path.encode() + (file.read_bytes() if path.startswith("/static/") and file.is_file() else b""))
    for file in sorted(TEMPLATES.glob("veld*.html")):
        digest.update(file.read_bytes())
    digest.update((STATIC / "veld" / "worker.js").read_bytes() + json.dumps(_words(), sort_keys=True).encode())
    return digest.hexdigest()[:16]


def _words() -> dict[str, Any]:
    """The texts that the scripts put together."""
    return {
        "veld": text("veld_js"),
        "getroffen": text("bezoek_getroffen"),
        "toestemming": text("bezoek_toestemming"),
        "uitkomst": text("onderzoek_uitkomst"),
        "waarneming": text("veld_waarneming"),
        "botsing": text("veld_botsing"),
        "uitslag": text("veld_uitslag"),
        "doel": {name: words["naam"] for name, words in text("doel").items()},
        "stap": text("onderzoek_gedaan"),
        "nodig": text("veld_nodig"),
    }
