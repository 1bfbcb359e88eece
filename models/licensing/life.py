"""What becomes of a licence: activated, renewed, suspended, reinstated, revoked, returned, transferred, moved, seats.

Each action checks the step against ``LIFE_STEPS`` and the product's policy, and keeps it as an event.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from models.catalogue.tables import Product
from models.clients.tables import Client
from models.clock import today
from models.company.permissions import EDIT_LICENCES
from models.errors import RuleBroken
from models.fields import LONGEST_LINE
from models.keys.movements import Handing, hand_over
from models.keys.tables import ProtectionKey
from models.keys.vocabulary import KEY_STATES
from models.language import _
from models.licensing.history import Cause, write_event
from models.licensing.policy import add_months, check_dates
from models.licensing.tables import Licence
from models.licensing.transitions import require_key, require_step
from models.text import clean
from models.writing import Change, action, get

Length = dt.date | int
"""Until when something is prolonged: a day, or by how many months."""
_USABLE = frozenset({"in_stock", "issued", "lent"})


@dataclass(frozen=True, slots=True)
class Renewed:
    """Until when a licence and its maintenance now run."""

    expires: dt.date | None
    maintenance_until: dt.date | None


def cause_of_step(day: dt.date, reason: str, document: int | None) -> Cause:
    """The cause of a step; raises ``RuleBroken`` for a day that has not come: nothing has become of anything then."""
    if day > today():
        raise RuleBroken("day", _("{day} has not come yet.").format(day=day), _("Give today, or the day it happened."))
    return Cause(day, document, clean(reason)[:LONGEST_LINE])


def take_step(change: Change, licence: Licence, kind: str, values: Mapping[str, Any], cause: Cause) -> bool:
    """Take a step of a licence's life and keep it; the state that it leads to comes with it. Raises ``RuleBroken``."""
    product = get(Product, licence.product_id)
    step = require_step(kind, licence, product, cause.reason)
    if licence.issued is not None and cause.day < licence.issued:
        raise RuleBroken(
            "day",
            _("{day} is before the day of issue, {issued}.").format(day=cause.day, issued=licence.issued),
            _("Check both dates."),
        )
    values = dict(values) if step.after is None else {**values, "state": step.after}
    after = {**licence.__data__, **values}
    check_dates(after["issued"], after["activated"], after["expires"], after["maintenance_until"])
    if kind in ("activate", "reinstate", "move"):
        require_key(product, after)
    return write_event(change, licence, kind, values, cause)


@action("activate_licence", EDIT_LICENCES)
def activate_licence(
    change: Change, licence_id: int, day: dt.date, reason: str = "", document: int | None = None
) -> bool:
    """The client began to use a licence; a term that counts from activation begins with that."""
    licence = get(Licence, licence_id)
    values: dict[str, Any] = {"activated": day}
    product = get(Product, licence.product_id)
    if product.term_from == "activation" and product.term_months and licence.expires is None:
        values["expires"] = add_months(day, product.term_months) - dt.timedelta(days=1)
    return take_step(change, licence, "activate", values, cause_of_step(day, reason, document))


@action("renew_licence", EDIT_LICENCES)
def renew_licence(
    change: Change,
    licence_id: int,
    day: dt.date,
    reason: str = "",
    document: int | None = None,
    *,
    expires: Length | None = None,
    maintenance: Length | None = None,
) -> Renewed:
    """Prolong a licence, its maintenance or both: to a day or by months, by the product's policy where neither is said.

    Months count from the old end where that is not past on the day, else from the day.
    """
    licence = get(Licence, licence_id)
    if expires is None and maintenance is None:
        expires, maintenance = _usual_lengths(licence)
    elif expires is not None and licence.expires is None:
        raise RuleBroken(
            "expires",
            _("Licence {number} has no end that could be put off.").format(number=licence.number),
            _("Prolong its maintenance, or enter its end in the licence itself."),
        )
    values: dict[str, Any] = {}
    for name, length in (("expires", expires), ("maintenance_until", maintenance)):
        if length is not None:
            values[name] = _prolonged(name, licence.__data__[name], length, day)
    take_step(change, licence, "renew", values, cause_of_step(day, reason, document))
    return Renewed(licence.expires, licence.maintenance_until)


def _usual_lengths(licence: Licence) -> tuple[int | None, int | None]:
    """By how many months the policy prolongs the licence and its maintenance, where they end at all."""
    product = licence.product
    term = product.term_months if licence.expires is not None else None
    maintenance = product.maintenance_months or None
    if term is None and maintenance is None:
        raise RuleBroken(
            "expires",
            _("The policy of {product} says of no term.").format(product=product.name),
            _("Say until when, or by how many months."),
        )
    return term, maintenance


def _prolonged(name: str, old: dt.date | None, length: Length, day: dt.date) -> dt.date:
    if isinstance(length, int) and length < 1:
        raise RuleBroken(name, _("{months} is no number of months.").format(months=length), _("Give 1 or more."))
    if isinstance(length, int):
        first = old + dt.timedelta(days=1) if old is not None and old >= day else day
        length = add_months(first, length) - dt.timedelta(days=1)
    if old is not None and length <= old:
        raise RuleBroken(
            name,
            _("{new} is not after the old end, {old}.").format(new=length, old=old),
            _("Give a later day; an end that was entered wrong is corrected in the licence itself."),
        )
    return length


@action("suspend_licence", EDIT_LICENCES)
def suspend_licence(
    change: Change, licence_id: int, day: dt.date, reason: str = "", document: int | None = None
) -> bool:
    """A licence is not to be used for a while."""
    return take_step(change, get(Licence, licence_id), "suspend", {}, cause_of_step(day, reason, document))


@action("reinstate_licence", EDIT_LICENCES)
def reinstate_licence(
    change: Change, licence_id: int, day: dt.date, reason: str = "", document: int | None = None
) -> bool:
    """A suspended licence may be used again."""
    return take_step(change, get(Licence, licence_id), "reinstate", {}, cause_of_step(day, reason, document))


@action("revoke_licence", EDIT_LICENCES)
def revoke_licence(change: Change, licence_id: int, day: dt.date, reason: str, document: int | None = None) -> bool:
    """A licence ends for good, for a reason."""
    return take_step(change, get(Licence, licence_id), "revoke", {}, cause_of_step(day, reason, document))


@action("return_licence", EDIT_LICENCES)
def return_licence(
    change: Change, licence_id: int, day: dt.date, reason: str = "", document: int | None = None
) -> bool:
    """The client gives a licence back, where its product can be returned."""
    return take_step(change, get(Licence, licence_id), "return", {}, cause_of_step(day, reason, document))


@action("set_seats", EDIT_LICENCES)
def set_seats(
    change: Change, licence_id: int, seats: int, day: dt.date, reason: str = "", document: int | None = None
) -> bool:
    """A licence is for another number of seats."""
    if seats < 1:
        raise RuleBroken("seats", _("A licence has at least one seat."), _("Give 1 or more."))
    return take_step(change, get(Licence, licence_id), "seats", {"seats": seats}, cause_of_step(day, reason, document))


@action("transfer_licence", EDIT_LICENCES)
def transfer_licence(
    change: Change,
    licence_id: int,
    client_id: int,
    day: dt.date,
    reason: str = "",
    document: int | None = None,
    *,
    end_user: int | None = None,
) -> bool:
    """A licence goes to another client, or another end user of the same; the key that it is on stays whose it is."""
    licence, client = get(Licence, licence_id), get(Client, client_id)
    if (client_id, end_user) == (licence.client_id, licence.end_user_id):
        raise RuleBroken(
            "client",
            _("Licence {number} is {client}'s already.").format(number=licence.number, client=client.name),
            _("Pick another client or end user."),
        )
    values = {"client": client_id, "end_user": end_user}
    return take_step(change, licence, "transfer", values, cause_of_step(day, reason, document))


@action("move_licence", EDIT_LICENCES)
def move_licence(
    change: Change, licence_id: int, key_id: int | None, day: dt.date, reason: str = "", document: int | None = None
) -> bool:
    """A licence goes to another key, or from its key to none; a key from our stock becomes its client's.

    The key of somebody else takes a reason.
    """
    licence, cause = get(Licence, licence_id), cause_of_step(day, reason, document)
    if key_id == licence.key_id:
        raise RuleBroken("key", _("Licence {number} is on this key already.").format(number=licence.number))
    moved = take_step(change, licence, "move", {"key": key_id}, cause)
    if key_id is not None:
        key = get(ProtectionKey, key_id)
        require_usable_key(key, licence, cause.reason)
        if key.state == "in_stock" and licence.state != "reserved":
            hand_over(change, key, "hand_over", licence.client_id, "issued", Handing(day, note=cause.reason))
    return moved


def require_usable_key(key: ProtectionKey, licence: Licence, reason: str) -> None:
    """Raise ``RuleBroken`` for a key that is not there to be used, or without a reason for somebody else's."""
    if key.state not in _USABLE:
        raise RuleBroken(
            "key",
            _("Key {number} is “{state}”.").format(number=key.number, state=_(KEY_STATES.get(key.state, key.state))),
            _("Pick another key."),
        )
    if key.state != "in_stock" and not reason and key.owner_id not in _own_clients(licence):
        owner = key.owner
        raise RuleBroken(
            "reason",
            _("Key {number} belongs to {owner}, not to the licence's client, end user or their group.").format(
                number=key.number, owner=owner.name if owner else "–"
            ),
            _("Say why the licence goes there, or pick another key."),
        )


def _own_clients(licence: Licence) -> set[int]:
    """The client and end user of a licence, and the companies of their groups."""
    own = {client for client in (licence.client_id, licence.end_user_id) if client is not None}
    groups = Client.select(Client.group).where(Client.id.in_(own), Client.group.is_null(False))
    return own | {client.id for client in Client.select(Client.id).where(Client.group.in_(groups))}
