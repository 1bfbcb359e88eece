"""What is done with a document: asked for where something is to be known, written, and said when it is done."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from decimal import Decimal
from functools import partial
from typing import TYPE_CHECKING, Any, TypeVar

from models.errors import RuleBroken
from models.kinds import RecordRef
from models.language import _
from models.sales.actions_answers import accept_document, cancel_document, decline_document, note_signed
from models.sales.actions_drafts import copy_document
from models.sales.actions_issue import Issued, issue_document
from models.sales.actions_next import correct_document, revise_document
from models.sales.bases import NextOffer
from models.sales.document_look import DocumentLook
from models.sales.document_queries import LineShown, lines_to_correct
from models.sales.vocabulary import KINDS_OF_DOCUMENT, SIGNED
from screens.deal_steps import move_by
from screens.kit.dialogs import AskText, Confirm, PickOne
from screens.next_document import NextDocument
from screens.quantities import Numbers, Offered, Quantities
from screens.reason_strip import Reason, ReasonStrip
from screens.unmet_reasons import ask_for_reasons

if TYPE_CHECKING:
    from screens.document import DocumentCard

Answer = TypeVar("Answer")


class DocumentSteps:
    """The steps of one document's card."""

    def __init__(self, card: DocumentCard) -> None:
        self._card = card

    @property
    def _look(self) -> DocumentLook:
        assert self._card.look is not None
        return self._card.look

    @property
    def _name(self) -> str:
        shown = self._look.shown
        return f"{_(KINDS_OF_DOCUMENT[shown.kind].title)} {shown.number or f'#{shown.id}'}"

    def _write(self, work: Callable[[], Answer], done: Callable[[Answer], object]) -> None:
        card = self._card
        card.shell.gateway.write(card, work, partial(self._written, done), card.on_refused)

    def _written(self, done: Callable[[Answer], object], answer: Answer) -> None:
        self._reread()
        done(answer)

    def _reread(self) -> None:
        self._card.record.read()
        self._card.look_again()

    def _say(self, text: str, *, undoable: bool = True) -> None:
        self._card.notify(f"{text} {_('u takes it back.')}" if undoable else text)

    def _show(self, document: int, *, edit: bool = False) -> None:
        """Show a document that was just made; a draft is read through before it is issued."""
        if edit:
            from screens.document import DocumentCard

            self._card.app.push_screen(DocumentCard(RecordRef("document", document), edit=True))
        else:
            self._card.shell.open_record(RecordRef("document", document))

    # Issue, accept, decline, cancel

    def issue(self) -> None:
        """Ask once, since the number stays; then give it."""
        kind = KINDS_OF_DOCUMENT[self._look.shown.kind]
        gapless = kind.numbering == "gapless"
        text = _("It gets its number and no longer changes.")
        if gapless:
            text += " " + _("It can then be cancelled with a reason, not undone.")
        dialog = Confirm(self._name, text, yes=_(kind.transitions[0].title), no=_("Not yet"))
        self._card.app.push_screen(dialog, partial(self._issue, gapless))

    def _issue(self, gapless: bool, yes: bool | None) -> None:
        if yes:
            card = self._card
            work = partial(issue_document, card.shell.actor, card.ref.id, version=self._look.shown.version)
            self._write(work, partial(self._issued, gapless))

    def _issued(self, gapless: bool, issued: Issued) -> None:
        self._say(_("Issued as {number}.").format(number=issued.number), undoable=not gapless)
        ask_for_reasons(self._card, issued.unmet)

    def accept(self) -> None:
        """Write it down at once."""
        work = partial(accept_document, self._card.shell.actor, self._card.ref.id)
        self._write(work, lambda _answer: self._say(_("Accepted.")))

    def decline(self) -> None:
        """The reason is asked for; with enter it is not stated."""
        question = _("{document} is declined. Why?").format(document=self._name)
        ask = Confirm(self._name, _("The client declined it?"), yes=_("Declined"))
        self._card.app.push_screen(ask, partial(self._decline_asked, question))

    def _decline_asked(self, question: str, yes: bool | None) -> None:
        if yes:
            strip = ReasonStrip(_("Reason"), [(0, question)])
            self._card.app.push_screen(strip, self._decline)

    def _decline(self, answers: Mapping[int, Reason] | None) -> None:
        reason, competitor = (answers or {}).get(0, ("not_stated", ""))
        card = self._card
        work = partial(decline_document, card.shell.actor, card.ref.id, reason, competitor)
        self._write(work, lambda _entries: self._say(_("Declined.")))

    def cancel(self) -> None:
        """The reason in words."""
        about = _("Why is it cancelled? It stays, with its number.")
        dialog = AskText(_("Cancel: {document}").format(document=self._name), about, check=_with_reason)
        self._card.app.push_screen(dialog, self._cancel)

    def _cancel(self, reason: str | None) -> None:
        if reason is not None:
            work = partial(cancel_document, self._card.shell.actor, self._card.ref.id, reason)
            self._write(work, lambda _answer: self._say(_("Cancelled.")))

    def signed(self) -> None:
        """How the signed original came back."""
        choices = [(code, _(title)) for code, title in SIGNED.items()]
        dialog = PickOne(_("The signed original came back"), [*choices[1:], choices[0]])
        self._card.app.push_screen(dialog, self._signed)

    def _signed(self, how: str | None) -> None:
        if how is not None:
            work = partial(note_signed, self._card.shell.actor, self._card.ref.id, how)
            self._write(work, lambda _changed: self._say(_("Noted.")))

    # What is made from it

    def revise(self) -> None:
        """A draft of the next revision."""
        work = partial(revise_document, self._card.shell.actor, self._card.ref.id)
        self._write(work, partial(self._show, edit=True))

    def copy(self) -> None:
        """A draft of the same."""
        work = partial(copy_document, self._card.shell.actor, self._card.ref.id)
        self._write(work, partial(self._show, edit=True))

    def next(self) -> None:
        """Which kind, and how much of each line?"""
        self._next_document().begin()

    def pay(self) -> None:
        """Record a payment of it."""
        self._next_document().pay()

    def _next_document(self) -> NextDocument:
        shown = self._look.shown
        offer = NextOffer((shown.id,), self._name, self._look.next_kinds, self._look.unpaid, {shown.id: self._name})
        return NextDocument(self._card, offer, self._reread)

    def correct(self) -> None:
        """What should the quantities and prices have been, of the lines as earlier corrections left them?"""
        card = self._card
        work = partial(lines_to_correct, card.ref.id)
        card.shell.gateway.ask(card, "lines to correct", work, self._ask_what_was_wrong, card.on_refused)

    def _ask_what_was_wrong(self, lines: Sequence[LineShown]) -> None:
        offered = [Offered(line.id, line.description, line.quantity, line.quantity, line.price) for line in lines]
        about = _("What should quantities and prices have been? A quantity of 0 takes a line back.")
        title = _("Correct: {document}").format(document=self._name)
        dialog = Quantities(title, about, offered, (_("was"), _("should be")))
        self._card.app.push_screen(dialog, partial(self._correct, lines))

    def _correct(self, lines: Sequence[LineShown], right: Numbers | None) -> None:
        if right is None:
            return
        wrong = {line.id: _corrected(line, *right[line.id]) for line in lines}
        wrong = {line: values for line, values in wrong.items() if values}
        if not wrong:
            self._card.notify(_("Nothing was changed."))
            return
        work = partial(correct_document, self._card.shell.actor, self._card.ref.id, wrong)
        self._write(work, self._show)

    def stage(self, step: int) -> None:
        """Move its deal."""
        if self._look.deal is not None:
            move_by(self._card, self._look.deal, step, self._card.look_again)


def _with_reason(text: str) -> None:
    if not text.strip():
        raise RuleBroken("reason", _("The reason is missing."), _("Say why the document is cancelled."))


def _corrected(line: LineShown, quantity: Decimal, price: Decimal | None) -> dict[str, Any]:
    """What of a line should have been otherwise."""
    right: dict[str, Any] = {"quantity": quantity, "price": price}
    return {name: value for name, value in right.items() if value != getattr(line, name)}
