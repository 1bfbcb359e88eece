"""What the next document may be made from: which documents go together, and which kinds follow them."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal
from functools import reduce

from models.actor import Actor
from models.errors import RuleBroken
from models.language import N_, _
from models.sales.corrections import unpaid
from models.sales.states import name_of
from models.sales.tables import Document
from models.sales.vocabulary import KINDS_OF_DOCUMENT, LIVE_STATES
from models.writing import get

MOST_BASES = 100
_MUST_AGREE = {
    "client": N_("{one} and {other} are of different clients."),
    "company": N_("{one} and {other} are of different companies of ours."),
    "currency": N_("{one} and {other} are in different currencies."),
    "rate": N_("{one} and {other} have different rates of the currency."),
    "prices_include_vat": N_("The prices of {one} include VAT, those of {other} do not, or the other way round."),
}
"""What all of them have in common, with what is said where they do not."""


@dataclass(frozen=True, slots=True)
class NextOffer:
    """What an operator may make from some documents: the kinds, and what is open to be paid."""

    bases: tuple[int, ...]
    name: str
    kinds: tuple[str, ...]
    unpaid: Decimal
    names: dict[int, str]
    """By document: what it is called, to tell their lines apart."""


def offer_next(bases: Sequence[int], actor: Actor) -> NextOffer:
    """What an operator may make from all of these documents together; raises ``RuleBroken`` where it is nothing."""
    if len(bases) > MOST_BASES:
        message = _("A document is made from {number} others at most.").format(number=MOST_BASES)
        raise RuleBroken("basis", message, _("Mark fewer."))
    documents = in_order([get(Document, one) for one in dict.fromkeys(bases)])
    refuse_different(documents)
    for document in documents:
        refuse_if_nothing_follows(document)
    kinds = reduce(_both, (next_kinds(document, actor) for document in documents))
    if not kinds:
        raise _nothing_follows(documents)
    names = {document.id: name_of(document) for document in documents}
    return NextOffer(tuple(names), ", ".join(names.values()), kinds, unpaid(documents), names)


def in_order(documents: Sequence[Document]) -> list[Document]:
    """The oldest first, in whichever order they were marked."""
    return sorted(documents, key=lambda document: (document.date, document.id))


def _both(some: tuple[str, ...], others: tuple[str, ...]) -> tuple[str, ...]:
    return tuple(kind for kind in some if kind in others)


def _nothing_follows(documents: Sequence[Document]) -> RuleBroken:
    first = documents[0]
    other = next((one for one in documents if one.kind != first.kind), None)
    if other is None:
        message = _("There is nothing that you may make from {document}.").format(document=name_of(first))
        return RuleBroken("basis", message)
    message = _("There is nothing that you may make from {one} and {other} together.")
    return RuleBroken(
        "basis", message.format(one=name_of(first), other=name_of(other)), _("Make a document from each.")
    )


def next_kinds(document: Document, actor: Actor) -> tuple[str, ...]:
    """The kinds that an operator may make from a document as it stands."""
    if document.state not in LIVE_STATES or document.corrects_id is not None:
        return ()
    return tuple(
        kind.name for kind in KINDS_OF_DOCUMENT.values() if document.kind in kind.follows and actor.may(kind.permission)
    )


def check_bases(documents: Sequence[Document], kind: str) -> None:
    """Raise ``RuleBroken`` unless a document of a kind can be made from all of these together."""
    if not documents:
        raise RuleBroken("basis", _("There is nothing to make it from."))
    title = _(KINDS_OF_DOCUMENT[kind].title)
    for document in documents:
        if document.kind not in KINDS_OF_DOCUMENT[kind].follows:
            message = _("No {kind} is made from {document}.").format(kind=title, document=name_of(document))
            raise RuleBroken("basis", message)
        refuse_if_nothing_follows(document)
    refuse_different(documents)


def refuse_if_nothing_follows(document: Document) -> None:
    """Raise for a document that does not stand, or that itself only corrects another."""
    if document.state not in LIVE_STATES:
        raise RuleBroken(
            "basis",
            _("{document} does not stand: nothing is made from it.").format(document=name_of(document)),
            _("Issue it first, or make a revision of what no longer stands."),
        )
    if document.corrects_id is not None:
        message = _("{document} corrects another: nothing is made from it.").format(document=name_of(document))
        raise RuleBroken("basis", message, _("Make it from what was corrected: its lines count as they are now."))


def refuse_different(documents: Sequence[Document]) -> None:
    """Raise, in words, where documents are of different clients, companies of ours, or currencies."""
    first = documents[0]
    for document in documents[1:]:
        for name, message in _MUST_AGREE.items():
            if document.__data__[name] != first.__data__[name]:
                both = _(message).format(one=name_of(first), other=name_of(document))
                raise RuleBroken("basis", both, _("Make a document from each."))
