"""Entering licences on an item instance: one, a block, a range, or codes of the pool. All of it or nothing.

Key, client, product, name, code, instance and shipment fill themselves in; the operator gives only the numbers.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from models.base import stored_values
from models.catalogue.tables import Product
from models.clock import today
from models.company.permissions import EDIT_LICENCES
from models.errors import RuleBroken
from models.fields import checked, with_defaults
from models.language import _
from models.licensing.actions import policy_of
from models.licensing.blocks import Numbered
from models.licensing.fields import LICENCE_FIELDS
from models.licensing.history import Cause, write_events
from models.licensing.policy import Policy, check_number, ends, maintained_until, number_scope
from models.licensing.pools import bind_codes, give_back_codes, take_codes, take_typed_codes
from models.licensing.tables import ItemInstance, Licence, VendorCode
from models.licensing.transitions import needs_key
from models.licensing.upgrades import supersede_licence
from models.lookup import among
from models.text import clean, fold, with_latin_letters
from models.writing import Change, action, get

_GIVEN = frozenset({"kind", "supersedes", "seats", "vendor_order", "vendor_account", "note"})
"""What may be given for all licences of a block; the rest fills itself in."""


@dataclass(frozen=True, slots=True)
class Checked:
    """A number of a block with what is wrong with it; ``repaired`` is it with Latin letters, where it mixes both."""

    line: int
    number: str
    problem: RuleBroken | None = None
    repaired: str | None = None


def check_numbers(instance_id: int, numbers: Sequence[Numbered]) -> list[Checked]:
    """Hold each number against the policy of the product, the others of the block, and all licences there are."""
    instance = get(ItemInstance, instance_id)
    product = get(Product, instance.product_id)
    policy = policy_of(product)
    taken = _licences_of(policy, [fold(one.number) for one in numbers])
    elsewhere = _unusable_codes(product, [fold(one.number) for one in numbers])
    seen: dict[str, int] = {}
    found: list[Checked] = []
    for one in numbers:
        folded = fold(one.number)
        problem = _problem(one, policy, taken.get(folded), elsewhere.get(folded), seen.get(folded))
        found.append(Checked(one.line, one.number, problem, with_latin_letters(one.number)))
        seen.setdefault(folded, one.line)
    return found


def _problem(
    one: Numbered, policy: Policy, taken: Licence | None, elsewhere: str | None, earlier: int | None
) -> RuleBroken | None:  # fmt: skip
    number = clean(one.number)
    if earlier is not None:
        return RuleBroken("number", _("{number} stands on line {line} already.").format(number=number, line=earlier))
    if taken is not None:
        return RuleBroken(
            "number",
            _("Licence {number} exists already (#{id}, {name}).").format(
                number=taken.number, id=taken.id, name=taken.name
            ),
        )
    if elsewhere is not None:
        return RuleBroken("number", elsewhere)
    if not number:
        return RuleBroken("number", _("The number is missing."))
    try:
        check_number(policy, number)
    except RuleBroken as error:
        return error
    return None


def _licences_of(policy: Policy, folded: Sequence[str]) -> dict[str, Licence]:
    there = Licence.select().where(among_texts(Licence.number_folded, folded))
    scope = number_scope(policy)
    return {licence.number_folded: licence for licence in there if licence.number_scope == scope}


def _unusable_codes(product: Product, folded: Sequence[str]) -> dict[str, str]:
    """By folded number, why a vendor code is none for this product: it is another one's, void, or given away."""
    found: dict[str, str] = {}
    for code in VendorCode.select().where(among_texts(VendorCode.folded, folded)):
        if code.product_id != product.id:
            if code.product.vendor_id == product.vendor_id:
                told = _("{number} is a code of another product: {product}.")
                found[code.folded] = told.format(number=code.code, product=code.product.name)
        elif code.state == "void":
            found[code.folded] = _("{number} is a code that is void.").format(number=code.code)
    return found


def among_texts(column: Any, texts: Sequence[str]) -> Any:
    """The condition that a column is one of these texts."""
    return column.in_(sorted(set(texts)) or [""])


@action("add_licences", EDIT_LICENCES)
def add_licences(
    change: Change, instance_id: int, numbers: Sequence[Numbered], values: Mapping[str, Any] | None = None
) -> list[int]:
    """Enter licences on an instance: reserved until its shipment is posted, issued at once where it is delivered.

    ``values`` hold for all of them (kind, supersedes, seats, the vendor's order and account, note). Raises
    ``RuleBroken`` naming the first number at fault: then none is entered.
    """
    instance = get(ItemInstance, instance_id)
    for one in check_numbers(instance_id, numbers):
        if one.problem is not None:
            problem = one.problem
            rule = _("Line {line}: {problem}").format(line=one.line, problem=problem.rule)
            raise RuleBroken("numbers", rule, problem.remedy or _("Take it out of the block, or correct it."))
    product = get(Product, instance.product_id)
    _refuse_too_many(instance, len(numbers))
    common = _common(instance, product, values or {})
    scope = number_scope(policy_of(product))
    rows = [
        stored_values(Licence(number=number, number_folded=fold(number), number_scope=scope, **common))
        for number in (clean(one.number) for one in numbers)
    ]
    ids = change.insert_values(Licence, rows)
    take_typed_codes(change, product.id, {row["number_folded"]: one for row, one in zip(rows, ids, strict=True)})
    if instance.state == "delivered":
        issue_licences(change, list(Licence.select().where(among(Licence.id, ids))), _cause_of(instance))
    return ids


def _refuse_too_many(instance: ItemInstance, more: int) -> None:
    if not more:
        raise RuleBroken("numbers", _("There is no number."), _("Type or paste at least one."))
    if instance.state == "cancelled":
        raise RuleBroken("instance", _("Instance {number} is cancelled.").format(number=instance.number))
    if instance.quantity is None:
        return
    there = Licence.select().where(Licence.instance == instance.id).count()
    if Decimal(there + more) > instance.quantity:
        raise RuleBroken(
            "numbers",
            _("{instance} is of {quantity}; with these it would have {number} licences.").format(
                instance=instance.number, quantity=f"{instance.quantity.normalize():f}", number=there + more
            ),
            _("Enter fewer, or correct the quantity of the line."),
        )


def _common(instance: ItemInstance, product: Product, given: Mapping[str, Any]) -> dict[str, Any]:
    """The values that all licences of a block share."""
    if unknown := given.keys() - _GIVEN:
        raise ValueError(f"cannot be given for a block: {sorted(unknown)}")
    fields = tuple(field for field in LICENCE_FIELDS if field.name in _GIVEN)
    defaults = {"seats": product.seats or 1, "kind": "new"}
    cleaned = with_defaults(fields, checked(fields, dict(given)), defaults)
    return cleaned | {
        "instance": instance.id,
        "key": instance.key_id,
        "client": instance.client_id,
        "end_user": instance.end_user_id,
        "product": product.id,
        "name": product.name,
        "product_code": product.code,
        "state": "reserved",
    }


def _cause_of(instance: ItemInstance) -> Cause:
    line = instance.shipment_line
    return Cause(today(), line.document_id if line is not None else None)


def issue_licences(change: Change, licences: Sequence[Licence], cause: Cause) -> None:
    """Issue reserved licences: the ends of term and maintenance come from the policy; what they supersede ends."""
    values: dict[int, dict[str, Any]] = {}
    for licence in licences:
        product = get(Product, licence.product_id)
        if needs_key(product) and licence.key_id is None:
            raise RuleBroken(
                "key",
                _("Licence {number} needs a key.").format(number=licence.number),
                _("Pick the key for its line first."),
            )
        policy = policy_of(product)
        values[licence.id] = {
            "state": "issued",
            "issued": cause.day,
            "expires": ends(policy, cause.day, licence.activated),
            "maintenance_until": maintained_until(policy, cause.day),
        }
    write_events(change, licences, "issue", values, cause)
    for licence in licences:
        if licence.supersedes_id is not None:
            supersede_licence(change, licence.supersedes_id, licence.id, cause.day, cause.reason, cause.document)


@action("take_out_licences", EDIT_LICENCES)
def take_out_licences(change: Change, licence_ids: Sequence[int]) -> None:
    """Take out licences that were entered and not issued yet; their vendor codes go back into the pool."""
    licences = [get(Licence, one) for one in licence_ids]
    for licence in licences:
        if licence.state != "reserved":
            raise RuleBroken(
                "state",
                _("Licence {number} is issued: it is not taken out any more.").format(number=licence.number),
                _("Revoke it, or cancel its shipment."),
            )
    give_back_codes(change, licences=[licence.id for licence in licences])
    for licence in licences:
        change.delete(licence)


@action("add_licences_from_pool", EDIT_LICENCES)
def add_licences_from_pool(
    change: Change, instance_id: int, count: int, values: Mapping[str, Any] | None = None
) -> list[int]:
    """Enter so many licences with the oldest codes of the product's pool.

    Raises ``RuleBroken`` where fewer are left.
    """
    instance = get(ItemInstance, instance_id)
    codes = take_codes(change, instance.product_id, count)
    numbers = [Numbered(line, code.code) for line, code in enumerate(codes, 1)]
    licences = add_licences(change, instance_id, numbers, values)
    bind_codes(change, dict(zip((code.id for code in codes), licences, strict=True)))
    return licences
