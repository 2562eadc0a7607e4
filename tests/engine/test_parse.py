"""Engine JSON to the model: recorded answers of three versions, and odd ones made up."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from docknet_tui.engine import parse
from docknet_tui.engine.known import gist
from docknet_tui.engine.streams import notice
from docknet_tui.model.container import Container, PortBinding, State
from docknet_tui.model.events import Looked
from docknet_tui.model.names import names_on
from docknet_tui.model.reduce import reduce
from docknet_tui.model.world import World
from tests.worlds import ENGINE

RECORDED = sorted(p for p in (Path(__file__).parent / "recorded").iterdir() if p.is_dir())


def load(folder: Path, name: str) -> Any:  # noqa: ANN401
    return json.loads((folder / f"{name}.json").read_text(encoding="utf-8"))


def recorded_world(folder: Path) -> World:
    networks = tuple(map(parse.network, load(folder, "networks")))
    containers = tuple(
        parse.inspected_container(json.loads(path.read_text(encoding="utf-8")))
        for path in sorted(folder.glob("container-*.json"))
    )
    return reduce(World(), Looked(ENGINE, networks, containers))


def test_three_versions_are_recorded() -> None:
    assert len(RECORDED) == 3


@pytest.fixture(params=RECORDED, ids=lambda p: p.name)
def folder(request: pytest.FixtureRequest) -> Path:
    path: Path = request.param
    return path


def named(world: World, end: str) -> Container:
    return next(c for c in world.containers.values() if c.name.endswith(end))


def test_members_agree_with_network_inspect(folder: Path) -> None:
    """Every endpoint that the engine lists on a network is among our members, with its address."""
    world = recorded_world(folder)
    checked = 0
    for path in folder.glob("network-*.json"):
        raw = json.loads(path.read_text(encoding="utf-8"))
        ours = {m.container.id: m for m in world.members(raw["Id"])}
        for id, entry in (raw.get("Containers") or {}).items():
            if id in world.containers:
                assert ours[id].endpoint.ipv4 == (entry["IPv4Address"] or None)
                assert (ours[id].endpoint.mac or "") == entry["MacAddress"]
                checked += 1
    assert checked >= 5


def test_the_list_and_inspect_agree(folder: Path) -> None:
    world = recorded_world(folder)
    for raw in load(folder, "containers"):
        listed = parse.listed_container(raw)
        inspected = world.containers.get(listed.id)
        if inspected is None:
            continue
        assert listed.name == inspected.name
        assert listed.state == inspected.state
        addresses = [(e.network, e.ipv4, e.ipv6, e.mac) for e in listed.endpoints]
        assert addresses == [(e.network, e.ipv4, e.ipv6, e.mac) for e in inspected.endpoints]


def test_the_full_check_sees_no_difference_where_there_is_none(folder: Path) -> None:
    """Else every check, once a minute, would inspect these again."""
    world = recorded_world(folder)
    for raw in load(folder, "containers"):
        listed = parse.listed_container(raw)
        if listed.id in world.containers:
            assert gist(listed) == gist(world.containers[listed.id]), listed.name


def test_names_are_alike_in_every_version(folder: Path) -> None:
    world = recorded_world(folder)
    seen = 0
    for container in world.containers.values():
        for endpoint in container.endpoints:
            network = world.network_of(endpoint)
            names = names_on(container, endpoint, network)
            if network and network.has_dns and container.active:
                assert names[0] == container.name
                assert container.short_id in names
                assert len(set(names)) == len(names)
                seen += 1
            else:
                assert names == ()
    assert seen >= 3


def test_events_of_every_version(folder: Path) -> None:
    events = [notice(raw) for raw in load(folder, "events")]
    actions = {(e.kind, e.action) for e in events}
    assert {("network", "connect"), ("container", "start"), ("container", "die")} <= actions
    assert all(e.at > 10**18 for e in events)


def test_states(folder: Path) -> None:
    states = {c.state for c in recorded_world(folder).containers.values()}
    assert {State.CREATED, State.RUNNING, State.EXITED, State.PAUSED} <= states
    assert any(c.exit_code == 3 for c in recorded_world(folder).containers.values())


def test_ports_keep_their_host_address(folder: Path) -> None:
    ports = [p for c in recorded_world(folder).containers.values() for p in c.ports]
    assert any(p.host_ip == "127.0.0.1" and p.host_port for p in ports)
    assert any(p.host_port is None for p in ports)


@pytest.mark.parametrize(
    "data",
    [
        {},
        {"Id": "a" * 64, "Names": [], "Ports": None, "NetworkSettings": None, "Labels": None},
        {"Id": "a" * 64, "Names": None, "NetworkSettings": {"Networks": None}},
        {"Id": "a" * 64, "NetworkSettings": {"Networks": {"n": None}}, "State": 7},
        {"Id": "a" * 64, "State": {"Status": "new-in-99", "Health": None}, "Config": None},
        {"Id": "a" * 64, "NetworkSettings": {"Ports": {"80/tcp": None, "x": [{}], "1/udp": {}}}},
    ],
)
def test_odd_answers_do_not_crash(data: dict[str, Any]) -> None:
    for container in (parse.listed_container(data), parse.inspected_container(data)):
        assert container.name == container.id[:12]
    parse.network(data)
    notice(data)


def test_text_from_outside_is_cleaned() -> None:
    raw = {
        "Id": "a" * 64,
        "Name": "/ev\x1b]0;pwned\x07il\u202e[/x]",
        "Config": {"Env": ["A=\x9b2J"]},
    }
    container = parse.inspected_container(raw)
    assert container.name == "evil[/x]"
    assert container.env == (("A", ""),)
    assert "\x1b" not in container.inspect


def test_ports_of_a_wish_are_not_published() -> None:
    raw = {
        "Id": "a" * 64,
        "Config": {"ExposedPorts": {"80/tcp": {}}},
        "HostConfig": {"PortBindings": {"80/tcp": [{"HostPort": "8080"}]}},
        "NetworkSettings": {"Ports": {}},
    }
    assert parse.inspected_container(raw).ports == (PortBinding(80),)
