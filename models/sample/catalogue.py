"""The chapter of vendors, products with their licence policies, aliases and price histories."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from random import Random
from typing import Any

from models.catalogue.tables import PriceChange, Product, ProductAlias, Vendor
from models.licensing.policy import Policy, number_scope
from models.lookup import lookup_text
from models.sample.assortment import KEY_MAKES, OWN, VENDORS, Edition, Family, OwnSpec, VendorSpec
from models.sample.serials import literal
from models.sample.world import YEARS, Told, World
from models.text import fold

_YEARLY_RISE = 1.09
POOL_LOW = 10
"""From so many codes on a pool is low."""
_VENDOR_COLUMNS = ("name", "folded", "website", "note")
_PRODUCT_COLUMNS = (
    "code", "code_folded", "name", "vendor_id", "kind", "unit", "price", "cost", "vat_code", "register_number",
    "protection_method", "term_months", "term_from", "seats", "maintenance_months", "number_pattern",
    "number_unique_per", "returnable", "pool_low",
)  # fmt: skip
_PRICE_COLUMNS = ("product_id", "day", "price", "cost")


@dataclass(slots=True)
class Ware:
    """A product as the chapters after this one see it."""

    id: int
    code: str
    name: str
    licence_name: str
    kind: str
    method: str
    vendor_id: int | None
    vendor_name: str
    price: int
    unit: str = "шт"
    weight: int = 0
    term_months: int | None = None
    term_from: str = "issue"
    seats: int = 1
    maintenance_months: int | None = None
    pattern: str = ""
    unique_per: str = "vendor"
    scope: str = ""
    """Within what the numbers of its licences are unique."""
    upgraded_by: int | None = None
    """The id of the product that upgrades this one."""
    register_number: str = ""
    key_make: str = ""
    """The make of protection key that the product is."""
    text: str = ""
    """What its licences are found by: licence name, code, product name, folded."""

    @property
    def by_code(self) -> bool:
        """Whether its licences are codes of the vendor that are bought in bulk."""
        return self.method == "activation_code" and self.weight > 0

    @property
    def on_key(self) -> bool:
        """Whether its licences live on protection keys."""
        return self.method in ("hardware_key", "software_key")


def write(world: World, told: Told) -> None:
    """Write vendors and products, and leave them in the world."""
    random = world.random("catalogue")
    for number, vendor in enumerate(VENDORS, 1):
        world.key_models[number] = vendor.keys
        _add_family_wares(world.wares, number, vendor, random)
    for spec in OWN:
        world.wares.append(_own_ware(len(world.wares) + 1, spec))
    created = f"{dt.date.fromordinal(world.first_day).isoformat()} 06:00:00.000000"
    vendors = [
        (number, created, vendor.name, fold(vendor.name), f"https://{vendor.domain}.example", vendor.about)
        for number, vendor in enumerate(VENDORS, 1)
    ]
    world.loader.load(Vendor, _VENDOR_COLUMNS, vendors)
    _write_wares(world, created)
    _write_prices(world, random, created)
    told(len(world.wares), len(world.wares))


def _add_family_wares(wares: list[Ware], vendor_id: int, vendor: VendorSpec, random: Random) -> None:
    for family in vendor.families:
        made = [
            _edition_ware(len(wares) + position, vendor_id, vendor, family, edition)
            for position, edition in enumerate(vendor.editions, 1)
        ]
        register_number = str(random.randrange(1_000, 26_000))
        upgrade = next((ware.id for ware, edition in zip(made, vendor.editions, strict=True) if edition.upgrade), None)
        for ware in made:
            ware.register_number = register_number
            if ware.term_months is None and ware.id != upgrade:
                ware.upgraded_by = upgrade
        wares += made
    for make in vendor.keys:
        if not KEY_MAKES[make].software:
            wares.append(_key_ware(len(wares) + 1, vendor_id, vendor, make))


def _edition_ware(ware_id: int, vendor_id: int, vendor: VendorSpec, family: Family, edition: Edition) -> Ware:
    code, name = f"{family.code}-{edition.code}", f"{family.name}, {edition.title}"
    pattern = vendor.pattern.replace("{code}", literal(family.code + edition.code))
    policy = Policy(ware_id, vendor_id, pattern, vendor.unique_per, edition.term_months, edition.term_from, None)
    return Ware(
        ware_id, code, name, family.name, edition.kind, edition.method, vendor_id, vendor.name,
        round(family.price * edition.price) * 100, weight=family.weight * edition.weight,
        term_months=edition.term_months, term_from=edition.term_from, seats=edition.seats,
        maintenance_months=edition.maintenance_months, pattern=pattern, unique_per=vendor.unique_per,
        scope=number_scope(policy), text=lookup_text([family.name, code, name]),
    )  # fmt: skip


def _key_ware(ware_id: int, vendor_id: int, vendor: VendorSpec, make: str) -> Ware:
    code = f"KEY-{vendor.families[0].code[:2]}-{''.join(part[0] for part in make.split())}"
    name = f"Ключ защиты {make} ({vendor.name})"
    return Ware(
        ware_id, code, name, name, "key", "none", vendor_id, vendor.name, KEY_MAKES[make].price * 100, key_make=make
    )


def _own_ware(ware_id: int, spec: OwnSpec) -> Ware:
    return Ware(ware_id, spec.code, spec.name, spec.name, spec.kind, "none", None, "", spec.price * 100, unit=spec.unit)


def _write_wares(world: World, created: str) -> None:
    rows: list[tuple[Any, ...]] = []
    texts: list[tuple[int, str]] = []
    aliases: list[tuple[Any, ...]] = []
    for ware in world.wares:
        rows.append(
            (
                ware.id, created, ware.code, fold(ware.code), ware.name, ware.vendor_id, ware.kind, ware.unit,
                ware.price, _cost(ware.price), "exempt" if ware.register_number else "standard", ware.register_number,
                ware.method, ware.term_months, ware.term_from, ware.seats, ware.maintenance_months, ware.pattern,
                ware.unique_per, ware.kind in ("goods", "key"), POOL_LOW if ware.by_code else None,
            )
        )  # fmt: skip
        spelling = f"{ware.licence_name} {ware.code.rpartition('-')[2]}" if ware.pattern else ""
        if spelling:
            aliases.append((len(aliases) + 1, created, ware.id, spelling, fold(spelling)))
        texts.append((ware.id, lookup_text([ware.code, ware.name, ware.vendor_name, spelling])))
    world.loader.load(Product, _PRODUCT_COLUMNS, rows, {"product": texts})
    world.loader.load(ProductAlias, ("product_id", "spelling", "folded"), aliases)


def _write_prices(world: World, random: Random, created: str) -> None:
    """A price a year, rising to today's."""
    rows: list[tuple[Any, ...]] = []
    for ware in world.wares:
        for years_ago in range(YEARS, -1, -1):
            if years_ago and random.random() < 0.25:
                continue
            day = world.today.toordinal() - round(years_ago * 365.25) - random.randrange(1, 120)
            price = round(ware.price / _YEARLY_RISE**years_ago) // 10_000 * 10_000 if years_ago else ware.price
            rows.append((len(rows) + 1, created, ware.id, dt.date.fromordinal(day).isoformat(), price, _cost(price)))
    world.loader.load(PriceChange, _PRICE_COLUMNS, rows)


def _cost(price: int) -> int:
    """What a product costs us: two thirds of its price, in whole roubles (amounts are kopecks)."""
    return price * 2 // 300 * 100
