"""The installed command end to end: what is on the screen, how fast, and how it leaves."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

from tests.engine.real.conftest import Lab
from tests.terminal.conftest import Terminal

ON_SCREEN = 0.25
"""Seconds from a command's return until its effect is on the screen."""

EXIT = 0.5
"""Seconds from the key until the shell is back."""

ALL_SIZES = pytest.mark.parametrize(
    "terminal", [(80, 24), (120, 36), (200, 50)], ids=str, indirect=True
)


@ALL_SIZES
def test_networks_containers_and_logs_are_there(terminal: Terminal, lab: Lab) -> None:
    net = lab.name("tn")
    lab.network("tn")
    lab.started("tc", net, command=["sh", "-c", "echo said this; sleep 3600"])
    terminal.open()
    terminal.shows("● live")
    terminal.filter(lab.name("tc"))
    terminal.shows("said this")
    screen = terminal.screen()
    assert lab.name("tc") in screen
    assert "running" in screen
    address = lab.api.inspect_container(lab.containers[0])["NetworkSettings"]["Networks"][net]
    assert address["IPAddress"] + "/" in screen


def test_what_is_done_elsewhere_is_on_screen_in_time(terminal: Terminal, lab: Lab) -> None:
    lab.network("ta")
    one = lab.started("tone", lab.name("ta"))
    terminal.open()
    terminal.shows("● live")
    terminal.filter(lab.name("tone"))
    terminal.shows("‹Endpoints›")
    terminal.shows(lab.name("tone"))
    took = {}
    two = lab.network("tb", "10.231.7.0/24")
    took["create"] = terminal.shows(lab.name("tb"))
    lab.api.connect_container_to_network(one, two)
    took["connect, in the open detail"] = terminal.shows("10.231.7.2/24")
    lab.api.disconnect_container_from_network(one, two)
    took["disconnect"] = terminal.lacks("10.231.7.2/24")
    lab.api.stop(one, timeout=1)
    took["stop"] = terminal.shows("exited")
    lab.remove(one)
    took["rm"] = terminal.shows("No container matches")
    lab.api.remove_network(two)
    took["network rm"] = terminal.lacks(lab.name("tb"))
    assert all(seconds < ON_SCREEN for seconds in took.values()), took


@pytest.mark.parametrize("key", ["q", "C-c", "C-q"])
def test_leaving_is_quick_and_restores_the_terminal(terminal: Terminal, lab: Lab, key: str) -> None:
    talk = ["sh", "-c", "while sleep 0.1; do echo on and on; done"]
    for number in range(3):
        lab.started(f"tq{number}", command=talk)
    terminal.open()
    terminal.shows("● live")
    terminal.filter(lab.name("tq0"))
    terminal.shows("on and on")
    terminal.type(key)
    assert terminal.shows("left=0") < EXIT
    assert "[1] Networks" not in terminal.screen()
    terminal.type("echo still $((40+2))", "Enter")
    terminal.shows("still 42")


def test_no_engine_and_back(terminal: Terminal) -> None:
    terminal.open("-H", "unix:///nowhere/docker.sock")
    terminal.shows("the socket does not exist")
    terminal.type("?")
    terminal.shows("All keys")
    terminal.type("Escape")
    terminal.lacks("All keys")
    terminal.type("q")
    assert terminal.shows("left=0") < EXIT


def test_ls_matches_the_engines_own_words(terminal: Terminal, lab: Lab) -> None:
    net = lab.network("tl", "10.231.9.0/24")
    lab.started("tls", lab.name("tl"))
    done = subprocess.run(
        [terminal.command, "ls", "--json"], capture_output=True, text=True, check=True
    )
    document: dict[str, Any] = json.loads(done.stdout)
    ours = next(n for n in document["networks"] if n["id"] == net)
    theirs = lab.api.inspect_network(net)["Containers"]
    assert {e["container"]: e["ipv4"] for e in ours["endpoints"]} == {
        id: entry["IPv4Address"] for id, entry in theirs.items()
    }
    assert ours["endpoints"][0]["names"][0] == lab.name("tls")
    assert ours["endpoints"][0]["container"][:12] in ours["endpoints"][0]["names"]


CRASH = """
from docknet_tui.engine.look import connector
from docknet_tui.tui.app import DocknetApp

begin = DocknetApp.on_mount

def on_mount(app):
    begin(app)
    app.set_timer(1.0, lambda: 1 / 0)

DocknetApp.on_mount = on_mount
app = DocknetApp(*connector(None, None))
app.run()
raise SystemExit(app.return_code)
"""


def test_an_internal_error_restores_the_terminal(
    terminal: Terminal, lab: Lab, tmp_path: Path
) -> None:
    lab.started("tcr", command=["sh", "-c", "while sleep 0.1; do echo on; done"])
    script = tmp_path / "crash.py"
    script.write_text(CRASH, encoding="utf-8")
    terminal.type(f"XDG_STATE_HOME={tmp_path} {sys.executable} {script}; echo left=$?", "Enter")
    terminal.shows("● live")
    terminal.lacks("[1] Networks")
    assert terminal.shows("left=1") < EXIT
    screen = terminal.screen()
    assert "ZeroDivisionError: division by zero" in screen and "Traceback" not in screen
    (kept,) = (tmp_path / "docknet-tui").iterdir()
    assert "1 / 0" in kept.read_text(encoding="utf-8")
    terminal.type("clear; echo still $((40+2))", "Enter")
    terminal.shows("still 42")
