"""Small worlds for tests, built from plain arguments."""

from __future__ import annotations

from docknet_tui.model.container import Container, Endpoint, PortBinding, State
from docknet_tui.model.events import EngineInfo, Link, LinkState, Looked
from docknet_tui.model.network import Network, Subnet
from docknet_tui.model.reduce import reduce
from docknet_tui.model.world import World

ENGINE = EngineInfo("unix:///run/test.sock", None, "28.5.2", "1.51", "engine-id", "box")


def long_id(seed: str) -> str:
    """A 64-digit id that begins with the seed's hexadecimal digits."""
    return (seed.encode().hex() + "0" * 64)[:64]


def network(name: str, subnet: str | None = None, **more: object) -> Network:
    """A network whose gateway is the first address of the subnet."""
    subnets = ()
    if subnet:
        gateway = subnet.partition("/")[0].rsplit(".", 1)[0] + ".1"
        subnets = (Subnet(subnet, gateway),)
    return Network(id=long_id(name), name=name, subnets=subnets, **more)  # type: ignore[arg-type]


BUILTIN = (
    network("bridge", "172.17.0.0/16"),
    network("host", driver="host"),
    network("none", driver="null"),
)


def endpoint(on: Network, ipv4: str | None, **more: object) -> Endpoint:
    """An endpoint on the network with an address in its /16."""
    return Endpoint(
        network=on.name,
        network_id=on.id,
        endpoint_id=long_id("ep" + on.name),
        ipv4=f"{ipv4}/16" if ipv4 else None,
        gateway=on.subnets[0].gateway if on.subnets and ipv4 else None,
        mac="02:42:ac:12:00:02" if ipv4 else None,
        **more,  # type: ignore[arg-type]
    )


def container(name: str, *endpoints: Endpoint, **more: object) -> Container:
    """A running, inspected container."""
    fields: dict[str, object] = {
        "image": "busybox",
        "state": State.RUNNING,
        "inspected": True,
        "network_mode": endpoints[0].network if endpoints else "none",
        **more,
    }
    return Container(id=long_id(name), name=name, endpoints=endpoints, **fields)  # type: ignore[arg-type]


def world(networks: tuple[Network, ...], containers: tuple[Container, ...] = ()) -> World:
    """A live world with the built-in networks beside the given ones."""
    looked = Looked(ENGINE, (*BUILTIN, *networks), containers)
    from docknet_tui.model.events import LinkChanged

    return reduce(reduce(World(), looked), LinkChanged(Link(LinkState.LIVE)))


PARTY = network("party", "172.18.0.0/16")
BATCH = network("batch", "172.19.0.0/16")


def course() -> World:
    """The set-up of the course's sixth scenario, with a stopped container beside it."""
    moderator = container(
        "moderator",
        endpoint(BATCH, "172.19.0.2"),
        endpoint(BUILTIN[0], "172.17.0.2"),
        endpoint(PARTY, "172.18.0.2", aliases=("master",)),
        ports=(
            PortBinding(54321, "tcp", "0.0.0.0", 32768),
            PortBinding(54321, "tcp", "::", 32768),
            PortBinding(50001),
        ),
    )
    gazda = container("gazda", endpoint(PARTY, "172.18.0.3"))
    eudora = container("usm-eudora", endpoint(PARTY, None), state=State.EXITED, exit_code=3)
    return world((PARTY, BATCH), (moderator, gazda, eudora))
