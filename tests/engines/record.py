#!/usr/bin/env python3
"""Record what a real engine answers about a small, known topology.

Builds the topology (label docknet-tui.test=record) on the engine in DOCKER_HOST,
writes its raw answers to tests/engine/recorded/<version>/*.json, and removes by
id everything it made, also when it fails. Standard library only.

    tests/engines/engine run 28.5 -- tests/engines/record.py
"""

from __future__ import annotations

import argparse
import contextlib
import json
import os
import signal
import sys
from pathlib import Path

from lib.client import Engine, Events, Refused

LABEL = "docknet-tui.test"
LABELS = {LABEL: "record"}
BUILT_IN = ("bridge", "host", "none")
RECORDED = Path(__file__).resolve().parent.parent / "engine" / "recorded"


class Topology:
    """What the recording is about; remembers the id of everything it made."""

    def __init__(self, engine: Engine, events: Events) -> None:
        self.engine = engine
        self.events = events
        self.networks: dict[str, str] = {}
        self.containers: dict[str, str] = {}

    def network(self, name: str, *subnets: dict, **more: object) -> None:
        body = {"Name": name, "Driver": "bridge", "CheckDuplicate": True, "Labels": LABELS}
        if subnets:
            body["IPAM"] = {"Driver": "default", "Config": list(subnets)}
        made = self.engine.post("/networks/create", body | more)
        self.networks[name] = made["Id"]

    def container(
        self,
        name: str,
        mode: str = "rec-front",
        endpoint: dict | None = None,
        host: dict | None = None,
        command: tuple[str, ...] = ("sleep", "3600"),
        start: bool = True,
        **more: object,
    ) -> str:
        body = {"Image": "busybox:latest", "Cmd": list(command), "Labels": LABELS}
        body["HostConfig"] = {"NetworkMode": mode} | (host or {})
        if endpoint is not None:
            body["NetworkingConfig"] = {"EndpointsConfig": {mode: endpoint}}
        made = self.engine.post("/containers/create", body | more, name=name)
        self.containers[name] = made["Id"]
        if start:
            self.engine.post(f"/containers/{made['Id']}/start")
        return made["Id"]

    def connect(self, network: str, container: str, **endpoint: object) -> None:
        body = {"Container": self.containers[container], "EndpointConfig": endpoint}
        self.engine.post(f"/networks/{self.networks[network]}/connect", body)

    def disconnect(self, network: str, container: str) -> None:
        body = {"Container": self.containers[container], "Force": False}
        self.engine.post(f"/networks/{self.networks[network]}/disconnect", body)

    def build(self) -> None:
        self.network(
            "rec-front",
            {"Subnet": "10.77.1.0/24", "Gateway": "10.77.1.1", "IPRange": "10.77.1.128/25"},
        )
        self.network("rec-back", {"Subnet": "10.77.2.0/24"}, Internal=True)
        self.network(
            "rec-six", {"Subnet": "10.77.6.0/24"}, {"Subnet": "fd77:6::/64"}, EnableIPv6=True
        )
        self.network("rec-gone", {"Subnet": "10.77.9.0/24"})

        self.container(
            "rec-two",
            endpoint={"Aliases": ["api", "web"], "IPAMConfig": {"IPv4Address": "10.77.1.10"}},
        )
        self.connect("rec-back", "rec-two", Aliases=["inner"])
        self.container("rec-db", mode="rec-back", endpoint={"Aliases": ["db"]})
        self.container("rec-six-host", mode="rec-six")
        fixed = {
            "80/tcp": [{"HostIp": "127.0.0.1", "HostPort": "18080"}],
            "53/udp": [{"HostIp": "127.0.0.1", "HostPort": "15353"}],
        }
        self.container(
            "rec-fixed", host={"PortBindings": fixed}, ExposedPorts={"80/tcp": {}, "53/udp": {}}
        )
        self.container(
            "rec-random",
            mode="default",
            host={"PublishAllPorts": True},
            ExposedPorts={"80/tcp": {}, "53/udp": {}},
        )
        self.container("rec-exposed", mode="bridge", ExposedPorts={"9000/tcp": {}})
        self.container("rec-hostnet", mode="host")
        self.container("rec-nonet", mode="none")
        self.container("rec-sidecar", mode="container:" + self.containers["rec-two"])
        self.container("rec-created", start=False)

        exited = self.container("rec-exited", command=("sh", "-c", "exit 3"))
        self.engine.post(f"/containers/{exited}/wait")
        paused = self.container("rec-paused")
        self.engine.post(f"/containers/{paused}/pause")
        self.container("rec-alone")
        self.disconnect("rec-front", "rec-alone")

        dangling = self.container("rec-dangling", mode="rec-gone")
        self.engine.post(f"/containers/{dangling}/kill")
        self.events.wait_for("die", dangling)
        self.engine.post(f"/containers/{dangling}/wait")
        self.engine.call("DELETE", f"/networks/{self.networks['rec-gone']}")
        self.events.wait_for("destroy", self.networks["rec-gone"])

    def owns(self, event: dict) -> bool:
        """Whether an event is about the topology, and not of somebody else's work."""
        ours = {*self.networks.values(), *self.containers.values()}
        actor = event.get("Actor", {})
        return actor.get("ID") in ours or actor.get("Attributes", {}).get("container") in ours

    def answers(self) -> dict[str, object]:
        get = self.engine.get
        files: dict[str, object] = {
            "version": without_kernel(get("/version"), os.uname().release),
            "info": without_kernel(scrubbed(get("/info")), os.uname().release),
        }
        containers = set(self.containers.values())
        networks = set(self.networks.values())

        def ours_only(network: dict) -> dict:
            held = network.get("Containers")
            if held:
                network["Containers"] = {k: v for k, v in held.items() if k in containers}
            return network

        listed = [n for n in get("/networks") if n["Id"] in networks or n["Name"] in BUILT_IN]
        files["networks"] = listed
        for network in listed:
            inspected = ours_only(get(f"/networks/{network['Id']}"))
            files[f"network-{network['Name']}"] = inspected
        files["containers"] = [c for c in get("/containers/json", all=1) if c["Id"] in containers]
        for name, container in self.containers.items():
            files[f"container-{name}"] = get(f"/containers/{container}/json")
        return files

    def remove(self) -> list[str]:
        """Remove what was made, newest first; returns what could not be removed."""
        failed = []
        for name, container in reversed(self.containers.items()):
            if not removed(self.engine, "containers", container):
                failed.append(name)
        for name, network in reversed(self.networks.items()):
            if not removed(self.engine, "networks", network):
                failed.append(name)
        return failed


def removed(engine: Engine, kind: str, thing: str) -> bool:
    query = {"force": 1, "v": 1} if kind == "containers" else {}
    if kind == "containers":
        with contextlib.suppress(Refused):  # it was not paused
            engine.post(f"/containers/{thing}/unpause")
    try:
        engine.call("DELETE", f"/{kind}/{thing}", **query)
    except Refused as error:
        return ": 404 " in str(error)
    except OSError:
        return False
    return True


def scrubbed(info: dict) -> dict:
    """Without what tells of the machine or of a registry, and not of the engine."""
    info["Name"] = "engine-host"
    info["IndexServerAddress"] = ""
    info["RegistryConfig"] = {}
    return info


def without_kernel(answer: object, kernel: str) -> object:
    """The answer with a plain kernel version in the place of the machine's own."""
    return json.loads(json.dumps(answer).replace(json.dumps(kernel), '"6.1.0"'))


def left_over(engine: Engine) -> list[tuple[str, str]]:
    wanted = json.dumps({"label": [f"{LABEL}=record"]})
    found = engine.get("/containers/json", all=1, filters=wanted)
    result = [("containers", c["Id"]) for c in found]
    found = engine.get("/networks", filters=wanted)
    return result + [("networks", n["Id"]) for n in found]


def write(files: dict[str, object], folder: Path) -> int:
    folder.mkdir(parents=True, exist_ok=True)
    for old in folder.glob("*.json"):
        old.unlink()
    size = 0
    for name, content in files.items():
        text = json.dumps(content, indent=1, ensure_ascii=False) + "\n"
        (folder / f"{name}.json").write_text(text, encoding="utf-8")
        size += len(text)
    return size


def main() -> int:
    parser = argparse.ArgumentParser(description="Record a real engine's answers.")
    parser.add_argument("--out", type=Path, default=RECORDED, help="folder of the recordings")
    parser.add_argument("--clean", action="store_true", help="remove a killed run's leftovers")
    options = parser.parse_args()
    # Being told to stop is an error like any other: what was made is removed.
    signal.signal(signal.SIGTERM, lambda *_: sys.exit(143))

    host = os.environ.get("DOCKER_HOST", "unix:///var/run/docker.sock")
    if not host.startswith("unix://"):
        sys.exit(f"only unix:// engines can be recorded, not {host}")
    engine = Engine(host.removeprefix("unix://"))
    old = left_over(engine)
    if options.clean:
        return 0 if all([removed(engine, kind, thing) for kind, thing in old]) else 1
    if old:
        sys.exit("an earlier recording left things behind (or runs now): use --clean")

    version = ".".join(engine.get("/version")["Version"].split(".")[:2])
    events = Events(engine)
    topology = Topology(engine, events)
    files: dict[str, object] = {}
    try:
        topology.build()
        files = topology.answers()
    finally:
        failed = topology.remove()
        if failed:
            print("could not remove:", *failed, file=sys.stderr)
        elif "rec-front" in topology.networks and files:
            events.wait_for("destroy", topology.networks["rec-front"])
        events.close()
    files["events"] = [event for event in events.seen if topology.owns(event)]
    size = write(files, options.out / version)
    print(f"{version}: {len(files)} files, {size // 1024} kB in {options.out / version}")
    return 1 if failed else 0


if __name__ == "__main__":
    sys.exit(main())
