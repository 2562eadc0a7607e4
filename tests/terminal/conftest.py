"""The installed command in a real terminal: tmux runs it, types and reads the screen."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.engine.real.conftest import api, lab
from tests.waiting import until

__all__ = ["api", "lab"]


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    for item in items:
        if "/terminal/" in item.nodeid and "lab" in getattr(item, "fixturenames", ()):
            item.add_marker(pytest.mark.engine)


class Terminal:
    """One tmux server with a shell in it, on a socket of its own."""

    def __init__(self, folder: Path, width: int, height: int) -> None:
        self._tmux = ["tmux", "-u", "-S", str(folder / "tmux.sock"), "-f", "/dev/null"]
        self.command = str(Path(sys.executable).parent / "docknet-tui")
        environment = {**os.environ, "TERM": "xterm-256color"}
        size = ["-x", str(width), "-y", str(height)]
        subprocess.run([*self._tmux, "new-session", "-d", *size, "sh"], env=environment, check=True)
        self.type("clear; echo ready=$?", "Enter")
        self.shows("ready=0")

    def screen(self) -> str:
        """What the terminal shows now."""
        done = subprocess.run(
            [*self._tmux, "capture-pane", "-p"], capture_output=True, text=True, check=True
        )
        return done.stdout

    def type(self, *keys: str) -> None:
        """Press these keys, named as tmux names them."""
        subprocess.run([*self._tmux, "send-keys", *keys], check=True)

    def filter(self, text: str) -> None:
        """Filter the containers, as a person would: the next key after the prompt is there."""
        self.type("2")
        self.type("/")
        self.shows("Filter containers:")
        self.type("-l", text)
        self.type("Enter")
        self.shows("1 shown · filter")

    def open(self, *arguments: str) -> None:
        """Start the app from the shell."""
        self.type(" ".join((self.command, *arguments, ";", "echo", "left=$?")), "Enter")

    def shows(self, text: str, seconds: float = 10.0) -> float:
        """Wait until the text is on the screen; returns the seconds it took."""
        start = time.monotonic()
        while text not in (screen := self.screen()):
            if time.monotonic() - start > seconds:
                raise AssertionError(f"{text!r} not within {seconds} s on:\n{screen}")
            time.sleep(0.01)
        return time.monotonic() - start

    def lacks(self, text: str, seconds: float = 10.0) -> float:
        """Wait until the text is gone from the screen; returns the seconds it took."""
        return until(lambda: text not in self.screen(), seconds, f"{text} is gone")

    def close(self) -> None:
        subprocess.run([*self._tmux, "kill-server"], check=False, capture_output=True)


@pytest.fixture(params=[(120, 36)], ids=lambda size: f"{size[0]}x{size[1]}")
def terminal(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Terminal]:
    if not shutil.which("tmux"):
        if os.environ.get("CI") == "true":
            pytest.fail("tmux is missing", pytrace=False)
        pytest.skip("no tmux: the tests in a real terminal need it")
    terminal = Terminal(tmp_path, *request.param)
    yield terminal
    terminal.close()
