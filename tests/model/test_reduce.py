"""The reducer: total, order-safe, and silent when nothing changed."""

from __future__ import annotations

from dataclasses import replace

from hypothesis import given
from hypothesis import strategies as st

from docknet_tui.model.container import Container, State
from docknet_tui.model.events import (
    ContainerChanged,
    ContainerGone,
    Event,
    Happened,
    Happening,
    Looked,
    NetworkChanged,
    NetworkGone,
)
from docknet_tui.model.network import Network
from docknet_tui.model.reduce import reduce, reduce_all
from docknet_tui.model.world import HISTORY_LIMIT, World
from tests.worlds import ENGINE, PARTY, container, course

IDS = st.sampled_from([f"{i:064x}" for i in range(4)])
CONTAINERS = st.builds(Container, IDS, st.sampled_from(["ab", "cd"]), state=st.sampled_from(State))
NETWORKS = st.builds(Network, IDS, st.sampled_from(["n1", "n2"]), internal=st.booleans())
EVENTS = st.one_of(
    st.builds(ContainerChanged, CONTAINERS),
    st.builds(ContainerGone, IDS),
    st.builds(NetworkChanged, NETWORKS),
    st.builds(NetworkGone, IDS),
)


def test_same_object_when_nothing_changed() -> None:
    seen = course()
    moderator = next(c for c in seen.containers.values() if c.name == "moderator")
    assert reduce(seen, ContainerChanged(moderator)) is seen
    assert reduce(seen, ContainerGone("0" * 64)) is seen
    assert reduce(seen, NetworkChanged(PARTY)) is seen


def test_unrelated_mapping_is_kept() -> None:
    seen = course()
    after = reduce(seen, ContainerChanged(container("newcomer")))
    assert after is not seen
    assert after.networks is seen.networks


@given(st.lists(EVENTS, max_size=30))
def test_any_history_equals_a_fresh_look(history: list[Event]) -> None:
    truth_c: dict[str, Container] = {}
    truth_n: dict[str, Network] = {}
    for event in history:
        match event:
            case ContainerChanged(c):
                truth_c[c.id] = c
            case ContainerGone(id):
                truth_c.pop(id, None)
            case NetworkChanged(n):
                truth_n[n.id] = n
            case NetworkGone(id):
                truth_n.pop(id, None)
    start = reduce(World(), Looked(ENGINE, (), ()))
    one_by_one = start
    for event in history:
        one_by_one = reduce(one_by_one, event)
    fresh = reduce(World(), Looked(ENGINE, tuple(truth_n.values()), tuple(truth_c.values())))
    assert reduce_all(start, history) == one_by_one == fresh


def test_history_is_bounded() -> None:
    events = [Happened(Happening(i, "container", "start")) for i in range(HISTORY_LIMIT + 50)]
    after = reduce_all(World(), events)
    assert len(after.history) == HISTORY_LIMIT
    assert after.history[-1].at == HISTORY_LIMIT + 49


def test_replay_cannot_bring_back_an_old_state() -> None:
    seen = course()
    gazda = next(c for c in seen.containers.values() if c.name == "gazda")
    stopped = replace(gazda, state=State.EXITED)
    assert (
        reduce_all(seen, [ContainerChanged(gazda), ContainerChanged(stopped)]).containers[gazda.id]
        == stopped
    )
