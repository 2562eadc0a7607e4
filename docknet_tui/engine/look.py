"""One look at an engine, and the way to make engines again and again."""

from __future__ import annotations

from collections.abc import Callable

from docknet_tui.model.events import ContainerChanged, Event, Looked
from docknet_tui.model.reduce import reduce_all
from docknet_tui.model.world import World

from .docker_engine import DockerEngine
from .hosts import resolve
from .port import Engine, NoEngine, NotThere


def connector(host: str | None, context: str | None) -> tuple[Callable[[], Engine], str]:
    """A function that connects to the engine asked for, and how that engine is called on screen.

    The address is resolved at each call: a context that is created or mended while the app is
    open is found at the next attempt. The function raises NoEngine.
    """

    def connect() -> Engine:
        return DockerEngine(resolve(host=host, context=context))

    try:
        endpoint = resolve(host=host, context=context).url
    except NoEngine:
        endpoint = f"context {context}" if context else host or "no engine"
    return connect, endpoint


def look(host: str | None, context: str | None) -> World:
    """The whole world once: two lists, then one inspect for each container.

    Raises NoEngine when none answers, EngineError when it answers with an error.
    """
    engine = connector(host, context)[0]()
    try:
        info = engine.info()
        containers = []
        networks = engine.networks()
        for listed in engine.containers():
            try:
                containers.append(engine.container(listed.id))
            except NotThere:
                continue  # it went away between the list and the look
        events: tuple[Event, ...] = (Looked(info, networks, ()), *map(ContainerChanged, containers))
        return reduce_all(World(), events)
    finally:
        engine.close()
