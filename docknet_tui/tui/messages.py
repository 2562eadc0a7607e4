"""Every message between threads, panes and screens: facts, in the past tense."""

from __future__ import annotations

from dataclasses import dataclass

from textual.message import Message


class Wake(Message):
    """The feed has events. Any number of these may become one."""

    def can_replace(self, message: Message) -> bool:
        return isinstance(message, Wake)


class LogWake(Message):
    """The log feed has lines. Any number of these may become one."""

    def can_replace(self, message: Message) -> bool:
        return isinstance(message, LogWake)


@dataclass
class NetworkChosen(Message):
    """The cursor of the networks list stands on this network now (None: the list is empty)."""

    id: str | None


@dataclass
class ContainerChosen(Message):
    """The cursor of the containers list stands on this container now (None: none is listed)."""

    id: str | None


@dataclass
class TabChosen(Message):
    """A tab of the detail pane was clicked."""

    index: int
