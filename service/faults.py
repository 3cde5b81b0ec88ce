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
