"""What went wrong with the engine, as one sentence and a cure. Never a traceback."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

from docknet_tui.text.clean import clean

from .port import EngineError, NoEngine, NotThere


@contextmanager
def told(url: str) -> Iterator[None]:
    """Turn everything that docker-py, requests and the socket raise into an EngineError."""
    import docker.errors
    import requests.exceptions

    try:
        yield
    except EngineError:
        raise
    except docker.errors.NotFound as error:
        raise NotThere(clean(str(error.explanation or error))) from error
    except docker.errors.APIError as error:
        raise EngineError(clean(str(error.explanation or error))) from error
    except (
        docker.errors.DockerException,
        requests.exceptions.RequestException,
        OSError,
        ValueError,
    ) as error:
        raise no_engine(url, error) from error
    except (AttributeError, KeyError, TypeError) as error:
        raise EngineError(
            f"{url} gave an answer that makes no sense here: {clean(str(error))[:160]}."
        ) from error


def no_engine(url: str, error: BaseException) -> NoEngine:
    """The sentence for an engine that does not answer."""
    causes = tuple(_causes(error))
    path = url.removeprefix("unix://")
    if any(isinstance(cause, FileNotFoundError) for cause in causes):
        return NoEngine(
            f"No Docker Engine listens at {url}: the socket does not exist.",
            "Start Docker, or name an engine with --host, --context or DOCKER_HOST.",
        )
    if any(isinstance(cause, PermissionError) for cause in causes):
        return NoEngine(
            f"You may not open {path}.",
            f"Join the group {_group(path)}: sudo usermod -aG {_group(path)} $USER, "
            "then log in again.",
        )
    if any(isinstance(cause, ConnectionRefusedError) for cause in causes):
        return NoEngine(
            f"Nothing answers at {url}: the connection was refused.", "Is the Docker daemon up?"
        )
    text = " ".join(map(str, causes))
    if "paramiko" in text:
        return NoEngine(
            f"{url} needs an SSH client library that is not installed.",
            "Install it beside docknet-tui: pip install paramiko",
        )
    if "timed out" in text.lower() or any(isinstance(c, TimeoutError) for c in causes):
        return NoEngine(f"{url} does not answer in time.", "Is the daemon stuck, or the host away?")
    if "ssl" in text.lower() or "tls" in text.lower() or "certificate" in text.lower():
        return NoEngine(
            f"The TLS connection to {url} failed: {clean(str(error))[:160]}.",
            "Look at DOCKER_CERT_PATH and DOCKER_TLS_VERIFY, or the context's certificates.",
        )
    return NoEngine(f"{url} does not answer as a Docker Engine: {clean(str(error))[:160]}.")


def _causes(error: BaseException | None) -> Iterator[BaseException]:
    """The error and everything it was made of: causes, contexts, and exceptions in its args."""
    seen: set[int] = set()
    todo = [error]
    while todo:
        current = todo.pop(0)
        if not isinstance(current, BaseException) or id(current) in seen:
            continue
        seen.add(id(current))
        yield current
        todo += [current.__cause__, current.__context__, getattr(current, "reason", None)]
        for arg in current.args:
            todo += arg if isinstance(arg, tuple) else (arg,)


def _group(path: str) -> str:
    """The group that owns the socket; `docker` where that cannot be told."""
    try:
        import grp
        import os

        return grp.getgrgid(os.stat(path).st_gid).gr_name
    except (ImportError, OSError, KeyError):
        return "docker"
