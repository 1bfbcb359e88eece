"""Taking clients and their contact persons from outside.

A client is found by the code that another program gives it, else by INN and KPP, else by its name. What a row says is
set; phones, e-mail addresses, tags, addresses, bank accounts and people are added, never removed.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from models.actor import Actor
from models.clients.contacts import account_text, read_account
from models.clients.directory import ClientDirectory, ClientRef
from models.clients.fields import CLIENT_FIELDS, PERSON_FIELDS
from models.clients.incoming import Contact, Write, after, differences, new_client
from models.clients.known import LISTS, SCALARS, KnownClient, known_clients
from models.company.permissions import EDIT_CLIENTS
from models.company.tables import Operator
from models.errors import RuleBroken
from models.fields import checked
from models.importing import Incoming, Plan, Rehearsal, contradiction
from models.language import _
from models.text import fold

_Claim = tuple[str, str]
_OWN = frozenset(SCALARS) | frozenset(LISTS)


@dataclass(slots=True)
class _Row:
    """A row with the client that it is about (None: a new one), and whether only its name says so."""

    source: Incoming
    values: dict[str, Any]
    same: ClientRef | None
    by_name: bool


class ClientIntake:
    """Clients from outside. ``values`` of a row: a client's own fields, ``group`` and ``responsible`` by their names,
    ``addresses`` (of ``PostalAddress``) and ``contact`` (a ``Contact``)."""

    action = "import_clients"
    permission = EDIT_CLIENTS
    kinds = frozenset({"client", "client_group", "person", "phone", "email", "address", "bank_account", "client_tag"})
    rows_at_once = 100

    def __init__(self, actor: Actor, dry_run: bool) -> None:
        self._rehearsal = Rehearsal(actor, self.action)
        self._dry_run = dry_run
        self._directory = ClientDirectory()
        self._judged: dict[int, KnownClient] = {}
        self._judged_emails: dict[str, KnownClient] = {}
        self._stated: dict[_Claim, tuple[int, dict[str, Any]]] = {}

    def forget(self) -> None:
        """Read clients again; in a dry run those that would be there are kept in mind."""
        if not self._dry_run:
            self._directory.forget()

    def plan(self, rows: Sequence[Incoming]) -> Plan:
        """Judge rows up to the first one that is about the client, or has the address, of an earlier one."""
        plan = Plan()
        found: list[_Row] = []
        claimed: set[_Claim] = set()
        self._directory.prepare((row.values.get("inn") or "", "") for row in rows)
        for row in rows:
            try:
                resolved = self._resolved(row)
            except RuleBroken as error:
                plan.refuse(row.number, error)
            else:
                if claimed.intersection(_asked(resolved.values)):
                    break
                claimed.update(_claims(resolved.values))
                found.append(resolved)
            plan.rows += 1
        self._judge_all(found, plan)
        return plan

    def _resolved(self, row: Incoming) -> _Row:
        values = {name: value for name, value in row.values.items() if value not in (None, "", ())}
        if "responsible" in values:
            values["responsible"] = _operator_named(values["responsible"])
        values |= checked(CLIENT_FIELDS, {name: values[name] for name in _OWN & values.keys()})
        if "bank_accounts" in values:
            values["bank_accounts"] = tuple(account_text(*read_account(text)) for text in values["bank_accounts"])
        if "contact" in values:
            values["contact"] = _checked_contact(values["contact"])
        same, by_name = self._same(values)
        return _Row(row, values, same, by_name)

    def _same(self, values: Mapping[str, Any]) -> tuple[ClientRef | None, bool]:
        """The client that a row is about, and whether its name alone says so."""
        code, inn = values.get("external_code", ""), values.get("inn", "")
        if code and (of_code := self._directory.having(code=code)):
            return _only(of_code, "external_code", code), False
        if inn:
            return _of_inn(self._directory.having(inn=inn), inn, values.get("kpp", "")), False
        named = [] if code else self._directory.having(name=values.get("name", ""))
        return (_only(named, "name", values.get("name", "")) if named else None), True

    def _judge_all(self, rows: Sequence[_Row], plan: Plan) -> None:
        ids = {row.same.id for row in rows if row.same}
        known = known_clients(ids - self._judged.keys()) | {i: self._judged[i] for i in ids if i in self._judged}
        writes: list[tuple[_Row, Write]] = []
        for row in rows:
            try:
                self._refuse_contradiction(row)
                write = self._judged_write(row, None if row.same is None else known[row.same.id])
            except RuleBroken as error:
                plan.refuse(row.source.number, error)
                continue
            if write:
                plan.write(write.run, row.source.number, adds=row.same is None)
            else:
                plan.unchanged += 1
            writes.append((row, write))
        plan.settle = lambda: self._settle(writes, known)

    def _refuse_contradiction(self, row: _Row) -> None:
        for claim in _identities(row.values)[:1]:
            number, stated = self._stated.get(claim, (0, {}))
            for name, value in stated.items():
                if row.values.get(name, value) != value and not (row.by_name and name == "name"):
                    raise contradiction(number, name)

    def _judged_write(self, row: _Row, known: KnownClient | None) -> Write:
        """What is to be written, tried in a rehearsal by the rules of the actions."""
        write = new_client(row.values) if known is None else differences(row.values, known, by_name=row.by_name)
        for email in (*write.values.get("emails", ()), *write.person_values.get("emails", ())):
            owner = self._judged_emails.get(email.casefold())
            if owner is not None and (known is None or owner.id != known.id):
                raise _taken(email, owner)
        if known is not None and known.id < 0:
            checked(CLIENT_FIELDS, write.values)
        elif write:
            write.run(self._rehearsal)
        return write

    def _settle(self, writes: Sequence[tuple[_Row, Write]], known: Mapping[int, KnownClient]) -> None:
        """Remember what the rows said, and the clients as they are now."""
        for row, write in writes:
            stated = {name: row.values[name] for name in SCALARS if name in row.values}
            for claim in _identities(row.values):
                self._stated.setdefault(claim, (row.source.number, stated))
            if not write:
                continue
            made = write.made or write.client_id
            if made < 0 and not self._dry_run:
                continue
            self._directory.remember(_ref(made, row.same, write.values))
            if self._dry_run:
                client = after(write, known.get(made), made)
                self._judged[made] = client
                self._judged_emails |= dict.fromkeys(client.emails.keys, client)


def _identities(values: Mapping[str, Any]) -> list[_Claim]:
    """What tells a row's client from others, the surest first."""
    code, inn, kpp, name = (values.get(field, "") for field in ("external_code", "inn", "kpp", "name"))
    claims = [("code", code), ("inn", f"{inn}/{kpp}" if inn else ""), ("name", fold(name))]
    return [claim for claim in claims if claim[1]]


def _asked(values: Mapping[str, Any]) -> list[_Claim]:
    """By what a row asks for a client, and for what it must be the only one."""
    code, inn = values.get("external_code", ""), values.get("inn", "")
    identity = [("code", code), ("inn", inn)] if code or inn else [("name", fold(values.get("name", "")))]
    return [claim for claim in (*identity, *_emails(values)) if claim[1]]


def _claims(values: Mapping[str, Any]) -> list[_Claim]:
    """By what later rows may ask for the client of a row."""
    own = [("inn", values.get("inn", "")), *_identities(values), *_emails(values)]
    return [claim for claim in own if claim[1]]


def _emails(values: Mapping[str, Any]) -> list[_Claim]:
    contact = values.get("contact")
    emails = (*values.get("emails", ()), *(contact.emails if contact else ()))
    return [("email", email.casefold()) for email in emails]


def _ref(made: int, same: ClientRef | None, values: Mapping[str, Any]) -> ClientRef:
    name, inn = values.get("name", same.name if same else ""), values.get("inn", same.inn if same else "")
    return ClientRef(
        made, name, fold(name), inn, values.get("kpp", same.kpp if same else ""),
        values.get("external_code", same.code if same else ""),
    )  # fmt: skip


def _checked_contact(contact: Contact) -> Contact:
    values = {field: getattr(contact, field) for field in ("name", "position", "phones", "emails", "birthday")}
    return Contact(**checked(PERSON_FIELDS, values))


def _of_inn(found: Sequence[ClientRef], inn: str, kpp: str) -> ClientRef | None:
    """The client of an INN and KPP. One of them without a KPP is the other, if it is the only one."""
    exact = [ref for ref in found if ref.kpp == kpp]
    if exact or not kpp:
        return _only(exact or found, "inn", inn) if found else None
    without = [ref for ref in found if not ref.kpp]
    return without[0] if len(without) == 1 else None


def _only(found: Sequence[ClientRef], field: str, value: str) -> ClientRef:
    if len(found) == 1:
        return found[0]
    raise RuleBroken(
        field,
        _("Several clients have “{value}”: {clients}.").format(
            value=value, clients=", ".join(f"{ref.name} (#{ref.id})" for ref in found[:5])
        ),
        _("Give INN and KPP, or the client's own code."),
    )


def _operator_named(text: str) -> int:
    wanted = fold(text)
    found = [row.id for row in Operator.select() if wanted in (fold(row.login), fold(row.name))]
    if len(found) == 1:
        return int(found[0])
    raise RuleBroken(
        "responsible",
        _("There is no operator “{name}”.").format(name=text),
        _("Add the operator first, or leave the column out: --map responsible="),
    )


def _taken(email: str, owner: KnownClient) -> RuleBroken:
    return RuleBroken(
        "emails",
        _("{address} belongs to {owner} already.").format(address=email, owner=owner.values["name"]),
        _("An address belongs to one client or person: take it from there first."),
    )
