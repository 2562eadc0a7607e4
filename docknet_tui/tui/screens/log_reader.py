"""Carries lines from the log feed into the logs pane."""

from __future__ import annotations

from docknet_tui.engine.log_feed import LogFeed
from docknet_tui.model.events import LinkState
from docknet_tui.model.world import World
from docknet_tui.text.clean import clean_log
from docknet_tui.tui.panes.logs import LogsPane
from docknet_tui.views.log_line import LogLine
from docknet_tui.views.log_plan import LogPlan, prefix

TAIL = 500
"""Lines read of each container at first; what comes later fills the ring."""

SINCE = {"": 0, "1 minute": 60, "10 minutes": 600, "1 hour": 3600, "1 day": 86400}
"""Choices for the log's start, in seconds before now; 0 is the whole log's tail."""


class LogReader:
    """Knows what the pane shows now; asks the feed only when that changes."""

    def __init__(self, pane: LogsPane, feed: LogFeed) -> None:
        self._pane = pane
        self._feed = feed
        self._plan = LogPlan()
        self._asked: tuple[tuple[str, ...], str] | None = None

    def follow(self, plan: LogPlan) -> None:
        """Show this plan; nothing happens when it is the one that is shown."""
        if plan != self._plan:
            self._plan = plan
            self._pane.plan = plan
        if (plan.ids, self._pane.since) == self._asked:
            return
        self._asked = (plan.ids, self._pane.since)
        self._pane.clear()
        seconds = SINCE.get(self._pane.since, 0)
        self._feed.follow(plan.ids, tail=TAIL if not seconds else 10_000, since=seconds or None)

    def since(self, choice: str) -> None:
        """Read again from this long before now."""
        self._pane.since = choice

    def read(self, world: World) -> None:
        """Move what has arrived into the pane."""
        lines = []
        for chunk in self._feed.drain():
            if chunk.container not in self._plan.ids:
                continue
            name, style = prefix(world, self._plan, chunk.container)
            lines.append(LogLine(clean_log(chunk.text), chunk.stderr, chunk.stamp, name, style))
        if lines:
            self._pane.extend(lines)

    def world_changed(self, before: World, after: World) -> None:
        """Resume the log of a container that runs again, and of all after a lost connection."""
        back = after.link.state is LinkState.LIVE and before.link.state is LinkState.LOST
        for id in self._plan.ids:
            now, then = after.containers.get(id), before.containers.get(id)
            started = now is not None and now.active and (then is None or not then.active)
            if back or (started and then is not None):
                self._feed.resume(id)
        if back and self._plan.ids:
            self._pane.extend([LogLine("— reconnected to the engine —", prefix_style="muted")])
