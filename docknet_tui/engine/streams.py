"""Endless answers of the engine: events and logs. Each ends when another thread closes it."""

from __future__ import annotations

import contextlib
import socket
import struct
from collections.abc import Callable, Iterator
from typing import TYPE_CHECKING, Any

from docknet_tui.text.lines import LineAssembler, last_form

from . import parse
from .port import LogChunk, Notice

if TYPE_CHECKING:
    from docker import APIClient

FRAME_HEADER = struct.Struct(">BxxxL")
"""Stream number (1 stdout, 2 stderr) and length before each frame of a container without TTY."""

CHUNK = 64 * 1024


class DockerNotices:
    """The event stream; ends silently when the link breaks."""

    def __init__(
        self,
        response: Any,  # noqa: ANN401  # untyped in docker-py
        client: APIClient,
        gone: Callable[[Any], None],
    ) -> None:
        self._response = response
        self._client = client
        self._gone = gone

    def __iter__(self) -> Iterator[Notice]:
        try:
            # docker-py's decoder cuts the answer into JSON objects however it was sent.
            decoded = self._client._stream_helper(  # type: ignore[attr-defined]
                self._response, decode=True
            )
            for data in decoded:
                if isinstance(data, dict):
                    yield notice(data)
        except stream_errors():
            return
        finally:
            self._gone(self)
            self._client.close()

    def close(self) -> None:
        """Shut the socket: the iterating thread ends within milliseconds."""
        _shut(self._response)


class DockerLogs:
    """A container's output as lines, stdout and stderr told apart."""

    def __init__(
        self,
        id: str,
        response: Any,  # noqa: ANN401  # untyped in docker-py
        client: APIClient,
        gone: Callable[[Any], None],
    ) -> None:
        self._id = id
        self._response = response
        self._client = client
        self._gone = gone

    def __iter__(self) -> Iterator[LogChunk]:
        try:
            yield from log_chunks(self._id, self._response.raw.read, self._response.raw.read1)
        except stream_errors():
            return
        finally:
            self._gone(self)
            self._client.close()

    def close(self) -> None:
        """Shut the socket: the iterating thread ends within milliseconds."""
        _shut(self._response)


def notice(data: dict[str, Any]) -> Notice:
    """An event of the engine. `status`, `id` and `from` are gone from API 1.52, so not used."""
    actor = data.get("Actor") or {}
    at = data.get("timeNano") or int(data.get("time") or 0) * 10**9
    action, _, detail = str(data.get("Action") or "").partition(":")
    attributes = {parse.text(k): parse.text(v) for k, v in (actor.get("Attributes") or {}).items()}
    if detail.strip():
        attributes.setdefault("detail", parse.text(detail.strip()))
    return Notice(
        at=int(at),
        kind=str(data.get("Type") or ""),
        action=action.strip(),
        id=str(actor.get("ID") or ""),
        attributes=tuple(sorted(attributes.items())),
    )


def log_chunks(
    id: str, read: Callable[[int], bytes], read_some: Callable[[int], bytes]
) -> Iterator[LogChunk]:
    """Lines out of a log answer. `read` waits for exactly n bytes, `read_some` for any.

    A container with a TTY sends plain text, one without sends frames. Every line begins with a
    time stamp, which no frame header does, so the first byte tells which it is; 20.10 has no
    content type to tell it by.
    """
    head = read(FRAME_HEADER.size)
    if not head:
        return
    if head[0] in (0, 1, 2) and head[1:4] == b"\0\0\0" and len(head) == FRAME_HEADER.size:
        yield from _framed(id, head, read)
        return
    assembler = LineAssembler()
    data = head
    while data:
        yield from (_chunk(id, line, stderr=False) for line in assembler.feed(data))
        data = read_some(CHUNK)
    yield from (_chunk(id, line, stderr=False) for line in assembler.flush())


def _framed(id: str, head: bytes, read: Callable[[int], bytes]) -> Iterator[LogChunk]:
    assemblers = {False: LineAssembler(), True: LineAssembler()}
    while len(head) == FRAME_HEADER.size:
        stream, length = FRAME_HEADER.unpack(head)
        stderr = stream == 2
        lines = assemblers[stderr].feed(read(length))
        yield from (_chunk(id, line, stderr=stderr) for line in lines)
        head = read(FRAME_HEADER.size)
    for stderr, assembler in assemblers.items():
        yield from (_chunk(id, line, stderr=stderr) for line in assembler.flush())


def _chunk(id: str, line: str, *, stderr: bool) -> LogChunk:
    stamp, _, text = line.partition(" ")
    if len(stamp) < 20 or stamp[10:11] != "T":
        stamp, text = "", line
    return LogChunk(id, last_form(text), stderr, stamp)


def stream_errors() -> tuple[type[BaseException], ...]:
    """What reading a stream raises when the link breaks or the socket is shut under it.

    ValueError and AttributeError come from http.client when its file was closed meanwhile.
    """
    import docker.errors
    import requests.exceptions
    import urllib3.exceptions

    return (
        docker.errors.DockerException,
        requests.exceptions.RequestException,
        urllib3.exceptions.HTTPError,
        OSError,
        ValueError,
        AttributeError,
    )


def socket_of(response: Any) -> Any:  # noqa: ANN401  # untyped in docker-py
    """The socket below a response, or None where it cannot be reached (SSH)."""
    connection = getattr(response.raw, "_connection", None)
    sock: Any = getattr(connection, "sock", None)
    if sock is None:  # http.client lets go of it once the answer has begun
        file = getattr(getattr(response.raw, "_fp", None), "fp", None)
        sock = getattr(getattr(file, "raw", None), "_sock", None)
    return sock


def _shut(response: Any) -> None:  # noqa: ANN401  # untyped in docker-py
    """Shut the socket: closing alone does not wake a thread in `recv`."""
    if (sock := socket_of(response)) is not None:
        with contextlib.suppress(OSError):  # already shut by the other side
            sock.shutdown(socket.SHUT_RDWR)
