"""A Docker Engine through docker-py. docker is imported here, late, and nowhere else."""

from __future__ import annotations

import json
import time
from collections import Counter
from datetime import datetime
from threading import Lock
from typing import TYPE_CHECKING, Any, TypeVar

from docknet_tui.model.container import Container
from docknet_tui.model.events import EngineInfo
from docknet_tui.model.network import Network

from . import parse
from .errors import told
from .hosts import Host
from .port import EngineError, NoEngine
from .streams import DockerLogs, DockerNotices, socket_of

if TYPE_CHECKING:
    from docker import APIClient

StreamT = TypeVar("StreamT", DockerNotices, DockerLogs)

CALL_TIMEOUT = 5.0
"""Seconds that a short call may take: the slowest list seen took 0.02 s with 100 containers."""

PING_TIMEOUT = 3.0

# Without `exec_*`: each run of a health check makes three of those (docker-facts, events).
EVENTS = {
    "type": ["container", "network", "daemon"],
    "event": [
        *("create", "start", "restart", "die", "stop", "destroy", "rename", "pause", "unpause"),
        *("update", "oom", "health_status", "connect", "disconnect", "remove", "prune", "reload"),
    ],
}


class DockerEngine:
    """The engine at `host`. Connects at the first call; any call may raise EngineError."""

    def __init__(self, host: Host) -> None:
        self._host = host
        self._client: APIClient | None = None
        self._streams: set[DockerNotices | DockerLogs] = set()
        self._lock = Lock()
        """Guards `_streams`, `_closed` and `calls`; never held while the engine is waited for."""
        self._connecting = Lock()
        self._closed = False
        self.calls: Counter[str] = Counter()
        """How many calls of each kind were made; the tests hold their budget."""

    def info(self) -> EngineInfo:
        """Who answers, from `/version` and `/info`."""
        with told(self._host.url):
            client = self._connected("info")
            version, info = client.version(), client.info()
        return EngineInfo(
            endpoint=self._host.url,
            context=self._host.context,
            version=str(version.get("Version") or ""),
            api=str(version.get("ApiVersion") or ""),
            id=str(info.get("ID") or ""),
            name=parse.text(info.get("Name")),
        )

    def clock(self) -> float:
        """The engine's time, from `/info`: its clock may differ from ours."""
        with told(self._host.url):
            client = self._connected("info")
            stamp = str(client.info().get("SystemTime") or "")
        try:
            return datetime.fromisoformat(stamp[:19] + _zone(stamp)).timestamp()
        except ValueError:
            return time.time()

    def networks(self) -> tuple[Network, ...]:
        """`GET /networks`."""
        with told(self._host.url):
            client = self._connected("list")
            return tuple(map(parse.network, client.networks() or ()))

    def containers(self) -> tuple[Container, ...]:
        """`GET /containers/json?all=1`."""
        with told(self._host.url):
            client = self._connected("list")
            return tuple(map(parse.listed_container, client.containers(all=True) or ()))

    def network(self, id: str) -> Network:
        """`GET /networks/{id}`."""
        with told(self._host.url):
            client = self._connected("inspect")
            return parse.network(client.inspect_network(id))

    def container(self, id: str) -> Container:
        """`GET /containers/{id}/json`."""
        with told(self._host.url):
            client = self._connected("inspect")
            return parse.inspected_container(client.inspect_container(id))

    def notices(self, since: float) -> DockerNotices:
        """The event stream, on a connection of its own."""
        with told(self._host.url):
            client = self._new_client("events")
            params = {"since": int(since), "filters": json.dumps(EVENTS)}
            response = self._stream(client, "/events", params)
        return self._kept(DockerNotices(response, client, self._dropped))

    def logs(self, id: str, *, tail: int, since: float | None, follow: bool) -> DockerLogs:
        """Output of a container, on a connection of its own."""
        params: dict[str, Any] = {
            "stdout": 1,
            "stderr": 1,
            "timestamps": 1,
            "follow": int(follow),
            "tail": tail if tail >= 0 else "all",
        }
        if since is not None:
            params["since"] = f"{since:.9f}"
        with told(self._host.url):
            client = self._new_client("logs")
            response = self._stream(client, f"/containers/{id}/logs", params)
        return self._kept(DockerLogs(id, response, client, self._dropped))

    def alive(self) -> bool:
        """Whether `/_ping` is answered in time, on the connection of the short calls."""
        try:
            with told(self._host.url):
                client = self._connected("ping")
                url = f"{client.base_url}/_ping"
                return bool(client.get(url, timeout=PING_TIMEOUT).ok)
        except EngineError:
            return False

    def close(self) -> None:
        """End every stream and connection, at once; calls raise NoEngine from now on."""
        with self._lock:
            self._closed = True
            streams, client = tuple(self._streams), self._client
        for stream in streams:
            stream.close()
        if client is not None:
            client.close()

    def _stream(self, client: APIClient, path: str, params: dict[str, Any]) -> Any:  # noqa: ANN401
        """An answer without end. Its headers must come in time, what follows may take for ever."""
        url = f"{client.base_url}/v{client.api_version}{path}"
        response = client.get(url, params=params, stream=True, timeout=CALL_TIMEOUT)
        client._raise_for_status(response)  # type: ignore[attr-defined]
        if (sock := socket_of(response)) is not None:
            sock.settimeout(None)
        return response

    def _kept(self, stream: StreamT) -> StreamT:
        with self._lock:
            closed = self._closed
            self._streams.add(stream)
        if closed:
            stream.close()
        return stream

    def _dropped(self, stream: DockerNotices | DockerLogs) -> None:
        with self._lock:
            self._streams.discard(stream)

    def _connected(self, kind: str) -> APIClient:
        """The client of the short calls, made at the first; counts a call of this kind."""
        with self._connecting:
            if self._client is None:
                self._client = self._new_client(kind)
            else:
                self._count(kind)
            return self._client

    def _count(self, kind: str) -> None:
        with self._lock:
            if self._closed:
                raise NoEngine("The connection to the engine is closed.")
            self.calls[kind] += 1

    def _new_client(self, kind: str) -> APIClient:
        self._count(kind)
        import docker
        from docker.tls import TLSConfig

        tls: Any = False
        if given := self._host.tls:
            cert = (given.cert, given.key) if given.cert and given.key else None
            tls = TLSConfig(client_cert=cert, ca_cert=given.ca, verify=given.verify)
        known = self._client.api_version if self._client else "auto"
        return docker.APIClient(
            base_url=self._host.url, version=known, timeout=int(CALL_TIMEOUT), tls=tls
        )


def _zone(stamp: str) -> str:
    """The zone of an RFC 3339 stamp: `Z` or an offset."""
    rest = stamp[19:].lstrip(".0123456789")
    return "+00:00" if rest in ("", "Z") else rest
