"""Tables of our own company: legal entities, operators, settings, number sequences."""

from __future__ import annotations

from peewee import BooleanField, ForeignKeyField, IntegerField, TextField

from models.base import DayField, MoneyField, Record
from models.kinds import record_kind
from models.language import N_


@record_kind("company", N_("company"), label="name")
class Company(Record):
    """A legal entity of ours, to which documents, contracts and payments belong."""

    name = TextField(unique=True)
    legal_name = TextField(default="")
    inn = TextField(default="")
    kpp = TextField(default="")
    ogrn = TextField(default="")
    address = TextField(default="")
    director = TextField(default="")
    accountant = TextField(default="")
    tax_regime = TextField(default="general")
    """The regime that it began with; ``CompanyRegime`` has the changes."""
    active = BooleanField(default=True)


@record_kind("company_account", N_("bank account"))
class CompanyAccount(Record):
    """A bank account of ours."""

    company = ForeignKeyField(Company, backref="accounts", on_delete="RESTRICT")
    company_id: int
    bank = TextField(default="")
    bik = TextField()
    account = TextField()
    correspondent = TextField(default="")
    """The account of the bank itself; a Russian payment names it."""
    currency = TextField(default="RUB")


@record_kind("company_regime", N_("change of the tax regime"))
class CompanyRegime(Record):
    """From a day on, a legal entity of ours has another tax regime."""

    company = ForeignKeyField(Company, backref="regimes", on_delete="RESTRICT", index=False)
    company_id: int
    valid_from = DayField()
    regime = TextField()

    class Meta:
        indexes = ((("company", "valid_from"), True),)


@record_kind("operator", N_("operator"), label="name")
class Operator(Record):
    """Somebody who works with the program. ``system_login`` binds to the operating system's login."""

    login = TextField(unique=True)
    system_login = TextField(default="", index=True)
    name = TextField()
    roles = TextField(default="")
    active = BooleanField(default=True)
    weekly_hours = IntegerField(default=40)
    hourly_cost = MoneyField(default=0)
    since = DayField(null=True)

    @property
    def role_set(self) -> frozenset[str]:
        """The operator's roles; they are kept as words with a space between."""
        return frozenset(self.roles.split())


@record_kind("setting", N_("setting"), label="name")
class Setting(Record):
    """A setting of the whole company, as text; ``models/company/settings.py`` says which there are."""

    name = TextField(unique=True)
    value = TextField(default="")


@record_kind("number_sequence", N_("number sequence"))
class NumberSequence(Record):
    """The last number given to a kind of record of a company in a year (0: numbers that run through)."""

    company = ForeignKeyField(Company, null=True, on_delete="RESTRICT")
    company_id: int | None
    kind = TextField()
    year = IntegerField(default=0)
    last = IntegerField(default=0)

    class Meta:
        indexes = ((("kind", "year", "company"), True),)
