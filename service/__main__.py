"""`python -m service PUBLICATIES [--port N] [--open]`: serve a folder of publications on 127.0.0.1.

Exit codes as everywhere: 0 stopped, 1 refused with a reason, 2 wrong use of the command or a bug.
"""

from __future__ import annotations

import argparse
import sys
from collections.abc import Sequence
from pathlib import Path

from features.errors import Refusal
from service.serve import serve
from service.settings import Settings


def main(arguments: Sequence[str] | None = None) -> int:
    """Read the command line, serve, return the exit code."""
    parser = argparse.ArgumentParser(prog="python -m service", description="Serve the ranked lists on 127.0.0.1.")
    parser.add_argument(
        "publicaties",
        nargs="?",
        type=Path,
        help="folder with `actueel` (default: SCHIJNWERPER_PUBLICATIES, else ./publicaties)",
    )
    parser.add_argument("--port", type=int, help="default: SCHIJNWERPER_PORT, else 8000")
    parser.add_argument("--open", action="store_true", help="open the first page in a browser")
    given = parser.parse_args(arguments)
    try:
        serve(Settings.from_environment(publicaties=given.publicaties, port=given.port), open_browser=given.open)
    except Refusal as refusal:
        print(refusal, file=sys.stderr)
        return 1
    return 0


if __name__ == "__main__":
    sys.exit(main())
