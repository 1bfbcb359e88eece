"""What will change, shown before it is saved: each field with its old and its new value."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import ClassVar

from rich.cells import cell_len
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Horizontal, VerticalScroll
from textual.content import Content
from textual.widgets import Button, Static

from models.language import N_, _
from screens.kit.dialogs import Dialog
from screens.kit.glyphs import Glyphs, glyphs


@dataclass(frozen=True, slots=True)
class FieldDifference:
    """One field that changes: its label in the operator's language, the old text and the new one."""

    label: str
    old: str
    new: str


def difference_text(differences: Sequence[FieldDifference], drawn: Glyphs) -> Content:
    """A line for each field: ``field: old → new``; of a new record's field only the new value."""
    return Content("\n").join([_line(difference, drawn) for difference in differences])


def _line(difference: FieldDifference, drawn: Glyphs) -> Content:
    label = f"{difference.label}: "
    old = (difference.old, "$text-muted")
    new = _indented(difference.new) if difference.new else _("(empty)")
    if not difference.old:
        return Content.assemble((label, "$text-muted"), (new, "bold"))
    if "\n" in difference.old + difference.new or cell_len(difference.old) > 40:
        return Content.assemble(
            (label, "$text-muted"), (_indented(difference.old), "$text-muted"), f"\n  {drawn.arrow} ", (new, "bold")
        )
    return Content.assemble((label, "$text-muted"), old, f" {drawn.arrow} ", (new, "bold"))


def _indented(text: str) -> str:
    return text.replace("\n", "\n    ")


class Difference(Dialog[bool]):
    """Shows what will change; enter saves, esc goes back to the form."""

    DEFAULT_CSS = """
    Difference {
        & > Vertical { width: 84; }
        & VerticalScroll { height: auto; max-height: 16; }
    }
    """
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("enter,ctrl+s", "save", N_("save"), priority=True, id="difference.save"),
        Binding("down", "scroll(1)", N_("scroll"), show=False, id="difference.down"),
        Binding("up", "scroll(-1)", N_("scroll"), show=False, id="difference.up"),
    ]

    def __init__(self, title: str, differences: Sequence[FieldDifference]) -> None:
        super().__init__(title, False)
        self._differences = differences

    def compose_body(self) -> ComposeResult:
        """The changes above the two answers."""
        with VerticalScroll(can_focus=False):
            yield Static(difference_text(self._differences, glyphs(self.app)), markup=False)
        with Horizontal():
            yield Button(Content(_("Back to the form")), id="back", compact=True)
            yield Button(Content(_("Save")), id="save", compact=True)

    def on_mount(self) -> None:
        """Enter saves: the operator has just read what."""
        self.query_one("#save", Button).focus()

    def on_button_pressed(self, event: Button.Pressed) -> None:
        """Answer with the button that was clicked."""
        self.dismiss(event.button.id == "save")

    def action_save(self) -> None:
        """Save, unless the other button has the focus."""
        self.dismiss(not self.query_one("#back", Button).has_focus)

    def action_scroll(self, lines: int) -> None:
        """Scroll a long list of changes."""
        self.query_one(VerticalScroll).scroll_relative(y=lines, animate=False)
