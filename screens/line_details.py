"""What of a line has no column, said below the table for the line under the cursor, and asked for in a window."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from typing import TYPE_CHECKING, Any

from textual.content import Content
from textual.reactive import var
from textual.widgets import Static

from models.language import _
from models.text import shown
from screens.draft_lines import DETAILS, FIELDS, DraftLine
from screens.kit.ask_fields import AskFields
from screens.shell import shell_of

if TYPE_CHECKING:
    from models.fields import Field
    from screens.kit.reference_input import References

_Then = Callable[[], object]


class LineDetails(Static):
    """End user, campaign and, for one who may see it, cost of a line."""

    line: var[DraftLine | None] = var(None, init=False, always_update=True)
    """The line under the cursor; None below the last."""

    def __init__(self, references: References) -> None:
        super().__init__("", id="line-details", markup=False)
        self._references = references
        self.has_cost = True
        """What is bought costs what it is bought for: nothing else is typed there."""

    @property
    def _fields(self) -> list[Field]:
        actor = shell_of(self).actor
        fields = [FIELDS[name] for name in DETAILS if name != "cost" or self.has_cost]
        return [field for field in fields if not field.permission or actor.may(field.permission)]

    def watch_line(self, line: DraftLine | None) -> None:
        """Say what is known of it."""
        if line is None:
            self.update("")
            return
        known = [(field, line.text(field.name)) for field in self._fields]
        text = "   ".join(f"{_(field.title)}: {text}" for field, text in known if text)
        self.update(Content(shown(text) or _("f3: end user, campaign, cost")))

    def ask(self, then: _Then) -> None:
        """Let the operator change them; ``then`` is called when he did."""
        line = self.line
        if line is None:
            self.app.notify(_("Go to a line first."), timeout=3)
            return
        values = {name: line.value(name) for name in DETAILS}
        about = line.text("description")
        dialog = AskFields(_("The line besides"), about, self._fields, values, self._references, line.names)
        self.app.push_screen(dialog, partial(self._answered, line, dialog, then))

    def _answered(self, line: DraftLine, dialog: AskFields, then: _Then, values: dict[str, Any] | None) -> None:
        changed = [name for name, value in (values or {}).items() if value != line.value(name)]
        for name in changed:
            line.put(name, dialog.entries[name])
        if changed:
            then()
