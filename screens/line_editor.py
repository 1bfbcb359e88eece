"""The lines of a draft, edited as a table by keys alone; totals as one types."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING, ClassVar

from textual.binding import Binding, BindingType
from textual.containers import Horizontal, Vertical
from textual.content import Content
from textual.message import Message
from textual.widgets import Static

from models.errors import DomainError, RuleBroken
from models.language import N_, NP_, _, ngettext
from models.sales.amounts import Amounts
from models.sales.document_look import rates_of
from models.sales.document_queries import Offer, offer_of, preview
from models.text import shown
from screens.draft_lines import FIELDS, DraftLine, new_line, pasted, products_of, values_of
from screens.kit.cell_grid import CellGrid, GridColumn
from screens.kit.cells import cell_text
from screens.kit.field_line import editor_of
from screens.kit.form_entries import Entry
from screens.kit.form_inputs import LinesInput, PickInput
from screens.kit.reference_input import ReferenceInput
from screens.line_details import LineDetails
from screens.shell import shell_of

if TYPE_CHECKING:
    from textual.app import ComposeResult
    from textual.events import DescendantBlur, Key

    from screens.kit import form_inputs
    from screens.kit.field_line import Editor
    from screens.kit.reference_input import NewWanted, References, SearchFailed

COLUMNS = (
    GridColumn("product", N_("Product")),
    GridColumn("quantity", NP_("column", "Qty"), 7, right=True),
    GridColumn("unit", N_("Unit"), 5, wide=True),
    GridColumn("price", N_("Price"), 11, right=True),
    GridColumn("discount", NP_("column", "Disc.%"), 6, right=True),
    GridColumn("vat_code", N_("VAT"), 7, right=True),
    GridColumn("optional", NP_("column", "Opt."), 4),
    GridColumn("gross", N_("Amount"), 12, right=True, fixed=True),
)


class LineEditor(Vertical):
    """The line in which a cell is filled in, and the table below."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("escape", "leave_cell", N_("leave the cell"), id="lines.leave"),
        Binding("f3", "details", N_("end user, campaign, cost"), id="lines.details"),
    ]
    DEFAULT_CSS = """
    LineEditor {
        height: 1fr;
        & > Horizontal { height: 1; }
        & #cell-label { width: auto; padding: 0 1 0 2; color: $accent; }
        & #cell-fault { height: auto; padding: 0 2; color: $error; display: none; }
        & #cell-input { width: 1fr; height: 1; }
        & #line-details { height: 1; padding: 0 2; color: $text-muted; }
    }
    """

    class Changed(Message):
        """A line is another than before."""

    class Totalled(Message):
        """The totals are known; ``fault`` says why they are not."""

        def __init__(self, totals: Amounts | None, fault: str = "") -> None:
            super().__init__()
            self.totals, self.fault = totals, fault

    def __init__(self, document: int, references: References) -> None:
        super().__init__()
        self.document = document
        self.lines: list[DraftLine] = []
        self._rates: dict[str, str] = {}
        self.includes_vat = True
        self._references = references
        self._cell: tuple[DraftLine, str] | None = None
        self._editor: Editor | None = None
        self._waiting: list[tuple[Editor, DraftLine, str]] = []
        self.grid = CellGrid(COLUMNS, self._text_of)
        self.details = LineDetails(references)
        self.grid.fill, self.grid.behind = self.fill, self._key_behind

    def compose(self) -> ComposeResult:
        """The line for a cell, what is wrong with it, the table."""
        with Horizontal():
            yield Static("", id="cell-label", markup=False)
            yield Vertical(id="cell-input")
        yield Static("", id="cell-fault", markup=False)
        yield self.grid
        yield self.details

    def on_mount(self) -> None:
        """Say how lines come in."""
        self._label("")
        self.grid.show(len(self.lines))

    def show(self, lines: list[DraftLine], *, includes_vat: bool) -> None:
        """Edit these lines."""
        self.lines, self.includes_vat = lines, includes_vat
        self.grid.go(0)
        self._refresh()
        work = partial(rates_of, self.document)
        shell_of(self).gateway.ask(self, "rates", work, self._rates_came, self._not_counted)

    def _text_of(self, row: int, column: str) -> str:
        line = self.lines[row]
        if column == "product":
            return f"{row + 1}  {shown(line.values.get('description') or '')}"
        if column == "gross":
            return "" if line.amounts is None else cell_text(line.amounts.gross, "money", {})
        if column == "vat_code":
            return self._rates.get(line.values.get("vat_code", ""), line.text(column))
        return line.text(column)

    def _rates_came(self, rates: dict[str, str]) -> None:
        self._rates = rates
        self.grid.refresh()

    def _refresh(self) -> None:
        self.grid.show(len(self.lines))
        self.details.line = self.lines[self.grid.row] if self.grid.row < len(self.lines) else None
        self._count()

    def _changed(self) -> None:
        self._refresh()
        self.post_message(self.Changed())

    def _label(self, text: str) -> None:
        hint = _("Type into a cell; rows of a spreadsheet can be pasted.")
        self.query_one("#cell-label", Static).update(Content(shown(text or hint)))

    def say(self, fault: str) -> None:
        """Say what is wrong with a cell; "" says nothing."""
        line = self.query_one("#cell-fault", Static)
        line.update(Content(shown(fault)))
        line.display = bool(fault)

    # Totals

    def _count(self) -> None:
        lines = list(self.lines)
        if not lines:
            self.post_message(self.Totalled(Amounts()))
            return
        work = partial(preview, self.document, values_of(lines))
        shell_of(self).gateway.ask(self, "totals", work, partial(self._counted, lines), self._not_counted)

    def _counted(self, lines: list[DraftLine], answer: tuple[list[Amounts], Amounts]) -> None:
        amounts, totals = answer
        for line, own in zip(lines, amounts, strict=True):
            line.amounts = own
        self.grid.refresh()
        self.post_message(self.Totalled(totals))

    def _not_counted(self, error: Exception) -> None:
        if not isinstance(error, DomainError):
            raise error
        self.post_message(self.Totalled(None, str(error)))

    # Filling in a cell

    def fill(self, row: int, column: str, begun: str | None) -> None:
        """Open the input of a cell; of the optional mark, turn it."""
        self.say("")
        if row >= len(self.lines):
            self.lines.append(new_line(includes_vat=self.includes_vat))
            self.grid.show(len(self.lines))
            self.grid.go(row)
        line = self.lines[row]
        if column == "optional":
            line.values["optional"] = not line.values.get("optional")
            self._changed()
            return
        self._open(line, column, begun)

    def _open(self, line: DraftLine, column: str, begun: str | None) -> None:
        entry = line.entry(column)
        editor = editor_of(FIELDS[column], entry, self._references)
        self._cell, self._editor = (line, column), editor
        editor.go = self._go
        if begun is not None and not isinstance(editor, LinesInput):
            editor.select_on_focus = False
        place = f"{_('Line {number}').format(number=self.lines.index(line) + 1)}: {_(FIELDS[column].title)}"
        self._label(place)
        self.query_one("#cell-input", Vertical).mount_all(editor.with_parts())
        self.screen.set_focus(editor, scroll_visible=False)
        if begun is not None and not isinstance(editor, LinesInput):
            editor.value = begun
            editor.cursor_position = len(begun)
            if isinstance(editor, PickInput):
                editor.suggest(begun)

    def _key_behind(self, event: Key) -> bool:
        """Over a slow line many keys arrive at once: those behind the one that opened an input belong to it."""
        editor = self._editor
        if editor is None or isinstance(editor, LinesInput):
            return False
        if event.key in ("enter", "down", "tab"):
            self._go(1)
        elif event.is_printable and event.character:
            editor.insert_text_at_cursor(event.character)
        else:
            return False
        return True

    def _go(self, direction: int) -> None:
        """A cell is filled in: to the next one that is usually wanted."""
        if self._cell is None or self._editor is None:
            return
        line, column = self._cell
        if isinstance(self._editor, PickInput):
            self._editor.done()
        self._waiting.append((self._editor, line, column))
        editor, self._cell, self._editor = self._editor, None, None
        self._label("")
        self._go_on(self.lines.index(line), column, direction)
        self.screen.set_focus(self.grid, scroll_visible=False)
        editor.display = False

    def _go_on(self, row: int, column: str, direction: int) -> None:
        if direction < 0:
            self.grid.go(row)
        elif column == "product":
            self.grid.go(row, "quantity")
        elif column == "quantity":
            last = row == len(self.lines) - 1
            self.grid.go(row + 1, "product" if last else "quantity")
        elif column == "description":
            self.grid.go(row)
        else:
            self.grid.action_step_column(1)

    def finish(self) -> bool:
        """Leave the cell that is being filled in, taking what stands there; whether there was one."""
        if self._editor is None:
            return bool(self._waiting)
        self._go(1)
        return True

    def action_leave_cell(self) -> None:
        """Leave the cell as it was."""
        if self._editor is None or self._cell is None:
            return
        editor, (line, _column) = self._editor, self._cell
        self._cell = self._editor = None
        self._label("")
        self.screen.set_focus(self.grid, scroll_visible=False)
        self._take_away(editor)
        self._drop_if_empty(line)

    def _drop_if_empty(self, line: DraftLine) -> None:
        if line in self.lines and not line.values.get("product") and not line.values.get("description"):
            self.lines.remove(line)
            self._changed()

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """A cell is left while one is filled in."""
        if action == "leave_cell":
            return self._editor is not None
        if action == "details":
            return self._editor is None
        return super().check_action(action, parameters)

    def on_cell_grid_walked(self, event: CellGrid.Walked) -> None:
        """Say what the columns do not of the line under the cursor."""
        event.stop()
        self.details.line = self.lines[event.row] if event.row < len(self.lines) else None

    def action_details(self) -> None:
        """Change what has no column: end user, campaign, cost."""
        self.details.ask(self._changed)

    def on_descendant_blur(self, event: DescendantBlur) -> None:
        """The input was left: take what stands in it, or wait for the records that it was looking for."""
        for waiting in [one for one in self._waiting if one[0] is event.widget]:
            editor = waiting[0]
            if isinstance(editor, ReferenceInput) and editor.entry.text and editor.entry.picked is None:
                gateway = shell_of(self).gateway
                if gateway.is_asked(editor, "candidates"):
                    continue
            self._take(waiting)

    def on_settled(self, event: form_inputs.Settled) -> None:
        """The records are there."""
        event.stop()
        for waiting in [one for one in self._waiting if one[0] is event.editor]:
            self._take(waiting)

    def on_typed(self, event: form_inputs.Typed) -> None:
        """Nothing is taken before the cell is left."""
        event.stop()

    def on_new_wanted(self, event: NewWanted) -> None:
        """There is no such product: the line says in words what it is."""
        event.stop()
        if self._cell is not None and self._editor is not None:
            line, editor = self._cell[0], self._editor
            line.values["description"] = event.text
            line.typed.add("description")
            self._cell = self._editor = None
            self._label("")
            self.grid.go(self.lines.index(line), "quantity")
            self.screen.set_focus(self.grid, scroll_visible=False)
            self._take_away(editor)
            self._changed()

    def on_search_failed(self, event: SearchFailed) -> None:
        """Products could not be looked for."""
        event.stop()
        self.say(str(event.error))

    def _take(self, waiting: tuple[Editor, DraftLine, str]) -> None:
        editor, line, column = waiting
        self._waiting.remove(waiting)
        entry = editor.entry
        self._take_away(editor)
        try:
            self._put(line, column, entry)
        except RuleBroken as error:
            self.say(str(error))
            if line in self.lines:
                self.grid.go(self.lines.index(line), column if column != "description" else "")
            self._drop_if_empty(line)
            return
        self._drop_if_empty(line)
        self._changed()

    def _put(self, line: DraftLine, column: str, entry: Entry) -> None:
        if column == "product" and entry == line.entry("product"):
            return
        line.put(column, entry)
        product = line.values.get("product")
        if column == "product" and product is not None:
            work = partial(offer_of, self.document, product)
            channel = f"offer {self.lines.index(line)}"
            shell_of(self).gateway.ask(self, channel, work, partial(self._offered, line), self._not_counted)

    def _offered(self, line: DraftLine, offer: Offer) -> None:
        line.offered(offer)
        self._changed()

    def _take_away(self, editor: Editor) -> None:
        for part in editor.with_parts():
            part.remove()

    # Whole lines

    def on_cell_grid_removed(self, event: CellGrid.Removed) -> None:
        """Take a line out."""
        event.stop()
        del self.lines[event.row]
        self._changed()

    def on_cell_grid_moved(self, event: CellGrid.Moved) -> None:
        """Move a line; the cursor goes along."""
        event.stop()
        line = self.lines.pop(event.row)
        self.lines.insert(event.row + event.step, line)
        self.grid.go(event.row + event.step)
        self._changed()

    def on_cell_grid_pasted(self, event: CellGrid.Pasted) -> None:
        """Put the rows of a spreadsheet in; what they are called is looked for among the products."""
        event.stop()
        try:
            lines = pasted(event.text, includes_vat=self.includes_vat)
        except RuleBroken as error:
            self.say(str(error))
            return
        self.say("")
        self.lines[event.row : event.row] = lines
        self._changed()
        work = partial(products_of, [line.values.get("description", "") for line in lines], self.document)
        shell_of(self).gateway.ask(self, "pasted", work, partial(self._recognised, lines), self._not_counted)

    def _recognised(self, lines: list[DraftLine], products: list[tuple[int, Offer] | None]) -> None:
        for line, found in zip(lines, products, strict=True):
            if found is not None:
                line.values["product"], offer = found
                line.typed.discard("description")
                line.offered(offer)
        known = sum(found is not None for found in products)
        text = ngettext("{number} line pasted", "{number} lines pasted", len(lines)).format(number=len(lines))
        products_known = ngettext("{number} product known", "{number} products known", known).format(number=known)
        self.app.notify(f"{text}, {products_known}.")
        self._changed()
