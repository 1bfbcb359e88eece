"""Figures above, what is behind the one under the cursor below: the frame of the funnel, unmet demand, campaigns."""

from __future__ import annotations

from dataclasses import dataclass, replace
from functools import partial
from typing import TYPE_CHECKING, Any, ClassVar

from textual.binding import Binding, BindingType
from textual.containers import Vertical
from textual.content import Content
from textual.widgets import Static

from models.cards.making import may_make
from models.cards.reading import candidates, label_of
from models.errors import DomainError, RuleBroken
from models.fields import Field
from models.kinds import RecordRef
from models.language import N_, NP_, _
from models.periods import Period
from models.table_listing import ListDefinition, TableListing
from models.text import shown
from screens.kit.ask_fields import AskFields
from screens.kit.figure_table import FigureRow, FigureTable
from screens.kit.record_table import RecordTable
from screens.kit.reference_input import References
from screens.list_body import Body
from screens.list_view import state_labels
from screens.shell import shell_of

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from textual.app import ComposeResult

    from models.conditions import Condition
    from screens.kit.cell_grid import GridColumn
    from screens.kit.table_messages import Opened

FILTERS = (
    Field("first", NP_("period", "From"), "date"),
    Field("last", NP_("period", "To"), "date"),
    Field("operator", N_("Operator"), "reference", reference="operator"),
    Field("campaign", N_("Campaign"), "reference", reference="campaign"),
    Field("vendor", N_("Vendor"), "reference", reference="vendor"),
    Field("product", N_("Product"), "reference", reference="product"),
)


PATIENCE_SECONDS = 0.3
"""So long nothing is said of what is not there yet."""


@dataclass(frozen=True, slots=True)
class Answered:
    """What was counted: the rows, and what is said of them."""

    rows: Sequence[FigureRow]
    sentences: Sequence[str] = ()


class FiguresBody(Vertical, Body):
    """A tab with figures. A subclass says what is counted, and which list is behind a figure."""

    COLUMNS: ClassVar[Sequence[GridColumn]] = ()
    KINDS: ClassVar[frozenset[str]] = frozenset()
    FILTERS: ClassVar[tuple[Field, ...]] = FILTERS
    UNFILTERED: ClassVar[str] = N_("of all time, of all")
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("f", "filters", N_("period, filters"), id="funnel.filters"),
        Binding("tab", "area", N_("figures, list"), id="funnel.area"),
        Binding("shift+tab", "area", N_("figures, list"), show=False, id="funnel.area-back"),
    ]
    DEFAULT_CSS = """
    FiguresBody {
        & > .figures--filters { height: 1; padding: 0 2; color: $text-muted; }
        & > .figures--sentences { height: auto; max-height: 6; padding: 0 2; color: $foreground; }
        & > RecordTable { height: 1fr; border-top: solid $border-blurred; }
    }
    """

    def __init__(self, tab: str) -> None:
        super().__init__(id=f"pane-{tab}")
        self.filters: dict[str, Any] = {}
        self.figures = FigureTable(self.COLUMNS)
        self._definition: ListDefinition | None = None

    # What subclasses say

    def count(self, filters: Mapping[str, Any]) -> Answered:
        """Count, in a thread."""
        raise NotImplementedError

    def behind(self, key: Any, column: str) -> tuple[ListDefinition, Condition] | None:
        """Which list is behind a figure; None where there is none."""
        raise NotImplementedError

    # What it is made of

    def compose(self) -> ComposeResult:
        """Filters, figures, sentences; the list comes with the figures."""
        yield Static("", classes="figures--filters", markup=False)
        yield self.figures
        yield Static("", classes="figures--sentences", markup=False)

    def on_mount(self) -> None:
        """Count."""
        if self.display:
            self.figures.focus()
        self.ask()

    def ask(self) -> None:
        """Count anew, in the background."""
        names = partial(_named, self.FILTERS, dict(self.filters))
        shell_of(self).gateway.ask(self, "filters", names, self._say_filters, self._failed)
        work = partial(self.count, dict(self.filters))
        shell_of(self).gateway.ask(self, "figures", work, self._came, self._failed)
        self.set_timer(PATIENCE_SECONDS, self._say_it_takes_long)

    def _say_it_takes_long(self) -> None:
        if shell_of(self).gateway.is_asked(self, "figures"):
            self._say((_("Counting…"),))

    def _say_filters(self, said: str) -> None:
        self.query_one(".figures--filters", Static).update(Content(shown(said or _(self.UNFILTERED))))

    def _came(self, answered: Answered) -> None:
        self.figures.show(answered.rows)
        self._say(answered.sentences)
        self._show_behind()

    def _say(self, sentences: Sequence[str]) -> None:
        line = self.query_one(".figures--sentences", Static)
        line.update(Content("\n".join(shown(one) for one in sentences)))
        line.display = bool(sentences)

    def _failed(self, error: Exception) -> None:
        self._say(())
        reason = str(error) if isinstance(error, DomainError) else f"{type(error).__name__}: {error}"
        self.app.notify(_("It cannot be read: {reason}").format(reason=reason), severity="warning", timeout=10)

    # The list behind

    @property
    def table(self) -> RecordTable | None:
        """The list behind the figure."""
        return next(iter(self.query(RecordTable).results()), None)

    def _show_behind(self) -> None:
        here = self.figures.here
        found = None if here is None else self.behind(here[0].key, here[1])
        if found is None:
            for table in self.query(RecordTable):
                table.display = False
            return
        definition, condition = found
        known = self.table if definition is self._definition else None
        table = known or self._new_table(definition)
        table.display = True
        table.set_listing(TableListing.of(definition, condition))

    def _new_table(self, definition: ListDefinition) -> RecordTable:
        self.query(RecordTable).remove()
        self._definition = definition
        labels = state_labels(definition)
        table = RecordTable(shell_of(self).gateway, empty_text=_("Nothing here."), state_labels=labels)
        self.mount(table)
        return table

    def on_figure_table_highlighted(self) -> None:
        """Another figure."""
        self._show_behind()

    def on_figure_table_opened(self) -> None:
        """Go into the list; not back, whatever was pressed meanwhile."""
        if self.figures.has_focus:
            self.action_area()

    def on_record_table_opened(self, event: Opened) -> None:
        """Open the record."""
        if self._definition is not None:
            shell_of(self).open_record(RecordRef(self._definition.kind, event.record_id))

    def action_area(self) -> None:
        """From the figures to the list and back."""
        table = self.table
        if table is not None and table.display and not table.has_focus:
            table.focus()
        else:
            self.figures.focus()

    # Filters

    def action_filters(self) -> None:
        """Ask for the period and what else narrows it down."""
        shell = shell_of(self)
        references = References(shell.gateway, candidates, partial(may_make, shell.actor))
        about = _("Empty fields narrow nothing down.")
        dialog = AskFields(_("Period, filters"), about, self.FILTERS, self.filters, references)
        self.app.push_screen(dialog, self._filtered)

    def _filtered(self, values: dict[str, Any] | None) -> None:
        if values is None:
            return
        try:
            period_of(values)
        except RuleBroken as error:
            self._failed(error)
            return
        self.filters = {name: value for name, value in values.items() if value is not None}
        self.ask()

    # What the screen asks

    def hear(self, changed: frozenset[str]) -> None:
        """Records changed: count anew."""
        if changed & self.KINDS:
            self.ask()

    def enter(self) -> None:
        """The tab is shown again."""
        self.figures.focus()

    def speak_again(self) -> None:
        """The language changed."""
        self.ask()


def period_of(filters: Mapping[str, Any]) -> Period:
    """The period of the filters; raises ``RuleBroken``."""
    return replace(Period(), first=filters.get("first"), last=filters.get("last"))


def _named(fields: Sequence[Field], filters: Mapping[str, Any]) -> str:
    """The filters in words."""
    said = []
    for field in fields:
        value = filters.get(field.name)
        if value is not None:
            text = label_of(field.reference, value) if field.reference else str(value)
            said.append(f"{_(field.title)}: {text}")
    return "   ".join(said)
