"""The line above a list: the filter as it is typed, what can be typed next, what is wrong, and what is on."""

from __future__ import annotations

from collections.abc import Callable
from typing import ClassVar

from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Horizontal
from textual.content import Content
from textual.message import Message
from textual.widgets import Input, Static

from models.errors import RuleBroken
from models.language import N_, _
from models.query import parse, unparse
from models.text import shown
from screens.kit.filter_words import FilterWords, completion, in_latin_letters


class FilterInput(Input):
    """The text of the filter while it is typed."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("tab", "complete", N_("complete the word"), id="filter.complete"),
        Binding("ctrl+l", "repair", N_("Latin letters"), id="filter.repair"),
        Binding("enter", "leave", N_("to the list"), id="filter.leave"),
        Binding("down", "leave", N_("to the list"), show=False, id="filter.leave-down"),
        Binding("escape", "app.back", N_("clear"), id="filter.clear"),
    ]

    class Left(Message):
        """The operator goes to the list."""

    def __init__(self) -> None:
        super().__init__(compact=True, select_on_focus=False)
        self.words: FilterWords = {}

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """Show the keys only where they do something."""
        if action == "complete":
            return bool(completion(self.value, self.words).options)
        if action == "repair":
            return in_latin_letters(self.value) is not None
        return True

    def action_complete(self) -> None:
        """Take the first word that the typed one may become."""
        self._replace(completion(self.value, self.words).text or self.value)

    def action_repair(self) -> None:
        """Replace the Cyrillic look-alikes in numbers."""
        self._replace(in_latin_letters(self.value) or self.value)

    def action_leave(self) -> None:
        """Go to the list."""
        self.post_message(self.Left())

    def _replace(self, text: str) -> None:
        self.value = text
        self.cursor_position = len(text)


class FilterLine(Horizontal):
    """Hidden while there is no filter; chips while the list has the focus; an input while the filter is typed.

    ``words`` gives the names of the fields and their values in the operator's language.
    """

    DEFAULT_CSS = """
    FilterLine {
        height: 1;
        display: none;
        &.-on, &.-editing { display: block; }
        & > .filter--sign { width: 3; color: $accent; text-style: bold; }
        & > FilterInput { width: 1fr; display: none; background: transparent; }
        & > .filter--chips { width: 1fr; color: $accent; }
        & > .filter--hint {
            width: auto;
            max-width: 60%;
            padding: 0 1;
            color: $text-muted;
            text-wrap: nowrap;
            text-overflow: ellipsis;
        }
        &.-faulty > .filter--hint { color: $error; }
        &.-editing > FilterInput { display: block; }
        &.-editing > .filter--chips { display: none; }
    }
    """

    class Changed(Message):
        """Another filter was typed, key by key; ``text`` is it."""

    class Left(Message):
        """The operator has done with typing and goes to the list."""

    def __init__(self, words: Callable[[], FilterWords]) -> None:
        super().__init__()
        self._words = words
        self.text = ""

    def compose(self) -> ComposeResult:
        """The sign, the input or the chips, and the hint."""
        yield Static(" / ", classes="filter--sign", markup=False)
        yield FilterInput()
        yield Static("", classes="filter--chips", markup=False)
        yield Static("", classes="filter--hint", markup=False)

    @property
    def is_editing(self) -> bool:
        """Whether the filter is being typed."""
        return self.has_class("-editing")

    def edit(self) -> None:
        """Let the operator type."""
        entry = self.query_one(FilterInput)
        entry.words = self._words()
        self.add_class("-editing")
        # Not entry.focus(), which comes after the keys that are already typed.
        self.screen.set_focus(entry)
        entry.cursor_position = len(entry.value)
        self._hint()

    def leave(self) -> None:
        """Show what is on; the focus is the caller's matter."""
        self.remove_class("-editing")
        self._hint()

    def show(self, text: str) -> None:
        """Take a filter that was not typed here: a kept one, or none."""
        entry = self.query_one(FilterInput)
        with entry.prevent(Input.Changed):
            entry.value = text
            entry.cursor_position = len(text)
        self._take(text)

    def say_fault(self, fault: RuleBroken | None) -> None:
        """Say why the text is no filter; None when it is one."""
        self.set_class(fault is not None, "-faulty")
        if fault is None:
            self._hint()
        else:
            self.query_one(".filter--hint", Static).update(Content(shown(str(fault))))

    def on_input_changed(self, event: Input.Changed) -> None:
        """A key was typed."""
        event.stop()
        self._take(event.value)
        self.post_message(self.Changed())

    def on_filter_input_left(self, event: FilterInput.Left) -> None:
        """Enter and the arrow go to the list."""
        event.stop()
        self.post_message(self.Left())

    def _take(self, text: str) -> None:
        self.text = text
        self.set_class(bool(text.strip()), "-on")
        self.query_one(".filter--chips", Static).update(self._chips())
        self._hint()

    def _chips(self) -> Content:
        names = frozenset(self._words())
        terms = [shown(unparse((term,))) for term in parse(self.text, names)]
        return Content("   ".join(terms))

    def _hint(self) -> None:
        if not self.has_class("-faulty"):
            self.query_one(".filter--hint", Static).update(Content(shown(self._hint_text())))
            self.screen.refresh_bindings()

    def _hint_text(self) -> str:
        if not self.is_editing:
            return _("esc clears")
        if repaired := in_latin_letters(self.text):
            return _("Cyrillic letters in a Latin number: ctrl+l makes it {number}").format(number=repaired)
        options = completion(self.text, self._words()).options
        if options:
            return " ".join(options)
        return _("words, field:value, field>10, -word") if not self.text else ""
