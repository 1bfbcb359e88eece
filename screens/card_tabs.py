"""The tabs of a card: the lists that hang on the record, and its history; one is shown, each keeps its cursor."""

from __future__ import annotations

from collections.abc import Iterator
from functools import partial
from typing import TYPE_CHECKING, Any, ClassVar

from textual.app import ComposeResult
from textual.binding import BindingType
from textual.containers import Vertical

from models.cards.definitions import CARDS, CardTab
from models.cards.history import HistoryLine, HistoryListing, history_lines, kinds_told
from models.cards.making import made_in_tab, may_make
from models.cards.reading import tab_listing
from models.errors import DomainError
from models.kinds import RecordRef
from models.language import N_, _
from models.text import shown
from screens.kit.dialogs import AskText, Tell
from screens.kit.list_head import HeadFacts, HeadTab, ListHead
from screens.kit.record_table import RecordTable
from screens.kit.row_view import RowView
from screens.kit.table_messages import Counted, FilterRequested, Opened
from screens.list_view import kinds_shown, state_labels
from screens.shell import shell_of

if TYPE_CHECKING:
    from models.listing import Listing

HISTORY = "history"
_ABSENT = frozenset({"columns", "export", "preview", "repeat", "mark", "mark_all"})


class TabTable(RecordTable):
    """A list on a card: what is done to whole lists has its place in the section."""

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """A card's list is walked, sorted, filtered, copied from and opened."""
        return False if action in _ABSENT else super().check_action(action, parameters)


class CardTabs(Vertical):
    """The line of tabs and the list of the open one; the others come when they are asked for."""

    BINDING_GROUP_TITLE = N_("The lists of the card")
    DEFAULT_CSS = "CardTabs RecordTable { height: 1fr; }"
    BINDINGS: ClassVar[list[BindingType]] = []

    def __init__(self, ref: RecordRef, *, id: str | None = None) -> None:
        super().__init__(id=id)
        self.ref = ref
        self._tabs: dict[str, CardTab | None] = {tab.id: tab for tab in CARDS[ref.kind].tabs} | {HISTORY: None}
        self.open_tab = next(iter(self._tabs))
        self._counts: dict[str, int] = {}

    def compose(self) -> ComposeResult:
        """The line of tabs, and the first list."""
        yield ListHead()
        yield self._table_for(self.open_tab)

    def on_mount(self) -> None:
        """Say how long the lists are, also those that are not shown."""
        self._refresh_head()
        self._count()

    @property
    def table(self) -> RecordTable:
        """The list that is shown."""
        return next(self._shown())

    def record_here(self) -> RecordRef | None:
        """The record under the cursor, where the list has the focus."""
        tab = self._tabs[self.open_tab]
        table = next(self._shown(), None)
        if tab is None or table is None or not table.has_focus or table.cursor_id is None:
            return None
        return RecordRef(tab.definition.kind, table.cursor_id)

    def made_here(self) -> tuple[str, dict[str, Any]] | None:
        """The kind of record that the open list is of, with what makes a new one belong here; None where none can."""
        made = made_in_tab(self.ref.kind, self.ref.id, self.open_tab)
        return made if made is not None and may_make(shell_of(self).actor, made[0]) else None

    def _shown(self) -> Iterator[TabTable]:
        """The list that is shown; none before the card is made, and while it is taken away."""
        return (table for table in self.query(TabTable) if table.display)

    def _listing(self, tab_id: str) -> Listing:
        if self._tabs[tab_id] is None:
            return HistoryListing(self.ref.kind, self.ref.id)
        return tab_listing(self.ref.kind, self.ref.id, tab_id)

    def _table_for(self, tab_id: str) -> RecordTable:
        tab = self._tabs[tab_id]
        labels = state_labels(tab.definition) if tab is not None else {}
        table = TabTable(shell_of(self).gateway, empty_text=_("Nothing here."), state_labels=labels, id=f"tab-{tab_id}")
        if tab is not None:
            # Every row would say the same in the column that points back to this card.
            own = tab.own or getattr(tab.link, "name", "")
            columns = (column.column for column in tab.definition.columns)
            table.choose_columns([column.id for column in columns if not column.hidden and column.id != own])
        table.set_listing(self._listing(tab_id))
        return table

    def _kinds(self, tab_id: str) -> frozenset[str]:
        tab = self._tabs[tab_id]
        return kinds_told(self.ref.kind) if tab is None else kinds_shown(tab.definition)

    # What the screen asks

    def step_tab(self, step: int) -> None:
        """Show the next tab, or the one before."""
        names = list(self._tabs)
        self.show_tab(names[(names.index(self.open_tab) + step) % len(names)])

    def show_tab(self, tab_id: str) -> None:
        """Show a tab's list, as it was left; the focus goes along where it was in a list."""
        focused = any(table.has_focus for table in self._shown())
        self.open_tab = tab_id
        for table in self.query(TabTable):
            table.display = table.id == f"tab-{tab_id}"
        if not self.query(f"#tab-{tab_id}"):
            self.mount(self._table_for(tab_id))
        if focused:
            self.query_one(f"#tab-{tab_id}", TabTable).focus()
        self._refresh_head()

    def hear(self, kinds: frozenset[str]) -> None:
        """Records of these kinds changed: read again the lists that show them."""
        for tab_id in self._tabs:
            if kinds & self._kinds(tab_id):
                for table in self.query(f"#tab-{tab_id}").results(TabTable):
                    table.refresh_rows()
        self._count()

    def speak_again(self) -> None:
        """The language is another."""
        for table in self.query(TabTable):
            table.empty_text = _("Nothing here.")
            table.redraw()
        self.query_one(ListHead).refresh()

    # Counts

    def _count(self) -> None:
        listings = {tab_id: self._listing(tab_id) for tab_id in self._tabs}
        shell_of(self).gateway.ask(
            self,
            "counts",
            lambda: {tab_id: listing.count() for tab_id, listing in listings.items()},
            self._counted,
            self._not_counted,
        )

    def _counted(self, counts: dict[str, int]) -> None:
        self._counts = counts
        self._refresh_head()

    def _not_counted(self, error: Exception) -> None:
        self.log.warning(f"the lists of a card were not counted: {error}")

    def _refresh_head(self) -> None:
        tabs = tuple(
            HeadTab(tab_id, tab.title if tab is not None else N_("History"), self._counts.get(tab_id))
            for tab_id, tab in self._tabs.items()
        )
        note = next((table.listing.filter_text for table in self._shown() if table.listing is not None), "")
        for head in self.query(ListHead):
            head.facts = HeadFacts(tabs, self.open_tab, note=f"/{shown(note)}" if note else "")

    def on_record_table_counted(self, event: Counted) -> None:
        """A list was counted, under its filter."""
        event.stop()
        self._counts[(event.table.id or "").removeprefix("tab-")] = event.total
        self._refresh_head()

    # What the operator does

    def on_list_head_chosen(self, event: ListHead.Chosen) -> None:
        """A tab was clicked."""
        event.stop()
        self.show_tab(event.tab)

    def on_record_table_opened(self, event: Opened) -> None:
        """Open the record of the row; of the history, show the change in full."""
        event.stop()
        tab = self._tabs[self.open_tab]
        if tab is None:
            work = partial(_history_line, self.ref, event.record_id)
            shell_of(self).gateway.ask(self, "change", work, self._tell_change, self._not_counted)
        elif tab.definition.kind in CARDS:
            shell_of(self).open_record(RecordRef(tab.definition.kind, event.record_id))

    def _tell_change(self, line: HistoryLine | None) -> None:
        if line is not None:
            text = "\n".join(
                f"{change.label}: {change.old or _('(empty)')} → {change.new or _('(empty)')}"
                for change in line.changes
            )
            self.app.push_screen(Tell(f"#{line.change_id} · {line.operator}", text or _("The record was made.")))

    def on_record_table_filter_requested(self, event: FilterRequested) -> None:
        """Ask for a filter of the list."""
        event.stop()
        listing = event.table.listing
        if listing is None or self._tabs[self.open_tab] is None:
            self.app.bell()
            return
        dialog = AskText(
            _("Filter"), _("Words, field:value; empty shows all."), value=listing.filter_text, check=listing.with_filter
        )
        self.app.push_screen(dialog, partial(self._filter, event.table))

    def _filter(self, table: RowView, text: str | None) -> None:
        if text is not None and table.listing is not None:
            try:
                table.set_listing(table.listing.with_filter(text))
            except DomainError as error:
                self.notify(str(error), severity="warning")
            self._refresh_head()


def _history_line(ref: RecordRef, seq: int) -> HistoryLine | None:
    position = HistoryListing(ref.kind, ref.id).position_of(seq)
    lines = [] if position is None else history_lines(ref.kind, ref.id, position + 1)
    return lines[-1] if lines else None
