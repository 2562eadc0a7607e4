"""Engine JSON to the model. Every difference between engine versions ends here.

Field meanings: Docker Engine API reference, versions 1.41 to 1.51. Any field may be null or
absent: an engine that leaves one out must not take the screen down.
"""

from __future__ import annotations

import json
import re
from collections.abc import Mapping
from typing import Any

from docknet_tui.model.container import Container, Endpoint, PortBinding, State
from docknet_tui.model.network import Network, Subnet
from docknet_tui.text.clean import clean, clean_lines

Json = Mapping[str, Any]

_EXITED = re.compile(r"Exited \((\d+)\)")
_HEALTH = re.compile(r"\((?:health: )?(healthy|unhealthy|starting)\)")


def network(data: Json) -> Network:
    """A network from the list or from inspect; both have the same shape."""
    ipam = _map(data.get("IPAM"))
    return Network(
        id=text(data.get("Id")),
        name=text(data.get("Name")),
        driver=text(data.get("Driver")) or "null",
        scope=text(data.get("Scope")) or "local",
        internal=bool(data.get("Internal")),
        ipv6=bool(data.get("EnableIPv6")),
        attachable=bool(data.get("Attachable")),
        ingress=bool(data.get("Ingress")),
        subnets=tuple(
            Subnet(
                text(pool["Subnet"]),
                _bare(pool.get("Gateway")),
                text(pool.get("IPRange")) or None,
            )
            for pool in _list(ipam.get("Config"))
            if isinstance(pool, dict) and pool.get("Subnet")
        ),
        options=_pairs(data.get("Options")),
        labels=_pairs(data.get("Labels")),
        created=text(data.get("Created")),
        inspect=_pretty(data),
    )


def listed_container(data: Json) -> Container:
    """A container as `GET /containers/json` lists it: no aliases, names, environment."""
    names = [text(name).removeprefix("/") for name in _list(data.get("Names"))]
    # A legacy link lists the container under `other/alias` too; its own name has no slash.
    own = next((name for name in names if "/" not in name), "")
    id = text(data.get("Id"))
    status = text(data.get("Status"))
    state = _state(data.get("State"))
    exited = _EXITED.search(status)
    health = _HEALTH.search(status)
    return Container(
        id=id,
        name=own or id[:12],
        image=text(data.get("Image")),
        state=state,
        exit_code=int(exited[1]) if exited and state is State.EXITED else None,
        health=health[1] if health else None,
        network_mode=text(_map(data.get("HostConfig")).get("NetworkMode")),
        endpoints=_endpoints(data),
        ports=_listed_ports(data.get("Ports")),
        labels=_pairs(data.get("Labels")),
        command=text(data.get("Command")),
    )


def inspected_container(data: Json) -> Container:
    """A container as `GET /containers/{id}/json` describes it."""
    id = text(data.get("Id"))
    config, status = _map(data.get("Config")), _map(data.get("State"))
    state = _state(status.get("Status"))
    error = text(status.get("Error"))
    over = state in (State.EXITED, State.DEAD) or (state is State.CREATED and bool(error))
    code = status.get("ExitCode")
    started, finished = _time(status.get("StartedAt")), _time(status.get("FinishedAt"))
    return Container(
        id=id,
        name=text(data.get("Name")).removeprefix("/") or id[:12],
        image=text(config.get("Image")) or text(data.get("Image")),
        state=state,
        exit_code=code if over and isinstance(code, int) else None,
        health=text(_map(status.get("Health")).get("Status")) or None,
        error=error,
        network_mode=text(_map(data.get("HostConfig")).get("NetworkMode")),
        hostname=text(config.get("Hostname")),
        endpoints=_endpoints(data),
        ports=_inspected_ports(data),
        env=_env(config.get("Env")),
        labels=_pairs(config.get("Labels")),
        command=" ".join(
            [text(data.get("Path")), *(text(arg) for arg in _list(data.get("Args")))]
        ).strip(),
        created=text(data.get("Created")),
        started_at=started,
        finished_at=finished,
        tty=bool(config.get("Tty")),
        inspected=True,
        inspect=_pretty(data),
    )


def _endpoints(data: Json) -> tuple[Endpoint, ...]:
    networks = _map(_map(data.get("NetworkSettings")).get("Networks"))
    return tuple(_endpoint(name, _map(networks[name])) for name in sorted(networks))


def _endpoint(name: str, data: Json) -> Endpoint:
    ipam = _map(data.get("IPAMConfig"))
    return Endpoint(
        network=text(name),
        network_id=text(data.get("NetworkID")),
        endpoint_id=text(data.get("EndpointID")),
        ipv4=_address(data.get("IPAddress"), data.get("IPPrefixLen")),
        ipv6=_address(data.get("GlobalIPv6Address"), data.get("GlobalIPv6PrefixLen")),
        gateway=text(data.get("Gateway")) or None,
        gateway6=text(data.get("IPv6Gateway")) or None,
        mac=text(data.get("MacAddress")) or None,
        static_ipv4=text(ipam.get("IPv4Address")) or None,
        static_ipv6=text(ipam.get("IPv6Address")) or None,
        aliases=tuple(map(text, _list(data.get("Aliases")))),
        dns_names=tuple(map(text, _list(data.get("DNSNames")))),
        links=tuple(map(text, _list(data.get("Links")))),
        driver_opts=_pairs(data.get("DriverOpts")),
        gw_priority=_number(data.get("GwPriority")),
    )


def _listed_ports(data: object) -> tuple[PortBinding, ...]:
    found = set()
    for port in _list(data):
        entry = _map(port)
        inside = _number(entry.get("PrivatePort"))
        if inside is not None:
            outside = _number(entry.get("PublicPort")) or None
            ip = text(entry.get("IP")) or None
            found.add(
                PortBinding(
                    inside, text(entry.get("Type")) or "tcp", ip if outside else None, outside
                )
            )
    return _ordered(found)


def _inspected_ports(data: Json) -> tuple[PortBinding, ...]:
    """What is really bound, and what is exposed only. `HostConfig.PortBindings` is a wish that
    random ports and stopped containers do not fulfil, so it is not looked at."""
    bound = _map(_map(data.get("NetworkSettings")).get("Ports"))
    exposed = _map(_map(data.get("Config")).get("ExposedPorts"))
    found = set()
    for spec in {*bound, *exposed}:
        port, _, protocol = spec.partition("/")
        if not port.isdecimal():
            continue
        bindings = [_map(b) for b in _list(bound.get(spec))]
        for binding in bindings:
            outside = text(binding.get("HostPort"))
            if outside.isdecimal():
                ip = text(binding.get("HostIp")) or None
                found.add(PortBinding(int(port), protocol or "tcp", ip, int(outside)))
        if not bindings:
            found.add(PortBinding(int(port), protocol or "tcp"))
    return _ordered(found)


def _ordered(ports: set[PortBinding]) -> tuple[PortBinding, ...]:
    return tuple(
        sorted(
            ports,
            key=lambda p: (p.container_port, p.protocol, p.host_port or 0, p.host_ip or ""),
        )
    )


def _env(data: object) -> tuple[tuple[str, str], ...]:
    pairs = (text(entry).partition("=") for entry in _list(data))
    return tuple((name, value) for name, _, value in pairs)


def _pairs(data: object) -> tuple[tuple[str, str], ...]:
    return tuple(sorted((text(k), text(v)) for k, v in _map(data).items()))


def _pretty(data: Json) -> str:
    return clean_lines(json.dumps(data, indent=2, ensure_ascii=False))


def _state(value: object) -> State:
    try:
        return State(str(value))
    except ValueError:
        return State.UNKNOWN


def _time(value: object) -> str:
    """A time stamp; empty for Go's zero time, which stands for never."""
    stamp = text(value)
    return "" if stamp.startswith("0001-") else stamp


def _address(ip: object, prefix: object) -> str | None:
    address = text(ip)
    return f"{address}/{prefix}" if address and _number(prefix) else address or None


def _bare(value: object) -> str | None:
    """Some drivers write the gateway with a prefix length."""
    return text(value).partition("/")[0] or None


def _number(value: object) -> int | None:
    return value if isinstance(value, int) and not isinstance(value, bool) else None


def text(value: object) -> str:
    """Any value as clean text; null is empty."""
    return "" if value is None else clean(value if isinstance(value, str) else str(value))


def _map(value: object) -> Json:
    return value if isinstance(value, dict) else {}


def _list(value: object) -> list[Any]:
    return value if isinstance(value, list) else []
