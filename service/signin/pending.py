"""Sign-ins under way: state, nonce and PKCE verifier stay here, bound to one browser, good once and for ten minutes."""

from __future__ import annotations

import secrets
from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlalchemy import Connection, delete, func, select

from service.faults import SignInRefused, TooMany
from service.signin.sessions import hashed
from service.signin.tables import aanmeldingen

COOKIE = "__Host-schijnwerper-inloggen"
LASTS = timedelta(minutes=10)
MOST = 10_000  # under way at once: who begins millions fills no disk


@dataclass(frozen=True, kw_only=True)
class Pending:
    """One sign-in under way. terug: our redirect_uri; naar: the path of ours to show afterwards."""

    nonce: str
    verifier: str
    terug: str
    naar: str


@dataclass(frozen=True, kw_only=True)
class Begun:
    """As Pending, with the two secrets that travel: state in the URL, browser in the cookie."""

    pending: Pending
    state: str
    browser: str


def begin(connection: Connection, *, terug: str, naar: str, now: datetime) -> Begun:
    """Begin one; state, nonce and verifier are 256 random bits each. Raises TooMany when far too many are under way."""
    connection.execute(delete(aanmeldingen).where(aanmeldingen.c.begonnen < now - LASTS))
    if connection.execute(select(func.count()).select_from(aanmeldingen)).scalar_one() >= MOST:
        raise TooMany(int(LASTS.total_seconds()))
    begun = Begun(
        pending=Pending(nonce=secrets.token_urlsafe(32), verifier=secrets.token_urlsafe(32), terug=terug, naar=naar),
        state=secrets.token_urlsafe(32),
        browser=secrets.token_urlsafe(32),
    )
    hashes = {"state_hash": hashed(begun.state), "browser_hash": hashed(begun.browser)}
    connection.execute(aanmeldingen.insert(), {**hashes, **vars(begun.pending), "begonnen": now})
    return begun


def take(connection: Connection, state: str, browser: str, now: datetime) -> Pending | SignInRefused:
    """The sign-in of this state, taken out: whatever comes of it, this state is used up. A refusal is given and not
    raised, so that the caller's transaction, in which it disappears, is kept.
    """
    row = connection.execute(select(aanmeldingen).where(aanmeldingen.c.state_hash == hashed(state))).first()
    taken = connection.execute(delete(aanmeldingen).where(aanmeldingen.c.state_hash == hashed(state))).rowcount
    if row is None or not taken:
        return SignInRefused("state", precies="onbekend of al gebruikt")
    if not secrets.compare_digest(row.browser_hash, hashed(browser)):
        return SignInRefused("state", precies="andere browser")
    if now - row.begonnen > LASTS:
        return SignInRefused("state", precies="verlopen")
    return Pending(nonce=row.nonce, verifier=row.verifier, terug=row.terug, naar=row.naar)
