"""Taking licences from outside: found by number within their product's scope, the new ones written in bulk.

The values of a row name the client by ``client`` (name or code) and ``client_inn``, the end user by ``end_user``, the
product by ``product`` and ``product_code``, the key by ``key`` and the licence that it takes the place of by
``supersedes`` (their numbers); the rest are a licence's own fields.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import partial
from operator import itemgetter
from typing import Any

from models.actor import Actor
from models.base import stored_rows, tuples
from models.catalogue.directory import ProductDirectory
from models.catalogue.tables import Product
from models.clients.directory import ClientDirectory, ClientRef
from models.company.permissions import EDIT_LICENCES
from models.company.sequences import next_number
from models.errors import RuleBroken
from models.importing import Incoming, Plan, Rehearsal, Said, Step
from models.keys.directory import KeyDirectory, KeyRef
from models.licensing.actions import checked_licence, edit_licence, policy_of
from models.licensing.fields import LICENCE_FIELDS
from models.licensing.numbering import instance_number
from models.licensing.older import OlderLicences
from models.licensing.policy import Policy, number_scope
from models.licensing.tables import ItemInstance, Licence
from models.licensing.vocabulary import LICENCE_STATES
from models.lookup import marked
from models.text import fold
from models.writing import Change

_REFERENCES = ("client", "client_inn", "end_user", "product", "key", "supersedes")
_COLUMNS = tuple(field.name for field in LICENCE_FIELDS)
_STORED = {name: Licence._meta.fields[name].column_name for name in _COLUMNS}
_ROWS_OF_A_STEP = 25
_INSTANCES_OF_A_STEP = 100
_InstanceOf = tuple[int, int, dt.date | None]


@dataclass(slots=True)
class _Row:
    """A row with what it refers to."""

    source: Incoming
    values: dict[str, Any]
    product: Product
    policy: Policy
    client: ClientRef
    key: KeyRef | None
    folded: str
    scope: str


@dataclass(slots=True)
class _New:
    """A licence to be written, all but its instance; ``row`` is the number of its row."""

    row: int
    stored: dict[str, Any]
    instance_of: _InstanceOf
    end_user: int | None
    method: str
    text: str


class LicenceIntake:
    """Licences from outside."""

    action = "import_licences"
    permission = EDIT_LICENCES
    kinds = frozenset({"client", "product", "product_alias", "vendor", "key", "licence", "instance"})
    rows_at_once = 1000

    def __init__(self, actor: Actor, dry_run: bool = False) -> None:
        self._rehearsal = Rehearsal(actor, self.action)
        self._clients = ClientDirectory()
        self._products = ProductDirectory()
        self._keys = KeyDirectory()
        self._policies: dict[int, tuple[Policy, str]] = {}
        self._instances: dict[_InstanceOf, int] = {}
        self._made: dict[_InstanceOf, int] = {}
        self._change: Change | None = None
        self._older = OlderLicences()
        self._dry_run = dry_run
        self._said = Said()

    def forget(self) -> None:
        """Read again what rows refer to."""
        self._clients.forget()
        self._products.forget()
        self._keys.forget()
        self._policies, self._instances, self._made = {}, {}, {}

    def plan(self, rows: Sequence[Incoming]) -> Plan:
        """Judge the rows, up to the first that names an earlier one of them: that has to be written before."""
        rows = _without_followers(rows)
        plan = Plan(rows=len(rows))
        self._prepare(rows)
        found: list[_Row] = []
        for row in rows:
            try:
                found.append(self._resolved(row))
            except RuleBroken as error:
                plan.refuse(row.number, error)
        existing = _existing({row.folded for row in found})
        new: list[_New] = []
        for resolved in found:
            try:
                self._judge(resolved, existing.get((resolved.folded, resolved.scope)), plan, new)
            except RuleBroken as error:
                plan.refuse(resolved.source.number, error)
        missing = self._missing_instances(new)
        for first in range(0, len(missing), _INSTANCES_OF_A_STEP):
            plan.steps.append(Step(partial(self._form, missing[first : first + _INSTANCES_OF_A_STEP]), (), adds=True))
        for first in range(0, len(new), _ROWS_OF_A_STEP):
            some = new[first : first + _ROWS_OF_A_STEP]
            plan.steps.append(Step(partial(self._add, some), tuple(licence.row for licence in some), adds=True))
        return plan

    def _prepare(self, rows: Sequence[Incoming]) -> None:
        texts = [row.values for row in rows]
        clients = [(values.get("client_inn") or "", values.get("client") or "") for values in texts]
        self._clients.prepare([*clients, *(("", end_user) for values in texts if (end_user := values.get("end_user")))])
        self._keys.prepare(key for values in texts if (key := values.get("key")))
        self._older.read(number for values in texts if (number := values.get("supersedes")))

    def _resolved(self, row: Incoming) -> _Row:
        given = row.values
        product = self._products.find(given.get("product_code") or "", given.get("product") or "")
        policy, scope = self._policy(product)
        client = self._clients.find(given.get("client_inn") or "", given.get("client") or "")
        end_user, number, key_number = given.get("end_user"), given.get("number") or "", given.get("key")
        key = self._keys.find(key_number, product.vendor_id) if key_number else None
        values = {name: value for name, value in given.items() if name not in _REFERENCES}
        values["client"], values["product"] = client.id, product.id
        if end_user:
            values["end_user"] = self._clients.find("", end_user, "end_user").id
        if key is not None:
            values["key"] = key.id
        return _Row(row, values, product, policy, client, key, fold(number), scope)

    def _policy(self, product: Product) -> tuple[Policy, str]:
        known = self._policies.get(product.id)
        if known is None:
            policy = policy_of(product)
            known = self._policies[product.id] = policy, number_scope(policy)
        return known

    def _judge(self, row: _Row, stored: Mapping[str, Any] | None, plan: Plan, new: list[_New]) -> None:
        identity = (row.folded, row.scope)
        if older := row.source.values.get("supersedes"):
            known = stored["supersedes"] if stored else None
            row.values["supersedes"] = self._older.find(older, row.client.id, row.scope, known)
        if stored is None:
            licence = self._new(row)
            if self._said.again(row.source, identity):
                plan.unchanged += 1
            else:
                new.append(licence)
                if self._dry_run:
                    self._older.rehearse(row.folded, row.scope, row.client.id)
            return
        changes = _differing(row, stored)
        if changes:
            edit_licence(self._rehearsal, stored["id"], stored["version"], changes)
        if self._said.again(row.source, identity) or not changes:
            plan.unchanged += 1
            return
        plan.write(lambda change: _edit(change, stored, changes), row.source.number, adds=False)

    def _new(self, row: _Row) -> _New:
        values = row.values
        if "state" in values:
            values["state"] = _state(values["state"], None, values.get("issued"))
        cleaned = checked_licence(values, row.product, row.policy)
        stored = {_STORED[name]: value for name, value in cleaned.items()}
        stored["number_folded"], stored["number_scope"] = row.folded, row.scope
        text = marked(
            row.folded, row.key.folded if row.key else "", row.client.folded,
            fold(cleaned["name"]), fold(cleaned["product_code"]), fold(row.product.name),
        )  # fmt: skip
        instance_of = (row.client.id, row.product.id, cleaned["issued"])
        return _New(row.source.number, stored, instance_of, cleaned["end_user"], row.product.protection_method, text)

    def _missing_instances(self, new: Sequence[_New]) -> list[_New]:
        """Find the instances that licences without an order may join; a licence of each that has to be formed."""
        unknown = {licence.instance_of for licence in new if licence.instance_of not in self._instances}
        clients = {client for client, _product, _day in unknown}
        rows = stored_rows(ItemInstance, ("client_id", "product_id", "formed", "origin", "id"), "client_id", clients)
        for client, product, formed, origin, instance in sorted(rows, key=itemgetter(4), reverse=True):
            if origin == "import":
                self._instances[client, product, ItemInstance.formed.python_value(formed)] = instance
        missing: dict[_InstanceOf, _New] = {}
        for licence in new:
            if licence.instance_of not in self._instances:
                missing.setdefault(licence.instance_of, licence)
        return list(missing.values())

    def _form(self, missing: Sequence[_New], change: Change) -> None:
        """Form instances. An import that ends before their licences are written finds them when it is run again."""
        first = next_number(change, "instance", count=len(missing))
        rows = [_instance(licence, serial) for serial, licence in enumerate(missing, first)]
        ids = change.insert_values(ItemInstance, rows)
        made = self._made_in(change)
        made.update(zip((licence.instance_of for licence in missing), ids, strict=True))

    def _add(self, new: Sequence[_New], change: Change) -> None:
        made, known = self._made_in(change), self._instances
        for licence in new:
            of = licence.instance_of
            licence.stored["instance_id"] = made.get(of) or known[of]
        change.insert_values(Licence, [licence.stored for licence in new], [licence.text for licence in new])

    def _made_in(self, change: Change) -> dict[_InstanceOf, int]:
        """The instances that this transaction has formed; those of an earlier one are kept if it came to its end."""
        if self._change is not change:
            if self._change is not None and self._change.last_seq:
                self._instances |= self._made
            self._change, self._made = change, {}
        return self._made


def _without_followers(rows: Sequence[Incoming]) -> Sequence[Incoming]:
    if not any(row.values.get("supersedes") for row in rows):
        return rows
    earlier: set[str] = set()
    for place, row in enumerate(rows):
        if (older := row.values.get("supersedes")) and fold(older) in earlier:
            return rows[:place]
        earlier.add(fold(row.values.get("number") or ""))
    return rows


def _instance(licence: _New, serial: int) -> dict[str, Any]:
    client, product, formed = licence.instance_of
    return {
        "number": instance_number(serial), "product_id": product, "client_id": client,
        "end_user_id": licence.end_user, "protection_method": licence.method, "state": "delivered",
        "origin": "import", "formed": formed, "requirements": "", "key_reason": "",
    }  # fmt: skip


def _edit(change: Change, stored: Mapping[str, Any], changes: Mapping[str, Any]) -> None:
    edit_licence(change, stored["id"], stored["version"], changes)


def _existing(numbers: set[str]) -> dict[tuple[str, str], dict[str, Any]]:
    """The licences of these folded numbers, by number and scope."""
    there = [folded for (folded,) in stored_rows(Licence, ("number_folded",), "number_folded", numbers)]
    if not there:
        return {}
    query = Licence.select(
        Licence.number_folded,
        Licence.number_scope,
        Licence.id,
        Licence.version,
        *(getattr(Licence, n) for n in _COLUMNS),
    ).where(Licence.number_folded.in_(there))
    names = ("id", "version", *_COLUMNS)
    return {(row[0], row[1]): dict(zip(names, row[2:], strict=True)) for row in tuples(query)}


def _differing(row: _Row, stored: Mapping[str, Any]) -> dict[str, Any]:
    """What the row says otherwise; a number that is only spelled otherwise, and what is empty, is no difference."""
    given = {name: value for name, value in row.values.items() if value not in (None, "") and name != "number"}
    if "state" in given:
        given["state"] = _state(given["state"], stored["state"], given.get("issued"))
    return {name: value for name, value in given.items() if value != stored[name]}


def _state(given: str, stored: str | None, issued: dt.date | None) -> str:
    """The stored state that a given state or status means: what its dates make of a licence is nowhere stored."""
    if given in LICENCE_STATES:
        return given
    if given != "inactive":
        return "issued"
    if stored in ("reserved", "issued"):
        return str(stored)
    return "issued" if issued else "reserved"
