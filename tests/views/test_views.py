"""Views: what each list and tab says about a world."""

from __future__ import annotations

from dataclasses import replace

import pytest

from docknet_tui.model.container import Endpoint, PortBinding, State
from docknet_tui.model.select import Selection, Subject
from docknet_tui.model.world import World
from docknet_tui.text.width import cell_width
from docknet_tui.views import listing
from docknet_tui.views.container_detail import endpoints_table, heading, ports_table
from docknet_tui.views.containers import containers_table
from docknet_tui.views.copying import container_copies
from docknet_tui.views.log_plan import log_plan
from docknet_tui.views.network_detail import address_table, members_table
from docknet_tui.views.networks import networks_table
from docknet_tui.views.table import GAP, Table, layout
from docknet_tui.views.tabs import TABS, detail
from docknet_tui.views.words import fold, ports_text
from tests.worlds import BATCH, BUILTIN, PARTY, container, course, endpoint, network, world


def texts(table: Table) -> list[list[str]]:
    return [[cell.text for cell in row.cells] for row in table.rows]


def by_name(seen: World, name: str) -> str:
    return next(c.id for c in seen.containers.values() if c.name == name)


def test_networks_count_stopped_members_apart() -> None:
    rows = texts(networks_table(course()))
    assert rows[0] == ["batch", "bridge", "172.19.0.0/16", "1"]
    assert rows[1] == ["party", "bridge", "172.18.0.0/16", "2+1"]
    assert [row[0] for row in rows[2:]] == ["bridge", "host", "none"]
    assert rows[2][1] == "bridge built-in"


def test_marks() -> None:
    special = network("special", "10.1.0.0/16", internal=True, ipv6=True, attachable=True)
    kinds = [row[1] for row in texts(networks_table(world((special,)))) if row[0] == "special"]
    assert kinds == ["bridge internal ipv6 attachable"]


def test_members_include_the_stopped_one_that_network_inspect_omits() -> None:
    rows = texts(members_table(course(), PARTY))
    assert [row[0] for row in rows] == ["gazda", "moderator", "usm-eudora"]
    assert rows[1][2] == "172.18.0.2/16"
    assert rows[1][5].startswith("moderator master ")
    assert rows[2][1] == "exited 3"
    assert "when running" in rows[2][5]


def test_default_bridge_says_that_it_has_no_dns() -> None:
    rows = texts(members_table(course(), BUILTIN[0]))
    assert rows[0][5] == "– (no DNS on this network)"


def test_containers_of_a_network_show_the_address_there() -> None:
    seen = course()
    rows = texts(containers_table(seen, network_id=BATCH.id, only_network=True))
    assert [(row[0], row[3]) for row in rows] == [("moderator", "172.19.0.2")]
    everywhere = texts(containers_table(seen))
    assert [row[3] for row in everywhere if row[0] == "moderator"] == ["172.19.0.2 +2"]
    hidden = texts(containers_table(seen, stopped=False))
    assert "usm-eudora" not in [row[0] for row in hidden]


@pytest.mark.parametrize(
    ("needle", "names"),
    [
        ("MOD", []),
        ("mod", ["moderator"]),
        ("33", []),
        ("172.18.0.3", ["gazda"]),
        ("master", ["moderator"]),
        ("net:party state:exited", ["usm-eudora"]),
        ("port:54321", ["moderator"]),
        ("ip:172.18 gaz", ["gazda"]),
        ("busybox", ["gazda", "moderator", "usm-eudora"]),
        ("fe80::1", []),
        ("net:", ["gazda", "moderator", "usm-eudora"]),
    ],
)
def test_filter(needle: str, names: list[str]) -> None:
    found = [row[0] for row in texts(containers_table(course(), needle))]
    assert found == names


def test_twins_fold_and_the_host_address_stays() -> None:
    local = PortBinding(80, "tcp", "127.0.0.1", 8080)
    only4 = PortBinding(81, "tcp", "0.0.0.0", 8081)
    both = (PortBinding(82, "tcp", "0.0.0.0", 8082), PortBinding(82, "tcp", "::", 8082))
    assert fold((local, only4, *both)) == (local, only4, PortBinding(82, "tcp", "*", 8082))
    shown = ports_text(container("web", ports=(local, only4, *both, PortBinding(83, "udp"))))
    assert shown == "127.0.0.1:8080→80, 0.0.0.0:8081→81, *:8082→82"


def test_ports_say_who_reaches_them() -> None:
    seen = course()
    rows = texts(ports_table(seen, seen.containers[by_name(seen, "moderator")]))
    assert rows[0][:2] == ["50001/tcp", "not published"]
    assert "EXPOSE alone opens nothing" in rows[0][2]
    assert rows[1][1] == "*:32768"
    assert rows[1][2].startswith("everyone who reaches this host")
    local = container("local", endpoint(PARTY, "172.18.0.9"))
    local = replace(local, ports=(PortBinding(80, "tcp", "127.0.0.1", 8080),))
    assert "only this host itself" in texts(ports_table(seen, local))[0][2]


def test_odd_network_modes_are_told() -> None:
    joiner = container("joiner", network_mode="container:gone")
    hosty = container("hosty", Endpoint("host", BUILTIN[1].id), network_mode="host")
    alone = container("alone", network_mode="bridge")
    seen = world((PARTY,), (joiner, hosty, alone))
    assert "gone" in heading(seen, joiner)
    assert "host's network" in heading(seen, hosty)
    assert texts(endpoints_table(seen, hosty))[0][1] == "the host's own"
    assert "only its loopback" in endpoints_table(seen, alone).empty
    rows = {row[0]: row for row in texts(containers_table(seen))}
    assert rows["hosty"][3] == "host's own"
    assert rows["alone"][2] == "no network"


def test_a_stale_joiner_is_told() -> None:
    owner = container("owner", endpoint(PARTY, "172.18.0.2"), started_at="2026-01-02T00:00:00Z")
    mode = f"container:{owner.id}"
    stale = container("stale", network_mode=mode, started_at="2026-01-01T00:00:00Z")
    fresh = container("fresh", network_mode=mode, started_at="2026-01-03T00:00:00Z")
    seen = world((PARTY,), (owner, stale, fresh))
    assert "loopback only" in heading(seen, stale)
    assert "Shares the network namespace of owner" in heading(seen, fresh)
    assert texts(endpoints_table(seen, fresh))[0][1] == "172.18.0.2/16"


def test_dangling_entry_says_the_cure() -> None:
    stuck = container("stuck", endpoint(PARTY, None), state=State.EXITED)
    assert "docker network disconnect --force party stuck" in heading(world((), (stuck,)), stuck)


def test_address_plan_counts_and_overlaps() -> None:
    small = network("small", "172.18.0.0/29")
    held = container("held", endpoint(small, "172.18.0.2"))
    facts = dict(texts(address_table(world((small, PARTY), (held,)), small)))
    assert facts["  used"] == "1 of 5, 4 free"
    assert facts["  overlaps"] == "party"
    assert facts["  gateway"] == "172.18.0.1"


@pytest.mark.parametrize("width", [20, 38, 50, 78, 118])
@pytest.mark.parametrize("subject", list(Subject))
def test_every_table_fits_every_width(width: int, subject: Subject) -> None:
    seen = course()
    selection = Selection(PARTY.id, by_name(seen, "moderator"), subject)
    for tab in TABS[subject]:
        table = detail(seen, selection, tab.id).table
        widths = [w for w in layout(table.columns, table.rows, width) if w]
        assert sum(widths) + GAP * max(0, len(widths) - 1) <= width


@pytest.mark.parametrize("width", [30, 50, 76])
def test_name_ip_and_ports_are_legible_at_the_narrowest(width: int) -> None:
    table = containers_table(course())
    widths = layout(table.columns, table.rows, width)
    shown = {c.title: w for c, w in zip(table.columns, widths, strict=True)}
    assert shown["CONTAINER"] >= 8
    assert shown["IP"] >= 10
    if width >= 50:
        assert shown["IP"] >= cell_width("172.19.0.2 +2")


def test_copies_offer_addresses_ports_and_aliases() -> None:
    seen = course()
    found = {c.text for c in container_copies(seen, seen.containers[by_name(seen, "moderator")])}
    assert {"moderator", "172.18.0.2", "172.18.0.2:54321", "localhost:32768", "master"} <= found


def test_log_plan() -> None:
    seen = course()
    chosen = Selection(PARTY.id, by_name(seen, "gazda"))
    assert log_plan(seen, chosen, pinned=frozenset(), merged=False).title == "gazda"
    merged = log_plan(seen, chosen, pinned=frozenset(), merged=True)
    assert len(merged.ids) == 3 and merged.prefixed
    pinned = log_plan(seen, chosen, pinned=frozenset({chosen.container or ""}), merged=True)
    assert pinned.ids == (chosen.container,)


def test_json_document() -> None:
    seen = course()
    document = listing.as_json(seen)
    assert document["version"] == 1
    assert set(document["engine"]) == {"endpoint", "version", "api", "id", "name"}
    party = next(n for n in document["networks"] if n["name"] == "party")
    assert party["subnets"] == [{"subnet": "172.18.0.0/16", "gateway": "172.18.0.1"}]
    gazda = party["endpoints"][0]
    assert gazda["container"] == by_name(seen, "gazda")
    assert gazda["ipv4"] == "172.18.0.3/16" and gazda["ipv6"] is None
    assert gazda["names"][0] == "gazda"
    eudora = next(c for c in document["containers"] if c["name"] == "usm-eudora")
    assert (eudora["state"], eudora["exit_code"]) == ("exited", 3)
    assert eudora["endpoints"][0]["ipv4"] is None and eudora["endpoints"][0]["names"] == []
    moderator = next(c for c in document["containers"] if c["name"] == "moderator")
    assert moderator["ports"][0] == {
        "container_port": 50001,
        "protocol": "tcp",
        "host_ip": None,
        "host_port": None,
    }


def test_plain_text_names_every_container_once_per_network() -> None:
    text = listing.as_text(course())
    assert text.count("  moderator  running") == 3
    assert "party bridge 172.18.0.0/16" in text
