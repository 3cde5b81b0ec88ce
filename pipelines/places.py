"""Where a command may write: asked before the work begins, so that nobody waits an hour for a wrong path."""

from __future__ import annotations

import os
from pathlib import Path

from features.errors import Refusal


def folder_to_write(path: Path, option: str = "--out") -> Path:
    """`path`, which is or can become a folder; raises Refusal, naming `option`, when it cannot."""
    return _below_a_folder(path, path, option)


def file_to_write(path: Path, option: str = "--out") -> Path:
    """`path`, where a file stands or can be made; raises Refusal, naming `option`, when it cannot."""
    if path.is_dir():
        raise Refusal(f"{option} {path}", found="a folder", expected="the name of a file", do="add a file name to it")
    return _below_a_folder(path, path.parent, option)


def _below_a_folder(path: Path, folder: Path, option: str) -> Path:
    """Raises Refusal unless the nearest part of `folder` that exists is a folder that we may write in."""
    standing = next(place for place in (folder.absolute(), *folder.absolute().parents) if os.path.lexists(place))
    if not standing.is_dir():
        raise Refusal(
            f"{option} {path}", found=f"a file at {standing}", expected="a folder there", do="choose another place"
        )
    if not os.access(standing, os.W_OK | os.X_OK):
        raise Refusal(
            f"{option} {path}",
            found=f"{standing}, in which we may not write",
            expected="a folder that this user may write in",
            do="change its rights or choose another place",
        )
    return path
