"""Taking products from outside: found by code, else by an alias, else by name. Aliases are added, never removed."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from models.actor import Actor
from models.catalogue.actions import add_product, edit_product, product_values, vendor_named
from models.catalogue.directory import ProductDirectory
from models.catalogue.fields import PRODUCT_FIELDS
from models.catalogue.tables import Product, Vendor
from models.company.permissions import EDIT_CATALOGUE
from models.errors import RuleBroken
from models.fields import checked
from models.importing import Incoming, Plan, Rehearsal, contradiction
from models.language import _
from models.text import clean, fold
from models.writing import Change

_FIELDS = frozenset(field.name for field in PRODUCT_FIELDS)


@dataclass(slots=True)
class _Write:
    """A product to be made (``product_id`` 0) or changed; its vendor by name."""

    product_id: int
    version: int
    values: dict[str, Any]
    vendor: str = ""
    names: frozenset[str] = field(default_factory=frozenset)

    def run(self, change: Change) -> None:
        """Write it by the area's actions."""
        values = dict(self.values)
        if self.vendor:
            values["vendor"] = vendor_named(change, self.vendor)
        if self.product_id:
            edit_product(change, self.product_id, self.version, values)
        else:
            add_product(change, values)


class ProductIntake:
    """Products from outside: their own fields, with ``vendor`` by its name."""

    action = "import_products"
    permission = EDIT_CATALOGUE
    kinds = frozenset({"product", "product_alias", "vendor"})
    rows_at_once = 100

    def __init__(self, actor: Actor, dry_run: bool) -> None:
        self._rehearsal = Rehearsal(actor, self.action)
        self._dry_run = dry_run
        self._directory = ProductDirectory()
        self._stated: dict[str, tuple[int, Mapping[str, Any]]] = {}

    def forget(self) -> None:
        """Read the catalogue again."""
        self._directory.forget()

    def plan(self, rows: Sequence[Incoming]) -> Plan:
        """Judge rows up to the first one that is about the product of an earlier one."""
        plan = Plan()
        claimed: set[str] = set()
        writes: list[tuple[Incoming, frozenset[str]]] = []
        for row in rows:
            values = {name: value for name, value in row.values.items() if value not in (None, "", ())}
            names = _names(values)
            if claimed & names:
                break
            claimed |= names
            plan.rows += 1
            try:
                self._judge(row.number, values, plan)
            except RuleBroken as error:
                plan.refuse(row.number, error)
            else:
                writes.append((row, names))
        plan.settle = lambda: self._settle(writes, written=bool(plan.steps))
        return plan

    def _judge(self, number: int, values: dict[str, Any], plan: Plan) -> None:
        vendor = clean(values.pop("vendor", ""))
        stated = self._said_before(number, values)
        values = checked(PRODUCT_FIELDS, values)
        product = self._same(values)
        if product is None and stated and self._dry_run:
            plan.unchanged += 1
            return
        if product is None:
            values.setdefault("code", values.get("name"))
            values.setdefault("name", values["code"])
            write = _Write(0, 0, values, vendor)
        else:
            write = _differences(product, values, vendor)
            if not write.values and not write.vendor:
                plan.unchanged += 1
                return
        write.run(self._rehearsal)
        plan.write(write.run, number, adds=product is None)

    def _said_before(self, number: int, values: Mapping[str, Any]) -> bool:
        """Whether an earlier row was about the same product; raises ``RuleBroken`` if it said otherwise of it."""
        key = fold(values.get("code") or values.get("name") or "")
        earlier, stated = self._stated.get(key, (0, {}))
        for name, value in stated.items():
            if name not in ("aliases", "vendor") and values.get(name, value) != value:
                raise contradiction(earlier, name)
        return bool(earlier)

    def _same(self, values: Mapping[str, Any]) -> Product | None:
        code, name = values.get("code", ""), values.get("name", "")
        if code:
            return self._directory.with_code(code)
        found = [product] if (product := self._directory.with_code(name)) else self._directory.named(name)
        if len(found) > 1:
            raise RuleBroken(
                "name",
                _("Several products are named “{name}”: {codes}.").format(
                    name=name, codes=", ".join(product.code for product in found[:5])
                ),
                _("Give the product's code."),
            )
        return found[0] if found else None

    def _settle(self, rows: Sequence[tuple[Incoming, frozenset[str]]], *, written: bool) -> None:
        for row, _names_of in rows:
            key = fold(row.values.get("code") or row.values.get("name") or "")
            self._stated.setdefault(key, (row.number, {n: v for n, v in row.values.items() if v not in (None, "", ())}))
        if written and not self._dry_run:
            self._directory.forget()


def _names(values: Mapping[str, Any]) -> frozenset[str]:
    """All by which a row may name a product."""
    texts = (values.get("code", ""), values.get("name", ""), *values.get("aliases", ()))
    return frozenset(folded for text in texts if (folded := fold(text)))


def _differences(product: Product, values: Mapping[str, Any], vendor: str) -> _Write:
    """What a row says that is not known. A product found by an alias or by its name keeps code and name."""
    known = product_values(product)
    code, name = fold(values.get("code") or values["name"]), fold(values.get("name", ""))
    aliases = set(map(fold, known["aliases"]))
    changes = {key: value for key, value in values.items() if value != known[key] and key != "aliases"}
    changes.pop("code", None)
    if code != product.code_folded or name in aliases or name == fold(product.name):
        changes.pop("name", None)
    new = [alias for alias in values.get("aliases", ()) if fold(alias) not in aliases]
    if new:
        changes["aliases"] = (*known["aliases"], *new)
    own_vendor = Vendor.get_or_none(Vendor.id == product.vendor_id) if product.vendor_id else None
    same_vendor = not vendor or (own_vendor is not None and own_vendor.folded == fold(vendor))
    return _Write(product.id, product.version, changes, "" if same_vendor else vendor)
