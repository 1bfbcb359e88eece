"""Taking protection keys from outside: found by number, vendor and model, the new ones written in bulk.

The values of a row name the owner by ``owner`` (name or code) and ``owner_inn``, since when he has it by ``since``, and
the vendor by its name; the rest are a key's own fields. Files of different days, the oldest first, thus bring the
history of a key's owners.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import partial
from typing import Any

from models.actor import Actor
from models.base import tuples
from models.catalogue.actions import vendor_named
from models.catalogue.directory import VendorDirectory
from models.clients.directory import ClientDirectory
from models.clock import today
from models.company.permissions import EDIT_CATALOGUE, EDIT_KEYS
from models.errors import RuleBroken
from models.importing import Incoming, Plan, Rehearsal, Said, Step
from models.keys.actions import checked_key, edit_key, key_scope
from models.keys.fields import KEY_FIELDS
from models.keys.tables import KeyMovement, ProtectionKey
from models.language import _
from models.lookup import marked
from models.text import clean, fold
from models.writing import Change

_ROWS_OF_A_STEP = 50
_REFERENCES = ("owner", "owner_inn", "vendor", "since")
_COLUMNS = tuple(field.name for field in KEY_FIELDS)
_STORED = {name: ProtectionKey._meta.fields[name].column_name for name in _COLUMNS}


@dataclass(slots=True)
class _Row:
    """A row with what it refers to. ``vendor_id`` is None too where the vendor has still to be made."""

    source: Incoming
    values: dict[str, Any]
    folded: str
    vendor: str
    vendor_id: int | None
    owner: str
    since: dt.date


@dataclass(slots=True)
class _New:
    """A key to be written, with the number of its row; its vendor may have to be made first."""

    row: int
    values: dict[str, Any]
    vendor: str
    vendor_id: int | None
    folded: str
    owner: str
    since: dt.date


class KeyIntake:
    """Protection keys from outside."""

    action = "import_keys"
    permission = EDIT_KEYS
    kinds = frozenset({"client", "vendor", "key"})
    rows_at_once = 500

    def __init__(self, actor: Actor, dry_run: bool = False) -> None:
        self._rehearsal = Rehearsal(actor, self.action)
        self._clients = ClientDirectory()
        self._vendors = VendorDirectory()
        self._said = Said()

    def forget(self) -> None:
        """Read again what rows refer to."""
        self._clients.forget()
        self._vendors.forget()

    def plan(self, rows: Sequence[Incoming]) -> Plan:
        """Judge all of the rows."""
        plan = Plan(rows=len(rows))
        owners = [(row.values.get("owner_inn") or "", row.values.get("owner") or "") for row in rows]
        self._clients.prepare(owner for owner in owners if any(owner))
        existing = _existing({fold(row.values.get("number") or "") for row in rows})
        new: list[_New] = []
        for row in rows:
            try:
                resolved = self._resolved(row)
                self._judge(resolved, _same_key(resolved, existing.get(resolved.folded, [])), plan, new)
            except RuleBroken as error:
                plan.refuse(row.number, error)
        for first in range(0, len(new), _ROWS_OF_A_STEP):
            some = new[first : first + _ROWS_OF_A_STEP]
            plan.steps.append(Step(partial(self._add, some), tuple(key.row for key in some), adds=True))
        return plan

    def _resolved(self, row: Incoming) -> _Row:
        given = row.values
        values = {name: value for name, value in given.items() if name not in _REFERENCES}
        inn, owner, vendor = given.get("owner_inn") or "", given.get("owner") or "", clean(given.get("vendor") or "")
        owner_folded = ""
        if inn or owner:
            found = self._clients.find(inn, owner, "owner")
            values["owner"], owner_folded = found.id, found.folded
        vendor_id = self._vendors.id_of(vendor) if vendor else None
        if vendor_id is not None:
            values["vendor"] = vendor_id
        elif vendor and not self._rehearsal.actor.may(EDIT_CATALOGUE):
            raise RuleBroken(
                "vendor",
                _("There is no vendor “{name}”.").format(name=vendor),
                _("Have somebody who may edit products add it."),
            )
        since = _day_of(given.get("since"))
        return _Row(row, values, fold(given.get("number") or ""), vendor, vendor_id, owner_folded, since)

    def _judge(self, row: _Row, stored: Mapping[str, Any] | None, plan: Plan, new: list[_New]) -> None:
        if stored is None:
            cleaned = checked_key(row.values)
            if self._said.again(row.source, (row.folded, fold(row.vendor), fold(cleaned["model"]))):
                plan.unchanged += 1
            else:
                new.append(
                    _New(row.source.number, cleaned, row.vendor, row.vendor_id, row.folded, row.owner, row.since)
                )
            return
        given = {name: value for name, value in row.values.items() if value not in (None, "") and name != "number"}
        changes = {name: value for name, value in given.items() if value != stored[name]}
        if changes:
            edit_key(self._rehearsal, stored["id"], stored["version"], changes, day=row.since)
        if self._said.again(row.source, stored["id"]) or not changes:
            plan.unchanged += 1
            return
        plan.write(lambda change: _edit(change, stored, changes, row.since), row.source.number, adds=False)

    def _add(self, new: Sequence[_New], change: Change) -> None:
        vendors = {key.vendor: key.vendor_id for key in new}
        vendors |= {name: vendor_named(change, name) for name, known in vendors.items() if name and known is None}
        ids = change.insert_values(
            ProtectionKey,
            [_stored(key, vendors.get(key.vendor)) for key in new],
            [
                marked(key.folded, fold(key.values["model"]), fold(key.values["marking"]), key.owner, fold(key.vendor))
                for key in new
            ],
        )
        change.insert_values(
            KeyMovement,
            [
                {
                    "key_id": key_id, "moment": change.started, "kind": "import", "from_client_id": None,
                    "to_client_id": key.values["owner"], "document": "", "operator": change.actor.login, "note": "",
                    "day": key.since, "from_state": "", "to_state": key.values["state"], "about_kind": "",
                }
                for key_id, key in zip(ids, new, strict=True)
            ],
        )  # fmt: skip


def _stored(key: _New, vendor: int | None) -> dict[str, Any]:
    stored = {_STORED[name]: value for name, value in key.values.items()}
    return stored | {
        "vendor_id": vendor,
        "number_folded": key.folded,
        "number_scope": key_scope(vendor, key.values["model"]),
    }


def _edit(change: Change, stored: Mapping[str, Any], changes: Mapping[str, Any], since: dt.date) -> None:
    edit_key(change, stored["id"], stored["version"], changes, day=since)


def _day_of(since: dt.date | None) -> dt.date:
    """Since when a key is where the row says: today, where it says nothing of that."""
    if since is not None and since > today():
        raise RuleBroken(
            "since", _("{day} has not come yet.").format(day=since), _("Give today, or the day it happened.")
        )
    return since or today()


def _existing(numbers: set[str]) -> dict[str, list[dict[str, Any]]]:
    """The keys of these folded numbers."""
    found: dict[str, list[dict[str, Any]]] = {}
    key = ProtectionKey
    query = key.select(key.number_folded, key.id, key.version, *(getattr(key, name) for name in _COLUMNS))
    for row in tuples(query.where(key.number_folded.in_(numbers))):
        found.setdefault(row[0], []).append(dict(zip(("id", "version", *_COLUMNS), row[1:], strict=True)))
    return found


def _same_key(row: _Row, candidates: Sequence[dict[str, Any]]) -> dict[str, Any] | None:
    """The key that the row is about: model and vendor, where it names them, are that key's too."""
    model = fold(row.values.get("model") or "")
    if model:
        candidates = [key for key in candidates if fold(key["model"]) == model]
    if row.vendor:
        candidates = [key for key in candidates if key["vendor"] == row.vendor_id] if row.vendor_id else []
    if len(candidates) <= 1:
        return candidates[0] if candidates else None
    raise RuleBroken(
        "number",
        _("Several keys have the number {number}: {keys}.").format(
            number=row.values["number"],
            keys=", ".join(f"{key['model'] or '–'} (#{key['id']})" for key in candidates[:5]),
        ),
        _("Give model and vendor too."),
    )
