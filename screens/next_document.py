"""Making the next document from one or several: its kind, how much of each line; a payment's amount and date."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from decimal import Decimal
from functools import partial
from itertools import islice
from typing import TYPE_CHECKING, Any

from models.cards.bulk import marked_ids
from models.cards.making import may_make
from models.cards.reading import candidates
from models.clock import today
from models.errors import DomainError
from models.fields import Field
from models.kinds import RecordRef
from models.language import _
from models.sales.actions_issue import Issued
from models.sales.actions_next import make_next
from models.sales.actions_payments import record_payment
from models.sales.bases import MOST_BASES, NextOffer, offer_next
from models.sales.document_queries import OpenLine, open_lines
from models.sales.fields import document_fields
from models.sales.vocabulary import KINDS_OF_DOCUMENT
from screens.kit import marks
from screens.kit.ask_fields import AskFields
from screens.kit.dialogs import PickOne
from screens.kit.reference_input import References
from screens.quantities import Numbers, Offered, Quantities
from screens.shell import shell_of

if TYPE_CHECKING:
    from textual.screen import Screen
    from textual.widget import Widget

    from screens.list_pane import ListPane

    Place = Screen[None] | Widget

_PAID_FIELDS = ("gross", "date", "outside_number", "outside_date", "note")


def make_from_marked(pane: ListPane) -> None:
    """Make a document from the marked ones of a list, or from that under the cursor."""
    table, listing, actor = pane.table, pane.listing, shell_of(pane).actor
    marked, cursor = table.marks, table.cursor_id

    def work() -> NextOffer:
        found = marked_ids(listing, marked.__contains__) if marked.all_but else iter(sorted(marked.ids))
        return offer_next(list(islice(found, MOST_BASES + 1)) or [cursor or 0], actor)

    def offered(offer: NextOffer) -> None:
        NextDocument(pane, offer, lambda: table.set_marks(marks.NONE)).begin()

    if cursor is not None:
        shell_of(pane).gateway.ask(pane, "next", work, offered, partial(refused, pane))


def refused(place: Place, error: Exception) -> None:
    """Say in words why something is not possible."""
    if not isinstance(error, DomainError):
        raise error
    place.app.notify(str(error), severity="warning", timeout=15)


class NextDocument:
    """The questions before the next document is made."""

    def __init__(self, place: Place, offer: NextOffer, written: Callable[[], object] = lambda: None) -> None:
        """``written`` is called when something was made, before it is shown."""
        self._place = place
        self._offer = offer
        self._after = written

    def begin(self) -> None:
        """Which kind?"""
        choices = [(kind, _(KINDS_OF_DOCUMENT[kind].title)) for kind in self._offer.kinds]
        title = _("Make from {document}").format(document=self._offer.name)
        self._place.app.push_screen(PickOne(title, choices), self._kind_picked)

    def pay(self) -> None:
        """A payment, without asking what else might be made."""
        self._ask_payment(next(kind for kind in self._offer.kinds if not KINDS_OF_DOCUMENT[kind].has_lines))

    def _write(self, work: Callable[[], Any], done: Callable[[Any], object]) -> None:
        def written(answer: Any) -> None:
            self._after()
            done(answer)

        shell_of(self._place).gateway.write(self._place, work, written, partial(refused, self._place))

    def _kind_picked(self, kind: str | None) -> None:
        if kind is None:
            return
        if not KINDS_OF_DOCUMENT[kind].has_lines:
            self._ask_payment(kind)
            return
        work = partial(open_lines, self._offer.bases, kind)
        came = partial(self._ask_quantities, kind)
        shell_of(self._place).gateway.ask(self._place, "open lines", work, came, partial(refused, self._place))

    def _ask_quantities(self, kind: str, lines: Sequence[OpenLine]) -> None:
        title = _("{kind} from {document}").format(kind=_(KINDS_OF_DOCUMENT[kind].title), document=self._offer.name)
        dialog = Quantities(title, _("How much of each line?"), [self._offered(one) for one in lines])
        self._place.app.push_screen(dialog, partial(self._make, kind))

    def _offered(self, one: OpenLine) -> Offered:
        title = one.line.description + (f" ({_('optional')})" if one.line.optional else "")
        if len(self._offer.bases) > 1:
            title = f"{title} ← {self._offer.names[one.document]}"
        there_is = max(one.open, Decimal(0))
        return Offered(one.line.id, title, there_is, Decimal(0) if one.line.optional else there_is)

    def _make(self, kind: str, numbers: Numbers | None) -> None:
        if numbers is not None:
            quantities = {line: quantity for line, (quantity, _price) in numbers.items()}
            work = partial(make_next, shell_of(self._place).actor, self._offer.bases, kind, quantities)
            self._write(work, self._show)

    def _show(self, document: int) -> None:
        shell_of(self._place).open_record(RecordRef("document", document))

    def _ask_payment(self, kind: str) -> None:
        shell = shell_of(self._place)
        fields: list[Field] = [field for field in document_fields(kind) if field.name in _PAID_FIELDS]
        fields.sort(key=lambda field: _PAID_FIELDS.index(field.name))
        values = {"gross": self._offer.unpaid, "date": today()}
        references = References(shell.gateway, candidates, partial(may_make, shell.actor))
        about = _("For {document}; what is too much settles the oldest other ones.").format(document=self._offer.name)
        dialog = AskFields(_(KINDS_OF_DOCUMENT[kind].title), about, fields, values, references)
        self._place.app.push_screen(dialog, partial(self._pay, kind))

    def _pay(self, kind: str, values: dict[str, Any] | None) -> None:
        if values is not None:
            given = {name: value for name, value in values.items() if value not in (None, "")}
            actor, bases = shell_of(self._place).actor, self._offer.bases
            self._write(partial(record_payment, actor, given, kind=kind, basis=bases), self._paid)

    def _paid(self, issued: Issued) -> None:
        text = _("Payment {number} is recorded and settles it.").format(number=issued.number)
        self._place.app.notify(text)
