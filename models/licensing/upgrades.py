"""A newer licence takes the place of an older one, and what the client is asked for that."""

from __future__ import annotations

import datetime as dt
from decimal import Decimal

from models.catalogue.tables import Product
from models.company.permissions import EDIT_LICENCES, READ
from models.company.settings import setting
from models.errors import RuleBroken
from models.language import _
from models.licensing.life import cause_of_step, take_step
from models.licensing.tables import Licence
from models.licensing.transitions import LIFE_STEPS, why_not
from models.sales.actions_drafts import new_document
from models.writing import Change, action, get

SUPERSEDING = frozenset({"upgrade", "renewal"})
"""Kinds of licence that take the place of the one they name."""


@action("supersede_licence", EDIT_LICENCES)
def supersede_licence(
    change: Change, old_id: int, new_id: int, day: dt.date, reason: str = "", document: int | None = None
) -> bool:
    """A licence was issued that upgrades or renews an older one, which ends with that."""
    old, new = get(Licence, old_id), get(Licence, new_id)
    if new.kind not in SUPERSEDING:
        raise RuleBroken(
            "kind",
            _("Licence {number} neither upgrades nor renews another one.").format(number=new.number),
            _("Give it the kind “upgrade” or “renewal”."),
        )
    if new.supersedes_id not in (None, old_id) or old_id in (new_id, *_superseding(new_id)):
        raise RuleBroken(
            "supersedes",
            _("Licence {number} cannot supersede {old}.").format(number=new.number, old=old.number),
            _("Pick the older licence that it takes the place of."),
        )
    change.update(new, {"supersedes": old_id})
    return take_step(change, old, "upgrade", {}, cause_of_step(day, reason, document))


def _superseding(licence_id: int) -> list[int]:
    """The licences that supersede one, and those that supersede these, and so on."""
    found: list[int] = []
    wanted = [licence_id]
    while wanted:
        wanted = [
            row.id for row in Licence.select(Licence.id).where(Licence.supersedes.in_(wanted)) if row.id not in found
        ]
        found += wanted
    return found


@action("upgrade_quote", READ)
def upgrade_quote(change: Change, licence_id: int, product_id: int, company: int | None = None) -> int:
    """Make a quote, as a draft, of what the client pays to have another product instead of a licence's. Its id.

    ``company`` is which of ours quotes, where there are several.
    """
    licence, product = get(Licence, licence_id), get(Product, product_id)
    old = get(Product, licence.product_id)
    refused = why_not(LIFE_STEPS["upgrade"], licence, old)
    if refused is not None:
        raise refused
    if product.id == old.id:
        raise RuleBroken(
            "product",
            _("Licence {number} is one of {product} already.").format(number=licence.number, product=product.name),
            _("Pick the product to upgrade to."),
        )
    line = {
        "product": product.id,
        "price": _difference(old, product),
        "description": _("{product}, upgrade of licence {number} ({old})").format(
            product=product.name, number=licence.number, old=licence.name
        ),
    }
    header = {"client": licence.client_id, "end_user": licence.end_user_id}
    header |= {} if company is None else {"company": company}
    return new_document(change, "quote", header, [line])


def _difference(old: Product, new: Product) -> Decimal:
    """What the new product costs more than the old one; never less than nothing."""
    return max(_price_of(new) - _price_of(old), Decimal(0))


def _price_of(product: Product) -> Decimal:
    price: Decimal | None = product.price
    currency = setting("base_currency")
    if price is None or product.currency != currency:
        raise RuleBroken(
            "price",
            _("{product} has no price in {currency}.").format(product=product.name, currency=currency),
            _("Give it one, or make the quote by hand."),
        )
    return price
