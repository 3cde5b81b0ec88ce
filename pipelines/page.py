"""Start and stop the page. The edges do not import each other, so it runs as a process of its own."""

from __future__ import annotations

import os
import secrets
import signal
import socket
import subprocess
import sys
import time
import urllib.error
import urllib.request
from pathlib import Path

from features.errors import Refusal
from pipelines.progress import console
from pipelines.store import current

PID_FILE = "pagina.pid"
LOG_FILE = "pagina.log"
KEY_FILE = "pagina.sleutel"
WAIT = 30.0  # seconds a page may take to answer


def command(publicaties: Path, port: int, *, demo: bool) -> list[str]:
    """The page's own command line. demo: made-up accounts without a password."""
    words = [sys.executable, "-m", "service", "serve", str(publicaties), "--port", str(port)]
    return [*words, "--demo"] if demo else words


def accounts() -> None:
    """Print whom one can sign in as in demo mode."""
    subprocess.run([sys.executable, "-m", "service", "demo-accounts"], check=False)


def serve(publicaties: Path, port: int, *, demo: bool = False) -> int:
    """Serve in the foreground until interrupted; returns the exit code of the service, which says itself what is wrong.

    Raises Refusal without a publication or with a taken port.
    """
    current(publicaties)
    if _taken(port):
        raise _port_refusal(port)
    return subprocess.run(command(publicaties, port, demo=demo), check=False).returncode


def start(publicaties: Path, port: int, folder: Path) -> str:
    """Serve in the background in demo mode and return the URL once it answers; a page that already runs there is left
    running.

    Writes its process id, its log and its key in `folder`: with the same key links to addresses outlive a restart.
    Raises Refusal when it does not come up.
    """
    running = _running(folder)
    if running is not None:
        return f"http://127.0.0.1:{running[1]}/"
    port = port if not _taken(port) else _free_port()
    with (folder / LOG_FILE).open("wb") as log:
        process = subprocess.Popen(
            command(publicaties, port, demo=True),
            stdin=subprocess.DEVNULL,
            stdout=log,
            stderr=log,
            start_new_session=True,
            env={"SCHIJNWERPER_SLEUTEL": _key(folder), **os.environ},
        )
    (folder / PID_FILE).write_text(f"{process.pid} {port}\n")
    url = f"http://127.0.0.1:{port}/"
    if not _answers(url, process):
        raise Refusal(
            str(folder / LOG_FILE), found="a page that does not answer", expected="a running page", do="read that log"
        )
    process.returncode = 0  # it outlives us on purpose; without this Python warns that it still runs
    return url


def stop(folder: Path) -> None:
    """Stop the page that `start` left running in `folder`; says so when there is none."""
    running = _running(folder)
    if running is None:
        console.print("no page is running here")
    else:
        os.kill(running[0], signal.SIGTERM)
        console.print("the page is stopped")
    (folder / PID_FILE).unlink(missing_ok=True)


def _key(folder: Path) -> str:
    file = folder / KEY_FILE
    if not file.exists():
        file.touch(mode=0o600)
        file.write_text(secrets.token_hex(32))
    return file.read_text()


def _running(folder: Path) -> tuple[int, int] | None:
    file = folder / PID_FILE
    if not file.exists():
        return None
    pid, port = (int(part) for part in file.read_text().split())
    try:
        arguments = Path(f"/proc/{pid}/cmdline").read_bytes().split(b"\0")
    except OSError:
        return None
    return (pid, port) if b"service" in arguments else None


def _answers(url: str, process: subprocess.Popen[bytes]) -> bool:
    until = time.monotonic() + WAIT
    while time.monotonic() < until and process.poll() is None:
        try:
            with urllib.request.urlopen(url, timeout=5) as answer:
                return bool(answer.status == 200)
        except (urllib.error.URLError, OSError):
            time.sleep(0.2)
    return False


def _taken(port: int) -> bool:
    with socket.socket() as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind(("127.0.0.1", port))
        except OSError:
            return True
    return False


def _free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def _port_refusal(port: int) -> Refusal:
    return Refusal(
        "--port", found=f"port {port}, which is in use", expected="a free port", do=f"try --port {_free_port()}"
    )
