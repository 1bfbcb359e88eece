"""Renewals: what ends soon, by the client who has to be called; one quote for all of a client's; reminders."""

from __future__ import annotations

import datetime as dt
from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Any, Literal

from peewee import JOIN, fn

from models.base import plain_rows, tuples
from models.catalogue.tables import Product
from models.clients.tables import Client, Interaction
from models.clock import now
from models.company.permissions import READ
from models.errors import RuleBroken
from models.keys.tables import ProtectionKey
from models.language import N_, _, ngettext
from models.licensing.last_prices import LastPrice, last_prices
from models.licensing.tables import Licence
from models.licensing.transitions import LIFE_STEPS
from models.licensing.vocabulary import LICENCE_STATES
from models.lookup import among
from models.mail.tables import Message
from models.sales.actions_drafts import new_document
from models.writing import Change, action

What = Literal["licence", "maintenance"]
WHATS: dict[What, str] = {"licence": N_("licence"), "maintenance": N_("maintenance")}
END_OF: dict[What, Any] = {"licence": Licence.expires, "maintenance": Licence.maintenance_until}
_LONGEST_LIST = 800
_L = Licence


@dataclass(frozen=True, slots=True)
class RenewalItem:
    """A licence, or its maintenance, that ends on a day; what one like it last cost the client, and when."""

    licence_id: int
    number: str
    product_id: int
    product: str
    key: str
    seats: int
    what: What
    ends: dt.date
    last_price: Decimal | None = None
    priced_on: dt.date | None = None


@dataclass(frozen=True, slots=True)
class ClientRenewals:
    """What of one client's ends, the first to end first; who is responsible, and when there was the last contact."""

    client_id: int
    client: str
    responsible: int | None
    last_contact: dt.datetime | None
    items: tuple[RenewalItem, ...]


def renewals(
    first: dt.date, last: dt.date, *, what: What | None = None, client: int | None = None
) -> list[ClientRenewals]:
    """What ends between two days, both included, by client: whose first ends first. ``what`` and ``client`` narrow it.

    Maintenance counts where the licence itself goes on beyond the last day.
    """
    found: dict[int, list[RenewalItem]] = {}
    for kind in WHATS if what is None else (what,):
        for owner, item in _ending(kind, first, last, client):
            found.setdefault(owner, []).append(item)
    products = {item.product_id for items in found.values() for item in items}
    prices, contacts = last_prices(found, products), last_contacts(found)
    clients = Client.select(Client.id, Client.name, Client.responsible).where(among(Client.id, list(found)))
    made = [
        ClientRenewals(owner, name, responsible, contacts.get(owner), _priced(owner, found[owner], prices))
        for owner, name, responsible in tuples(clients)
    ]
    return sorted(made, key=lambda one: (one.items[0].ends, one.client, one.client_id))


def _ending(what: What, first: dt.date, last: dt.date, client: int | None) -> Iterable[tuple[int, RenewalItem]]:
    ends = END_OF[what]
    where = [ends_between(what, first, last)]
    if client is not None:
        where.append(_L.client == client)
    columns = (_L.client, _L.id, _L.number, Product.id, Product.name, ProtectionKey.number, _L.seats, ends)
    query = (
        _L.select(*columns)
        .join(Product, on=(_L.product == Product.id))
        .switch(_L)
        .join(ProtectionKey, JOIN.LEFT_OUTER, on=(_L.key == ProtectionKey.id))
        .where(*where)
    )
    for owner, licence, number, product, name, key, seats, day in tuples(query):
        yield owner, RenewalItem(licence, number, product, name, key or "", seats, what, day)


def ends_between(what: What, first: dt.date, last: dt.date) -> Any:
    """The condition that an issued licence, or its maintenance alone, ends between two days."""
    ending = (_L.state == "issued") & END_OF[what].between(first, last)
    return ending & (_L.expires.is_null() | (_L.expires > last)) if what == "maintenance" else ending


def _priced(
    client: int, items: Sequence[RenewalItem], prices: dict[tuple[int, int], LastPrice]
) -> tuple[RenewalItem, ...]:
    made = []
    for item in sorted(items, key=lambda one: (one.ends, one.product, one.number, one.what)):
        known = prices.get((client, item.product_id))
        price, day = (known.price, known.day) if known else (None, None)
        made.append(
            RenewalItem(
                item.licence_id, item.number, item.product_id, item.product, item.key, item.seats, item.what,
                item.ends, price, day,
            )
        )  # fmt: skip
    return tuple(made)


def last_contacts(clients: Collection[int]) -> dict[int, dt.datetime]:
    """When there was the last contact with clients: an interaction that took place, or a message."""
    found: dict[int, dt.datetime] = {}
    done = (Interaction.state == "done", Interaction.moment <= now())
    for table, where in ((Interaction, done), (Message, (Message.moment.is_null(False),))):
        newest = fn.MAX(table.moment).converter(table.moment.python_value)
        query = table.select(table.client, newest).where(among(table.client, list(clients)), *where)
        for client, moment in tuples(query.group_by(table.client)):
            found[client] = max(moment, found.get(client, moment))
    return found


def expiry_days(first: dt.date, last: dt.date, what: What = "licence") -> dict[dt.date, int]:
    """How many licences, or their maintenance, end on each day between two days that any end on: for a calendar."""
    ends = END_OF[what]
    query = _L.select(ends, fn.COUNT(_L.id)).where(_L.state == "issued", ends.between(first, last))
    return {_L.expires.python_value(day): count for day, count in plain_rows(query.group_by(ends).order_by(ends))}


@action("renewal_quote", READ)
def renewal_quote(
    change: Change, client_id: int, licence_ids: Sequence[int], what: What = "licence", company: int | None = None
) -> int:
    """Make one quote, as a draft, for the renewal of licences, or their maintenance: a line per product. Its id.

    ``company`` is which of ours quotes, where there are several.
    """
    licences = list(_L.select().where(among(_L.id, list(licence_ids))).order_by(_L.product, _L.number, _L.id))
    if not licences:
        raise RuleBroken("licences", _("There is nothing to renew."), _("Choose at least one licence."))
    for licence in licences:
        _refuse_others(licence, client_id)
    by_product: dict[int, list[Licence]] = {}
    for licence in licences:
        by_product.setdefault(licence.product_id, []).append(licence)
    prices = last_prices([client_id], by_product)
    lines = [_line(some, what, prices.get((client_id, product))) for product, some in by_product.items()]
    end_users = {licence.end_user_id for licence in licences}
    end_user = end_users.pop() if len(end_users) == 1 else None
    header = {"client": client_id, "end_user": end_user} | ({} if company is None else {"company": company})
    return new_document(change, "quote", header, lines)


def _refuse_others(licence: Licence, client: int) -> None:
    if licence.client_id != client:
        raise RuleBroken(
            "licences",
            _("Licence {number} is another client's.").format(number=licence.number),
            _("Make a quote for each client."),
        )
    if licence.state not in LIFE_STEPS["renew"].before:
        raise RuleBroken(
            "licences",
            _("Licence {number} is {state} and is not renewed.").format(
                number=licence.number, state=_(LICENCE_STATES[licence.state])
            ),
            _("Leave it out."),
        )


def _line(licences: Sequence[Licence], what: What, last: LastPrice | None) -> dict[str, Any]:
    """A line of so many renewals of a product, at the product's price, or at the last one where it has none."""
    product: Product = licences[0].product
    says = _("{product}, renewal: {numbers}") if what == "licence" else _("{product}, maintenance: {numbers}")
    description = says.format(product=product.name, numbers=listed([licence.number for licence in licences]))
    line = {"product": product.id, "quantity": Decimal(len(licences)), "description": description}
    if product.price is None and last is not None:
        line |= {"price": last.price, "price_includes_vat": True}
    elif product.price is None:
        raise RuleBroken(
            "price",
            _("{product} has no price, and the client bought none like it.").format(product=product.name),
            _("Give it one, or make the quote by hand."),
        )
    return line


def listed(numbers: Sequence[str]) -> str:
    """Numbers in a row, as many as a line of a document holds; of the others it says how many there are."""
    named: list[str] = []
    for number in numbers:
        if sum(map(len, named)) + 2 * len(named) + len(number) > _LONGEST_LIST:
            break
        named.append(number)
    more = len(numbers) - len(named)
    if not more:
        return ", ".join(named)
    return ngettext("{numbers} and {more} more", "{numbers} and {more} more", more).format(
        numbers=", ".join(named), more=more
    )
