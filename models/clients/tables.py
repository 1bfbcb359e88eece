"""Tables of clients: groups, clients, people, phones, e-mail addresses, addresses, bank accounts, tags, contacts."""

from __future__ import annotations

from peewee import BooleanField, ForeignKeyField, IntegerField, TextField

from models.base import DayField, MomentField, Record
from models.campaigns.tables import Campaign
from models.company.tables import Operator
from models.kinds import record_kind
from models.language import N_


@record_kind("client_group", N_("group of companies"), label="name")
class ClientGroup(Record):
    """Companies that belong together."""

    name = TextField()
    folded = TextField(unique=True)


@record_kind("client", N_("client"), label="name")
class Client(Record):
    """A company or person that we sell to, may sell to (candidate), or buy from (supplier)."""

    name = TextField()
    sort_name = TextField()
    legal_name = TextField(default="")
    kind = TextField(default="company")
    status = TextField(default="candidate")
    is_supplier = BooleanField(default=False)
    group = ForeignKeyField(ClientGroup, null=True, backref="clients", on_delete="RESTRICT")
    group_id: int | None
    external_code = TextField(default="", index=True)
    inn = TextField(default="", index=True)
    kpp = TextField(default="")
    ogrn = TextField(default="")
    country = TextField(default="RU")
    foreign_tax_id = TextField(default="")
    website = TextField(default="")
    source = TextField(default="")
    responsible = ForeignKeyField(Operator, null=True, on_delete="RESTRICT")
    responsible_id: int | None
    signatory = TextField(default="")
    signatory_position = TextField(default="")
    signatory_basis = TextField(default="")
    note = TextField(default="")
    archived = BooleanField(default=False)
    first_quote_at = MomentField(null=True)
    first_sale_at = MomentField(null=True)

    class Meta:
        indexes = ((("sort_name", "id"), False), (("status", "id"), False))


@record_kind("person", N_("contact person"), label="name")
class Person(Record):
    """A contact person of a client."""

    client = ForeignKeyField(Client, backref="people", on_delete="RESTRICT")
    client_id: int
    name = TextField()
    position = TextField(default="")
    birthday = DayField(null=True)
    note = TextField(default="")
    external_code = TextField(default="")


@record_kind("phone", N_("phone"), label="number")
class Phone(Record):
    """A phone number of a client or of one of its people; ``digits`` is what it is found by."""

    client = ForeignKeyField(Client, backref="phones", on_delete="CASCADE")
    client_id: int
    person = ForeignKeyField(Person, null=True, backref="phones", on_delete="CASCADE")
    person_id: int | None
    number = TextField()
    digits = TextField(index=True)


@record_kind("email", N_("e-mail address"), label="address")
class EmailAddress(Record):
    """An e-mail address; it belongs to one client or person at most."""

    client = ForeignKeyField(Client, backref="emails", on_delete="CASCADE")
    client_id: int
    person = ForeignKeyField(Person, null=True, backref="emails", on_delete="CASCADE")
    person_id: int | None
    address = TextField()
    folded = TextField(unique=True)


@record_kind("address", N_("address"), label="text")
class Address(Record):
    """A postal, legal or delivery address, as one text and, where known, in parts."""

    client = ForeignKeyField(Client, backref="addresses", on_delete="CASCADE")
    client_id: int
    kind = TextField(default="postal")
    text = TextField()
    country = TextField(default="")
    region = TextField(default="")
    city = TextField(default="")
    postal_code = TextField(default="")


@record_kind("bank_account", N_("bank account"), label="account")
class BankAccount(Record):
    """A bank account of a client; account and BIK are checked together."""

    client = ForeignKeyField(Client, backref="bank_accounts", on_delete="CASCADE")
    client_id: int
    bank = TextField(default="")
    bik = TextField(default="")
    account = TextField()
    currency = TextField(default="RUB")


@record_kind("client_tag", N_("tag"), label="tag")
class ClientTag(Record):
    """A tag on a client."""

    client = ForeignKeyField(Client, backref="tags", on_delete="CASCADE", index=False)
    client_id: int
    tag = TextField(index=True)

    class Meta:
        indexes = ((("client", "tag"), True),)


@record_kind("interaction", N_("interaction"), label="subject")
class Interaction(Record):
    """A contact with a client, planned or done: a call, meeting, negotiation, demo, letter.

    ``about_kind`` and ``about_id`` name the record that it was logged from, where that is no client or person.
    """

    client = ForeignKeyField(Client, backref="interactions", on_delete="RESTRICT", index=False)
    client_id: int
    person = ForeignKeyField(Person, null=True, backref="interactions", on_delete="RESTRICT")
    person_id: int | None
    kind = TextField(default="call")
    direction = TextField(default="out")
    state = TextField(default="done")
    moment = MomentField()
    minutes = IntegerField(default=0)
    subject = TextField()
    outcome = TextField(default="")
    next_step = TextField(default="")
    campaign = ForeignKeyField(Campaign, null=True, on_delete="RESTRICT")
    campaign_id: int | None
    operator = ForeignKeyField(Operator, on_delete="RESTRICT", index=False)
    operator_id: int
    about_kind = TextField(default="")
    about_id = IntegerField(null=True)

    class Meta:
        indexes = (
            (("moment", "id"), False),
            (("client", "moment", "id"), False),
            (("state", "moment", "id"), False),
            (("operator", "state", "moment"), False),
            (("about_kind", "about_id"), False),
        )


@record_kind("status_change", N_("change of status"))
class StatusChange(Record):
    """A candidate became a client, or another change of a client's status: what conversion is counted from."""

    client = ForeignKeyField(Client, backref="status_changes", on_delete="CASCADE", index=False)
    client_id: int
    before = TextField(default="")
    after = TextField()
    moment = MomentField()
    operator = ForeignKeyField(Operator, null=True, on_delete="RESTRICT")
    operator_id: int | None

    class Meta:
        indexes = ((("client", "moment"), False), (("after", "moment"), False))
