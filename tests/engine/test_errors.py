"""Whatever goes wrong comes out as one sentence and a cure."""

from __future__ import annotations

import os
import socket
import threading
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import docker.errors
import pytest
import requests

from docknet_tui.engine import docker_engine
from docknet_tui.engine.docker_engine import DockerEngine
from docknet_tui.engine.errors import no_engine, told
from docknet_tui.engine.hosts import Host, Tls
from docknet_tui.engine.port import EngineError, NoEngine, NotThere


def said(url: str, tls: Tls | None = None) -> NoEngine:
    """What the first call to this address says."""
    with pytest.raises(NoEngine) as caught:
        DockerEngine(Host(url, None, tls)).info()
    error = caught.value
    assert "\n" not in error.reason and "Traceback" not in error.reason
    return error


def test_no_socket(tmp_path: Path) -> None:
    error = said(f"unix://{tmp_path}/none.sock")
    assert "the socket does not exist" in error.reason
    assert "Start Docker" in error.cure and "DOCKER_HOST" in error.cure


def test_refused() -> None:
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))  # bound, but nobody listens
        error = said(f"tcp://127.0.0.1:{taken.getsockname()[1]}")
    assert "refused" in error.reason


def test_no_permission() -> None:
    error = no_engine(
        "unix:///run/d.sock",
        docker.errors.DockerException("Error", PermissionError(13, "Permission denied")),
    )
    assert error.reason == "You may not open /run/d.sock."
    assert "sudo usermod -aG docker $USER" in error.cure


def test_the_group_is_the_one_that_owns_the_socket(tmp_path: Path) -> None:
    import grp

    path = tmp_path / "d.sock"
    path.touch()
    mine = grp.getgrgid(os.stat(path).st_gid).gr_name
    error = no_engine(f"unix://{path}", PermissionError(13, "Permission denied"))
    assert f"usermod -aG {mine} $USER" in error.cure


@pytest.fixture
def served() -> Iterator[Callable[[bytes | None], str]]:
    """Serves one fixed answer to whoever connects, or none at all; gives the address."""
    sockets: list[socket.socket] = []

    def serve(answer: bytes | None) -> str:
        server = socket.create_server(("127.0.0.1", 0))
        sockets.append(server)

        def work() -> None:
            while True:
                try:
                    client, _ = server.accept()
                except OSError:
                    return
                sockets.append(client)
                if answer is not None:
                    client.recv(4096)
                    client.sendall(answer)
                    client.close()

        threading.Thread(target=work, daemon=True).start()
        return f"tcp://127.0.0.1:{server.getsockname()[1]}"

    yield serve
    for sock in sockets:
        sock.close()


def test_an_engine_that_hangs(
    served: Callable[[bytes | None], str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(docker_engine, "CALL_TIMEOUT", 1.0)
    error = said(served(None))
    assert "does not answer in time" in error.reason


def test_closing_does_not_wait_for_an_engine_that_hangs(
    served: Callable[[bytes | None], str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(docker_engine, "CALL_TIMEOUT", 2.0)
    engine = DockerEngine(Host(served(None)))
    thread = threading.Thread(target=lambda: engine.alive(), daemon=True)
    thread.start()
    start = time.monotonic()
    engine.close()
    assert time.monotonic() - start < 0.05
    thread.join(5)
    with pytest.raises(NoEngine, match="closed"):
        engine.networks()


@pytest.mark.parametrize(
    "answer",
    [
        b"HTTP/1.1 200 OK\r\nContent-Length: 5\r\n\r\nhello",
        b"HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\n[]",
        b"SSH-2.0-OpenSSH\r\n",
        b"",
    ],
)
def test_something_else_answers(served: Callable[[bytes | None], str], answer: bytes) -> None:
    with pytest.raises(EngineError) as caught:
        DockerEngine(Host(served(answer))).info()
    assert "\n" not in caught.value.reason


def test_bad_certificates(tmp_path: Path, served: Callable[[bytes | None], str]) -> None:
    for name in ("ca", "cert", "key"):
        (tmp_path / f"{name}.pem").write_text("no certificate")
    tls = Tls(*(str(tmp_path / f"{name}.pem") for name in ("ca", "cert", "key")))
    error = said(served(None), tls)
    assert "TLS" in error.reason and "DOCKER_CERT_PATH" in error.cure


def test_missing_certificates(tmp_path: Path) -> None:
    tls = Tls(*(str(tmp_path / f"{name}.pem") for name in ("ca", "cert", "key")))
    error = said("tcp://127.0.0.1:2376", tls)
    assert "TLS" in error.reason and "DOCKER_CERT_PATH" in error.cure


def test_ssh_without_its_library(monkeypatch: pytest.MonkeyPatch) -> None:
    text = "Install paramiko package to enable ssh:// support"
    error = no_engine("ssh://me@box", docker.errors.DockerException(text))
    assert "SSH" in error.reason and "pip install paramiko" in error.cure


def test_answers_of_the_engine_keep_its_words() -> None:
    response = requests.Response()
    with pytest.raises(NotThere, match="No such container: x"), told("unix:///d"):
        raise docker.errors.NotFound("404", response, "No such container: x")
    with pytest.raises(EngineError, match=r"^evilx$") as caught, told("unix:///d"):
        raise docker.errors.APIError("500", response, "evil\x1b[2Jx")
    assert not isinstance(caught.value, NoEngine)


def test_a_mistake_of_ours_is_no_engine_error() -> None:
    with pytest.raises(AssertionError), told("unix:///d"):
        raise AssertionError
