"""The section an operator starts the day with: what ends, what is overdue, what is half done, what others changed."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from functools import partial
from typing import TYPE_CHECKING, ClassVar

from textual.binding import Binding, BindingType
from textual.widgets import OptionList
from textual.widgets.option_list import Option

from models.errors import DomainError
from models.kinds import RecordRef
from models.language import N_, _
from screens.section import RecordsChanged, SectionScreen
from screens.today_blocks import BLOCKS, Block, BlockRows, Elsewhere, HalfTyped, Target, TodayRow, heading, line, remark

if TYPE_CHECKING:
    from textual.app import ComposeResult

_MIDNIGHT_LOOK_SECONDS = 60.0


@dataclass(frozen=True, slots=True)
class _Shown:
    """What a line of the screen leads to; nothing for headings."""

    target: Target | None = None


class TodayList(OptionList):
    """The blocks, one under the other; the cursor stops only at what can be opened."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("enter", "select", N_("open"), id="today.open"),
        Binding("j", "cursor_down", N_("next"), show=False, id="today.next"),
        Binding("k", "cursor_up", N_("previous"), show=False, id="today.previous"),
        Binding("g", "first", N_("first row"), show=False, id="today.first"),
        Binding("G", "last", N_("last row"), show=False, id="today.last"),
    ]


class Today(SectionScreen):
    """What exists so far of what an operator has to see to."""

    CSS_PATH = "today.tcss"

    def __init__(self) -> None:
        super().__init__()
        self._rows: dict[str, BlockRows | str] = {}
        self._shown: list[_Shown] = []
        self._settled = False
        self._day = dt.date.today()

    def compose_body(self) -> ComposeResult:
        """One list of all blocks."""
        yield TodayList(compact=True, markup=False)

    def on_mount(self) -> None:
        """Ask for everything; and again when another day begins."""
        super().on_mount()
        self._draw()
        self._ask(BLOCKS)
        self.set_interval(_MIDNIGHT_LOOK_SECONDS, self._look_at_the_calendar)

    def on_screen_resume(self) -> None:
        """Drafts are no records: nobody tells of them."""
        super().on_screen_resume()
        self._ask(tuple(block for block in BLOCKS if not block.kinds))

    def record_here(self) -> RecordRef | None:
        """The record that the line under the cursor leads to."""
        at = self.query_one(TodayList).highlighted
        target = None if at is None else self._shown[at].target
        return target if isinstance(target, RecordRef) else None

    def on_unmount(self) -> None:
        """Nothing is wanted any more."""
        self.shell.gateway.drop(self)
        super().on_unmount()

    def on_records_changed(self, event: RecordsChanged) -> None:
        """Ask again for the blocks that the change may concern."""
        self._ask(tuple(block for block in BLOCKS if block.kinds & event.kinds or block.any_kind))

    def on_language_changed(self) -> None:
        """Say everything in the other language."""
        super().on_language_changed()
        self._draw()

    def on_resize(self) -> None:
        """Lines are as wide as the screen."""
        self._draw()

    def on_option_list_option_selected(self, event: OptionList.OptionSelected) -> None:
        """Open the record, or the list that shows all."""
        target = self._shown[event.option_index].target
        if isinstance(target, RecordRef):
            self.shell.open_record(target)
        elif isinstance(target, HalfTyped):
            self._go_on(target)
        elif target is not None:
            self.run_worker(self._go(target))

    def _go_on(self, left: HalfTyped) -> None:
        """Open the card that was left, with what was typed into it."""
        from screens.card_kinds import card_class

        ref = RecordRef(left.draft.kind, left.draft.record_id)
        self.app.push_screen(card_class(ref.kind)(ref, draft=left.draft))

    async def _go(self, target: Elsewhere) -> None:
        """Show a list of another section under a filter."""
        from screens.list_screen import ListScreen

        await self.app.run_action(f"section({target.digit})")
        screen = self.app.screen
        if isinstance(screen, ListScreen):
            screen.call_after_refresh(lambda: screen.show_filtered(target.tab, target.filter_text))

    def _look_at_the_calendar(self) -> None:
        if dt.date.today() != self._day:
            self._day = dt.date.today()
            self._ask(BLOCKS)

    def _ask(self, blocks: tuple[Block, ...]) -> None:
        for block in blocks:
            came, failed = partial(self._came, block), partial(self._failed, block)
            self.shell.gateway.ask(self, block.id, partial(block.read, self.shell), came, failed)

    def _came(self, block: Block, rows: BlockRows) -> None:
        self._rows[block.id] = rows
        self._draw()

    def _failed(self, block: Block, error: Exception) -> None:
        self._rows[block.id] = str(error) if isinstance(error, DomainError) else f"{type(error).__name__}: {error}"
        self._draw()

    def _draw(self) -> None:
        """All lines anew; the cursor stays on what it was on."""
        found = list(self.query(TodayList))
        if not found or not found[0].size.width:
            return
        options = found[0]
        before = None if options.highlighted is None else self._shown[options.highlighted].target
        top = next((shown.target for shown in self._shown if shown.target is not None), None)
        lines = self._lines(options.size.width)
        options.clear_options()
        self._shown = [shown for _option, shown in lines]
        options.add_options([option for option, _shown in lines])
        places = [place for place, shown in enumerate(self._shown) if shown.target is not None]
        same = [place for place in places if self._shown[place].target == before]
        # Blocks come in any order at first: a cursor that nobody moved is on the top line when all are there.
        kept = [] if before == top and not self._settled else same
        options.highlighted = next(iter(kept or places), None)
        self._settled = len(self._rows) == len(BLOCKS)

    def _lines(self, width: int) -> list[tuple[Option, _Shown]]:
        lines: list[tuple[Option, _Shown]] = []
        for block in BLOCKS:
            rows = self._rows.get(block.id)
            if isinstance(rows, BlockRows) and not rows.rows:
                continue
            lines.append((Option(heading(block, rows), disabled=True), _Shown()))
            lines += self._lines_of(rows, width)
            lines.append((Option("", disabled=True), _Shown()))
        if len(self._rows) == len(BLOCKS) and not any(isinstance(r, str) or r.rows for r in self._rows.values()):
            lines.insert(0, (Option(remark(_("Nothing waits for you today.")), disabled=True), _Shown()))
        return lines

    @staticmethod
    def _lines_of(rows: BlockRows | str | None, width: int) -> list[tuple[Option, _Shown]]:
        if rows is None:
            return [(Option(remark(_("reading …")), disabled=True), _Shown())]
        if isinstance(rows, str):
            return [(Option(remark(rows), disabled=True), _Shown())]
        found = [(Option(line(row, width)), _Shown(row.target)) for row in rows.rows]
        if rows.more is not None and rows.total > len(rows.rows):
            text = TodayRow(_("all of them"), "", "", rows.more)
            found.append((Option(line(text, width)), _Shown(rows.more)))
        return found
