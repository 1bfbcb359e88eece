"""The lists of clients and of contact persons."""

from __future__ import annotations

from typing import Any

from peewee import Value, fn

from models.clients.contacts import digits_of
from models.clients.tables import Address, BankAccount, Client, ClientGroup, ClientTag, EmailAddress, Person, Phone
from models.clients.vocabulary import CLIENT_KINDS, CLIENT_STATUSES
from models.company.tables import Operator
from models.conditions import Condition, FilterField, contains
from models.language import N_, NP_
from models.listing import Column, Sort
from models.lookup import named
from models.table_listing import Join, ListColumn, ListDefinition
from models.text import fold


def _has_tag(text: str) -> Condition:
    return Client.id.in_(ClientTag.select(ClientTag.client).where(ClientTag.tag == text))


def _has_phone(text: str) -> Condition:
    return Client.id.in_(Phone.select(Phone.client).where(contains(Phone.digits, digits_of(text))))


def _has_email(text: str) -> Condition:
    return Client.id.in_(EmailAddress.select(EmailAddress.client).where(contains(EmailAddress.folded, text.casefold())))


def _in_group(text: str) -> Condition:
    return Client.group.in_(ClientGroup.select(ClientGroup.id).where(contains(ClientGroup.folded, fold(text))))


def _responsible(text: str) -> Condition:
    return Client.responsible.in_(
        Operator.select(Operator.id).where((Operator.login == text.lower()) | contains(Operator.name, text))
    )


_first_phone = Phone.select(Phone.number).where(Phone.client == Client.id).order_by(Phone.id).limit(1)
_first_email = EmailAddress.select(EmailAddress.address).where(EmailAddress.client == Client.id)
_first_email = _first_email.order_by(EmailAddress.id).limit(1)


def _all_of(column: Any, between: str, *conditions: Any) -> Any:
    """What hangs on a client in one cell, in the order in which it was entered."""
    table = column.model
    joined = fn.STRING_AGG(column, Value(between)).order_by(table.id)
    return table.select(joined).where(table.client == Client.id, *conditions)


def _last_address(kind: str) -> Any:
    """The address that the form shows."""
    of_kind = (Address.client == Client.id) & (Address.kind == kind)
    return Address.select(Address.text).where(of_kind).order_by(Address.id.desc()).limit(1)


_account = fn.TRIM(BankAccount.account.concat(" ").concat(BankAccount.bik).concat(" ").concat(BankAccount.bank))
_accounts = BankAccount.select(fn.STRING_AGG(_account, Value("\n")).order_by(BankAccount.id))
_accounts = _accounts.where(BankAccount.client == Client.id)

CLIENTS = ListDefinition(
    kind="client",
    table=Client,
    columns=(
        ListColumn(Column("name", N_("Name"), width=36, sort="fast"), Client.name, Client.sort_name),
        ListColumn(Column("inn", N_("INN"), width=12, priority=2, sort="fast"), Client.inn),
        ListColumn(Column("status", N_("Status"), "state", width=9, sort="fast"), Client.status),
        ListColumn(Column("phone", N_("Phone"), width=18, priority=3), _first_phone),
        ListColumn(Column("email", N_("E-mail"), width=24, priority=4), _first_email),
        ListColumn(
            Column("responsible", N_("Responsible"), width=14, priority=3, sort="slow"),
            Operator.name,
            joins=("responsible",),
        ),
        ListColumn(Column("kind", N_("Kind"), "state", width=10, priority=6, hidden=True), Client.kind),
        ListColumn(Column("group", N_("Group of companies"), width=18, priority=6, hidden=True), ClientGroup.name),
        ListColumn(Column("legal_name", N_("Legal name"), width=40, priority=7, hidden=True), Client.legal_name),
        ListColumn(Column("kpp", N_("KPP"), width=9, priority=6, hidden=True), Client.kpp),
        ListColumn(Column("ogrn", N_("OGRN"), width=15, priority=6, hidden=True), Client.ogrn),
        ListColumn(Column("source", N_("Source"), width=14, priority=6, hidden=True, sort="slow"), Client.source),
        ListColumn(Column("website", N_("Web site"), width=20, priority=7, hidden=True), Client.website),
        ListColumn(
            Column("external_code", N_("Code"), width=10, priority=7, hidden=True, sort="fast"), Client.external_code
        ),
        ListColumn(
            Column("phones", N_("Phones"), width=30, priority=7, hidden=True),
            _all_of(Phone.number, "; ", Phone.person.is_null()),
        ),
        ListColumn(
            Column("emails", N_("E-mails"), width=30, priority=7, hidden=True),
            _all_of(EmailAddress.address, "; ", EmailAddress.person.is_null()),
        ),
        ListColumn(Column("tags", N_("Tags"), width=20, priority=6, hidden=True), _all_of(ClientTag.tag, ", ")),
        ListColumn(
            Column("legal_address", N_("Legal address"), width=40, priority=7, hidden=True), _last_address("legal")
        ),
        ListColumn(
            Column("postal_address", N_("Postal address"), width=40, priority=7, hidden=True), _last_address("postal")
        ),
        ListColumn(Column("bank_accounts", N_("Bank accounts"), width=40, priority=7, hidden=True), _accounts),
        ListColumn(Column("country", N_("Country"), width=6, priority=7, hidden=True), Client.country),
        ListColumn(
            Column("foreign_tax_id", N_("Foreign tax id"), width=14, priority=7, hidden=True), Client.foreign_tax_id
        ),
        ListColumn(Column("signatory", N_("Signatory"), width=20, priority=7, hidden=True), Client.signatory),
        ListColumn(
            Column("signatory_position", N_("Signatory's position"), width=20, priority=7, hidden=True),
            Client.signatory_position,
        ),
        ListColumn(
            Column("signatory_basis", N_("Acts on the basis of"), width=16, priority=7, hidden=True),
            Client.signatory_basis,
        ),
        ListColumn(Column("supplier", N_("Supplier"), "flag", width=9, priority=6, hidden=True), Client.is_supplier),
        ListColumn(Column("archived", N_("Archived"), "flag", width=9, priority=6, hidden=True), Client.archived),
        ListColumn(
            Column("first_quote", N_("First quote"), "moment", width=16, priority=7, hidden=True), Client.first_quote_at
        ),
        ListColumn(
            Column("first_sale", N_("First sale"), "moment", width=16, priority=7, hidden=True), Client.first_sale_at
        ),
        ListColumn(Column("created", N_("Made"), "moment", width=16, priority=7, hidden=True), Client.created),
        ListColumn(Column("note", N_("Note"), width=30, priority=8, hidden=True), Client.note),
    ),
    fields=(
        FilterField("name", "text", Client.id, ask=lambda text: named(Client.id, "client", text), title=N_("Name")),
        FilterField("inn", "text", Client.inn, title=N_("INN")),
        FilterField("kpp", "text", Client.kpp, title=N_("KPP")),
        FilterField("ogrn", "text", Client.ogrn, title=N_("OGRN")),
        FilterField("status", "state", Client.status, values=CLIENT_STATUSES, title=N_("Status")),
        FilterField("kind", "state", Client.kind, values=CLIENT_KINDS, title=N_("Kind")),
        FilterField("supplier", "flag", Client.is_supplier, title=N_("Supplier")),
        FilterField("archived", "flag", Client.archived, title=N_("Archived")),
        FilterField("tag", "text", ask=_has_tag, title=N_("Tags")),
        FilterField("phone", "text", ask=_has_phone, title=N_("Phone")),
        FilterField("email", "text", ask=_has_email, title=N_("E-mail")),
        FilterField("group", "text", Client.group, ask=_in_group, title=N_("Group of companies")),
        FilterField("responsible", "text", Client.responsible, ask=_responsible, title=N_("Responsible")),
        FilterField("source", "text", Client.source, title=N_("Source")),
        FilterField("country", "text", Client.country, title=N_("Country")),
        FilterField("code", "text", Client.external_code, title=N_("Code")),
        FilterField("made", "date", fn.DATE(Client.created), title=N_("Made")),
        FilterField("first_quote", "date", fn.DATE(Client.first_quote_at), title=N_("First quote")),
        FilterField("first_sale", "date", fn.DATE(Client.first_sale_at), title=N_("First sale")),
    ),
    default_sort=Sort("name"),
    joins={
        "responsible": Join(Operator, Client.responsible == Operator.id),
        "group": Join(ClientGroup, Client.group == ClientGroup.id),
    },
    lookup="client",
)

_person_phone = Phone.select(Phone.number).where(Phone.person == Person.id).order_by(Phone.id).limit(1)
_person_email = EmailAddress.select(EmailAddress.address).where(EmailAddress.person == Person.id)
_person_email = _person_email.order_by(EmailAddress.id).limit(1)

PEOPLE = ListDefinition(
    kind="person",
    table=Person,
    columns=(
        ListColumn(Column("name", NP_("person", "Name"), width=28, sort="slow"), Person.name),
        ListColumn(Column("position", N_("Position"), width=20, priority=2), Person.position),
        ListColumn(Column("phone", N_("Phone"), width=18), _person_phone),
        ListColumn(Column("email", N_("E-mail"), width=24, priority=2), _person_email),
        ListColumn(
            Column("client", N_("Client"), width=28, priority=3, sort="slow"),
            Client.name,
            Client.sort_name,
            joins=("client",),
        ),
        ListColumn(Column("birthday", N_("Birthday"), "date", width=10, priority=5), Person.birthday),
    ),
    fields=(
        FilterField("client", "text", Person.client, ask=lambda text: named(Person.client, "client", text)),
        FilterField("position", "text", Person.position, title=N_("Position")),
        FilterField("birthday", "date", Person.birthday, title=N_("Birthday")),
    ),
    default_sort=Sort("name"),
    joins={"client": Join(Client, Person.client == Client.id, required=True)},
    lookup="person",
)
