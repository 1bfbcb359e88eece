"""The section of documents: the journal, a list for each kind, contracts, what was not signed, what was not bought."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING, ClassVar

from textual.binding import Binding, BindingType

from models.cards.bulk import marked_ids
from models.company.permissions import EDIT_CONTRACTS, EDIT_PAYMENTS, EDIT_PURCHASES, EDIT_SALES, POST_SHIPMENTS, READ
from models.language import N_
from screens.kit import marks
from screens.kit.list_head import HeadTab
from screens.list_pane import ListPane, SectionPane
from screens.list_screen import ListScreen
from screens.list_view import ListView

if TYPE_CHECKING:
    from models.conditions import Condition
    from models.table_listing import ListDefinition
    from screens.kit.table_messages import Opened
    from screens.list_body import Body


def _journal() -> ListDefinition:
    from models.sales.lists import DOCUMENTS

    return DOCUMENTS


def _of_kind(kind: str) -> Callable[[], ListDefinition]:
    def load() -> ListDefinition:
        from models.sales.lists import DOCUMENTS_OF_KIND

        return DOCUMENTS_OF_KIND[kind]

    return load


def _contracts() -> ListDefinition:
    from models.sales.lists import CONTRACTS

    return CONTRACTS


def _deals() -> ListDefinition:
    from models.sales.lists import DEALS

    return DEALS


def _unmet() -> ListDefinition:
    from models.sales.lists import UNMET

    return UNMET


def _not_signed() -> Condition:
    from models.sales.document_lists import NOT_SIGNED

    return NOT_SIGNED


def _unmet_queue() -> Condition:
    from models.sales.lists import UNMET_QUEUE

    return UNMET_QUEUE


_KINDS_OF_VIEWS = {
    "quotes": "quote",
    "orders": "order",
    "invoices": "invoice",
    "shipments": "shipment",
    "payments": "payment_in",
    "payments_made": "payment_out",
    "supplier_orders": "supplier_order",
    "receipts": "receipt",
    "licence_orders": "licence_order",
}
"""By list: the kind of document that ``n`` makes in it."""


class DocumentPane(SectionPane):
    """A list of documents: ``n`` asks for the kind where the list is of all, ``o`` makes one from all marked ones."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("o", "next", N_("next document"), id="documents.next"),
    ]

    def action_next(self) -> None:
        """Make a document from the marked ones, or from that under the cursor."""
        from screens.next_document import make_from_marked

        make_from_marked(self)

    def new_record(self) -> None:
        """Make a draft."""
        from screens.new_document import NewDocument

        NewDocument(self.screen).begin(_KINDS_OF_VIEWS.get(self.view.name, ""))


class UnmetPane(SectionPane):
    """What was not bought and nobody said why: ``e`` gives one reason to all marked ones."""

    def edit_records(self) -> None:
        """Ask for the reason of the marked entries, or of that under the cursor."""
        from screens.unmet_reasons import ask_for_all

        table = self.table
        marked = list(marked_ids(self.listing, table.marks.__contains__)) if table.marks.all_but else table.marks.ids
        entries = sorted(marked) or [entry for entry in (table.cursor_id,) if entry is not None]
        if entries:
            ask_for_all(self.screen, entries, self._reasons_given)

    def on_record_table_opened(self, event: Opened) -> None:
        """An entry has no card: enter asks for its reason."""
        event.prevent_default()
        self.edit_records()

    def _reasons_given(self) -> None:
        self.table.set_marks(marks.NONE)
        self.table.refresh_rows()


_NONE_YET = N_("There are no documents yet.")


def _view(name: str, title: str, right: str) -> ListView:
    return ListView(name, title, _NONE_YET, _of_kind(_KINDS_OF_VIEWS[name]), right)


class Documents(ListScreen):
    """From the first quote to the last payment."""

    VIEWS: ClassVar[Sequence[ListView]] = (
        ListView("documents", N_("Documents"), _NONE_YET, _journal, READ),
        _view("quotes", N_("Quotes"), EDIT_SALES),
        _view("orders", N_("Orders"), EDIT_SALES),
        _view("invoices", N_("Invoices"), EDIT_SALES),
        _view("shipments", N_("Shipments"), POST_SHIPMENTS),
        _view("payments", N_("Payments received"), EDIT_PAYMENTS),
        _view("payments_made", N_("Payments made"), EDIT_PAYMENTS),
        _view("supplier_orders", N_("Supplier orders"), EDIT_PURCHASES),
        _view("receipts", N_("Receipts"), EDIT_PURCHASES),
        _view("licence_orders", N_("Licence orders"), POST_SHIPMENTS),
        ListView("contracts", N_("Contracts"), N_("There are no contracts yet."), _contracts, EDIT_CONTRACTS),
        ListView("deals", N_("Deals"), N_("There are no deals yet."), _deals, EDIT_SALES),
        ListView(
            "not_signed", N_("Not signed"), N_("Every signed original is back."), _journal, condition=_not_signed
        ),
        ListView(
            "unmet", N_("Reasons to state"), N_("Nothing waits for a reason."), _unmet, condition=_unmet_queue
        ),
    )  # fmt: skip

    def tabs(self) -> tuple[HeadTab, ...]:
        """The lists, and before what waits for somebody who owes what."""
        lists = super().tabs()
        place = next(number for number, tab in enumerate(lists) if tab.id == "not_signed")
        return (*lists[:place], HeadTab("receivables", N_("Receivables")), *lists[place:])

    def body_of(self, tab: str) -> Body:
        """Receivables are figures with the invoices behind them."""
        if tab != "receivables":
            return super().body_of(tab)
        from screens.receivables import ReceivablesBody

        return ReceivablesBody(tab)

    def pane_of(self, view: ListView) -> ListPane:
        """Documents are made, and reasons given, in their own ways."""
        if view.name in ("contracts", "deals"):
            return SectionPane(view, self.memory)
        return (UnmetPane if view.name == "unmet" else DocumentPane)(view, self.memory)
