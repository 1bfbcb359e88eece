"""The reminders that are due, in a box over whatever is on the screen: done, snoozed, handed over, opened."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING, ClassVar

from rich.cells import cell_len, set_cell_size
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.content import Content
from textual.widgets import OptionList
from textual.widgets.option_list import Option

from models.about import titled_name
from models.clock import local, now, today
from models.errors import DomainError
from models.kinds import RecordRef
from models.language import N_, _
from models.reminders.queries import ReminderLine, due_reminders
from models.text import shown
from screens.kit.cells import cell_text
from screens.kit.dialogs import Dialog
from screens.kit.frame import BottomLine
from screens.reminder_steps import REMINDER_BINDINGS, may_step, take_step
from screens.shell import shell_of

if TYPE_CHECKING:
    from collections.abc import Sequence

_WHEN_CELLS = 20


class DueReminders(Dialog[None]):
    """The box; it stays while one reminder after the other is dealt with."""

    DEFAULT_CSS = """
    DueReminders {
        & > Vertical { width: 100; height: 80%; max-height: 24; }
        & OptionList { height: 1fr; max-height: 100%; }
        & BottomLine { background: $surface; }
    }
    """
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("enter", "open", N_("open"), priority=True, id="due.open"),
        *REMINDER_BINDINGS,
        Binding("e", "change", N_("change"), id="due.change"),
        Binding("j", "move('cursor_down')", N_("next"), show=False, id="due.next"),
        Binding("k", "move('cursor_up')", N_("previous"), show=False, id="due.previous"),
    ]

    def __init__(self) -> None:
        super().__init__(_("Reminders that are due"), None)
        self._due: Sequence[ReminderLine] | None = None

    def compose_body(self) -> ComposeResult:
        """The list above the keys."""
        yield OptionList(compact=True, markup=False)
        yield BottomLine()

    def on_mount(self) -> None:
        """Ask which are due."""
        self.query_one(OptionList).focus()
        self._ask()

    def on_unmount(self) -> None:
        """Nothing is wanted any more."""
        shell_of(self).gateway.drop(self)

    def on_resize(self) -> None:
        """Lines are as wide as the box."""
        self._draw()

    def _ask(self) -> None:
        work = partial(due_reminders, shell_of(self).actor.operator_id or 0, now())
        shell_of(self).gateway.ask(self, "due", work, self._came, self._failed)

    def _came(self, due: Sequence[ReminderLine]) -> None:
        self._due = due
        self._draw()

    def _failed(self, error: Exception) -> None:
        if not isinstance(error, DomainError):
            raise error
        self.app.notify(str(error), severity="warning", timeout=10)

    def _draw(self) -> None:
        """All lines anew; the cursor stays on its reminder, or where that stood."""
        options = self.query_one(OptionList)
        if self._due is None or not options.size.width:
            return
        at = options.highlighted or 0
        lines = [Option(_line(one, options.size.width), id=str(one.id)) for one in self._due]
        options.clear_options()
        options.add_options(lines or [Option(Content(_("Nothing is due.")), disabled=True)])
        options.highlighted = min(at, len(lines) - 1) if lines else None
        self.refresh_bindings()

    @property
    def _here(self) -> ReminderLine | None:
        at = self.query_one(OptionList).highlighted if self._due else None
        return None if at is None or not self._due else self._due[at]

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """There is nothing to do to nothing."""
        if action in ("open", "change"):
            return bool(self._due)
        return bool(self._due) and may_step(self) if action == "reminder" else True

    def action_reminder(self, step: str) -> None:
        """Do something to the reminder under the cursor."""
        if (one := self._here) is not None:
            take_step(self, step, [one.id], self._ask)

    def on_option_list_option_selected(self, event: OptionList.OptionSelected) -> None:
        """A reminder was clicked."""
        event.stop()
        self.action_open()

    def action_open(self) -> None:
        """Open the record that the reminder is about; one about nothing is opened itself."""
        if (one := self._here) is not None:
            self._leave_for(one.about or RecordRef("reminder", one.id))

    def action_change(self) -> None:
        """Open the reminder."""
        if (one := self._here) is not None:
            self._leave_for(RecordRef("reminder", one.id))

    def _leave_for(self, ref: RecordRef) -> None:
        shell = shell_of(self)
        self.dismiss(None)
        # At once, as from the find box: the next key is meant for what opens.
        shell.open_record(ref)

    async def action_move(self, movement: str) -> None:
        """Move the cursor."""
        await self.query_one(OptionList).run_action(movement)


def _line(one: ReminderLine, width: int) -> Content:
    """Since when, what, and about which record; a reminder of an earlier day is marked."""
    late = local(one.due).date() < today()
    when = cell_text(one.due, "appointment", {})
    about = "" if one.about is None else titled_name(one.about, one.about_name)
    room = max(10, width - _WHEN_CELLS - 4)
    text_cells = room if not about else max(10, room * 55 // 100)
    return Content.assemble(
        (_cell(when, _WHEN_CELLS), "$warning" if late else "$foreground-muted"),
        ("! " if late else "  ", "$warning"),
        (_cell(one.text, text_cells), "bold"),
        (f"  {_cell(about, room - text_cells)}" if about else "", "$foreground-muted"),
    )


def _cell(text: str, cells: int) -> str:
    text = shown(text)
    return set_cell_size(text, cells) if cell_len(text) <= cells else set_cell_size(text, cells - 1) + "…"
