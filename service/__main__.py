"""`python -m service COMMAND`: see service/cli.py."""

from __future__ import annotations

import sys

from service.cli import main

if __name__ == "__main__":
    sys.exit(main())
