"""A section that consists of lists: a line of tabs, one list at a time, each with a state of its own."""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial
from typing import TYPE_CHECKING, ClassVar

from textual.binding import Binding, BindingType

from models.kinds import RecordRef
from models.language import N_
from screens.kit.list_head import HeadFacts, HeadTab, ListHead
from screens.list_body import Body
from screens.list_memory import ListMemory
from screens.list_pane import ListPane, SectionPane
from screens.list_view import ListView
from screens.section import RecordsChanged, SectionScreen

if TYPE_CHECKING:
    from textual.app import ComposeResult
    from textual.widget import AwaitMount


class ListScreen(SectionScreen):
    """The lists of a section; ``[`` and ``]`` switch between them."""

    CSS_PATH = "list_screen.tcss"
    AUTO_FOCUS = "RecordTable"
    VIEWS: ClassVar[Sequence[ListView]] = ()
    """The lists, in the order of their tabs."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("left_square_bracket", "tab(-1)", N_("previous list"), show=False, id="lists.previous"),
        Binding("right_square_bracket", "tab(1)", N_("next list"), show=False, id="lists.next"),
    ]

    def __init__(self) -> None:
        super().__init__()
        self.memory = ListMemory()
        self.open_tab = self.tabs()[0].id
        self._counts: dict[str, int] = {}

    def tabs(self) -> tuple[HeadTab, ...]:
        """The tabs of the section: its lists."""
        return tuple(HeadTab(view.name, view.title) for view in self.VIEWS)

    def compose_body(self) -> ComposeResult:
        """The line of tabs and the first list; the others come when they are asked for."""
        yield ListHead()
        yield self.body_of(self.open_tab)

    def body_of(self, tab: str) -> Body:
        """The widget of a tab, ``pane-`` and the tab's id, made when the tab is first shown."""
        return self.pane_of(next(view for view in self.VIEWS if view.name == tab))

    def pane_of(self, view: ListView) -> ListPane:
        """The list of a view with all its keys."""
        return SectionPane(view, self.memory)

    def _bodies(self) -> list[Body]:
        return [widget for widget in self.query_children() if isinstance(widget, Body)]

    @property
    def pane(self) -> ListPane | None:
        """The list that is shown."""
        return next((pane for pane in self.query(ListPane) if pane.display), None)

    def record_here(self) -> RecordRef | None:
        """The record under the cursor of the list."""
        pane = self.pane
        if pane is None or not pane.query("RecordTable") or pane.table.cursor_id is None:
            return None
        return RecordRef(pane.definition.kind, pane.table.cursor_id)

    def on_mount(self) -> None:
        """Count the lists that are not shown, too."""
        super().on_mount()
        self._refresh_head()
        self.call_after_refresh(self._count_others)

    def on_records_changed(self, event: RecordsChanged) -> None:
        """Pass the news on to the lists."""
        for body in self._bodies():
            body.hear(event.kinds)
        self._count_others(event.kinds)

    def on_language_changed(self) -> None:
        """Say everything in the other language."""
        super().on_language_changed()
        for body in self._bodies():
            body.speak_again()

    def step_back(self) -> bool:
        """Leave the filter of the list."""
        pane = self.pane
        return pane.step_back() if pane is not None else False

    def on_list_head_chosen(self, event: ListHead.Chosen) -> None:
        """A tab was clicked."""
        self.show_tab(event.tab)

    def on_list_pane_changed(self) -> None:
        """Another count, or other marks."""
        self._refresh_head()

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """There is no other list to go to where there is but one."""
        return len(self.tabs()) > 1 if action == "tab" else True

    async def action_tab(self, step: int) -> None:
        """Show the next or the previous list; keys that were typed ahead wait for it."""
        names = [tab.id for tab in self.tabs()]
        if (mounting := self.show_tab(names[(names.index(self.open_tab) + step) % len(names)])) is not None:
            await mounting

    def show_tab(self, tab: str) -> AwaitMount | None:
        """Show a list, as it was left; one that is shown for the first time is made, which can be waited for."""
        self.open_tab = tab
        shown = None
        for body in self._bodies():
            body.display = body.id == f"pane-{tab}"
            shown = body if body.display else shown
        mounting = self.mount(self.body_of(tab), after=self.query_one(ListHead)) if shown is None else None
        if shown is not None:
            shown.enter()
        self._refresh_head()
        return mounting

    def show_filtered(self, tab: str, text: str) -> None:
        """Show a list under a filter: what another screen points to."""
        self.show_tab(tab)
        self.call_after_refresh(self._set_filter, text)

    async def _set_filter(self, text: str) -> None:
        if self.pane is not None:
            await self.pane.set_filter(text)

    def _refresh_head(self) -> None:
        pane = self.pane
        for shown_pane in self.query(ListPane):
            if shown_pane.is_mounted and shown_pane.query("RecordTable") and shown_pane.table.total is not None:
                self._counts[shown_pane.view.name] = shown_pane.table.total
        marked: int | None = 0
        if pane is not None and pane.query("RecordTable"):
            marked = pane.table.marks.number(pane.table.total)
        tabs = tuple(HeadTab(tab.id, tab.title, self._counts.get(tab.id)) for tab in self.tabs())
        self.query_one(ListHead).facts = HeadFacts(tabs, self.open_tab, marked, "" if pane is None else pane.note)

    def _count_others(self, kinds: frozenset[str] | None = None) -> None:
        """Count, one after the other, the lists that were not shown yet."""
        opened = {pane.view.name for pane in self.query(ListPane)}
        waiting = [view for view in self.VIEWS if view.name not in opened]
        if kinds is not None:
            waiting = [view for view in waiting if view.definition.kind in kinds]
        for view in waiting:
            counted = partial(self._counted, view.name)
            self.shell.gateway.ask(self, f"count {view.name}", view.listing().count, counted, self._not_counted)

    def _counted(self, name: str, number: int) -> None:
        self._counts[name] = number
        self._refresh_head()

    def _not_counted(self, error: Exception) -> None:
        self.log.warning(f"a list was not counted: {error}")
