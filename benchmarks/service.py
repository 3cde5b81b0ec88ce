"""How fast the desk is, on SQLite, with sign-in, rights and both logs on, beside a bare FastAPI route.

    python -m benchmarks.service [--addresses 10000000] [--work data/bench-service] [--write]

Everything runs in processes of its own on this machine: the service as `serve` starts it, the bare route, and the
client. Pages and addresses are drawn at random over 64 gemeenten, so hardly any is asked for twice.
"""

from __future__ import annotations

import argparse
import json
import random
import shutil
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

import numpy as np

from benchmarks.desk_client import SEPARATOR
from benchmarks.desk_publication import made
from benchmarks.desk_server import KEY, settings
from benchmarks.results import Section, write_section
from features.columns import Doel
from service.cursor import Cursor
from service.db.database import Database
from service.db.migrate import upgrade
from service.intake.aside import Aside
from service.intake.shelf import Shelf
from service.logs.entry import Entry, Trace
from service.people import Person, Role
from service.publication import Publication
from service.records import Filters
from service.signin import sessions
from service.store import Publications

READERS, ASKED, CONNECTIONS, ROUNDS = 64, 4000, 8, 3
PAGE = 50
PACE = 200.0  # requests a second while a publication is taken in: far more than a gemeente's desks ask


@dataclass(frozen=True, kw_only=True)
class Run:
    """What the client saw: latencies in seconds."""

    latencies: np.ndarray
    seconds: float

    @property
    def rate(self) -> float:
        """Answers a second."""
        return len(self.latencies) / self.seconds

    def at(self, share: float) -> float:
        """A quantile of the latencies, in ms."""
        return float(np.quantile(self.latencies, share)) * 1000


def main(arguments: Sequence[str] | None = None) -> None:
    """Measure, print, and with --write put the table into RESULTS.md."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0] if __doc__ else "")
    parser.add_argument("--addresses", type=int, default=10_000_000)
    parser.add_argument("--work", type=Path, default=Path("data/bench-service"))
    parser.add_argument("--seconds", type=float, default=8.0, help="of one round")
    parser.add_argument("--keep", action="store_true", help="leave the publication where it is for a next time")
    parser.add_argument("--write", action="store_true")
    given = parser.parse_args(arguments)
    work = given.work.resolve()
    section = measured(work, given.addresses, given.seconds)
    print(section.text())
    if given.write:
        write_section("service", section)
    if not given.keep:
        shutil.rmtree(work)


def measured(work: Path, addresses: int, seconds: float) -> Section:
    """The whole benchmark."""
    source = made(work / "publicaties", f"bench-{addresses}", addresses)
    shutil.rmtree(work / "dienst", ignore_errors=True)
    (work / "publicaties" / "actueel").unlink(missing_ok=True)
    publications = Publications(settings(work))
    begun = time.perf_counter()
    _aside(source, publications.shelf)
    taken = time.perf_counter() - begun
    print(f"taken in: {taken:.1f} s", flush=True)
    (work / "publicaties" / "actueel").write_text(source.name)
    publication = publications.current()
    asked = _requests(work, publication, publications.cursor_key)
    with _serving(work) as port:
        body = _one(port, asked["pages"][0])
        (work / "page.json").write_bytes(body)
        with _serving(work, bare=work / "page.json") as bare_port:
            pages, bare, in_thread = [], [], []
            for _ in range(ROUNDS):
                bare.append(_driven(bare_port, asked["pages"], seconds))
                pages.append(_driven(port, asked["pages"], seconds))
                in_thread.append(_driven(bare_port, [_plain_def(one) for one in asked["pages"]], seconds))
                print(
                    f"bare {bare[-1].rate:,.0f}/s, pages {pages[-1].rate:,.0f}/s, p99 {pages[-1].at(0.99):.1f} ms",
                    flush=True,
                )
        filtered = _driven(port, asked["filtered"], seconds)
        addresses_read = _driven(port, asked["addresses"], seconds)
        calm = _driven(port, asked["mixed"], seconds, PACE)
        other = Shelf(work / "andere-plank", publications.shelf.keys)
        busy, during = _while_taking_in(source, other, port, asked["mixed"], seconds)
    return _section(addresses, taken, pages, bare, in_thread, filtered, addresses_read, calm, busy, during)


def _while_taking_in(source: Path, shelf: Shelf, port: int, requests: list[bytes], seconds: float) -> tuple[Run, float]:
    begun = time.perf_counter()
    aside = Aside(source, shelf)
    runs = []
    while aside.running():
        runs.append(_driven(port, requests, seconds, PACE))
    took = time.perf_counter() - begun
    if aside.told():
        raise RuntimeError(aside.told())
    shutil.rmtree(shelf.root)
    return Run(
        latencies=np.concatenate([run.latencies for run in runs]), seconds=sum(run.seconds for run in runs)
    ), took


def _aside(source: Path, shelf: Shelf) -> None:
    aside = Aside(source, shelf)
    told = aside.told()
    if told:
        raise RuntimeError(told)


def _section(
    addresses: int,
    taken: float,
    pages: list[Run],
    bare: list[Run],
    in_thread: list[Run],
    filtered: Run,
    one: Run,
    calm: Run,
    busy: Run,
    during: float,
) -> Section:
    ratios = sorted(ours.rate / theirs.rate for ours, theirs in zip(pages, bare, strict=True))
    middle, floor, threaded = (runs[len(runs) // 2] for runs in (pages, bare, in_thread))
    worst = max(run.at(0.99) for run in pages)
    disturbed = busy.at(0.99) / calm.at(0.99)

    def row(what: str, run: Run, bar: str) -> tuple[str, ...]:
        return (what, f"{run.rate:,.0f}", f"{run.at(0.5):.1f}", f"{run.at(0.99):.1f}", bar)

    return Section(
        title=f"The desk on {addresses:,} addresses",
        command=f"python -m benchmarks.service --addresses {addresses}",
        heading=("what", "answers a second", "p50 ms", "p99 ms", "bar"),
        rows=(
            row(f"bare FastAPI route, the same bytes, {CONNECTIONS} connections", floor, ""),
            row(f"the same as a plain def, {CONNECTIONS} connections", threaded, ""),
            row(f"a page of {PAGE}, {CONNECTIONS} connections", middle, "p99 <= 15 ms"),
            row(f"a page of {PAGE} under filters, {CONNECTIONS} connections", filtered, ""),
            row(f"one address with reasons, {CONNECTIONS} connections", one, "p99 <= 10 ms"),
            row(f"pages and addresses, {PACE:.0f} a second", calm, ""),
            row("the same while a publication is taken in", busy, "p99 <= 2x"),
        ),
        notes=(
            f"A page of {PAGE}: {ratios[len(ratios) // 2]:.0%} of the bare route's throughput (rounds: "
            f"{', '.join(f'{ratio:.0%}' for ratio in ratios)}), bar 50%: {_holds(ratios[len(ratios) // 2] >= 0.5)}.",
            f"Of the throughput of that route as a plain def, as FastAPI's introduction writes it: "
            f"{middle.rate / threaded.rate:.0%}.",
            f"p99 of a page over all rounds {worst:.1f} ms, bar 15 ms: {_holds(worst <= 15)}.",
            f"p99 of one address {one.at(0.99):.1f} ms, bar 10 ms: {_holds(one.at(0.99) <= 10)}.",
            f"Taken in alone in {taken:.0f} s ({2 * addresses / taken:,.0f} ranked rows a second), bar 180 s: "
            f"{_holds(taken <= 180)}; while being read from in {during:.0f} s.",
            f"p99 while a publication is taken in: {disturbed:.1f}x that of a calm service, bar 2x: "
            f"{_holds(disturbed <= 2)}.",
            "Client, service and intake share the cores of this machine.",
        ),
    )


def _holds(held: bool) -> str:
    return "holds" if held else "does not hold"


def _requests(work: Path, publication: Publication, cursor_key: bytes) -> dict[str, list[bytes]]:
    """Whole HTTP requests, drawn at random."""
    draw = random.Random(7)
    readers = _signed_in(work, publication, draw)
    asked: dict[str, list[bytes]] = {"pages": [], "filtered": [], "addresses": []}
    book = publication.book
    for _ in range(ASKED):
        code, cookie = draw.choice(readers)
        doel = draw.choice(list(Doel))
        size = book.sizes[book.numbers[code]]
        at = PAGE * draw.randrange(0, max(1, size // PAGE))  # as somebody comes there who turns pages
        path = f"/v1/ranglijsten/{doel}/adressen?gemeente={code}"
        key = Filters(rechten=frozenset(), gemeente=code).key(doel)
        cursor = Cursor(run_id=publication.manifest.run_id, list_key=key, rang=at, gemeente=code).encode(cursor_key)
        asked["pages"].append(_request(f"{path}&cursor={cursor}", cookie))
        extra = draw.choice(
            (
                "buitengebied=true",
                "band=B&band=C",
                "kenmerkgroep=energie",
                f"woonplaats={_town(publication, code, draw)}",
            )
        )
        asked["filtered"].append(_request(f"{path}&{extra}", cookie))
        (row,) = book.rows([(book.numbers[code], 0, at)]).split()
        asked["addresses"].append(_request(f"/v1/adressen/{row['adres']['id']}", cookie))
    asked["mixed"] = [one for pair in zip(asked["pages"], asked["addresses"], strict=True) for one in pair]
    return asked


def _town(publication: Publication, code: str, draw: random.Random) -> str:
    towns = [place.woonplaats for place in publication.plaatsen if place.gemeente == code]
    return draw.choice(towns).replace(" ", "%20")


def _signed_in(work: Path, publication: Publication, draw: random.Random) -> list[tuple[str, str]]:
    """People with a session, each of one gemeente: (gemeente, cookie)."""
    database = Database(settings(work).database_url, key=KEY)
    upgrade(database.engine)
    codes = draw.sample(publication.gemeenten, min(READERS, len(publication.gemeenten)))
    readers = []
    for number, code in enumerate(codes):
        person = Person(
            id=f"lezer-{number}", naam="Lezer", rollen=frozenset({Role.BEOORDELAAR}), gemeenten=frozenset({code})
        )
        with database.unit(person, Trace()) as unit:
            readers.append((code, sessions.begin(unit.connection, person, unit.now)))
            unit.log(Entry(handeling="inloggen", object_soort="sessie"))
    database.close()
    return readers


def _request(path: str, cookie: str) -> bytes:
    return (
        f"GET {path} HTTP/1.1\r\nHost: 127.0.0.1\r\nAccept: application/json\r\n"
        f"Cookie: {sessions.COOKIE}={cookie}\r\n\r\n"
    ).encode()


def _plain_def(request: bytes) -> bytes:
    """The same question to the bare route that is a plain `def`."""
    return request.replace(b" /v1/ranglijsten/", b" /in-een-draad/", 1)


def _driven(port: int, requests: list[bytes], seconds: float, rate: float = 0.0) -> Run:
    command = [sys.executable, "-m", "benchmarks.desk_client", str(port), str(CONNECTIONS), str(seconds), str(rate)]
    done = subprocess.run(command, input=SEPARATOR.join(requests), capture_output=True, check=True)
    return Run(latencies=np.array(json.loads(done.stdout)), seconds=seconds)


def _one(port: int, request: bytes) -> bytes:
    with socket.create_connection(("127.0.0.1", port)) as connection:
        connection.sendall(request.replace(b"\r\n\r\n", b"\r\nConnection: close\r\n\r\n"))
        answer = b"".join(iter(lambda: connection.recv(65536), b""))
    return answer.split(b"\r\n\r\n", 1)[1]


@contextmanager
def _serving(work: Path, *, bare: Path | None = None) -> Iterator[int]:
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    what = ["--bare", str(bare)] if bare else [str(work)]
    process = subprocess.Popen([sys.executable, "-m", "benchmarks.desk_server", *what, str(port)])
    try:
        _answers(port, process)
        yield port
    finally:
        process.send_signal(signal.SIGTERM)
        process.wait(timeout=60)


def _answers(port: int, process: subprocess.Popen[bytes]) -> None:
    until = time.monotonic() + 120
    while time.monotonic() < until and process.poll() is None:
        try:
            socket.create_connection(("127.0.0.1", port), timeout=1).close()
            return
        except OSError:
            time.sleep(0.1)
    raise RuntimeError("the server does not answer")


if __name__ == "__main__":
    main()
