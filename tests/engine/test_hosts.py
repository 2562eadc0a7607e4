"""Which engine is meant: flags before environment before config.json before the socket."""

from __future__ import annotations

import hashlib
import json
from pathlib import Path

import pytest

from docknet_tui.engine.hosts import DEFAULT, Host, Tls, resolve
from docknet_tui.engine.port import NoEngine


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A configuration folder with the contexts `far` (TLS) and `near`; `near` is current."""
    write_context(tmp_path, "near", {"Host": "unix:///run/near.sock"})
    far = write_context(tmp_path, "far", {"Host": "tcp://far:2376", "SkipTLSVerify": True})
    tls = tmp_path / "contexts" / "tls" / far / "docker"
    tls.mkdir(parents=True)
    for name in ("ca.pem", "cert.pem", "key.pem"):
        (tls / name).write_text("pem")
    (tmp_path / "config.json").write_text(json.dumps({"currentContext": "near"}))
    return tmp_path


def write_context(folder: Path, name: str, docker: dict[str, object]) -> str:
    digest = hashlib.sha256(name.encode()).hexdigest()
    meta = folder / "contexts" / "meta" / digest
    meta.mkdir(parents=True)
    (meta / "meta.json").write_text(json.dumps({"Name": name, "Endpoints": {"docker": docker}}))
    return digest


def env(folder: Path, **more: str) -> dict[str, str]:
    return {"DOCKER_CONFIG": str(folder), **more}


def test_order(folder: Path) -> None:
    everything = env(folder, DOCKER_HOST="tcp://env:2375", DOCKER_CONTEXT="far")
    assert resolve(host="tcp://x:1", context="far", env=everything).url == "tcp://x:1"
    assert resolve(context="near", env=everything).context == "near"
    assert resolve(env=everything) == Host("tcp://env:2375")
    assert resolve(env=env(folder, DOCKER_CONTEXT="far")).url == "tcp://far:2376"
    assert resolve(env=env(folder)) == Host("unix:///run/near.sock", "near")
    (folder / "config.json").unlink()
    assert resolve(env=env(folder)) == Host(DEFAULT)


def test_contexts_count_without_a_config_file(folder: Path) -> None:
    (folder / "config.json").unlink()
    assert resolve(context="near", env=env(folder)).url == "unix:///run/near.sock"


def test_the_default_context_ignores_what_is_current(folder: Path) -> None:
    assert resolve(context="default", env=env(folder)) == Host(DEFAULT)
    assert resolve(env=env(folder, DOCKER_CONTEXT="default")) == Host(DEFAULT)


@pytest.mark.parametrize(
    ("given", "meant"),
    [
        ("box:2375", "tcp://box:2375"),
        ("/run/d.sock", "unix:///run/d.sock"),
        ("ssh://me@box", "ssh://me@box"),
    ],
)
def test_addresses_may_be_short(folder: Path, given: str, meant: str) -> None:
    assert resolve(host=given, env=env(folder)).url == meant


def test_an_unknown_context_is_refused(folder: Path) -> None:
    for call in (
        {"context": "nosuch", "env": env(folder)},
        {"env": env(folder, DOCKER_CONTEXT="nosuch")},
    ):
        with pytest.raises(NoEngine) as caught:
            resolve(**call)  # type: ignore[arg-type]
        assert "“nosuch”" in caught.value.reason
        assert "docker context ls" in caught.value.cure


@pytest.mark.parametrize("text", ["{", "[]", '{"Endpoints": {}}', '{"Endpoints": {"docker": 7}}'])
def test_a_broken_context_is_said_to_be_broken(folder: Path, text: str) -> None:
    digest = hashlib.sha256(b"near").hexdigest()
    (folder / "contexts" / "meta" / digest / "meta.json").write_text(text)
    with pytest.raises(NoEngine, match="cannot be read"):
        resolve(env=env(folder))


def test_a_broken_config_file_is_said_to_be_broken(folder: Path) -> None:
    (folder / "config.json").write_text("{")
    with pytest.raises(NoEngine, match=r"config\.json cannot be read"):
        resolve(env=env(folder))
    (folder / "config.json").write_text("[]")
    assert resolve(env=env(folder)) == Host(DEFAULT)


def test_tls_of_a_context(folder: Path) -> None:
    tls = resolve(context="far", env=env(folder)).tls
    assert tls is not None
    assert tls.verify is False
    assert tls.ca is not None and Path(tls.ca).read_text() == "pem"
    assert resolve(context="near", env=env(folder)).tls is None


def test_tls_of_the_environment(folder: Path) -> None:
    certs = env(folder, DOCKER_HOST="tcp://x:2376", DOCKER_TLS_VERIFY="1", DOCKER_CERT_PATH="/c")
    assert resolve(env=certs).tls == Tls("/c/ca.pem", "/c/cert.pem", "/c/key.pem", True)
    del certs["DOCKER_CERT_PATH"]
    tls = resolve(host="tcp://y:2376", env=certs).tls
    assert tls is not None and tls.ca == str(folder / "ca.pem")
