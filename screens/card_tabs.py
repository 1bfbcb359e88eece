"""The tabs of a card: the lists that hang on the record, and its history; one is shown, each keeps its cursor."""

from __future__ import annotations

from collections.abc import Iterator
from functools import partial
from typing import TYPE_CHECKING, Any, ClassVar

from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Vertical

from models.cards.definitions import CARDS
from models.cards.history import HISTORY, history_tab
from models.cards.making import made_in_tab, may_make
from models.cards.tabs import Stream, Told
from models.errors import DomainError
from models.kinds import RecordRef
from models.language import N_, _
from models.text import shown
from models.timeline.listing import TimelineListing
from screens.card_counts import TabCounts
from screens.event_kinds import ALL, EventKinds
from screens.kit.dialogs import AskText, Tell
from screens.kit.list_head import HeadFacts, HeadTab, ListHead
from screens.kit.record_table import RecordTable
from screens.kit.row_view import RowView
from screens.kit.table_keys import TABLE_BINDINGS
from screens.kit.table_messages import Counted, FilterRequested, Opened
from screens.list_view import kinds_shown, state_labels
from screens.shell import shell_of

if TYPE_CHECKING:
    from models.listing import Listing

_READ = frozenset({"message"})
"""Kinds of record that have a screen of their own in the place of a card."""
_ABSENT = frozenset({"columns", "export", "preview", "repeat", "mark", "mark_all"})


class TabTable(RecordTable, inherit_bindings=False):
    """A list on a card: what is done to whole lists has its place in the section."""

    BINDINGS: ClassVar[list[BindingType]] = [
        *TABLE_BINDINGS[:2],
        Binding("f", "kinds", N_("only one kind"), id="card.kinds"),
        *TABLE_BINDINGS[2:],
    ]

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """A card's list is walked, sorted, filtered, copied from and opened."""
        if action == "kinds":
            return isinstance(self.listing, TimelineListing)
        return False if action in _ABSENT else super().check_action(action, parameters)

    def action_kinds(self) -> None:
        """Show the events of one kind alone, or of all again."""
        self.app.push_screen(EventKinds(), self._show_kind)

    def _show_kind(self, kind: str | None) -> None:
        if kind is not None and isinstance(self.listing, TimelineListing):
            self.set_listing(self.listing.of_kind(None if kind == ALL else kind))


class CardTabs(Vertical):
    """The line of tabs and the list of the open one; the others come when they are asked for."""

    BINDING_GROUP_TITLE = N_("The lists of the card")
    DEFAULT_CSS = "CardTabs RecordTable { height: 1fr; }"
    BINDINGS: ClassVar[list[BindingType]] = []

    def __init__(self, ref: RecordRef, *, id: str | None = None) -> None:
        super().__init__(id=id)
        self.ref = ref
        self._tabs = {tab.id: tab for tab in (*CARDS[ref.kind].tabs, history_tab(ref.kind))}
        self.open_tab = next(iter(self._tabs))
        self._counter = TabCounts(ref.kind)
        self._counts: dict[str, int] = {}

    def compose(self) -> ComposeResult:
        """The line of tabs, and the first list; how long the lists are is drawn with them where that is quick."""
        self._counts = self._counter.at_once(self._listings())
        yield ListHead(self._head())
        yield self._table_for(self.open_tab)

    def on_mount(self) -> None:
        """When the first list is there to be seen, say how long the others are."""
        if len(self._counts) < len(self._tabs):
            self.call_after_refresh(self._count)

    @property
    def table(self) -> RecordTable:
        """The list that is shown."""
        return next(self._shown())

    def record_here(self) -> RecordRef | None:
        """The record under the cursor, where the list has the focus."""
        tab = self._tabs[self.open_tab]
        table = next(self._shown(), None)
        if not tab.row_kind or table is None or not table.has_focus or table.cursor_id is None:
            return None
        return RecordRef(tab.row_kind, table.cursor_id)

    def made_here(self) -> tuple[str, dict[str, Any]] | None:
        """The kind of record that the open list is of, with what makes a new one belong here; None where none can."""
        made = made_in_tab(self.ref.kind, self.ref.id, self.open_tab)
        return made if made is not None and may_make(shell_of(self).actor, made[0]) else None

    def _shown(self) -> Iterator[TabTable]:
        """The list that is shown; none before the card is made, and while it is taken away."""
        return (table for table in self.query(TabTable) if table.display)

    def _listing(self, tab_id: str) -> Listing:
        return self._tabs[tab_id].listing(self.ref.id)

    def _table_for(self, tab_id: str) -> RecordTable:
        tab = self._tabs[tab_id]
        definition = tab.definition
        labels = definition.labels if isinstance(definition, Stream) else state_labels(definition)
        table = TabTable(shell_of(self).gateway, empty_text=_("Nothing here."), state_labels=labels, id=f"tab-{tab_id}")
        if not isinstance(definition, Stream):
            # Every row would say the same in the column that points back to this card.
            own = tab.own or getattr(tab.link, "name", "")
            columns = (column.column for column in definition.columns)
            table.choose_columns([column.id for column in columns if not column.hidden and column.id != own])
        table.set_listing(self._listing(tab_id), self._counts.get(tab_id))
        return table

    def _kinds(self, tab_id: str) -> frozenset[str]:
        definition = self._tabs[tab_id].definition
        return definition.kinds() if isinstance(definition, Stream) else kinds_shown(definition)

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
            if not self._tabs[(table.id or "").removeprefix("tab-")].row_kind:
                # The models say their rows in words.
                table.refresh_rows()
        self.query_one(ListHead).refresh()

    # Counts

    def _listings(self) -> dict[str, Listing]:
        return {tab_id: self._listing(tab_id) for tab_id in self._tabs}

    def _count(self) -> None:
        work = partial(self._counter.in_background, self._listings())
        shell_of(self).gateway.ask(self, "counts", work, self._counted, self._not_counted)

    def _counted(self, counts: dict[str, int]) -> None:
        self._counts = counts
        self._refresh_head()

    def _not_counted(self, error: Exception) -> None:
        self.log.warning(f"the lists of a card were not counted: {error}")

    def _head(self) -> HeadFacts:
        tabs = tuple(HeadTab(tab_id, tab.title, self._counts.get(tab_id)) for tab_id, tab in self._tabs.items())
        note = next((table.listing.filter_text for table in self._shown() if table.listing is not None), "")
        return HeadFacts(tabs, self.open_tab, note=f"/{shown(note)}" if note else "")

    def _refresh_head(self) -> None:
        for head in self.query(ListHead):
            head.facts = self._head()

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
        """Open the record of the row; of a row that is none, what it stands for."""
        event.stop()
        definition = self._tabs[self.open_tab].definition
        if isinstance(definition, Stream):
            work = partial(definition.opened, self.ref.id, event.record_id)
            shell_of(self).gateway.ask(self, "opened", work, self._show_opened, self._not_counted)
        elif (link := definition.links.get(_column_here(event))) is not None:
            own = RecordRef(definition.kind, event.record_id)
            linked = partial(link, event.record_id)
            shell_of(self).gateway.ask(self, "opened", linked, partial(self._show_linked, own), self._not_counted)
        else:
            self._show_own(RecordRef(definition.kind, event.record_id))

    def _show_linked(self, own: RecordRef, found: RecordRef | None) -> None:
        """Open what a cell stands for; where it stands for nothing, the row's own record."""
        if found is not None:
            shell_of(self).open_record(found)
        else:
            self._show_own(own)

    def _show_own(self, own: RecordRef) -> None:
        if own.kind in CARDS or own.kind in _READ:
            shell_of(self).open_record(own)

    def _show_opened(self, found: RecordRef | Told | None) -> None:
        if isinstance(found, RecordRef):
            shell_of(self).open_record(found)
        elif found is not None:
            self.app.push_screen(Tell(found.title, found.text))

    def on_record_table_filter_requested(self, event: FilterRequested) -> None:
        """Ask for a filter of the list."""
        event.stop()
        listing = event.table.listing
        if listing is None or self.open_tab == HISTORY:
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


def _column_here(event: Opened) -> str:
    """The column under the cursor of the list that was opened from."""
    table = event.table
    column = table.cursor_column if isinstance(table, RecordTable) else None
    return "" if column is None else column.id
