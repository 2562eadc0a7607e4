"""What is left of an internal error: one sentence on the terminal, the rest in a file."""

from __future__ import annotations

import os
import time
import traceback
from pathlib import Path


def folder() -> Path:
    """The XDG state folder of docknet-tui."""
    base = os.environ.get("XDG_STATE_HOME") or str(Path.home() / ".local" / "state")
    return Path(base) / "docknet-tui"


def keep(error: BaseException) -> str:
    """Write the traceback to a file; returns the sentence that tells where it is."""
    said = f"docknet-tui met an error of its own and had to stop: {type(error).__name__}: {error}."
    stamp = time.strftime("%Y%m%d-%H%M%S")
    path = folder() / f"error-{stamp}.txt"
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text("".join(traceback.format_exception(error)), encoding="utf-8")
    except OSError as failed:
        return f"{said} The details could not be kept: {failed.strerror}."
    return f"{said} The details are in {path}."
