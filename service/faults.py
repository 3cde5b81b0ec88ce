"""What can go wrong while answering, apart from the input that pydantic checks; `service/errors.py` words them."""

from __future__ import annotations


class InputFault(Exception):
    """One parameter that is well formed but cannot be used. `detail` is shown to people, in Dutch."""

    def __init__(self, name: str, detail: str) -> None:
        self.name, self.detail = name, detail
        super().__init__(f"{name}: {detail}")


class PublicationGone(Exception):
    """The run was there and is not any more: its files were taken away while somebody was reading."""


class NothingPublished(Exception):
    """There is no publication that can be shown; `reason` says in English what was found."""

    def __init__(self, reason: str) -> None:
        self.reason = reason
        super().__init__(reason)


class NotSignedIn(Exception):
    """Nobody is signed in and the route asks for somebody (401; a page sends to the sign-in)."""


class Forbidden(Exception):
    """Signed in, and not allowed to do this (403)."""


class NotOurs(Exception):
    """Something that changes data, asked without the token of the session or from a page that is not ours (403)."""


class SignInRefused(Exception):
    """The sign-in does not go on. reden: a key of [geweigerd] in the catalogue, which the page shows.

    precies: what exactly, for the audit log alone (it helps who attacks, not who signs in). wie: the keyed pseudonym of
    whom it was about, when that is known for certain.
    """

    def __init__(self, reden: str, *, precies: str = "", wie: str = "") -> None:
        self.reden, self.precies, self.wie = reden, precies, wie
        super().__init__(reden)


class Conflict(Exception):
    """Somebody else was first, or the step is not allowed from here (409). `detail` is shown, in Dutch."""

    def __init__(self, detail: str) -> None:
        self.detail = detail
        super().__init__(detail)


class TooMany(Exception):
    """More was read than one person may read in this time (429). after: seconds until it may go on."""

    def __init__(self, after: int) -> None:
        self.after = after
        super().__init__(f"retry after {after} s")


class StoreUnavailable(Exception):
    """The store or a log cannot be written: the answer is not given (503)."""
