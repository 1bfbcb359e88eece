"""Tables of sales: VAT rates, stages, contracts, deals, documents with their lines, allocations, unmet demand."""

from __future__ import annotations

from peewee import BooleanField, ForeignKeyField, IntegerField, TextField

from models.base import DayField, MomentField, MoneyField, QuantityField, RateField, Record
from models.campaigns.tables import Campaign
from models.catalogue.tables import Product
from models.clients.tables import Client, Person
from models.company.tables import Company, Operator
from models.kinds import record_kind
from models.language import N_


@record_kind("vat_rate", N_("VAT rate"), label="title")
class VatRate(Record):
    """What a VAT code means from a day on, to a day: ``rate`` is in thousandths, ``kind`` tells 0 % from no VAT."""

    code = TextField()
    title = TextField()
    rate = IntegerField(default=0)
    kind = TextField(default="taxed")
    valid_from = DayField()
    valid_to = DayField(null=True)

    class Meta:
        indexes = ((("code", "valid_from"), True),)


@record_kind("stage", N_("stage of the funnel"), label="name")
class Stage(Record):
    """A stage of the funnel. ``code`` is what documents move a deal by; stages that a company adds may have none."""

    code = TextField(default="", index=True)
    name = TextField()
    folded = TextField(unique=True)
    position = IntegerField(default=0)
    probability = IntegerField(default=0)
    kind = TextField(default="open")
    rot_days = IntegerField(null=True)
    active = BooleanField(default=True)


@record_kind("contract", N_("contract"), label="number")
class ContractHeader(Record):
    """A contract's header; its stages and works belong to projects."""

    company = ForeignKeyField(Company, on_delete="RESTRICT", index=False)
    company_id: int
    number = TextField(index=True)
    client = ForeignKeyField(Client, backref="contracts", on_delete="RESTRICT")
    client_id: int
    subject = TextField(default="")
    date = DayField()
    start = DayField(null=True)
    end = DayField(null=True)
    currency = TextField(default="RUB")
    total = MoneyField(default=0)
    vat_code = TextField(default="standard")
    responsible = ForeignKeyField(Operator, null=True, on_delete="RESTRICT", index=False)
    responsible_id: int | None
    campaign = ForeignKeyField(Campaign, null=True, on_delete="RESTRICT")
    campaign_id: int | None
    state = TextField(default="draft")
    note = TextField(default="")

    class Meta:
        table_name = "contract"
        indexes = ((("date", "id"), False),)


@record_kind("deal", N_("deal"), label="title")
class Deal(Record):
    """One intention to buy; it groups all documents that grow from one another, and the funnel counts it once.

    ``state`` is the kind of its stage, ``stage_since`` the day it entered it. ``expected`` is none where nobody knows
    it yet, ``expected_base`` is then 0, else the same in the base currency. ``product`` is what the deal is mostly
    about, for deals whose documents do not say it.
    """

    number = TextField(unique=True)
    title = TextField()
    client = ForeignKeyField(Client, null=True, backref="deals", on_delete="RESTRICT")
    client_id: int | None
    operator = ForeignKeyField(Operator, null=True, on_delete="RESTRICT", index=False)
    operator_id: int | None
    campaign = ForeignKeyField(Campaign, null=True, on_delete="RESTRICT")
    campaign_id: int | None
    product = ForeignKeyField(Product, null=True, on_delete="RESTRICT")
    product_id: int | None
    expected = MoneyField(null=True)
    currency = TextField(default="RUB")
    rate = RateField(default=1)
    expected_base = MoneyField(default=0)
    expected_date = DayField(null=True)
    stage = ForeignKeyField(Stage, backref="deals", on_delete="RESTRICT", index=False)
    stage_id: int
    state = TextField(default="open")
    stage_since = DayField(null=True)
    competitors = TextField(default="")
    lost_reason = TextField(default="")
    opened = DayField(null=True)
    closed = DayField(null=True)
    external_number = TextField(default="", index=True)
    note = TextField(default="")

    class Meta:
        indexes = (
            (("stage", "expected_base", "stage_since"), False),
            (("state", "closed", "opened", "stage", "expected_base"), False),
            (("opened", "id"), False),
            (("operator", "state", "id"), False),
        )


@record_kind("stage_change", N_("change of stage"))
class StageChange(Record):
    """A deal went from one stage to another, worth ``amount`` in the base currency then.

    ``days`` is how long it had been in the stage that it left; none for its first one, or where nobody knows.
    """

    deal = ForeignKeyField(Deal, backref="stage_changes", on_delete="CASCADE", index=False)
    deal_id: int
    before = ForeignKeyField(Stage, null=True, on_delete="RESTRICT", index=False)
    before_id: int | None
    after = ForeignKeyField(Stage, on_delete="RESTRICT", index=False)
    after_id: int
    moment = MomentField()
    day = DayField()
    days = IntegerField(null=True)
    amount = MoneyField(default=0)
    operator = ForeignKeyField(Operator, null=True, on_delete="RESTRICT", index=False)
    operator_id: int | None

    class Meta:
        indexes = (
            (("deal", "moment"), False),
            (("before", "after", "days", "day", "amount"), False),
            (("after", "day", "amount", "deal"), False),
        )


@record_kind("document", N_("document"), label="number")
class Document(Record):
    """A document of any kind that ``models/sales/vocabulary.py`` describes; payments have no lines.

    ``serial`` and ``number`` are given on issue. ``settled`` is what payments have covered of an invoice, or an invoice
    of a payment. Amounts named ``…_base`` and ``cost`` are in the base currency, the others in the document's.
    ``outside_number`` is the number that the other side gave it (the payer's order, the supplier's delivery note);
    ``purpose`` is why a licence order issues licences without a sale.
    """

    kind = TextField()
    company = ForeignKeyField(Company, on_delete="RESTRICT", index=False)
    company_id: int
    year = IntegerField()
    serial = IntegerField(null=True)
    number = TextField(default="", index=True)
    revision = IntegerField(default=1)
    date = DayField()
    state = TextField(default="draft")
    client = ForeignKeyField(Client, null=True, backref="documents", on_delete="RESTRICT", index=False)
    client_id: int | None
    end_user = ForeignKeyField(Client, null=True, on_delete="RESTRICT", index=False)
    end_user_id: int | None
    person = ForeignKeyField(Person, null=True, on_delete="RESTRICT", index=False)
    person_id: int | None
    contract = ForeignKeyField(ContractHeader, null=True, backref="documents", on_delete="RESTRICT")
    contract_id: int | None
    deal = ForeignKeyField(Deal, null=True, backref="documents", on_delete="RESTRICT", index=False)
    deal_id: int | None
    operator = ForeignKeyField(Operator, null=True, on_delete="RESTRICT", index=False)
    operator_id: int | None
    campaign = ForeignKeyField(Campaign, null=True, on_delete="RESTRICT", index=False)
    campaign_id: int | None
    currency = TextField(default="RUB")
    rate = RateField(default=1)
    prices_include_vat = BooleanField(default=True)
    valid_until = DayField(null=True)
    due = DayField(null=True)
    terms = TextField(default="")
    note = TextField(default="")
    form = TextField(default="")
    purpose = TextField(default="")
    basis = ForeignKeyField("self", null=True, backref="made_from_it", on_delete="RESTRICT")
    basis_id: int | None
    supersedes = ForeignKeyField("self", null=True, backref="revisions", on_delete="RESTRICT")
    supersedes_id: int | None
    corrects = ForeignKeyField("self", null=True, backref="corrections", on_delete="RESTRICT")
    corrects_id: int | None
    outside_number = TextField(default="")
    outside_date = DayField(null=True)
    reason = TextField(default="")
    issued_at = MomentField(null=True)
    signed = TextField(default="")
    signed_on = DayField(null=True)
    net = MoneyField(default=0)
    vat = MoneyField(default=0)
    gross = MoneyField(default=0)
    net_base = MoneyField(default=0)
    gross_base = MoneyField(default=0)
    cost = MoneyField(default=0)
    settled = MoneyField(default=0)

    class Meta:
        indexes = (
            (("company", "kind", "year", "serial", "revision"), True),
            (("date", "id"), False),
            (("kind", "date", "id", "state", "net_base", "gross_base"), False),
            (("kind", "state", "valid_until", "id"), False),
            (("client", "date", "id"), False),
            (("client", "kind", "state", "gross_base", "date"), False),
            (("deal", "kind", "state", "net_base", "date"), False),
            (("campaign", "kind", "state", "net_base", "date"), False),
            (("gross", "id"), False),
            (("kind", "signed", "date", "id"), False),
        )


@record_kind("document_line", N_("line of a document"), label="description")
class DocumentLine(Record):
    """A line. ``price`` is with or without VAT as ``price_includes_vat`` says, and the amounts derive from that side.

    ``amount`` is that side's amount where it is not quantity times price: the last part of a line, or a side that was
    kept across a change of rates. ``discount`` is in percent, ``vat_rate`` in thousandths, ``cost`` that of the whole
    line. ``basis_line`` is what it was made from, ``revises`` the line of the document that this one supersedes or
    corrects, ``substitutes`` the quoted line instead of which the client took this one.
    """

    document = ForeignKeyField(Document, backref="lines", on_delete="CASCADE", index=False)
    document_id: int
    position = IntegerField(default=0)
    product = ForeignKeyField(Product, null=True, on_delete="RESTRICT", index=False)
    product_id: int | None
    end_user = ForeignKeyField(Client, null=True, on_delete="RESTRICT", index=False)
    end_user_id: int | None
    description = TextField(default="")
    unit = TextField(default="шт")
    quantity = QuantityField(default=1)
    price = MoneyField(default=0)
    price_includes_vat = BooleanField(default=True)
    discount = QuantityField(default=0)
    amount = MoneyField(null=True)
    vat_code = TextField(default="standard")
    vat_rate = IntegerField(default=0)
    net = MoneyField(default=0)
    vat = MoneyField(default=0)
    gross = MoneyField(default=0)
    net_base = MoneyField(default=0)
    cost = MoneyField(null=True)
    optional = BooleanField(default=False)
    campaign = ForeignKeyField(Campaign, null=True, on_delete="RESTRICT", index=False)
    campaign_id: int | None
    basis_line = ForeignKeyField("self", null=True, backref="taken_by", on_delete="RESTRICT")
    basis_line_id: int | None
    revises = ForeignKeyField("self", null=True, backref="revised_by", on_delete="RESTRICT")
    revises_id: int | None
    substitutes = ForeignKeyField("self", null=True, backref="substituted_by", on_delete="RESTRICT")
    substitutes_id: int | None

    class Meta:
        indexes = (
            (("document", "position"), False),
            (("product", "document", "net_base", "cost"), False),
            (("campaign", "document", "net_base", "cost"), False),
        )


@record_kind("payment_allocation", N_("allocation of a payment"))
class PaymentAllocation(Record):
    """So much of a payment covers so much of an invoice, in their common currency."""

    payment = ForeignKeyField(Document, backref="allocations", on_delete="RESTRICT", index=False)
    payment_id: int
    invoice = ForeignKeyField(Document, backref="allocated", on_delete="RESTRICT")
    invoice_id: int
    amount = MoneyField()

    class Meta:
        indexes = ((("payment", "invoice"), True),)


@record_kind("unmet_demand", N_("unmet demand"))
class UnmetDemand(Record):
    """So much of a quoted line was wanted and not bought. ``cause`` says how, ``caused_by`` in which document.

    ``amount`` is the share of the line with VAT in the quote's currency, ``net_base`` without VAT in the base currency.
    """

    client = ForeignKeyField(Client, null=True, on_delete="RESTRICT")
    client_id: int | None
    product = ForeignKeyField(Product, null=True, on_delete="RESTRICT", index=False)
    product_id: int | None
    quantity = QuantityField()
    amount = MoneyField()
    net_base = MoneyField()
    quote = ForeignKeyField(Document, backref="unmet", on_delete="RESTRICT", index=False)
    quote_id: int
    quote_line = ForeignKeyField(DocumentLine, backref="unmet", on_delete="RESTRICT")
    quote_line_id: int
    cause = TextField()
    caused_by = ForeignKeyField(Document, null=True, on_delete="RESTRICT", index=False)
    caused_by_id: int | None
    deal = ForeignKeyField(Deal, null=True, on_delete="RESTRICT")
    deal_id: int | None
    campaign = ForeignKeyField(Campaign, null=True, on_delete="RESTRICT")
    campaign_id: int | None
    operator = ForeignKeyField(Operator, null=True, on_delete="RESTRICT", index=False)
    operator_id: int | None
    reason = TextField(default="not_stated")
    competitor = TextField(default="")
    state = TextField(default="provisional")
    optional = BooleanField(default=False)
    substitute_line = ForeignKeyField(DocumentLine, null=True, on_delete="RESTRICT", index=False)
    substitute_line_id: int | None
    moment = MomentField()

    class Meta:
        indexes = (
            (("quote", "state"), False),
            (("moment", "id"), False),
            (("state", "reason", "moment"), False),
            (("product", "state", "net_base"), False),
        )
