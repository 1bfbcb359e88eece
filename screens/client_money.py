"""What a client owes us, in words: the balance, and the invoices that are open."""

from __future__ import annotations

from decimal import Decimal

from models.clock import today
from models.company.settings import setting
from models.language import _
from models.sales.balances import OpenInvoice, client_balance, open_invoices
from screens.kit.cells import cell_text


def said(client: int) -> str:
    """The account of a client, a line for each part of it and each open invoice."""
    account, currency = client_balance(client), setting("base_currency")
    parts = (
        (_("Shipped"), account.shipped),
        (_("Paid"), account.paid),
        (_("Received from it"), account.received),
        (_("Paid to it"), account.repaid),
    )
    lines = [f"{title}: {_money(value)} {currency}" for title, value in parts if value]
    owes = _("It owes us {amount} {currency}.") if account.balance >= 0 else _("We owe it {amount} {currency}.")
    lines.append(owes.format(amount=_money(abs(account.balance)), currency=currency))
    return "\n".join([*lines, *(_invoice(one) for one in open_invoices(client))])


def _money(value: Decimal) -> str:
    return cell_text(value, "money", {})


def _invoice(one: OpenInvoice) -> str:
    text = _("Invoice {number} of {date}: {open} {currency} open, due {due}").format(
        number=one.number, date=one.date, open=_money(one.open), currency=one.currency, due=one.due or "–"
    )
    return f"! {text}" if one.due is not None and one.due < today() else text
