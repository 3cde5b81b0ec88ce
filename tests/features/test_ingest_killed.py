"""Law 7: kill -9 at any moment leaves the last good landing in place, and the next run needs no help."""

from __future__ import annotations

import signal
import subprocess
import sys
from pathlib import Path

from features.delivery import Delivery
from features.ingest import aside, ingest, open_landings, read_report
from tests.features.deliveries import month_row, write_csv, write_delivery

KEY = b"a key for tests"
# The child reads the delivery and stops for ever as soon as the months are being read, so that the kill falls midway.
CHILD = """
import sys, time
from pathlib import Path
from features.delivery import Delivery
from features.ingest import ingest
def stop(step, rows):
    if step == "maandafname":
        print("midway", flush=True)
        time.sleep(60)
ingest(Delivery.open(Path(sys.argv[1])), Path(sys.argv[2]), key=b"a key for tests", progress=stop)
"""


def test_a_run_killed_midway_leaves_the_last_landing(tmp_path: Path) -> None:
    levering, out = write_delivery(tmp_path / "levering"), tmp_path / "landing"
    ingest(Delivery.open(levering), out, key=KEY)
    before = {p: p.read_bytes() for p in out.rglob("*") if p.is_file()}
    write_csv(levering / "energie/maandafname_2026.csv", [month_row(1, "2026-07", 7)])

    root = Path(__file__).resolve().parents[2]
    command = [sys.executable, "-c", CHILD, str(levering), str(out)]
    with subprocess.Popen(command, cwd=root, stdout=subprocess.PIPE, text=True) as child:
        assert child.stdout is not None
        assert child.stdout.readline() == "midway\n"
        child.send_signal(signal.SIGKILL)
    assert aside(out, "bezig").exists()  # what the killed run left
    assert {p: p.read_bytes() for p in out.rglob("*") if p.is_file()} == before
    assert len(open_landings(out)) == 1

    assert not ingest(Delivery.open(levering), out, key=KEY).skipped
    report = read_report(out)
    assert report is not None
    assert next(t.used for t in report.tables if t.table == "maandafname") == 1
    assert not aside(out, "bezig").exists()
