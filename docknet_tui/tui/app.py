"""The app: wires the feeds to the screen and takes them down again."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import ClassVar

from rich.text import Text
from textual.app import App
from textual.binding import BindingType
from textual.message import Message

from docknet_tui.engine.feed import Feed
from docknet_tui.engine.log_feed import LogFeed
from docknet_tui.engine.port import Engine
from docknet_tui.tui.crash import keep
from docknet_tui.tui.messages import LogWake, Wake
from docknet_tui.tui.screens.main import MainScreen


class DocknetApp(App[None]):
    """`connect` makes an engine and is called again after each loss; `endpoint` is shown until
    one has answered; `keymap` maps key ids to other keys."""

    TITLE = "docknet-tui"
    CSS_PATH = "docknet.tcss"
    ENABLE_COMMAND_PALETTE = False
    BINDINGS: ClassVar[list[BindingType]] = []

    def __init__(
        self,
        connect: Callable[[], Engine],
        endpoint: str,
        keymap: Mapping[str, str] | None = None,
    ) -> None:
        super().__init__()
        self.endpoint = endpoint
        self.feed = Feed(connect, lambda: self._tell(Wake()))
        self.log_feed = LogFeed(connect, lambda: self._tell(LogWake()))
        self._remapped = dict(keymap or {})
        self._main = MainScreen()

    def on_mount(self) -> None:
        self.set_keymap(self._remapped)
        self.push_screen(self._main)

    def on_unmount(self) -> None:
        self.close_feeds()

    def _fatal_error(self) -> None:
        """One sentence in place of Textual's traceback, which would fill the reader's terminal."""
        error = self._exception
        if error is not None:
            self.panic(Text(keep(error)))

    def close_feeds(self) -> None:
        """End every stream; safe to call twice."""
        self.feed.close()
        self.log_feed.close()

    def _tell(self, message: Message) -> None:
        """Called on a feed's thread; a message to a screen that is gone is dropped by Textual."""
        self._main.post_message(message)
