"""Pools of vendor codes: bought in bulk, taken one after the other, the oldest first, none twice.

All writes go through the one write lock, so that two operators who take at the same moment get different codes.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from peewee import chunked, fn

from models.base import plain_rows, stored_rows, tuples
from models.catalogue.tables import Product
from models.clock import today
from models.company.permissions import EDIT_LICENCES, SEE_COST
from models.errors import RuleBroken
from models.fields import LONGEST_LINE
from models.language import _, ngettext
from models.licensing.actions import policy_of
from models.licensing.policy import Policy, check_number, number_scope
from models.licensing.tables import Licence, VendorCode
from models.lookup import among
from models.text import clean, fold
from models.writing import Change, action, get

_AT_ONCE = 500
_V = VendorCode


@dataclass(frozen=True, slots=True)
class BadCode:
    """A code that is not taken in: at which position it was given, counted from 1, and why."""

    position: int
    code: str
    error: RuleBroken


@dataclass(frozen=True, slots=True)
class CodesAdded:
    """How many codes came into the pool, and which did not."""

    added: int
    refused: tuple[BadCode, ...] = ()


@dataclass(frozen=True, slots=True)
class TakenCode:
    """A code that was taken from its pool."""

    id: int
    code: str


@dataclass(frozen=True, slots=True)
class Origin:
    """Where codes came from: said in words, for how much each, until when they can be used, by which receipt."""

    source: str = ""
    cost: Decimal | None = None
    usable_until: dt.date | None = None
    receipt_line: int | None = None


@dataclass(frozen=True, slots=True)
class Pool:
    """The codes of a product: available, taken, void, and no longer usable; ``low_at`` is from when on it is low."""

    product: int
    code: str
    name: str
    available: int
    taken: int
    void: int
    unusable: int
    low_at: int | None

    @property
    def low(self) -> bool:
        return self.low_at is not None and self.available <= self.low_at


@action("add_codes", EDIT_LICENCES)
def add_codes(
    change: Change,
    product_id: int,
    codes: Sequence[str],
    source: str = "",
    cost: Decimal | None = None,
    usable_until: dt.date | None = None,
    *,
    good_ones: bool = False,
) -> CodesAdded:
    """Put codes into a product's pool, in their order; empty ones are passed over.

    Where any is bad, none is put in and each bad one is named; with ``good_ones`` the others are.
    """
    if cost is not None:
        change.actor.require(SEE_COST)
    product = get(Product, product_id)
    good, refused = judged(product, codes)
    if refused and not good_ones:
        return CodesAdded(0, tuple(refused))
    insert_codes(change, product, good, Origin(clean(source)[:LONGEST_LINE], cost, usable_until))
    return CodesAdded(len(good), tuple(refused))


def judged(product: Product, codes: Sequence[str]) -> tuple[list[str], list[BadCode]]:
    """Which of some new codes are good, cleaned, and which are bad."""
    policy, cleaned = policy_of(product), [clean(code) for code in codes]
    there = known_numbers(product, policy, {fold(code) for code in cleaned if code})
    first_at: dict[str, int] = {}
    good: list[str] = []
    refused: list[BadCode] = []
    for position, code in enumerate(cleaned, 1):
        if not code:
            continue
        folded = fold(code)
        try:
            _check(policy, code, there.get(folded), first_at.setdefault(folded, position), position)
        except RuleBroken as error:
            refused.append(BadCode(position, code, error))
        else:
            good.append(code)
    return good, refused


def _check(policy: Policy, code: str, there: str | None, first_at: int, position: int) -> None:
    if len(code) > LONGEST_LINE or not fold(code):
        raise RuleBroken("code", _("“{code}” is no code.").format(code=code[:50]), _("Leave it out."))
    check_number(policy, code)
    if first_at != position:
        raise RuleBroken(
            "code",
            _("{code} stands at position {position} already.").format(code=code, position=first_at),
            _("Leave one of the two out."),
        )
    if there is not None:
        raise RuleBroken("code", there, _("Leave it out, or correct it."))


def known_numbers(product: Product, policy: Policy, folded: Collection[str]) -> dict[str, str]:
    """Which of some folded codes the product's pool has already, or a licence as its number; said in words."""
    found: dict[str, str] = {}
    for some in chunked(folded, _AT_ONCE):
        scope = number_scope(policy)
        for number, its_scope, value in stored_rows(
            Licence, ("number", "number_scope", "number_folded"), "number_folded", some
        ):
            if its_scope == scope:
                found[value] = _("{code} is the number of a licence already.").format(code=number)
        for code, of, value in stored_rows(VendorCode, ("code", "product_id", "folded"), "folded", some):
            if of == product.id:
                found[value] = _("{code} is in the pool of {product} already.").format(code=code, product=product.name)
    return found


def insert_codes(change: Change, product: Product, codes: Sequence[str], origin: Origin) -> list[int]:
    """Write codes that were judged good; returns their ids."""
    fields: Mapping[str, Any] = VendorCode._meta.fields
    common = {
        "product_id": product.id, "state": "available", "source": origin.source, "note": "",
        "cost": fields["cost"].db_value(origin.cost), "receipt_line_id": origin.receipt_line,
        "usable_until": fields["usable_until"].db_value(origin.usable_until),
    }  # fmt: skip
    return change.insert_values(VendorCode, [{**common, "code": code, "folded": fold(code)} for code in codes])


@action("take_codes", EDIT_LICENCES)
def take_codes(
    change: Change, product_id: int, count: int, licences: Sequence[int] | None = None
) -> list[TakenCode]:  # fmt: skip
    """Take codes from a product's pool, the oldest first, each for one of ``licences`` where they are known already.

    Raises ``RuleBroken`` where fewer are left. Codes taken for licences still to be made are bound by ``bind_codes``.
    """
    if licences is not None and len(licences) != count:
        raise ValueError(f"{count} codes for {len(licences)} licences")
    query = _V.select(_V.id, _V.code).where(_V.product == product_id, *_usable()).order_by(_V.id).limit(count)
    found = [TakenCode(code_id, code) for code_id, code in tuples(query)]
    if len(found) < count:
        raise RuleBroken(
            "code",
            ngettext(
                "The pool of {product} has {number} code left.", "The pool of {product} has {number} codes left.",
                len(found),
            ).format(product=get(Product, product_id).name, number=len(found)),
            _("Import or receive more, or type the numbers."),
        )  # fmt: skip
    bound: Sequence[int | None] = licences if licences is not None else [None] * count
    change.update_columns(
        VendorCode,
        {code.id: {"state": "taken", "licence_id": one} for code, one in zip(found, bound, strict=True)},
    )
    return found


def _usable() -> tuple[Any, ...]:
    return _V.state == "available", _V.usable_until.is_null() | (_V.usable_until >= today())


@action("bind_codes", EDIT_LICENCES)
def bind_codes(change: Change, licences: Mapping[int, int]) -> int:
    """Say for which licence each taken code is, by the code's id."""
    taken = [row.id for row in _V.select(_V.id).where(among(_V.id, list(licences)), _V.state == "taken")]
    if len(taken) < len(licences):
        raise RuleBroken("code", _("A code was not taken from its pool."), _("Take codes first."))
    return change.update_columns(VendorCode, {code: {"licence_id": one} for code, one in licences.items()})


@action("take_typed_codes", EDIT_LICENCES)
def take_typed_codes(change: Change, product_id: int, licences: Mapping[str, int]) -> int:
    """Take the codes of a product that were typed as numbers of licences, by folded number; returns how many."""
    waiting = _V.select(_V.id, _V.folded).where(_V.product == product_id, _V.state == "available")
    found = tuples(waiting.where(_V.folded.in_(sorted(licences))))
    return change.update_columns(
        VendorCode, {code: {"state": "taken", "licence_id": licences[folded]} for code, folded in found}
    )


@action("give_back_codes", EDIT_LICENCES)
def give_back_codes(change: Change, codes: Sequence[int] = (), licences: Sequence[int] = ()) -> int:
    """Put taken codes, or those of licences, back into their pools; returns how many."""
    meant = among(_V.id, list(codes)) | among(_V.licence, list(licences))
    taken = [row.id for row in _V.select(_V.id).where(_V.state == "taken", meant)]
    return change.update_columns(VendorCode, {code: {"state": "available", "licence_id": None} for code in taken})


@action("void_code", EDIT_LICENCES)
def void_code(change: Change, code_id: int, reason: str) -> bool:
    """A code is not to be given to anybody, for a reason."""
    code, said = get(VendorCode, code_id), clean(reason)[:LONGEST_LINE]
    if code.state != "available":
        raise RuleBroken(
            "state", _("Code {code} does not wait in its pool.").format(code=code.code), _("Give it back first.")
        )
    if not said:
        raise RuleBroken("reason", _("The reason is missing."), _("Say why, in a few words."))
    return change.update(code, {"state": "void", "note": said})


def pools() -> list[Pool]:
    """The pools of all products that have codes, or say from when on theirs would be low; by the products' names."""
    counted: dict[int, dict[str, int]] = {}
    for product, state, count in plain_rows(
        _V.select(_V.product, _V.state, fn.COUNT(_V.id)).group_by(_V.product, _V.state)
    ):
        counted.setdefault(product, {})[state] = count
    late = (_V.state == "available") & (_V.usable_until < today())
    unusable = dict(plain_rows(_V.select(_V.product, fn.COUNT(_V.id)).where(late).group_by(_V.product)))
    products = Product.select().where(among(Product.id, list(counted)) | Product.pool_low.is_null(False))
    return list(_made(products.order_by(Product.name, Product.id), counted, unusable))


def _made(products: Any, counted: Mapping[int, Mapping[str, int]], unusable: Mapping[int, int]) -> Iterator[Pool]:
    for product in products:
        states, late = counted.get(product.id, {}), unusable.get(product.id, 0)
        yield Pool(
            product.id,
            product.code,
            product.name,
            states.get("available", 0) - late,
            states.get("taken", 0),
            states.get("void", 0),
            late,
            product.pool_low,
        )


def low_pools() -> list[Pool]:
    """The pools that have to be filled up."""
    return [pool for pool in pools() if pool.low]


def codes_left(product_id: int) -> int:
    """How many codes of a product can still be taken."""
    return int(_V.select().where(_V.product == product_id, *_usable()).count())
