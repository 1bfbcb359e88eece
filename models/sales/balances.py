"""Who owes whom: balances of clients, and what is open of invoices."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from peewee import Case, fn

from models.base import plain_rows, summed, tuples
from models.sales.tables import Document
from models.sales.vocabulary import KINDS_OF_DOCUMENT, LIVE_STATES, UNPAID_STATES

_D = Document
_SIGNS = {kind.name: kind.balance for kind in KINDS_OF_DOCUMENT.values() if kind.balance}
NOTHING = Decimal(0)


@dataclass(frozen=True, slots=True)
class Balance:
    """A client's account with us in the base currency; above 0 it owes us: shipped - paid - received + repaid."""

    client: int
    shipped: Decimal = NOTHING
    paid: Decimal = NOTHING
    received: Decimal = NOTHING
    """What the client, as a supplier, delivered to us."""
    repaid: Decimal = NOTHING
    """What we paid to the client."""

    @property
    def balance(self) -> Decimal:
        return self.shipped - self.paid - self.received + self.repaid


_NAMES = {"shipment": "shipped", "payment_in": "paid", "receipt": "received", "payment_out": "repaid"}


def client_balance(client_id: int, *, company: int | None = None, until: dt.date | None = None) -> Balance:
    """The account of one client, with all our companies or one, at the end of a day."""
    return next(iter(_balances(_D.client == client_id, company, until)), Balance(client_id))


def owing(which: Any, company: int | None, until: dt.date | None) -> dict[int, Decimal]:
    """Of the clients of some documents those that owe us, with how much; summed where the documents are."""
    debits, credits = ([kind for kind, sign in _SIGNS.items() if sign == own] for own in (1, -1))
    owed, settled = (fn.SUM(Case(None, [(_D.kind.in_(kinds), _D.gross_base)], 0)) for kinds in (debits, credits))
    query = _D.select(_D.client, owed, settled).where(*_counted(which, company, until)).group_by(_D.client)
    rows = plain_rows(query.having(owed > settled))
    return {client: Decimal(int(debit) - int(credit)).scaleb(-2) for client, debit, credit in rows}


def _counted(which: Any, company: int | None, until: dt.date | None) -> list[Any]:
    conditions = [which, _D.kind.in_(list(_SIGNS)), _D.state.in_(LIVE_STATES)]
    if company is not None:
        conditions.append(_D.company == company)
    return conditions if until is None else [*conditions, _D.date <= until]


def _balances(which: Any, company: int | None, until: dt.date | None) -> list[Balance]:
    conditions = _counted(which, company, until)
    query = _D.select(_D.client, _D.kind, summed(_D.gross_base)).where(*conditions).group_by(_D.client, _D.kind)
    sums: dict[int, dict[str, Decimal]] = {}
    for client, kind, amount in tuples(query):
        sums.setdefault(client, {})[_NAMES[kind]] = amount
    return [Balance(client, **amounts) for client, amounts in sums.items()]


@dataclass(frozen=True, slots=True)
class OpenInvoice:
    """An invoice that is not paid in full."""

    id: int
    number: str
    date: dt.date
    due: dt.date | None
    currency: str
    gross: Decimal
    open: Decimal


def open_invoices(client_id: int) -> list[OpenInvoice]:
    """The unpaid invoices of a client, the oldest first."""
    columns = (_D.id, _D.number, _D.date, _D.due, _D.currency, _D.gross, _D.settled)
    query = _D.select(*columns).where(
        (_D.client == client_id) & (_D.kind == "invoice") & _D.state.in_(UNPAID_STATES)
    )  # fmt: skip
    rows = tuples(query.order_by(_D.date, _D.id))
    return [OpenInvoice(*[*row, row[-1] - settled]) for *row, settled in rows]
