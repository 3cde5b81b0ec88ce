"""The cursor of a list: where the next page begins, in which run, under which filters. Signed, so that it is ours.

A cursor is bound to its run: page 2 comes from the same publication as page 1, or not at all.
"""

from __future__ import annotations

import hmac
import json
from base64 import urlsafe_b64decode, urlsafe_b64encode
from dataclasses import dataclass

from service.faults import InputFault

_TAG = 16  # bytes of the signature


@dataclass(frozen=True, kw_only=True)
class Cursor:
    """The last row that was shown. `list_key` names target and filters; (rang, gemeente) is unique."""

    run_id: str
    list_key: str
    rang: int
    gemeente: str

    def encode(self, key: bytes) -> str:
        """URL-safe text, without padding."""
        body = json.dumps([self.run_id, self.list_key, self.rang, self.gemeente], separators=(",", ":")).encode()
        return urlsafe_b64encode(hmac.digest(key, body, "sha256")[:_TAG] + body).decode().rstrip("=")


def decode(text: str, key: bytes, list_key: str) -> Cursor:
    """The cursor in `text`. Raises InputFault when it was not signed with `key` or is of another list."""
    try:
        raw = urlsafe_b64decode(text + "=" * (-len(text) % 4))
    except ValueError:
        raise InputFault("cursor", "De cursor is geen geldige cursor.") from None
    tag, body = raw[:_TAG], raw[_TAG:]
    if not hmac.compare_digest(tag, hmac.digest(key, body, "sha256")[:_TAG]):
        raise InputFault("cursor", "De cursor is niet door deze dienst gemaakt of is veranderd.")
    run_id, of_list, rang, gemeente = json.loads(body)
    if of_list != list_key:
        raise InputFault("cursor", "De cursor hoort bij een andere lijst of bij andere filters.")
    return Cursor(run_id=run_id, list_key=of_list, rang=rang, gemeente=gemeente)
