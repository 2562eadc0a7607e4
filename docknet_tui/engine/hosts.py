"""Which engine to talk to: flags, environment and docker contexts, as the docker CLI decides.

docker-py falls back to the default socket when a context is unknown; here that is an error.
"""

from __future__ import annotations

import hashlib
import json
import os
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from .port import NoEngine

DEFAULT = "npipe:////./pipe/docker_engine" if os.name == "nt" else "unix:///var/run/docker.sock"


@dataclass(frozen=True, slots=True)
class Tls:
    """Files for a TLS connection; `verify` says whether the engine's certificate is checked."""

    ca: str | None = None
    cert: str | None = None
    key: str | None = None
    verify: bool = True


@dataclass(frozen=True, slots=True)
class Host:
    """An engine's address, the context it comes from, and TLS material."""

    url: str
    context: str | None = None
    tls: Tls | None = None


def resolve(
    *,
    host: str | None = None,
    context: str | None = None,
    env: Mapping[str, str] | None = None,
) -> Host:
    """The engine asked for: `host`, else `context`, else DOCKER_HOST, else DOCKER_CONTEXT, else
    the current context of config.json, else the default socket.

    Raises NoEngine for a context that does not exist or cannot be read.
    """
    env = os.environ if env is None else env
    folder = Path(env.get("DOCKER_CONFIG") or Path.home() / ".docker")
    if host:
        return Host(_url(host), None, _env_tls(env, folder))
    if not context:
        if address := env.get("DOCKER_HOST"):
            return Host(_url(address), None, _env_tls(env, folder))
        context = env.get("DOCKER_CONTEXT") or _current(folder)
    if not context or context == "default":
        return Host(DEFAULT, None, _env_tls(env, folder) if context != "default" else None)
    return _context(folder, context)


def _url(address: str) -> str:
    """`host:2375` and a bare path get the scheme that the docker CLI would give them."""
    if "://" in address:
        return address
    return f"unix://{address}" if address.startswith("/") else f"tcp://{address}"


def _env_tls(env: Mapping[str, str], folder: Path) -> Tls | None:
    verify = env.get("DOCKER_TLS_VERIFY", "")
    if not verify and not env.get("DOCKER_TLS"):
        return None
    path = Path(env.get("DOCKER_CERT_PATH") or folder)
    return Tls(
        ca=str(path / "ca.pem"),
        cert=str(path / "cert.pem"),
        key=str(path / "key.pem"),
        verify=bool(verify),
    )


def _current(folder: Path) -> str | None:
    try:
        data = json.loads((folder / "config.json").read_text(encoding="utf-8"))
    except FileNotFoundError:
        return None
    except (OSError, ValueError) as error:
        raise NoEngine(
            f"{folder / 'config.json'} cannot be read: {error}.",
            "Mend it, or choose an engine with --host or --context.",
        ) from error
    current = data.get("currentContext") if isinstance(data, dict) else None
    return current if isinstance(current, str) and current else None


def _context(folder: Path, name: str) -> Host:
    digest = hashlib.sha256(name.encode()).hexdigest()
    try:
        meta = json.loads(
            (folder / "contexts" / "meta" / digest / "meta.json").read_text(encoding="utf-8")
        )
        endpoint = meta["Endpoints"]["docker"]
        url = endpoint["Host"]
    except FileNotFoundError as error:
        raise NoEngine(
            f"There is no docker context called “{name}”.",
            "docker context ls lists those that exist.",
        ) from error
    except (OSError, ValueError, KeyError, TypeError) as error:
        raise NoEngine(
            f"The docker context “{name}” cannot be read: {error}.",
            f"docker context inspect {name} shows what is wrong with it.",
        ) from error
    return Host(url or DEFAULT, name, _context_tls(folder, digest, endpoint))


def _context_tls(folder: Path, digest: str, endpoint: Mapping[str, Any]) -> Tls | None:
    path = folder / "contexts" / "tls" / digest / "docker"

    def file(name: str) -> str | None:
        return str(path / name) if (path / name).is_file() else None

    ca, cert, key = file("ca.pem"), file("cert.pem"), file("key.pem")
    if not (ca or cert or key):
        return None
    return Tls(ca, cert, key, verify=not endpoint.get("SkipTLSVerify"))
