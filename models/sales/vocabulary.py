"""What kinds of document there are, what follows what, their states, rights and numbers: one table, read by all code.

Codes are what is stored; titles are English msgids.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from models.company.permissions import EDIT_PAYMENTS, EDIT_PURCHASES, EDIT_SALES, POST_SHIPMENTS
from models.language import N_, NP_, _

DOCUMENT_STATES = {
    "draft": NP_("document", "draft"),
    "issued": NP_("document", "issued"),
    "accepted": NP_("document", "accepted"),
    "partly_ordered": N_("partly ordered"),
    "declined": NP_("document", "declined"),
    "expired": NP_("document", "expired"),
    "superseded": NP_("document", "superseded"),
    "partly_paid": N_("partly paid"),
    "paid": NP_("document", "paid"),
    "posted": NP_("document", "posted"),
    "cancelled": NP_("document", "cancelled"),
}
LIVE_STATES = frozenset({"issued", "accepted", "partly_ordered", "partly_paid", "paid", "posted"})
"""States in which a document counts: what it takes of its basis is taken, what it says is owed."""
OPEN_QUOTE_STATES = frozenset({"issued", "accepted", "partly_ordered"})
"""A quote in one of these can still be ordered from."""
UNPAID_STATES = frozenset({"issued", "partly_paid"})

ISSUE, ACCEPT, DECLINE, EXPIRE = "issue", "accept", "decline", "expire"
SUPERSEDE, CANCEL, ORDER, SETTLE = "supersede", "cancel", "order", "settle"
Numbering = Literal["gapless", "unique"]
Side = Literal["sale", "purchase", "money", "licence"]


@dataclass(frozen=True, slots=True)
class Transition:
    """A step from some states to one of ``after``; where it is not ``by_hand``, it follows from something else."""

    name: str
    title: str
    before: frozenset[str]
    after: tuple[str, ...]
    by_hand: bool = True
    permission: str = ""
    """The right that it takes, where it is not that of the kind."""
    reason: bool = False
    """It takes a reason in words."""


@dataclass(frozen=True, slots=True)
class DocumentKind:
    """One kind: who may write it, what it follows, what it has to have, its numbers, the states it goes through."""

    name: str
    title: str
    titles: str
    side: Side
    permission: str
    numbering: Numbering
    transitions: tuple[Transition, ...]
    follows: tuple[str, ...] = ()
    required: tuple[str, ...] = ("client",)
    """Fields that have to be filled in before it is issued."""
    has_lines: bool = True
    limits: bool = True
    """Nothing made from it may be of more than it says; what is quoted may be ordered in greater quantity."""
    stage: str = ""
    """The code of the stage that its issue moves the deal to, where that is further on."""
    forms: tuple[str, ...] = ()
    """What it can be printed as; the first is the usual one."""
    revisable: bool = False
    correctable: bool = False
    settles: tuple[str, ...] = ()
    """Of a payment: the kinds that it is allocated to."""
    balance: int = 0
    """What it adds to the client's balance: 1 what the client owes us, -1 what it has paid or delivered."""

    def transition(self, name: str) -> Transition | None:
        """The transition of a name; None where the kind does not have it."""
        return next((one for one in self.transitions if one.name == name), None)

    @property
    def issued_state(self) -> str:
        """The state that issuing or posting leads to."""
        return next(one for one in self.transitions if one.name == ISSUE).after[0]


def _issue(state: str, permission: str = "") -> Transition:
    title = NP_("action", "Post") if state == "posted" else NP_("action", "Issue")
    return Transition(ISSUE, title, frozenset({"draft"}), (state,), permission=permission)


def _cancel(*before: str) -> Transition:
    return Transition(CANCEL, NP_("action", "Cancel"), frozenset({"draft", *before}), ("cancelled",), reason=True)


_OPEN = OPEN_QUOTE_STATES
_REVISED = frozenset({"issued", "accepted", "partly_ordered", "declined", "expired"})
_UNANSWERED = frozenset({"issued", "partly_ordered"})
"""What the client accepted, or ordered whole, expires no more."""
_ACCEPT = Transition(ACCEPT, NP_("action", "Accept"), _UNANSWERED, ("accepted",))
_DECLINE = Transition(DECLINE, NP_("action", "Decline"), _OPEN, ("declined",))
_SUPERSEDE = Transition(SUPERSEDE, NP_("action", "Supersede"), _REVISED, ("superseded",), by_hand=False)
_QUOTE = (
    _issue("issued"),
    _ACCEPT,
    _DECLINE,
    Transition(EXPIRE, NP_("action", "Expire"), _UNANSWERED, ("expired",), by_hand=False),
    Transition(ORDER, NP_("action", "Order"), _OPEN, ("issued", "partly_ordered", "accepted"), by_hand=False),
    _SUPERSEDE,
    _cancel("issued", "accepted", "declined", "expired"),
)
_ORDER = (_issue("issued"), _ACCEPT, _DECLINE, _SUPERSEDE, _cancel("issued", "accepted", "declined"))
_INVOICE = (
    _issue("issued"),
    Transition(
        SETTLE,
        NP_("action", "Settle"),
        frozenset({"issued", "partly_paid", "paid"}),
        ("issued", "partly_paid", "paid"),
        by_hand=False,
    ),
    Transition(SUPERSEDE, NP_("action", "Supersede"), frozenset({"issued"}), ("superseded",), by_hand=False),
    _cancel("issued"),
)
_POSTED = (_issue("posted"), _cancel("posted"))

KINDS_OF_DOCUMENT: dict[str, DocumentKind] = {
    kind.name: kind
    for kind in (
        DocumentKind(
            "quote", N_("quote"), N_("Quotes"), "sale", EDIT_SALES, "unique", _QUOTE,
            limits=False, stage="quoted", forms=("quote",), revisable=True,
        ),
        DocumentKind(
            "order", N_("order"), N_("Orders"), "sale", EDIT_SALES, "unique", _ORDER,
            follows=("quote",), stage="ordered", forms=("order",), revisable=True,
        ),
        DocumentKind(
            "invoice", N_("invoice"), N_("Invoices"), "sale", EDIT_SALES, "gapless", _INVOICE,
            follows=("quote", "order", "shipment"), stage="invoiced", forms=("invoice",), revisable=True,
        ),
        DocumentKind(
            "shipment", N_("shipment"), N_("Shipments"), "sale", POST_SHIPMENTS, "gapless", _POSTED,
            follows=("quote", "order", "invoice"), stage="won", forms=("upd1", "upd2", "act", "rights"),
            correctable=True, balance=1,
        ),
        DocumentKind(
            "payment_in", N_("payment received"), N_("Payments received"), "money", EDIT_PAYMENTS, "gapless", _POSTED,
            follows=("invoice", "order"), has_lines=False, settles=("invoice",), balance=-1,
        ),
        DocumentKind(
            "payment_out", N_("payment made"), N_("Payments made"), "money", EDIT_PAYMENTS, "gapless", _POSTED,
            follows=("supplier_order", "receipt"), has_lines=False, settles=("supplier_order",), balance=1,
        ),
        DocumentKind(
            "supplier_order", N_("supplier order"), N_("Supplier orders"), "purchase", EDIT_PURCHASES, "unique",
            _ORDER, follows=("order", "invoice"), forms=("supplier_order",), revisable=True,
        ),
        DocumentKind(
            "receipt", N_("receipt"), N_("Receipts"), "purchase", EDIT_PURCHASES, "gapless", _POSTED,
            follows=("supplier_order",), correctable=True, balance=-1,
        ),
        DocumentKind(
            "licence_order", N_("licence order"), N_("Licence orders"), "licence", POST_SHIPMENTS, "gapless", _POSTED,
        ),
    )
}  # fmt: skip
DOCUMENT_KINDS: dict[str, str] = {kind.name: kind.title for kind in KINDS_OF_DOCUMENT.values()}

FORMS = {
    "quote": N_("quote"),
    "order": N_("order"),
    "invoice": N_("invoice for payment"),
    "upd1": N_("universal transfer document, status 1"),
    "upd2": N_("universal transfer document, status 2"),
    "act": N_("act"),
    "rights": N_("act of transfer of rights"),
    "supplier_order": N_("supplier order"),
}
PURPOSES = {
    "": N_("not stated"),
    "replacement": N_("replacement"),
    "trial": NP_("licence", "trial"),
    "own_use": N_("own use"),
    "takeover": N_("takeover of old licences"),
}
"""Why a licence order issues licences without a sale."""
SIGNED = {"": N_("not returned"), "paper": N_("on paper"), "electronic": N_("electronically")}
VAT_KINDS = {"taxed": N_("taxed"), "without_vat": N_("without VAT"), "exempt": N_("exempt")}
STAGE_KINDS = {"open": NP_("deal", "open"), "won": NP_("deal", "won"), "lost": NP_("deal", "lost")}
CONTRACT_STATES = {
    "draft": NP_("contract", "draft"),
    "signed": NP_("contract", "signed"),
    "in_progress": NP_("contract", "in progress"),
    "completed": NP_("contract", "completed"),
    "terminated": NP_("contract", "terminated"),
}
UNMET_STATES = {"provisional": N_("provisional"), "final": NP_("demand", "final"), "withdrawn": N_("withdrawn")}
UNMET_REASONS = {
    "not_stated": N_("not stated"),
    "price": NP_("reason", "price"),
    "quality": NP_("reason", "quality"),
    "competitor": NP_("reason", "competitor"),
    "postponed": NP_("reason", "postponed"),
    "missing_feature": N_("missing feature"),
    "other": NP_("reason", "other"),
}
UNMET_CAUSES = {
    "left_out": N_("left out of the order"),
    "reduced": N_("ordered less"),
    "revision": N_("dropped by a revision"),
    "declined": N_("quote declined"),
    "expired": N_("quote expired"),
}


@dataclass(frozen=True, slots=True)
class StageDefault:
    """A stage that a new company begins with; ``name`` is a msgid, translated when the stages are made."""

    code: str
    name: str
    probability: int
    kind: str = "open"
    rot_days: int | None = None


STAGE_DEFAULTS: tuple[StageDefault, ...] = (
    StageDefault("prospecting", N_("Prospecting"), 5, rot_days=30),
    StageDefault("engaging", N_("Engaging"), 20, rot_days=21),
    StageDefault("quoted", N_("Quote sent"), 40, rot_days=14),
    StageDefault("negotiation", N_("Negotiation"), 60, rot_days=14),
    StageDefault("ordered", N_("Order and contract being signed"), 80, rot_days=14),
    StageDefault("invoiced", N_("Awaiting payment"), 90, rot_days=10),
    StageDefault("won", NP_("stage", "Won"), 100, "won"),
    StageDefault("lost", NP_("stage", "Lost"), 0, "lost"),
)
"""``won`` is also where a deal goes when an invoice of it is paid, ``lost`` where it goes with its last quote."""


def title_of(kind: str) -> str:
    """What a kind of document is called; a code that no kind has, as it is."""
    known = KINDS_OF_DOCUMENT.get(kind)
    return _(known.title) if known is not None else kind
