"""Taking vendor codes from outside into their products' pools: found by code, the new ones written in bulk.

The values of a row name the product by ``product`` and ``product_code``, unless all are of one; the rest are a code's
own: ``code``, ``source``, ``cost``, ``usable_until``, ``note``.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import partial
from typing import Any

from models.actor import Actor
from models.base import stored_rows
from models.catalogue.directory import ProductDirectory
from models.catalogue.tables import Product
from models.company.permissions import EDIT_LICENCES, SEE_COST
from models.errors import RuleBroken
from models.fields import Field, checked
from models.importing import Incoming, Plan, Said, Step
from models.language import N_
from models.licensing.actions import policy_of
from models.licensing.policy import check_number
from models.licensing.pools import known_numbers
from models.licensing.tables import VendorCode
from models.text import fold
from models.writing import Change, get

CODE_FIELDS: tuple[Field, ...] = (
    Field("code", N_("Code"), required=True),
    Field("source", N_("Source")),
    Field("cost", N_("Purchase cost"), "money", permission=SEE_COST),
    Field("usable_until", N_("Usable until"), "date"),
    Field("note", N_("Note"), "lines"),
)
_OWN = tuple(field.name for field in CODE_FIELDS)
_ROWS_OF_A_STEP = 100
_FIELDS: Mapping[str, Any] = VendorCode._meta.fields
_EMPTY: Mapping[str, Any] = {"source": "", "cost": None, "usable_until": None, "note": ""}


@dataclass(slots=True)
class _Row:
    """A row with its product, its code folded and its checked values."""

    source: Incoming
    product: Product
    folded: str
    values: dict[str, Any]


class CodeIntake:
    """Vendor codes from outside; with ``product`` all of them are of that one."""

    action = "import_codes"
    permission = EDIT_LICENCES
    kinds = frozenset({"product", "product_alias", "licence", "vendor_code"})
    rows_at_once = 500

    def __init__(self, actor: Actor, dry_run: bool = False, product: int | None = None) -> None:
        self._actor = actor
        self._product_id = product
        self._product = get(Product, product) if product is not None else None
        self._products = ProductDirectory()
        self._said = Said()

    def forget(self) -> None:
        """Read again what rows refer to."""
        self._products.forget()
        if self._product_id is not None:
            self._product = get(Product, self._product_id)

    def plan(self, rows: Sequence[Incoming]) -> Plan:
        """Judge all of the rows. Who may not see costs may not bring them."""
        if any(row.values.get("cost") is not None for row in rows):
            self._actor.require(SEE_COST)
        plan = Plan(rows=len(rows))
        resolved: list[_Row] = []
        for row in rows:
            try:
                resolved.append(self._resolved(row))
            except RuleBroken as error:
                plan.refuse(row.number, error)
        self._judge_all(resolved, plan)
        return plan

    def _resolved(self, row: Incoming) -> _Row:
        given = row.values
        product = self._product or self._products.find(given.get("product_code") or "", given.get("product") or "")
        values = checked(CODE_FIELDS, {"code": "", **{name: given[name] for name in _OWN if name in given}})
        return _Row(row, product, fold(values["code"]), values)

    def _judge_all(self, rows: Sequence[_Row], plan: Plan) -> None:
        folded = {row.folded for row in rows}
        stored = _stored(folded)
        of_product: dict[int, set[str]] = {}
        for row in rows:
            if (row.product.id, row.folded) not in stored:
                of_product.setdefault(row.product.id, set()).add(row.folded)
        products = {row.product.id: row.product for row in rows}
        taken = {
            (one, number): why
            for one, numbers in of_product.items()
            for number, why in known_numbers(products[one], policy_of(products[one]), numbers).items()
        }
        new: list[_Row] = []
        for row in rows:
            key = (row.product.id, row.folded)
            try:
                self._judge(row, stored.get(key), taken.get(key), plan, new)
            except RuleBroken as error:
                plan.refuse(row.source.number, error)
        for first in range(0, len(new), _ROWS_OF_A_STEP):
            some = new[first : first + _ROWS_OF_A_STEP]
            plan.steps.append(Step(partial(_add, some), tuple(row.source.number for row in some), adds=True))

    def _judge(
        self, row: _Row, stored: Mapping[str, Any] | None, taken: str | None, plan: Plan, new: list[_Row]
    ) -> None:  # fmt: skip
        if stored is None:
            check_number(policy_of(row.product), row.values["code"])
            if taken is not None:
                raise RuleBroken("code", taken)
        again = self._said.again(row.source, (row.product.id, row.folded))
        if stored is None and not again:
            new.append(row)
            return
        changes = _differing(row, stored) if stored is not None and not again else {}
        if not changes:
            plan.unchanged += 1
            return
        assert stored is not None
        plan.write(partial(_edit, stored["id"], changes), row.source.number, adds=False)


def _stored(folded: set[str]) -> dict[tuple[int, str], dict[str, Any]]:
    """The codes of these folded ones by product and code: their ids and what a row may change."""
    names = ("id", "product_id", "folded", *_EMPTY)
    found: dict[tuple[int, str], dict[str, Any]] = {}
    for code_id, product, code, *values in stored_rows(VendorCode, names, "folded", folded):
        known = {name: _FIELDS[name].python_value(value) for name, value in zip(_EMPTY, values, strict=True)}
        found[product, code] = {"id": code_id, **known}
    return found


def _differing(row: _Row, stored: Mapping[str, Any]) -> dict[str, Any]:
    """What the row says otherwise of a code that is there; what is empty says nothing."""
    given = {name: row.values[name] for name in _EMPTY if row.values.get(name) not in (None, "")}
    return {name: _FIELDS[name].db_value(value) for name, value in given.items() if value != stored[name]}


def _add(new: Sequence[_Row], change: Change) -> None:
    change.insert_values(VendorCode, [_as_stored(row) for row in new])


def _as_stored(row: _Row) -> dict[str, Any]:
    own = {name: _FIELDS[name].db_value(row.values.get(name, empty)) for name, empty in _EMPTY.items()}
    return {
        "product_id": row.product.id, "code": row.values["code"], "folded": row.folded, "state": "available", **own
    }  # fmt: skip


def _edit(code: int, changes: Mapping[str, Any], change: Change) -> None:
    change.update_columns(VendorCode, {code: changes})
