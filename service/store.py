"""Which publication is current. `publicaties/actueel` names it; a new name is noticed at the next request.

A request asks once and keeps what it got, so no reader ever sees two runs in one answer. The run before is kept open
for those who are halfway down its pages; older ones are opened again from disk, for as long as they are there.

A stop flag is noticed in the same way: a manifest that was replaced is read again at the next request. While the
current run is stopped no other run is given, for it may hold the same model's ranking. The stop switch of the service
(service/stopping.py) is asked for at every request and masks every run.
"""

from __future__ import annotations

import re
import threading
from collections import OrderedDict
from collections.abc import Callable

import structlog

from features.errors import Refusal
from service import opaque
from service.faults import NothingPublished, PublicationGone
from service.manifest import Stop
from service.publication import Publication, manifest_stamp, open_publication
from service.settings import Settings

RUN_ID = re.compile(r"[A-Za-z0-9][A-Za-z0-9._-]{0,99}")
KEPT_OPEN = 2  # the current run and the one before

log = structlog.get_logger()
Switch = Callable[[], Stop | None]


def no_switch() -> None:
    """For whoever has no store of stops at hand."""


class Publications:
    """The publications of one folder; safe to share between threads."""

    def __init__(self, settings: Settings, switch: Switch = no_switch) -> None:
        self.folder = settings.publicaties
        self._switch = switch
        self.cursor_key = opaque.subkey(settings.sleutel, "cursor")
        self._id_key = opaque.subkey(settings.sleutel, "adres")
        self._lock = threading.Lock()
        self._open: OrderedDict[str, Publication] = OrderedDict()
        self._last_good = ""
        self._refused = ""

    def current(self) -> Publication:
        """The publication that `actueel` names, else the last good one. Raises NothingPublished without either."""
        try:
            named = (self.folder / "actueel").read_text(encoding="utf-8").strip()
        except (OSError, ValueError) as fault:
            named, reason = "", f"{self.folder / 'actueel'}: {type(fault).__name__}"
        else:
            reason = f"{self.folder / 'actueel'} names {named!r}"
        noodstop = self._switch()
        with self._lock:
            if named and named != self._refused:
                try:
                    found = self._get(named, noodstop)
                    self._last_good, self._refused = named, ""
                    return found
                except PublicationGone:
                    reason += ", which is not there"
                except Refusal as fault:
                    log.error("publication refused, the last good one stays", run_id=named, fault=str(fault))
                    self._refused, reason = named, str(fault)
            last = self._open.get(self._last_good)
            if last is not None and last.noodstop == noodstop:
                return last
            if last is not None:
                try:
                    return self._get(self._last_good, noodstop)
                except (PublicationGone, Refusal) as fault:
                    reason += f"; nor can {self._last_good} be opened again: {fault}"
        raise NothingPublished(reason)

    def run(self, run_id: str) -> Publication:
        """One named run, current or not. Raises PublicationGone when it is not on disk (any more), or stopped."""
        try:
            current = self.current()
        except NothingPublished:
            current = None
        if current is not None and current.gestopt and run_id != current.manifest.run_id:
            raise PublicationGone(run_id)
        noodstop = self._switch()
        with self._lock:
            try:
                return self._get(run_id, noodstop)
            except Refusal as fault:
                raise PublicationGone(run_id) from fault

    def close(self) -> None:
        """Close every connection."""
        with self._lock:
            for publication in self._open.values():
                publication.connection.close()
            self._open.clear()

    def _get(self, run_id: str, noodstop: Stop | None) -> Publication:
        if not RUN_ID.fullmatch(run_id) or not (self.folder / run_id).is_dir():
            raise PublicationGone(run_id)
        known = self._open.get(run_id)
        if known is not None and (known.stamp, known.noodstop) != (manifest_stamp(self.folder / run_id), noodstop):
            del self._open[run_id]  # before it is opened again: a flag that cannot be read never leaves the old one
            log.info("manifest changed", run_id=run_id)
        if run_id not in self._open:
            self._open[run_id] = open_publication(self.folder / run_id, self._id_key, noodstop)
            log.info("publication opened", run_id=run_id)
            while len(self._open) > KEPT_OPEN:
                self._open.popitem(last=False)  # closed when its last reader lets go
        self._open.move_to_end(run_id)
        return self._open[run_id]
