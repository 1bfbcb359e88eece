"""A window with a few fields, filled in and given back: what an action needs to know besides the record."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from functools import partial
from typing import TYPE_CHECKING, Any, ClassVar

from textual.binding import Binding, BindingType
from textual.content import Content
from textual.widgets import Static

from models.errors import DomainError, RuleBroken
from models.fields import Field
from models.language import N_, _
from models.text import shown, shown_lines
from screens.kit.dialogs import Answer, Dialog
from screens.kit.form import Form
from screens.kit.form_entries import Entries
from screens.kit.reference_input import References

if TYPE_CHECKING:
    from textual.app import ComposeResult


class FewFields(Dialog[Answer]):
    """A window with a few fields; a subclass says what becomes of their values."""

    BINDINGS: ClassVar[list[BindingType]] = [Binding("ctrl+s", "accept", N_("go on"), priority=True, id="ask.accept")]
    DEFAULT_CSS = """
    FewFields {
        & > Vertical { width: 76; }
        & Form { height: auto; max-height: 14; }
        & .ask--about { max-height: 6; }
    }
    """

    def __init__(
        self,
        title: str,
        about: str,
        fields: Sequence[Field],
        values: Mapping[str, Any],
        references: References,
        safe_answer: Answer,
        names: Mapping[str, str] | None = None,
    ) -> None:
        """``names`` are those of the records that references point to, by field."""
        super().__init__(title, safe_answer)
        self._about = about
        self._values = {field.name: values.get(field.name) for field in fields}
        self._names = names or {}
        self.form = Form(fields, references, dense=True)

    def compose_body(self) -> ComposeResult:
        """What it is about, the fields, what is wrong, how one goes on."""
        yield Static(shown_lines(self._about), classes="ask--about", markup=False)
        yield self.form
        yield Static("", classes="dialog--fault", markup=False)
        yield Static(_("ctrl+s goes on, esc leaves it."), markup=False)

    def on_mount(self) -> None:
        """The first field takes input."""
        self.query_one(".dialog--fault", Static).display = False
        self.form.edit(self._values, self._names)

    def action_accept(self) -> None:
        """Give the values on, unless one of them is none."""
        changes = self.form.changes(new=True)
        if changes is not None:
            self.accepted({**self._values, **changes})

    def accepted(self, values: dict[str, Any]) -> None:
        """The values of all fields."""
        raise NotImplementedError

    def say(self, text: str) -> None:
        """Say below the fields what is wrong."""
        line = self.query_one(".dialog--fault", Static)
        line.update(Content(shown(text)))
        line.display = bool(text)


class AskFields(FewFields["dict[str, Any] | None"]):
    """The answer are the values of all fields; None that of ``esc``."""

    def __init__(
        self,
        title: str,
        about: str,
        fields: Sequence[Field],
        values: Mapping[str, Any],
        references: References,
        names: Mapping[str, str] | None = None,
    ) -> None:
        super().__init__(title, about, fields, values, references, None, names)

    @property
    def entries(self) -> Entries:
        """What stands in the fields, as typed."""
        assert self.form.entries is not None
        return self.form.entries

    def accepted(self, values: dict[str, Any]) -> None:
        """Give them back."""
        self.dismiss(values)


class DoFields(FewFields["tuple[Any] | None"]):
    """Does something with the values at once: what is refused is said, and nothing that was typed is lost.

    The answer is what the work gave, in a tuple; None is that of ``esc``.
    """

    def __init__(
        self,
        title: str,
        about: str,
        fields: Sequence[Field],
        values: Mapping[str, Any],
        references: References,
        work: Callable[[dict[str, Any]], Any],
        names: Mapping[str, str] | None = None,
    ) -> None:
        """``work`` writes, in the gateway's thread; it raises a ``DomainError`` for what it refuses."""
        super().__init__(title, about, fields, values, references, None, names)
        self._references, self._work = references, work
        self._busy = False

    def accepted(self, values: dict[str, Any]) -> None:
        """Do it."""
        if not self._busy:
            self._busy = True
            self.say("")
            self._references.gateway.write(self, partial(self._work, values), self._done, self._refused)

    def _done(self, answer: Any) -> None:
        self.dismiss((answer,))

    def _refused(self, error: Exception) -> None:
        self._busy = False
        if not isinstance(error, DomainError):
            raise error
        rest = self.form.say([error]) if isinstance(error, RuleBroken) else [error]
        self.say("\n".join(str(one) for one in rest))
