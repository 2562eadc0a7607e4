"""Exports the main screen in three sizes as SVG. Run by scripts/screenshots."""

from __future__ import annotations

import asyncio
import re
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import docker
from docker.errors import NotFound
from textual.pilot import Pilot

from docknet_tui.engine.docker_engine import DockerEngine
from docknet_tui.engine.hosts import Host, resolve
from docknet_tui.tui.app import DocknetApp
from docknet_tui.tui.screens.main import MainScreen

LABEL = {"docknet-tui.test": "screenshots"}
FOLDER = Path(__file__).parent.parent / "screenshots"
TALK = 'n=0; while sleep 0.2; do n=$((n+1)); echo "guest $n: hello"; [ $((n%4)) = 0 ] && echo "guest $n left early" >&2; done'  # noqa: E501


@contextmanager
def busy(client: docker.DockerClient) -> Iterator[None]:
    """Networks and containers like the course's, removed by id at the end."""
    networks: list[Any] = []
    containers: list[Any] = []

    def run(name: str, network: str | None, *also: str, command: str = TALK, **more: Any) -> None:  # noqa: ANN401
        made = client.containers.create(
            "busybox", ["sh", "-c", command], name=name, network=network, labels=LABEL, **more
        )
        containers.append(made)
        for other in also:
            client.networks.get(other).connect(made, aliases=["boss"])
        made.start()

    try:
        for name, internal in (
            ("party", False),
            ("batch", False),
            ("milky-way", False),
            ("vault", True),
        ):
            networks.append(client.networks.create(name, labels=LABEL, internal=internal))
        run("moderator", "party", "batch", ports={"54321/tcp": None})
        run("gazda", "party", ports={"80/tcp": ("127.0.0.1", 8080)})
        run("guest", "batch")
        run("usm-eudora", "milky-way", command="exit 3")
        run("usg-ishimura", "milky-way", "vault")
        run("plain", None)
        run("node", None, network_mode="host")
        run("hermit", None, network_mode="none")
        yield
    finally:
        for made in containers:
            made.remove(force=True)
        for network in networks:
            try:
                network.remove()
            except NotFound:
                continue  # somebody removed it meanwhile


async def until(pilot: Pilot[None], condition: Callable[[], object]) -> None:
    """Let the app run until the condition holds."""
    for _ in range(500):
        if condition():
            return
        await pilot.pause(0.02)
    raise SystemExit("the screen never came to the wanted state")


async def draw(host: Host, size: tuple[int, int]) -> None:
    """One picture: the moderator's endpoints and its log."""
    app = DocknetApp(lambda: DockerEngine(host), "unix:///var/run/docker.sock")
    async with app.run_test(size=size) as pilot:
        screen = app.screen
        assert isinstance(screen, MainScreen)

        def ready() -> bool:
            found = screen.world.containers.values()
            return len(found) >= 8 and all(c.inspected for c in found)

        await until(pilot, ready)
        id = next(c.id for c in screen.world.containers.values() if c.name == "moderator")
        await pilot.press("j", "j", "2")
        screen.containers.select(id)
        await until(pilot, lambda: len(screen.logs.lines) > 12)
        await pilot.pause()
        svg = app.export_screenshot(title="docknet-tui")
        # The engine's socket here is a test engine's; the usual one is what people know.
        svg = re.sub(r"/run/[\w./-]*?docker\.sock", "/var/run/docker.sock", svg)
        # Without the web fonts: a picture must not make its reader's browser ask another host.
        svg = re.sub(r"@font-face\s*{.*?}\s*", "", svg, flags=re.DOTALL)
        svg = svg.replace("Fira Code", "DejaVu Sans Mono")
        (FOLDER / f"main-{size[0]}x{size[1]}.svg").write_text(svg + "\n", encoding="utf-8")
        app.close_feeds()


def main() -> None:
    """Draw all sizes."""
    host = resolve()
    client = docker.DockerClient(base_url=host.url)
    FOLDER.mkdir(exist_ok=True)
    with busy(client):
        for size in ((80, 24), (120, 36), (200, 50)):
            asyncio.run(draw(host, size))


if __name__ == "__main__":
    main()
