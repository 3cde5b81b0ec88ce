"""What an answer other than 200 means, from its status, `Retry-After` and the system code of its problem+json.

Of the problem itself (RFC 7807 in the specification) only `code` is kept, and only when it is letters: detail, instance
and invalidParams may repeat what was asked or found.
"""

from __future__ import annotations

import json
import re
from contextlib import suppress
from datetime import UTC, datetime
from email.utils import parsedate_to_datetime

from service.bewoning.records import Gemist, Niet

CODE = re.compile(r"[a-zA-Z]{1,25}")
REASONS = {401: Niet.AANMELDEN, 403: Niet.VERBODEN, 429: Niet.TE_VEEL}
DAY = 86_400


def missed(status: int, body: bytes, retry_after: str, now: datetime) -> Gemist:
    """Why there is no answer. retry_after: the header, "" = none. A redirect is a wrong address in the settings."""
    if status in REASONS:
        why = REASONS[status]
    elif status < 300:
        why = Niet.ONLEESBAAR
    elif status < 400:
        why = Niet.INSTELLING
    else:
        why = Niet.VRAAG if status < 500 else Niet.STORING
    return Gemist(waarom=why, status=status, na=seconds(retry_after, now), code=_code(body))


def seconds(retry_after: str, now: datetime) -> int:
    """Retry-After (RFC 9110, 10.2.3: a number of seconds or a moment) in whole seconds from `now`, at most a day."""
    text = retry_after.strip()
    if re.fullmatch(r"[0-9]{1,9}", text):
        return min(int(text), DAY)
    with suppress(ValueError, TypeError):
        moment = parsedate_to_datetime(text)
        aware = moment if moment.tzinfo else moment.replace(tzinfo=UTC)
        return int(min(max((aware - now).total_seconds(), 0), DAY))
    return 0


def _code(body: bytes) -> str:
    with suppress(ValueError, RecursionError):
        found = json.loads(body)
        code = found.get("code") if isinstance(found, dict) else None
        if isinstance(code, str) and CODE.fullmatch(code):
            return code
    return ""
