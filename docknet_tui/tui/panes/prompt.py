"""The line at the bottom that takes a filter or a search text while the lists stay in sight."""

from __future__ import annotations

from dataclasses import dataclass
from typing import ClassVar

from textual import on
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Horizontal
from textual.getters import query_one
from textual.message import Message
from textual.widgets import Input, Label


class PromptLine(Horizontal):
    """Hidden until `ask`; tells every change, so that lists narrow while one types."""

    BINDINGS: ClassVar[list[BindingType]] = [Binding("escape", "cancel", "clear", show=False)]

    input = query_one(Input)
    label = query_one(Label)

    @dataclass
    class Typed(Message):
        """The text for `purpose` is now `text`; `done` once Enter or Escape ended it."""

        purpose: str
        text: str
        done: bool = False

    def __init__(self, id: str) -> None:
        super().__init__(id=id)
        self._purpose = ""

    def compose(self) -> ComposeResult:
        yield Label(markup=False)
        yield Input(compact=True)

    def ask(self, purpose: str, label: str, text: str) -> None:
        """Open the line for one purpose, with the text so far."""
        self._purpose = purpose
        self.label.update(f" {label} ")
        self.display = True
        self.input.value = text
        # At once, not after the next refresh: what is typed right after the key belongs here.
        self.screen.set_focus(self.input)

    @on(Input.Changed)
    def changed(self, event: Input.Changed) -> None:
        event.stop()
        if self.display:
            self.post_message(self.Typed(self._purpose, event.value))

    @on(Input.Submitted)
    def submitted(self, event: Input.Submitted) -> None:
        event.stop()
        self.display = False
        self.post_message(self.Typed(self._purpose, event.value, done=True))

    def action_cancel(self) -> None:
        """Close the line and clear its text: the list shows everything again."""
        self.display = False
        self.post_message(self.Typed(self._purpose, "", done=True))
