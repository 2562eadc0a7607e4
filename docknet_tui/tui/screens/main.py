"""The main screen: holds the world and what is chosen; the panes draw it."""

from __future__ import annotations

from time import monotonic
from typing import TYPE_CHECKING, ClassVar, cast

from textual import events, on, work
from textual.app import ComposeResult
from textual.binding import BindingType
from textual.containers import Horizontal, Vertical
from textual.getters import query_one
from textual.reactive import var
from textual.screen import Screen
from textual.widget import Widget

from docknet_tui.keymap import EVERYWHERE
from docknet_tui.model.events import LinkState
from docknet_tui.model.reduce import reduce_all
from docknet_tui.model.select import Selection, Subject
from docknet_tui.model.world import World
from docknet_tui.tui.keys import bindings
from docknet_tui.tui.log_view import LogView
from docknet_tui.tui.messages import ContainerChosen, LogWake, NetworkChosen, TabChosen, Wake
from docknet_tui.tui.panes.detail import DetailPane
from docknet_tui.tui.panes.footer import KeyLine
from docknet_tui.tui.panes.header import Banner, HeaderLine
from docknet_tui.tui.panes.lists import ContainersPane, NetworksPane
from docknet_tui.tui.panes.logs import LogsPane
from docknet_tui.tui.panes.prompt import PromptLine
from docknet_tui.tui.row_list import RowList
from docknet_tui.tui.screens import dialogs
from docknet_tui.tui.screens.log_reader import LogReader
from docknet_tui.views.log_plan import log_plan
from docknet_tui.views.tabs import TABS

if TYPE_CHECKING:
    from docknet_tui.tui.app import DocknetApp

FRAME = 1 / 30
"""Seconds between two redraws at most: one redraw per event was 40 times slower in a storm."""

PANES = ("networks", "containers", "detail", "logs")
MODES = ("normal", "half", "full")


class MainScreen(Screen[None]):
    """Networks and containers on the left, the detail and the logs on the right."""

    HORIZONTAL_BREAKPOINTS = [(0, "-narrow"), (100, "-wide")]  # noqa: RUF012  # Textual's own
    VERTICAL_BREAKPOINTS = [(0, "-short"), (30, "-tall")]  # noqa: RUF012  # Textual's own
    BINDINGS: ClassVar[list[BindingType]] = bindings(EVERYWHERE)
    AUTO_FOCUS = "#networks"

    world: var[World] = var(World)
    selection: var[Selection] = var(Selection)
    tabs: var[dict[Subject, int]] = var(dict.fromkeys(Subject, 0))
    mode: var[int] = var(0)
    pinned: var[frozenset[str]] = var(frozenset[str]())
    merged: var[bool] = var(False)

    networks = query_one("#networks", NetworksPane)
    containers = query_one("#containers", ContainersPane)
    detail = query_one("#detail", DetailPane)
    logs = query_one("#logs", LogsPane)
    footer = query_one("#footer", KeyLine)
    prompt = query_one("#prompt", PromptLine)

    def __init__(self) -> None:
        super().__init__()
        self._next = 0.0
        self._waiting = False
        self._pane = "networks"
        self.reader: LogReader | None = None

    @property
    def docknet(self) -> DocknetApp:
        """The app with its feeds."""
        return cast("DocknetApp", self.app)

    def compose(self) -> ComposeResult:
        yield HeaderLine(self.docknet.endpoint, id="header").data_bind(MainScreen.world)
        yield Banner(id="banner").data_bind(MainScreen.world)
        with Horizontal(id="body"):
            with Vertical(id="side"):
                yield NetworksPane(id="networks", classes="pane").data_bind(MainScreen.world)
                yield ContainersPane(id="containers", classes="pane").data_bind(
                    MainScreen.world, MainScreen.selection, MainScreen.pinned
                )
            with Vertical(id="main"):
                yield DetailPane(id="detail").data_bind(
                    MainScreen.world, MainScreen.selection, MainScreen.tabs
                )
                yield LogsPane(id="logs", classes="pane").data_bind(MainScreen.world)
        yield PromptLine(id="prompt")
        yield KeyLine(id="footer")

    def on_mount(self) -> None:
        self.detail.add_class("pane")
        self.reader = LogReader(self.logs, self.docknet.log_feed)
        self.docknet.feed.start()

    # The feed: many events, one world, at most 30 times a second, the first one at once.

    @on(Wake)
    def soon(self) -> None:
        """Absorb what the feed has, now or when this frame is over."""
        if self._waiting:
            return
        wait = self._next - monotonic()
        if wait > 0:
            self._waiting = True
            self.set_timer(wait, self.absorb)
        else:
            self.absorb()

    def absorb(self) -> None:
        """Fold everything that has arrived into the next world."""
        self._waiting = False
        self._next = monotonic() + FRAME
        before = self.world
        self.world = reduce_all(self.world, self.docknet.feed.drain())
        if self.reader is not None:
            self.reader.world_changed(before, self.world)
        self.plan_logs()

    @on(LogWake)
    def read_logs(self) -> None:
        """Show the log lines that have arrived."""
        if self.reader is not None:
            self.reader.read(self.world)

    def plan_logs(self) -> None:
        """Let the logs pane follow what is chosen, pinned or merged now."""
        if self.reader is None or self.world.link.state is LinkState.CONNECTING:
            return
        self.reader.follow(
            log_plan(self.world, self.selection, pinned=self.pinned, merged=self.merged)
        )

    # What is chosen.

    @on(NetworkChosen)
    def network_chosen(self, event: NetworkChosen) -> None:
        self.selection = self.selection.with_network(event.id, look=self._pane == "networks")
        self.plan_logs()

    @on(ContainerChosen)
    def container_chosen(self, event: ContainerChosen) -> None:
        self.selection = self.selection.with_container(event.id, look=self._pane == "containers")
        self.plan_logs()
        if event.id:
            self.docknet.feed.prioritize((event.id,))

    @on(TabChosen)
    def tab_chosen(self, event: TabChosen) -> None:
        self.tabs = self.tabs | {self.selection.subject: event.index}

    def on_descendant_focus(self, event: events.DescendantFocus) -> None:
        """The detail turns to the list that has the focus; the footer shows its keys."""
        pane = next((w for w in event.widget.ancestors_with_self if w.id in PANES), None)
        if pane is None or pane.id is None:
            return
        self.footer.pane = getattr(pane, "KEYS_OF", EVERYWHERE)
        if pane.id == "networks":
            self.selection = self.selection.looking_at(Subject.NETWORK)
        elif pane.id == "containers":
            self.selection = self.selection.looking_at(Subject.CONTAINER)
        self._current(pane.id)

    def _current(self, name: str) -> None:
        self._pane = name
        for pane in self.query(".pane"):
            pane.set_class(pane.id == name, "-current")
        self._arrange()

    # Keys of everywhere.

    def action_pane(self, name: str) -> None:
        """Give a pane the focus, also one that the full-screen mode hides."""
        self._current(name)
        target: Widget = self.query_one(f"#{name}")
        if isinstance(target, DetailPane):
            target = target.inner
        # At once: a focus that comes later would take the keys from a prompt opened meanwhile.
        self.set_focus(target)

    def action_next_pane(self, by: int) -> None:
        """Move the focus around the panes."""
        self.action_pane(PANES[(PANES.index(self._pane) + by) % len(PANES)])

    def action_tab(self, by: int) -> None:
        """Open the tab before or after."""
        subject = self.selection.subject
        had_focus = self._pane == "detail"
        self.tabs = self.tabs | {subject: (self.tabs[subject] + by) % len(TABS[subject])}
        if had_focus:
            self.call_after_refresh(self.action_pane, "detail")

    def action_mode(self, by: int) -> None:
        """Normal, half, full; and back."""
        self.mode = (self.mode + by) % len(MODES)

    def watch_mode(self) -> None:
        for index, name in enumerate(MODES):
            self.set_class(index == self.mode, f"-{name}")
        self._arrange()

    def _arrange(self) -> None:
        """In the full mode, only the half of the screen with the current pane takes room."""
        left = self._pane in ("networks", "containers")
        full = MODES[self.mode] == "full"
        self.query_one("#side").display = not full or left
        self.query_one("#main").display = not full or not left

    def action_open(self) -> None:
        """From a list into its detail."""
        self.action_pane("detail")

    def action_back(self) -> None:
        """One step back: clear a filter, leave the detail, leave an enlarged pane."""
        if self._pane in ("networks", "containers"):
            pane = cast("NetworksPane | ContainersPane", self.query_one(f"#{self._pane}"))
            if pane.needle:
                pane.needle = ""
                return
        elif self._pane == "logs" and (self.logs.needle or self.logs.only):
            self.logs.needle = self.logs.only = ""
            return
        elif self._pane == "detail":
            looked = self.selection.subject
            self.action_pane("networks" if looked is Subject.NETWORK else "containers")
            return
        self.mode = 0

    def action_filter(self) -> None:
        """Ask for a filter of the focused list, or for a text to search in logs and text tabs."""
        if self._pane in ("networks", "containers"):
            pane = cast("NetworksPane | ContainersPane", self.query_one(f"#{self._pane}"))
            self.prompt.ask(self._pane, f"Filter {self._pane}:", pane.needle)
        elif self._pane == "logs":
            self.prompt.ask("logs", "Search the log:", self.logs.needle)
        else:
            self.prompt.ask("detail", "Search the detail:", "")

    @on(PromptLine.Typed)
    def typed(self, event: PromptLine.Typed) -> None:
        """Narrow or search while the reader types; give the focus back at the end."""
        match event.purpose:
            case "networks":
                self.networks.needle = event.text
            case "containers":
                self.containers.needle = event.text
            case "logs":
                self.logs.needle = event.text
            case "only":
                self.logs.only = event.text
            case "detail":
                self.detail.search(event.text)
        if event.done and event.text and event.purpose in ("logs", "detail"):
            self._view(event.purpose).next_match()
        if event.done:
            self.action_pane("logs" if event.purpose == "only" else event.purpose)

    # Keys of one pane.

    def action_scope(self) -> None:
        """All containers, or those of the chosen network."""
        self.containers.only_network = not self.containers.only_network

    def action_stopped(self) -> None:
        """Show or hide containers that do not run."""
        self.containers.stopped = not self.containers.stopped

    def action_pin(self) -> None:
        """Keep the container's log in the logs pane, beside others that are pinned."""
        if id := self.selection.container:
            self.pinned = self.pinned ^ {id}
            self.plan_logs()

    def action_merged(self) -> None:
        """The logs of all members of the chosen network in one, or the chosen container's."""
        self.merged = not self.merged
        self.plan_logs()

    def action_jump(self) -> None:
        """From a row of the detail to the container or network that it names."""
        key = self.detail.inner.cursor_key if isinstance(self.detail.inner, RowList) else None
        if key is None:
            return
        if key in self.world.containers:
            self.containers.needle = ""
            self.containers.only_network, self.containers.stopped = False, True
            self.containers.select(key)
            self.action_pane("containers")
        elif key in self.world.networks:
            self.networks.needle = ""
            self.networks.select(key)
            self.action_pane("networks")

    def _view(self, pane: str) -> LogView:
        return self.detail.text if pane == "detail" else self.logs

    def action_match(self, by: int) -> None:
        """To the next or previous line that the search found."""
        view = self._view(self._pane)
        if by > 0:
            view.next_match()
        else:
            view.previous_match()

    def action_log_filter(self) -> None:
        """Ask for a text that every shown log line must contain."""
        self.prompt.ask("only", "Only lines with:", self.logs.only)

    def action_stamps(self) -> None:
        """Time stamps on or off."""
        self.logs.show_stamps = not self.logs.show_stamps

    def action_wrap(self) -> None:
        """Wrap long lines, or scroll sideways."""
        self.logs.wrap = not self.logs.wrap

    def action_follow(self) -> None:
        """To the end of the log, and stay there."""
        self.logs.scroll_end(animate=False)

    @work
    async def action_since(self) -> None:
        """Ask from when on the log is read."""
        if (choice := await dialogs.since(self)) is not None and self.reader is not None:
            self.reader.since(choice)
            self.plan_logs()

    @work
    async def action_copy(self) -> None:
        """Ask which text of the chosen object goes to the clipboard, by OSC 52."""
        await dialogs.copy(self)

    @work
    async def action_menu(self) -> None:
        """Show what can be done here; do what is chosen."""
        await dialogs.menu(self, self.footer.pane)

    @work
    async def action_help(self) -> None:
        """Show all keys; do what is chosen."""
        await dialogs.keys(self)

    async def action_quit(self) -> None:
        """Back to the shell at once."""
        self.app.exit()
