"""Every key, declared once: bindings, footer, help, menu and README's table come from here.

No textual here: the configuration is checked against these ids before the screen is loaded.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Key:
    """One thing a key does. `pane` says where it works; `footer` whether it is always shown."""

    id: str
    keys: str
    action: str
    label: str
    pane: str
    footer: bool = False
    shown: str | None = None

    @property
    def display(self) -> str:
        """The key as printed on the keyboard."""
        return self.shown or self.keys.split(",")[0]


EVERYWHERE, NETWORKS, CONTAINERS, DETAIL, LOGS = (
    "Everywhere",
    "Networks",
    "Containers",
    "Detail",
    "Logs",
)

KEYS = (
    Key("pane.networks", "1", "pane('networks')", "networks", EVERYWHERE),
    Key("pane.containers", "2", "pane('containers')", "containers", EVERYWHERE),
    Key("pane.logs", "3", "pane('logs')", "logs", EVERYWHERE),
    Key("pane.detail", "0", "pane('detail')", "detail", EVERYWHERE),
    Key("pane.next", "tab,l,right", "next_pane(1)", "next pane", EVERYWHERE, shown="tab l →"),
    Key(
        "pane.previous",
        "shift+tab,h,left",
        "next_pane(-1)",
        "previous pane",
        EVERYWHERE,
        shown="⇧tab h ←",
    ),
    Key("tab.previous", "left_square_bracket", "tab(-1)", "previous tab", EVERYWHERE, shown="["),
    Key("tab.next", "right_square_bracket", "tab(1)", "next tab", EVERYWHERE, True, shown="[ ]"),
    Key("filter", "slash", "filter", "filter", EVERYWHERE, True, shown="/"),
    Key("copy", "y", "copy", "copy", EVERYWHERE, True),
    Key("merged", "M", "merged", "merged logs of the network", EVERYWHERE),
    Key("menu", "x", "menu", "menu", EVERYWHERE, True),
    Key("help", "question_mark", "help", "keys", EVERYWHERE, True, shown="?"),
    Key("screen.larger", "plus", "mode(1)", "enlarge the pane", EVERYWHERE, shown="+"),
    Key("screen.smaller", "underscore", "mode(-1)", "shrink it again", EVERYWHERE, shown="_"),
    Key("back", "escape", "back", "back, or clear the filter", EVERYWHERE, shown="esc"),
    Key("quit", "q,ctrl+c,ctrl+q", "quit", "quit", EVERYWHERE, True),
    Key("network.open", "enter", "open", "its detail", NETWORKS, True, shown="⏎"),
    Key("container.open", "enter", "open", "its detail", CONTAINERS, True, shown="⏎"),
    Key("scope", "a", "scope", "all / this network", CONTAINERS, True),
    Key("stopped", "e", "stopped", "hide stopped", CONTAINERS, True),
    Key("pin", "space", "pin", "pin its log", CONTAINERS, True, shown="space"),
    Key("detail.jump", "enter", "jump", "go to that object", DETAIL, True, shown="⏎"),
    Key("detail.match.next", "n", "match(1)", "next match", DETAIL),
    Key("detail.match.previous", "N", "match(-1)", "previous match", DETAIL),
    Key("match.next", "n", "match(1)", "next match", LOGS, True),
    Key("match.previous", "N", "match(-1)", "previous match", LOGS),
    Key("log.filter", "f", "log_filter", "only lines with…", LOGS, True),
    Key("log.stamps", "t", "stamps", "times", LOGS, True),
    Key("log.wrap", "w", "wrap", "wrap", LOGS, True),
    Key("log.since", "s", "since", "since…", LOGS, True),
    Key("log.follow", "end,G", "follow", "follow", LOGS, shown="end"),
)


def keys_for(pane: str) -> tuple[Key, ...]:
    """The keys that work in a pane: its own first, then those of everywhere."""
    own = tuple(key for key in KEYS if key.pane == pane and pane != EVERYWHERE)
    return own + tuple(key for key in KEYS if key.pane == EVERYWHERE)


KEY_IDS = frozenset(key.id for key in KEYS)

_KEY = re.compile(r"((ctrl|shift|alt|super)\+)*([a-zA-Z0-9]|f\d{1,2}|[a-z]+(_[a-z]+)*)")


def problems(keymap: Mapping[str, str]) -> list[str]:
    """What is wrong with a remapping, as sentences.

    Textual ignores unknown ids and impossible key names in silence, and a key that two bindings
    claim silently takes one of them away; so all three are told here.
    """
    found = [f"there is no key called “{id}”" for id in keymap if id not in KEY_IDS]
    for id, keys in keymap.items():
        found += [
            f"{id}: “{name}” is no key name; examples: r, R, f5, ctrl+r, left_square_bracket"
            for name in keys.split(",")
            if not _KEY.fullmatch(name.strip())
        ]
    taken: dict[tuple[str, str], str] = {}
    for key in KEYS:
        for name in keymap.get(key.id, key.keys).split(","):
            place = (key.pane, name.strip())
            if place in taken and (key.id in keymap or taken[place] in keymap):
                found.append(f"“{name.strip()}” would do both {taken[place]} and {key.id}")
            taken[place] = key.id
    return found


def markdown() -> str:
    """README's table of keys."""
    rows = ["| key | does | where | id |", "|---|---|---|---|"]
    rows += [f"| `{key.display}` | {key.label} | {key.pane.lower()} | `{key.id}` |" for key in KEYS]
    return "\n".join(rows)
