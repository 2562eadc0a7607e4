"""A small client of the engine's HTTP interface: raw answers, standard library only."""

from __future__ import annotations

import contextlib
import http.client
import json
import socket
import threading
import time
import urllib.parse


class Refused(Exception):
    """The engine answered with an error."""


class UnixConnection(http.client.HTTPConnection):
    def __init__(self, path: str, timeout: float | None = 60) -> None:
        super().__init__("engine", timeout=timeout)
        self.path = path

    def connect(self) -> None:
        self.sock = socket.socket(socket.AF_UNIX, socket.SOCK_STREAM)
        self.sock.settimeout(self.timeout)
        self.sock.connect(self.path)


class Engine:
    def __init__(self, path: str) -> None:
        self.path = path

    def call(self, method: str, path: str, body: object = None, **query: object) -> object:
        connection = UnixConnection(self.path)
        if query:
            path += "?" + urllib.parse.urlencode(query)
        data = None if body is None else json.dumps(body)
        try:
            connection.request(method, path, data, {"Content-Type": "application/json"})
            answer = connection.getresponse()
            text = answer.read()
        finally:
            connection.close()
        if answer.status >= 400:
            raise Refused(f"{method} {path}: {answer.status} {text.decode(errors='replace')}")
        return json.loads(text) if text.strip() else None

    def get(self, path: str, **query: object) -> object:
        return self.call("GET", path, **query)

    def post(self, path: str, body: object = None, **query: object) -> object:
        return self.call("POST", path, body, **query)


class Events:
    """The event stream, read in the background, each message as it came."""

    def __init__(self, engine: Engine) -> None:
        self.seen: list[dict] = []
        self._connection = UnixConnection(engine.path, timeout=None)
        self._connection.request("GET", "/events")
        self._socket = self._connection.sock
        self._answer = self._connection.getresponse()
        self._thread = threading.Thread(target=self._read, daemon=True)
        self._thread.start()

    def _read(self) -> None:
        try:
            for line in self._answer:
                if line.strip():
                    self.seen.append(json.loads(line))
        except (OSError, http.client.HTTPException, ValueError):
            pass  # the stream was closed under us: that is how it ends

    def wait_for(self, action: str, actor: str, seconds: float = 10) -> None:
        deadline = time.monotonic() + seconds
        while time.monotonic() < deadline:
            for event in list(self.seen):
                if event["Action"] == action and event["Actor"]["ID"] == actor:
                    return
            time.sleep(0.02)
        raise TimeoutError(f"no event {action!r} of {actor}")

    def close(self) -> None:
        with contextlib.suppress(OSError):
            self._socket.shutdown(socket.SHUT_RDWR)
        self._thread.join(5)
