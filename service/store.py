"""Which publication is in use. `publicaties/actueel` names it; a new name is noticed at the next request.

A new publication is taken in whole, beside the one in use, and then switched to: a small one at once, a large one by a
process of its own while everybody reads on. A request asks once and keeps what it got, so no reader ever sees two runs
in one answer. What was taken in stays on the shelf as long as retention says: a judgement refers to what was shown.

A stop flag is noticed in the same way: a manifest that was replaced is read again at the next request. While the
current run is stopped no other run is given, for it may hold the same model's ranking. The stop switch of the service
(service/stopping.py) is asked for at every request and masks every run.
"""

from __future__ import annotations

import re
import threading
from collections import OrderedDict
from collections.abc import Callable
from pathlib import Path

import structlog

from features.errors import Refusal
from service import opaque
from service.faults import NothingPublished, PublicationGone
from service.intake.aside import Aside
from service.intake.build import Progress, no_progress
from service.intake.keys import Keys
from service.intake.shelf import InUse, Shelf
from service.intake.source import Source, open_source
from service.manifest import Stop
from service.publication import Publication, open_publication
from service.reading.pointer import Pointer
from service.settings import Settings

RUN_ID = re.compile(r"[A-Za-z0-9][A-Za-z0-9._-]{0,99}")
KEPT_OPEN = 4  # the current run, and those that were asked for last
AT_ONCE = 20_000  # addresses that a request can wait for, about a second

log = structlog.get_logger()
Switch = Callable[[], Stop | None]
Noticed = Callable[[Publication], None]


def no_switch() -> None:
    """For whoever has no store of stops at hand."""


def nobody_told(_: Publication) -> None:
    """For whoever keeps no register."""


class Publications:
    """The publications of one folder; safe to share between threads. noticed: told of each that comes into use."""

    def __init__(self, settings: Settings, switch: Switch = no_switch, noticed: Noticed = nobody_told) -> None:
        self.folder = settings.publicaties
        self.cursor_key = opaque.subkey(settings.sleutel, "cursor")
        self.shelf = Shelf(settings.plank, Keys.of(settings.sleutel))
        self._switch, self._noticed = switch, noticed
        self._lock = threading.RLock()
        self._open: OrderedDict[str, Publication] = OrderedDict()
        self._actueel = Pointer(self.folder / "actueel")
        self._in_use = Pointer(self.shelf.pointer)
        self._run = ""
        self._folder = self._seen = ""
        self._refused: tuple[str, object] = ("", None)
        self._reason = ""
        self._aside: Aside | None = None

    def current(self) -> Publication:
        """The publication in use. Raises NothingPublished without one."""
        noodstop = self._switch()
        with self._lock:
            self._notice()
            if self._run:
                try:
                    return self._get(self._run, noodstop)
                except (PublicationGone, Refusal) as fault:
                    raise NothingPublished(f"{self._run} cannot be shown: {fault}") from fault
            raise NothingPublished(self._reason)

    def run(self, run_id: str) -> Publication:
        """One named run, current or not. Raises PublicationGone when it is not kept (any more), or stopped."""
        try:
            current = self.current()
        except NothingPublished:
            current = None
        if current is not None and run_id == current.manifest.run_id:
            return current
        if current is not None and current.gestopt:
            raise PublicationGone(run_id)
        with self._lock:
            try:
                return self._get(run_id, self._switch())
            except Refusal as fault:
                raise PublicationGone(run_id) from fault

    def kept(self) -> tuple[str, ...]:
        """The runs on the shelf, the newest name first."""
        return self.shelf.runs()

    def publish(self, folder: Path, *, progress: Progress = no_progress) -> str:
        """Take the publication in `folder` in, here and now, and switch to it; its run. Raises Refusal."""
        source = open_source(folder)
        if not RUN_ID.fullmatch(source.manifest.run_id):
            raise Refusal(
                str(folder), found=source.manifest.run_id, expected="a name of letters and digits", do="rename"
            )
        shelved = self.shelf.take_in(source, progress=progress)
        self.shelf.use(shelved, self._actueel.text())
        return source.manifest.run_id

    def close(self) -> None:
        """Let go of every file."""
        with self._lock:
            if self._aside is not None:
                self._aside.stop()
            self._open.clear()

    def _notice(self) -> None:
        """Look whether another publication was published, or put into use by another process."""
        if self._in_use.moved():
            found = self.shelf.in_use()
            if found is not None:
                self._put_in_use(found)
        if not self._actueel.moved() and self._aside is None and self._run:
            return
        named = self._actueel.text()
        self._reason = f"{self.folder / 'actueel'} names {named!r}"
        if named and named != self._seen:
            try:
                self._take_in(named)
            except PublicationGone:
                self._reason += ", which is not there"
            except Refusal as fault:
                self._reason = str(fault)

    def _take_in(self, named: str) -> None:
        folder = self._checked(named)
        if self._aside is not None and self._aside.folder == folder:
            if self._aside.running():
                self._reason += ", which is being taken in"
                return
            told, self._aside = self._aside.told(), None
            if told:
                self._refuse(folder, Refusal(str(folder), found=told, expected="a whole publication", do="score again"))
        if self._refused == (named, _state(folder)):
            return
        try:
            source = open_source(folder)
            shelved = self.shelf.find(source)
            if shelved is None and source.addresses > AT_ONCE:
                self._aside = Aside(folder, self.shelf)
                self._reason += ", which is being taken in"
                return
            self._switch_to(source, shelved or self.shelf.take_in(source))
        except Refusal as fault:
            self._refuse(folder, fault)

    def _switch_to(self, source: Source, shelved: Path) -> None:
        self._put_in_use(self.shelf.use(shelved, source.folder.name))
        log.info("publication in use", run_id=self._run)

    def _put_in_use(self, found: InUse) -> None:
        if found.folder != self._folder:
            self._open.pop(found.run, None)  # it may have lain elsewhere before
        self._run, self._folder, self._seen = found.run, found.folder, found.seen

    def _refuse(self, folder: Path, fault: Refusal) -> None:
        if self._refused != (folder.name, _state(folder)):
            log.error("publication refused, the last good one stays", run_id=folder.name, fault=str(fault))
        self._refused = (folder.name, _state(folder))
        raise fault

    def _checked(self, run_id: str) -> Path:
        folder = self.folder / run_id
        if not RUN_ID.fullmatch(run_id) or not folder.is_dir():
            raise PublicationGone(run_id)
        return folder

    def _get(self, run_id: str, noodstop: Stop | None) -> Publication:
        known = self._open.get(run_id)
        if known is None:
            shelved = self._shelved(run_id)
            source = self.folder / run_id if (self.folder / run_id).is_dir() else self.shelf.source(shelved)
            known = open_publication(source, shelved, self.shelf.keys.adres, noodstop)
            log.info("publication opened", run_id=run_id)
            if run_id == self._run:
                self._noticed(known)
        else:
            known = known.now(noodstop)
        self._open[run_id] = known
        self._open.move_to_end(run_id)
        while len(self._open) > KEPT_OPEN:
            self._open.popitem(last=False)  # closed when its last reader lets go
        return known

    def _shelved(self, run_id: str) -> Path:
        """Its folder on the shelf; one that was never in use is taken in when it is small. Raises PublicationGone."""
        if not RUN_ID.fullmatch(run_id):
            raise PublicationGone(run_id)
        shelved = self.shelf.of_run(run_id)
        if shelved is None:
            source = open_source(self._checked(run_id))
            if source.addresses > AT_ONCE:
                raise PublicationGone(run_id)
            shelved = self.shelf.take_in(source)
        return shelved


def _state(folder: Path) -> object:
    """Changes when anything of a publication is replaced: then it is worth another look."""
    found = [(file.name, file.stat().st_mtime_ns, file.stat().st_size) for file in sorted(folder.glob("*.*"))]
    return tuple(found)
