"""The command line: exit codes and one-line reasons."""

from __future__ import annotations

from pathlib import Path

import pytest

from docknet_tui import __version__, config
from docknet_tui.cli import NO_ENGINE, USAGE, main
from docknet_tui.keymap import KEYS, markdown, problems


@pytest.fixture(autouse=True)
def _no_environment(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    for name in ("DOCKER_HOST", "DOCKER_CONTEXT"):
        monkeypatch.delenv(name, raising=False)
    monkeypatch.setenv("DOCKER_CONFIG", str(tmp_path))
    monkeypatch.setenv("XDG_CONFIG_HOME", str(tmp_path))


def test_version(capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit) as stop:
        main(["--version"])
    assert stop.value.code == 0
    assert capsys.readouterr().out == f"docknet-tui {__version__}\n"


@pytest.mark.parametrize(
    ("arguments", "reason"),
    [
        (["-H", "unix:///nowhere.sock", "ls"], "the socket does not exist"),
        (["ls", "-H", "unix:///nowhere.sock", "--json"], "the socket does not exist"),
        (["-H", "tcp://127.0.0.1:1", "ls"], "refused"),
        (["--context", "nosuch", "ls"], "no docker context called “nosuch”"),
    ],
)
def test_no_engine_is_one_line_and_exit_3(
    arguments: list[str], reason: str, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(arguments) == NO_ENGINE
    out, err = capsys.readouterr()
    assert out == ""
    assert reason in err and err.count("\n") == 1


def test_unknown_context_from_the_environment_is_no_silent_fallback(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setenv("DOCKER_CONTEXT", "typo")
    assert main(["ls"]) == NO_ENGINE
    assert "“typo”" in capsys.readouterr().err


def test_host_and_context_together_are_refused(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["-H", "unix:///x", "--context", "y", "ls"]) == USAGE
    assert "not both" in capsys.readouterr().err


def test_the_app_needs_a_terminal(capsys: pytest.CaptureFixture[str]) -> None:
    assert main([]) == USAGE
    assert "needs a terminal" in capsys.readouterr().err


def test_configuration_problems_name_the_file(tmp_path: Path) -> None:
    file = tmp_path / "config.toml"
    assert config.load(file) == (config.Config(), ())
    file.write_text('[keys]\nquit = "Q"\n')
    assert config.load(file)[0].keys == {"quit": "Q"}
    for text, said in (
        ("keys = 3", "must be a table"),
        ("other = 1", "no setting “other”"),
        ('[keys]\nnosuch = "x"', "no key called “nosuch”"),
        ('[keys]\nquit = "y"', "would do both"),
        ('[keys]\nquit = "not a key"', "is no key name"),
        ("[keys\n", "is not TOML"),
    ):
        file.write_text(text)
        found, told = config.load(file)
        assert found == config.Config()
        assert any(said in sentence for sentence in told), (text, told)
        assert all(str(file) in sentence for sentence in told)


def test_keys_are_unique_and_clash_with_nothing() -> None:
    assert len({key.id for key in KEYS}) == len(KEYS)
    assert problems({key.id: key.keys for key in KEYS}) == []


def test_the_key_table_in_the_readme_is_current() -> None:
    readme = (Path(__file__).parent.parent / "README.md").read_text(encoding="utf-8")
    assert markdown() in readme, "paste the output of docknet_tui.keymap.markdown() into README.md"
