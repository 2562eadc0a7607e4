"""What is loaded when: start-up stays cheap and the core stays clean."""

from __future__ import annotations

import subprocess
import sys

import pytest


def loaded(code: str) -> set[str]:
    """Top-level modules that a fresh interpreter has loaded after running the code."""
    script = f"import sys\n{code}\nprint(*sorted({{m.split('.')[0] for m in sys.modules}}))"
    done = subprocess.run(
        [sys.executable, "-c", script], capture_output=True, text=True, check=True
    )
    return set(done.stdout.split())


@pytest.mark.parametrize(
    "package", ["model.world", "text.clean", "views.tabs", "views.listing", "engine.feed", "keymap"]
)
def test_the_core_loads_neither_textual_nor_docker(package: str) -> None:
    assert not loaded(f"import docknet_tui.{package}") & {"textual", "rich", "docker", "requests"}


def test_version_loads_neither_textual_nor_docker() -> None:
    code = (
        "import contextlib\nfrom docknet_tui.cli import main\n"
        "with contextlib.suppress(SystemExit): main(['--version'])"
    )
    assert not loaded(code) & {"textual", "rich", "docker", "requests"}


def test_the_screen_loads_no_docker_before_the_first_paint() -> None:
    assert not loaded("import docknet_tui.tui.app") & {"docker", "requests"}


def test_ls_loads_no_textual() -> None:
    code = "from docknet_tui.cli import main\nmain(['-H', 'unix:///nowhere.sock', 'ls'])"
    assert "textual" not in loaded(code)
