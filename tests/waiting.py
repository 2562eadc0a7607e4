"""Waiting for a condition, never for a time."""

from __future__ import annotations

import time
from collections.abc import Callable


def until(condition: Callable[[], object], seconds: float = 5.0, what: str = "") -> float:
    """Wait until the condition holds; returns the seconds it took, fails after `seconds`."""
    start = time.monotonic()
    while not condition():
        if time.monotonic() - start > seconds:
            raise AssertionError(f"not within {seconds} s: {what or condition}")
        time.sleep(0.005)
    return time.monotonic() - start
