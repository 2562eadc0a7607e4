"""Tests on a real engine: `tests/engines/engine run 28.5 -- python -m pytest tests/engine/real`.

Everything that is made carries the label `docknet-tui.test` and is removed by its id.
"""

from __future__ import annotations

import os
import uuid
from collections.abc import Iterator
from typing import Any

import docker
import docker.errors
import pytest

from docknet_tui.engine.docker_engine import DockerEngine
from docknet_tui.engine.feed import Feed
from docknet_tui.engine.hosts import resolve
from docknet_tui.model.container import Container
from docknet_tui.model.network import Network
from docknet_tui.model.reduce import reduce_all
from docknet_tui.model.world import World
from tests.waiting import until

LABEL = "docknet-tui.test"
IMAGE = "busybox"


NO_ENGINE = "no real engine: run these through tests/engines/engine run VERSION -- ..."


def missing() -> bool:
    """Whether there is no engine to test on."""
    return not os.environ.get("DOCKNET_TEST_ENGINE")


def required() -> bool:
    """Whether that is a failure: a build server that says so has one."""
    return os.environ.get("CI") == "true" and os.environ.get("DOCKNET_REQUIRE_ENGINE") == "1"


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    for item in items:
        if "engine/real/" in item.nodeid:
            item.add_marker(pytest.mark.engine)
            if missing() and not required():
                item.add_marker(pytest.mark.skip(reason=NO_ENGINE))


@pytest.fixture(scope="session")
def api() -> Iterator[docker.APIClient]:
    """The engine under test, to do things to it behind the feed's back."""
    if missing():
        if required():
            pytest.fail(NO_ENGINE, pytrace=False)
        pytest.skip(NO_ENGINE)
    client = docker.APIClient(resolve().url, version="auto", timeout=60)
    yield client
    client.close()


class Lab:
    """Makes networks and containers, and removes exactly those."""

    def __init__(self, api: docker.APIClient) -> None:
        self.api = api
        self.run = uuid.uuid4().hex[:6]
        self.networks: list[str] = []
        self.containers: list[str] = []

    def name(self, name: str) -> str:
        return f"{name}-{self.run}"

    def network(self, name: str, subnet: str | None = None) -> str:
        pools = [docker.types.IPAMPool(subnet=subnet)] if subnet else []
        made = self.api.create_network(
            self.name(name),
            driver="bridge",
            labels={LABEL: self.run},
            ipam=docker.types.IPAMConfig(pool_configs=pools) if pools else None,
            check_duplicate=True,
        )
        self.networks.append(made["Id"])
        return str(made["Id"])

    def container(self, name: str, network: str = "none", **more: Any) -> str:  # noqa: ANN401
        """Created, not started."""
        host = more.pop("host_config", {})
        made = self.api.create_container(
            more.pop("image", IMAGE),
            more.pop("command", ["sleep", "3600"]),
            name=self.name(name),
            labels={LABEL: self.run},
            stop_signal="KILL",
            host_config=self.api.create_host_config(network_mode=network, **host),
            **more,
        )
        self.containers.append(made["Id"])
        return str(made["Id"])

    def started(self, name: str, network: str = "none", **more: Any) -> str:  # noqa: ANN401
        id = self.container(name, network, **more)
        self.api.start(id)
        return id

    def remove(self, id: str) -> None:
        """Remove one container now."""
        self.api.remove_container(id, force=True, v=True)
        self.containers.remove(id)

    def clean(self) -> None:
        for id in self.containers:
            try:
                self.api.remove_container(id, force=True, v=True)
            except docker.errors.NotFound:
                continue  # a test removed it
        for id in self.networks:
            try:
                self.api.remove_network(id)
            except docker.errors.NotFound:
                continue


@pytest.fixture
def lab(api: docker.APIClient) -> Iterator[Lab]:
    lab = Lab(api)
    yield lab
    lab.clean()


class Watched:
    """A feed on the real engine and the world that its events make.

    Other suites may use the same engine, so only what this run's label names is looked at.
    """

    def __init__(self, lab: Lab) -> None:
        self.lab = lab
        self.engine = DockerEngine(resolve())
        self.feed = Feed(lambda: self.engine, lambda: None)
        self.world = World()

    def look(self) -> World:
        self.world = reduce_all(self.world, self.feed.drain())
        return self.world

    def containers(self) -> dict[str, Container]:
        return {
            id: c for id, c in self.look().containers.items() if (LABEL, self.lab.run) in c.labels
        }

    def networks(self) -> dict[str, Network]:
        return {
            id: n for id, n in self.look().networks.items() if (LABEL, self.lab.run) in n.labels
        }

    def ready(self) -> Watched:
        """All of the lab is known and inspected."""
        until(
            lambda: (
                set(self.networks()) == set(self.lab.networks)
                and set(self.containers()) == set(self.lab.containers)
                and all(c.inspected for c in self.containers().values())
            ),
            30,
            "everything is inspected",
        )
        return self


@pytest.fixture
def watched(lab: Lab) -> Iterator[Watched]:
    """Not started: a test makes its lab first, or does not."""
    watched = Watched(lab)
    yield watched
    watched.feed.close()
