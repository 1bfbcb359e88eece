"""Every write to vendors and products."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from models.base import tuples
from models.catalogue.fields import PRODUCT_FIELDS, VENDOR_FIELDS
from models.catalogue.tables import PriceChange, Product, ProductAlias, Vendor
from models.clock import today
from models.company.permissions import EDIT_CATALOGUE, SEE_COST
from models.company.settings import setting
from models.errors import RuleBroken
from models.fields import checked, with_defaults
from models.language import _
from models.text import clean, fold
from models.writing import Change, action, get

NEW_PRODUCT: Mapping[str, Any] = {
    "kind": "licence", "unit": "шт", "active": True, "vat_code": "standard", "unique_items": False,
    "protection_method": "none", "term_from": "issue", "seats": 1, "number_unique_per": "vendor", "returnable": False,
}  # fmt: skip


@action("add_vendor", EDIT_CATALOGUE)
def add_vendor(change: Change, values: Mapping[str, Any]) -> int:
    """Make a vendor; returns its id."""
    cleaned = with_defaults(VENDOR_FIELDS, values, {})
    _refuse_same_vendor(cleaned["name"], None)
    return int(change.insert(Vendor(folded=fold(cleaned["name"]), **cleaned)).id)


@action("edit_vendor", EDIT_CATALOGUE)
def edit_vendor(
    change: Change, vendor_id: int, version: int, values: Mapping[str, Any], base: Mapping[str, Any] | None = None
) -> bool:
    """Set fields of a vendor."""
    cleaned = checked(VENDOR_FIELDS, values)
    vendor = get(Vendor, vendor_id)
    change.expect(vendor, version, values, base, vendor_values)
    if "name" in cleaned:
        _refuse_same_vendor(cleaned["name"], vendor_id)
        cleaned["folded"] = fold(cleaned["name"])
    return change.update(vendor, cleaned)


def _refuse_same_vendor(name: str, own_id: int | None) -> None:
    found = Vendor.get_or_none(Vendor.folded == fold(name))
    if found is not None and found.id != own_id:
        raise RuleBroken("name", _("There is a vendor “{name}” already.").format(name=found.name))


@action("add_vendor", EDIT_CATALOGUE)
def vendor_named(change: Change, name: str) -> int:
    """The id of the vendor of a name, made if there is none."""
    found = Vendor.get_or_none(Vendor.folded == fold(clean(name)))
    return int(found.id) if found else add_vendor(change, {"name": name})


@action("add_product", EDIT_CATALOGUE)
def add_product(change: Change, values: Mapping[str, Any]) -> int:
    """Make a product with its aliases; returns its id."""
    currency = values.get("currency") or setting("base_currency")
    cleaned = with_defaults(PRODUCT_FIELDS, {**values, "currency": currency}, NEW_PRODUCT)
    aliases = cleaned.pop("aliases")
    _refuse_same_code(cleaned["code"], None)
    product = change.insert(Product(code_folded=fold(cleaned["code"]), **cleaned))
    _set_aliases(change, product, aliases)
    if cleaned["price"] is not None or cleaned["cost"] is not None:
        _keep_price(change, product)
    return int(product.id)


@action("edit_product", EDIT_CATALOGUE)
def edit_product(
    change: Change, product_id: int, version: int, values: Mapping[str, Any], base: Mapping[str, Any] | None = None
) -> bool:
    """Set fields of a product; a new price or cost is kept with today's date."""
    cleaned = checked(PRODUCT_FIELDS, values)
    product = get(Product, product_id)
    change.expect(product, version, values, base, product_values)
    if "cost" in cleaned and cleaned["cost"] != product.cost:
        change.actor.require(SEE_COST)
    if "code" in cleaned:
        _refuse_same_code(cleaned["code"], product_id)
        cleaned["code_folded"] = fold(cleaned["code"])
    aliases = cleaned.pop("aliases", None)
    prices = (product.price, product.cost, product.currency)
    touched = aliases is not None and _set_aliases(change, product, aliases)
    changed = change.update(product, cleaned, touch=touched)
    if prices != (product.price, product.cost, product.currency):
        _keep_price(change, product)
    return changed


def _refuse_same_code(code: str, own_id: int | None) -> None:
    found = Product.get_or_none(Product.code_folded == fold(code))
    if found is not None and found.id != own_id:
        raise RuleBroken(
            "code",
            _("The code “{code}” belongs to “{name}”.").format(code=found.code, name=found.name),
            _("Give this product another code, or open that one."),
        )


def _set_aliases(change: Change, product: Product, aliases: tuple[str, ...]) -> bool:
    existing = {row.folded: row for row in ProductAlias.select().where(ProductAlias.product == product.id)}
    wanted = {fold(alias): alias for alias in aliases if fold(alias)}
    for folded in existing.keys() - wanted.keys():
        change.delete(existing[folded])
    new = [folded for folded in wanted if folded not in existing]
    for folded in new:
        taken = ProductAlias.get_or_none(ProductAlias.folded == folded)
        if taken is not None:
            raise RuleBroken(
                "aliases",
                _("“{alias}” already stands for “{name}”.").format(alias=wanted[folded], name=taken.product.name),
                _("An alias names one product: take it from there first."),
            )
        change.insert(ProductAlias(product=product.id, spelling=wanted[folded], folded=folded))
    return bool(new) or bool(existing.keys() - wanted.keys())


def _keep_price(change: Change, product: Product) -> None:
    change.insert(
        PriceChange(product=product.id, day=today(), price=product.price, cost=product.cost, currency=product.currency)
    )


def product_values(product: Product) -> dict[str, Any]:
    """All field values of a product, as forms and importers compare them."""
    aliases = (
        ProductAlias.select(ProductAlias.spelling).where(ProductAlias.product == product.id).order_by(ProductAlias.id)
    )
    values = {field.name: product.__data__.get(field.name) for field in PRODUCT_FIELDS}
    return values | {"aliases": tuple(alias for (alias,) in tuples(aliases))}


def vendor_values(vendor: Vendor) -> dict[str, Any]:
    """All field values of a vendor."""
    return {field.name: vendor.__data__[field.name] for field in VENDOR_FIELDS}
