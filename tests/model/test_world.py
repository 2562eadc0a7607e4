"""Joining endpoints to networks, members, owners, names."""

from __future__ import annotations

from dataclasses import replace

from docknet_tui.model.container import Endpoint, State
from docknet_tui.model.names import configured_names, names_on
from docknet_tui.model.network import Network
from tests.worlds import BATCH, BUILTIN, PARTY, container, course, endpoint, network, world


def test_members_include_stopped_ones_after_the_running_ones() -> None:
    names = [m.container.name for m in course().members(PARTY.id)]
    assert names == ["gazda", "moderator", "usm-eudora"]


def test_never_started_container_joins_by_name() -> None:
    fresh = container("fresh", Endpoint("party"), state=State.CREATED)
    assert [m.container.name for m in world((PARTY,), (fresh,)).members(PARTY.id)] == ["fresh"]


def test_never_started_container_joins_by_id_prefix() -> None:
    fresh = container("fresh", Endpoint(PARTY.id[:8]), state=State.CREATED)
    assert [m.container.name for m in world((PARTY,), (fresh,)).members(PARTY.id)] == ["fresh"]


def test_entry_of_a_removed_network_dangles_even_when_the_name_is_taken_again() -> None:
    again = replace(PARTY, id="f" * 64)
    stuck = container("stuck", endpoint(PARTY, None), state=State.EXITED)
    seen = world((again,), (stuck,))
    assert seen.members(again.id) == ()
    assert [e.network for e in seen.dangling(stuck)] == ["party"]


def test_default_bridge_joins_by_name_after_its_id_changed() -> None:
    old = replace(BUILTIN[0], id="e" * 64)
    stopped = container("stopped", endpoint(old, None), state=State.EXITED)
    assert [m.container.name for m in world((), (stopped,)).members(BUILTIN[0].id)] == ["stopped"]


def test_owner_follows_a_chain_and_survives_a_loop() -> None:
    a = container("a1", endpoint(PARTY, "172.18.0.2"))
    b = container("b1", network_mode=f"container:{a.id}")
    c = container("c1", network_mode=f"container:{b.id}")
    looped = container("d1", network_mode=f"container:{container('d1').id}")
    seen = world((PARTY,), (a, b, c, looped))
    assert seen.owner(c) == a
    assert seen.owner(looped) is None
    assert seen.owner(container("e1", network_mode="container:" + "9" * 64)) is None


def test_names_are_the_same_on_every_engine() -> None:
    plain = container("gazda", endpoint(PARTY, "172.18.0.3"))
    on_20 = replace(plain.endpoints[0], aliases=("db", plain.short_id))
    on_28 = replace(plain.endpoints[0], aliases=("db",), dns_names=("gazda", "db", plain.short_id))
    expected = ("gazda", "db", plain.short_id)
    assert names_on(plain, on_20, PARTY) == expected
    assert names_on(plain, on_28, PARTY) == expected


def test_no_names_on_the_default_bridge_nor_when_stopped() -> None:
    on_bridge = container("plain", endpoint(BUILTIN[0], "172.17.0.2"))
    assert names_on(on_bridge, on_bridge.endpoints[0], BUILTIN[0]) == ()
    stopped = replace(on_bridge, state=State.EXITED)
    assert names_on(stopped, endpoint(PARTY, None), PARTY) == ()
    paused = replace(on_bridge, state=State.PAUSED)
    assert "plain" in names_on(paused, endpoint(PARTY, "172.18.0.2"), PARTY)


def test_hostname_is_a_name_and_repeats_are_dropped() -> None:
    named = container("web", endpoint(PARTY, "172.18.0.2", aliases=("WEB", "www")), hostname="www")
    assert configured_names(named, named.endpoints[0]) == ("web", "www", named.short_id)


def test_a_user_network_in_swarm_scope_is_not_built_in() -> None:
    assert not Network("i" * 25, "host", "overlay", "swarm").builtin
    assert not network("bridged").builtin and BATCH.has_dns
