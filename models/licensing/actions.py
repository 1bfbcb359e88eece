"""Every write to licences and item instances."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from typing import Any

from models.catalogue.tables import Product
from models.clock import today
from models.company.permissions import EDIT_LICENCES
from models.company.sequences import next_number
from models.errors import RuleBroken
from models.fields import checked, with_defaults
from models.language import _
from models.licensing.fields import INSTANCE_FIELDS, LICENCE_FIELDS
from models.licensing.history import LIFE, Cause, write_event
from models.licensing.numbering import instance_number
from models.licensing.policy import Policy, check_dates, check_number, ends, maintained_until, number_scope
from models.licensing.tables import ItemInstance, Licence
from models.licensing.transitions import lacks_key, refuse_change_of_ended, require_key
from models.text import fold
from models.writing import Change, action, get

NEW_LICENCE: Mapping[str, Any] = {"seats": 1, "kind": "new", "state": "issued"}
_NUMBERING = frozenset({"number", "product"})


def policy_of(product: Product) -> Policy:
    """The licence policy of a product."""
    return Policy(
        product.id,
        product.vendor_id,
        product.number_pattern,
        product.number_unique_per,
        product.term_months,
        product.term_from,
        product.maintenance_months,
    )


@action("add_licence", EDIT_LICENCES)
def add_licence(change: Change, values: Mapping[str, Any]) -> int:
    """Enter a licence; name, code and the ends of term and maintenance come from the product where not given."""
    if not values.get("product"):
        checked(LICENCE_FIELDS, {"product": None})
    product = get(Product, values["product"])
    policy = policy_of(product)
    cleaned = checked_licence(values, product, policy)
    require_key(product, cleaned)
    folded, scope = fold(cleaned["number"]), number_scope(policy)
    _refuse_same_number(folded, scope, None)
    instance = instance_for(change, product, cleaned["client"], cleaned["end_user"], cleaned["issued"])
    licence = Licence(number_folded=folded, number_scope=scope, instance=instance, **cleaned)
    return int(change.insert(licence).id)


def checked_licence(values: Mapping[str, Any], product: Product, policy: Policy) -> dict[str, Any]:
    """All values of a new licence of a product, held against every rule but that its number is new."""
    cleaned = with_defaults(LICENCE_FIELDS, values, NEW_LICENCE)
    _fill_from_product(cleaned, values, product, policy)
    check_number(policy, cleaned["number"])
    check_dates(cleaned["issued"], cleaned["activated"], cleaned["expires"], cleaned["maintenance_until"])
    return cleaned


def _fill_from_product(cleaned: dict[str, Any], given: Mapping[str, Any], product: Product, policy: Policy) -> None:
    cleaned["name"] = cleaned["name"] or product.name
    cleaned["product_code"] = cleaned["product_code"] or product.code
    if "expires" not in given:
        cleaned["expires"] = ends(policy, cleaned["issued"], cleaned["activated"])
    if "maintenance_until" not in given:
        cleaned["maintenance_until"] = maintained_until(policy, cleaned["issued"])


@action("edit_licence", EDIT_LICENCES)
def edit_licence(
    change: Change, licence_id: int, version: int, values: Mapping[str, Any], base: Mapping[str, Any] | None = None
) -> bool:
    """Set fields of a licence by hand; what changes of its life is kept as a correction of today.

    The number keeps to the policy of its product.
    """
    cleaned = checked(LICENCE_FIELDS, values)
    licence = get(Licence, licence_id)
    change.expect(licence, version, values, base, licence_values)
    after = licence_values(licence) | cleaned
    if _NUMBERING & cleaned.keys():
        policy = policy_of(get(Product, after["product"]))
        check_number(policy, after["number"])
        folded, scope = fold(after["number"]), number_scope(policy)
        if (folded, scope) != (licence.number_folded, licence.number_scope):
            _refuse_same_number(folded, scope, licence_id)
        cleaned |= {"number_folded": folded, "number_scope": scope}
    check_dates(after["issued"], after["activated"], after["expires"], after["maintenance_until"])
    _refuse_circle(licence_id, cleaned.get("supersedes"))
    life = {name: cleaned.pop(name) for name in LIFE if name in cleaned}
    _check_corrected(licence, after, life)
    return write_event(change, licence, "correct", life, Cause(today()), **cleaned)


def _refuse_circle(licence_id: int, older: int | None) -> None:
    """A licence supersedes neither itself nor one that supersedes it, be it through others."""
    seen: set[int] = set()
    while older is not None and older not in seen:
        if older == licence_id:
            raise RuleBroken("supersedes", _("A licence cannot supersede itself."), _("Pick the older one."))
        seen.add(older)
        older = Licence.select(Licence.supersedes).where(Licence.id == older).scalar()


def _check_corrected(licence: Licence, after: Mapping[str, Any], life: Mapping[str, Any]) -> None:
    """Hold a correction against the rules of a licence's life; a key that was lacking before may go on lacking."""
    changed = {name for name, value in life.items() if value != licence.__data__[name]}
    refuse_change_of_ended(licence, after, changed - {"state"})
    if changed and not lacks_key(licence.product, licence.__data__):
        require_key(get(Product, after["product"]), after)


def _refuse_same_number(folded: str, scope: str, own_id: int | None) -> None:
    found = Licence.get_or_none((Licence.number_folded == folded) & (Licence.number_scope == scope))
    if found is not None and found.id != own_id:
        raise RuleBroken(
            "number",
            _("Licence {number} exists already (#{id}, {name}).").format(
                number=found.number, id=found.id, name=found.name
            ),
            _("Open that licence, or correct the number."),
        )


def instance_for(
    change: Change, product: Product, client_id: int, end_user_id: int | None, formed: dt.date | None
) -> int:
    """The instance that a licence without an order belongs to: one per client, product and day, made if missing."""
    same_day = ItemInstance.formed.is_null() if formed is None else ItemInstance.formed == formed
    found = (
        ItemInstance.select(ItemInstance.id)
        .where(
            (ItemInstance.client == client_id)
            & (ItemInstance.product == product.id)
            & same_day
            & (ItemInstance.origin == "import")
        )
        .scalar()
    )
    if found is not None:
        return int(found)
    instance = ItemInstance(
        number=instance_number(next_number(change, "instance")),
        product=product.id,
        client=client_id,
        end_user=end_user_id,
        protection_method=product.protection_method,
        state="delivered",
        origin="import",
        formed=formed,
    )
    return int(change.insert(instance).id)


@action("edit_instance", EDIT_LICENCES)
def edit_instance(
    change: Change, instance_id: int, version: int, values: Mapping[str, Any], base: Mapping[str, Any] | None = None
) -> bool:
    """Set the requirements and state of an instance."""
    cleaned = checked(INSTANCE_FIELDS, values)
    instance = get(ItemInstance, instance_id)
    change.expect(instance, version, values, base, instance_values)
    return change.update(instance, cleaned)


def licence_values(licence: Licence) -> dict[str, Any]:
    """All field values of a licence, as forms and importers compare them."""
    return {field.name: licence.__data__.get(field.name) for field in LICENCE_FIELDS}


def instance_values(instance: ItemInstance) -> dict[str, Any]:
    """The field values of an instance that a form changes."""
    return {field.name: instance.__data__.get(field.name) for field in INSTANCE_FIELDS}
