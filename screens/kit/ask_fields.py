"""A window with a few fields, filled in and given back: what an action needs to know besides the record."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING, Any, ClassVar

from textual.binding import Binding, BindingType
from textual.widgets import Static

from models.fields import Field
from models.language import N_, _
from models.text import shown_lines
from screens.kit.dialogs import Dialog
from screens.kit.form import Form
from screens.kit.form_entries import Entries
from screens.kit.reference_input import References

if TYPE_CHECKING:
    from textual.app import ComposeResult


class AskFields(Dialog["dict[str, Any] | None"]):
    """The answer are the values of all fields; None that of ``esc``."""

    BINDINGS: ClassVar[list[BindingType]] = [Binding("ctrl+s", "accept", N_("go on"), priority=True, id="ask.accept")]
    DEFAULT_CSS = """
    AskFields {
        & > Vertical { width: 76; }
        & Form { height: auto; max-height: 14; }
    }
    """

    def __init__(
        self,
        title: str,
        about: str,
        fields: Sequence[Field],
        values: Mapping[str, Any],
        references: References,
        names: Mapping[str, str] | None = None,
    ) -> None:
        """``names`` are those of the records that references point to, by field."""
        super().__init__(title, None)
        self._about = about
        self._names = names or {}
        self._values = {field.name: values.get(field.name) for field in fields}
        self.form = Form(fields, references, dense=True)

    def compose_body(self) -> ComposeResult:
        """What it is about, the fields, how one goes on."""
        yield Static(shown_lines(self._about), markup=False)
        yield self.form
        yield Static(_("ctrl+s goes on, esc leaves it."), markup=False)

    def on_mount(self) -> None:
        """The first field takes input."""
        self.form.edit(self._values, self._names)

    @property
    def entries(self) -> Entries:
        """What stands in the fields, as typed."""
        assert self.form.entries is not None
        return self.form.entries

    def action_accept(self) -> None:
        """Give the values back, unless one of them is none."""
        changes = self.form.changes(new=True)
        if changes is not None:
            self.dismiss({**self._values, **changes})
