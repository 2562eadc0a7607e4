"""What the reader has chosen: by id, so that re-sorting and newcomers never change it."""

from __future__ import annotations

from dataclasses import dataclass, replace
from enum import StrEnum


class Subject(StrEnum):
    """Which kind of object the detail pane is about."""

    NETWORK = "network"
    CONTAINER = "container"


@dataclass(frozen=True, slots=True)
class Selection:
    """The chosen network and container (full ids), and which of the two is being looked at."""

    network: str | None = None
    container: str | None = None
    subject: Subject = Subject.NETWORK

    def with_network(self, id: str | None, *, look: bool) -> Selection:
        """With another network chosen; `look` says whether the detail turns to it."""
        return replace(self, network=id, subject=Subject.NETWORK if look else self.subject)

    def with_container(self, id: str | None, *, look: bool) -> Selection:
        """With another container chosen; `look` says whether the detail turns to it."""
        return replace(self, container=id, subject=Subject.CONTAINER if look else self.subject)

    def looking_at(self, subject: Subject) -> Selection:
        """With the detail turned to the chosen object of this kind."""
        return replace(self, subject=subject)

    @property
    def object_id(self) -> str | None:
        """The id of what is being looked at."""
        return self.network if self.subject is Subject.NETWORK else self.container
