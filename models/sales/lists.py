"""The lists of sales: the journal of documents and its parts by kind, deals, contracts, unmet demand, stages, rates."""

from __future__ import annotations

from typing import Any

from models.campaigns.tables import Campaign
from models.catalogue.tables import Product
from models.catalogue.vocabulary import VAT_CODES
from models.clients.tables import Client
from models.company.tables import Company, Operator
from models.conditions import Condition, FilterField, contains
from models.language import N_, NP_
from models.listing import Column, Sort
from models.lookup import named
from models.sales.document_lists import document_list
from models.sales.funnel_queries import rots
from models.sales.tables import ContractHeader, Deal, Document, Stage, StageChange, UnmetDemand, VatRate
from models.sales.vocabulary import (
    CONTRACT_STATES,
    KINDS_OF_DOCUMENT,
    STAGE_KINDS,
    UNMET_CAUSES,
    UNMET_REASONS,
    UNMET_STATES,
    VAT_KINDS,
)
from models.table_listing import Join, ListColumn, ListDefinition
from models.text import fold

DOCUMENTS = document_list(None)
DOCUMENTS_OF_KIND: dict[str, ListDefinition] = {kind: document_list(kind) for kind in KINDS_OF_DOCUMENT}
"""The same list of one kind each."""


def of_operator(link: Any, text: str) -> Condition:
    """The condition that a link points to an operator of a login or name."""
    matching = (Operator.login == text.lower()) | contains(Operator.name, text)
    return link.in_(Operator.select(Operator.id).where(matching))


def of_campaign(link: Any, text: str) -> Condition:
    """The condition that a link points to a campaign of a name."""
    return link.in_(Campaign.select(Campaign.id).where(contains(Campaign.folded, fold(text))))


def in_stage(text: str) -> Condition:
    """The condition that a deal stands in a stage of a name."""
    return Deal.stage.in_(Stage.select(Stage.id).where(contains(Stage.folded, fold(text))))


_YES_NO = {"yes": N_("yes"), "no": N_("no")}

DEALS = ListDefinition(
    kind="deal",
    table=Deal,
    columns=(
        ListColumn(Column("number", N_("Number"), width=9, sort="fast"), Deal.number),
        ListColumn(Column("title", N_("Title"), width=30, priority=2, sort="slow"), Deal.title),
        ListColumn(Column("client", N_("Client"), width=24, sort="slow"), Client.name, Client.sort_name, ("client",)),
        ListColumn(Column("stage", N_("Stage"), width=16, sort="slow"), Stage.name, Stage.position, ("stage",)),
        ListColumn(Column("expected", N_("Expected sum"), "money", width=13, sort="slow"), Deal.expected),
        ListColumn(Column("expected_date", N_("Expected on"), "date", width=10, priority=3, sort="slow"),
                   Deal.expected_date),
        ListColumn(Column("stage_since", N_("In it since"), "date", width=10, priority=3, sort="slow"),
                   Deal.stage_since),
        ListColumn(Column("operator", N_("Operator"), width=12, priority=4, sort="slow"), Operator.name,
                   joins=("operator",)),
        ListColumn(Column("state", N_("State"), "state", width=8, priority=5), Deal.state),
        ListColumn(Column("opened", N_("Opened"), "date", width=10, priority=5, sort="fast"), Deal.opened),
        ListColumn(Column("closed", N_("Closed"), "date", width=10, priority=6, sort="slow"), Deal.closed),
        ListColumn(Column("campaign", N_("Campaign"), width=16, priority=6, hidden=True), Campaign.name),
        ListColumn(Column("product", N_("Product"), width=20, priority=6, hidden=True), Product.name),
        ListColumn(Column("currency", N_("Currency"), width=4, priority=7, hidden=True), Deal.currency),
        ListColumn(Column("competitors", N_("Competitors"), width=16, priority=7, hidden=True), Deal.competitors),
        ListColumn(Column("lost_reason", N_("Reason"), "state", width=12, priority=7, hidden=True), Deal.lost_reason),
        ListColumn(Column("external_number", N_("External number"), width=12, priority=7, hidden=True),
                   Deal.external_number),
        ListColumn(Column("note", N_("Note"), width=20, priority=8, hidden=True), Deal.note),
    ),
    fields=(
        FilterField("number", "text", Deal.number, title=N_("Number")),
        FilterField("client", "text", Deal.client, ask=lambda text: named(Deal.client, "client", text),
                    title=N_("Client")),
        FilterField("stage", "text", Deal.stage, ask=in_stage, title=N_("Stage")),
        FilterField("state", "state", Deal.state, values=STAGE_KINDS, title=N_("State")),
        FilterField("rots", "state", ask=lambda code: rots() if code == "yes" else ~rots(), values=_YES_NO,
                    title=N_("Stands still")),
        FilterField("sum", "money", Deal.expected_base, title=N_("Expected sum")),
        FilterField("expected", "date", Deal.expected_date, title=N_("Expected on")),
        FilterField("since", "date", Deal.stage_since, title=N_("In it since")),
        FilterField("operator", "text", Deal.operator, ask=lambda text: of_operator(Deal.operator, text),
                    title=N_("Operator")),
        FilterField("campaign", "text", Deal.campaign, ask=lambda text: of_campaign(Deal.campaign, text),
                    title=N_("Campaign")),
        FilterField("product", "text", Deal.product, ask=lambda text: named(Deal.product, "product", text),
                    title=N_("Product")),
        FilterField("opened", "date", Deal.opened, title=N_("Opened")),
        FilterField("closed", "date", Deal.closed, title=N_("Closed")),
        FilterField("lost_reason", "state", Deal.lost_reason, values=UNMET_REASONS, title=N_("Reason")),
        FilterField("competitor", "text", Deal.competitors, title=N_("Competitors")),
        FilterField("external", "text", Deal.external_number, title=N_("External number")),
    ),
    default_sort=Sort("number", descending=True),
    joins={
        "client": Join(Client, Deal.client == Client.id),
        "stage": Join(Stage, Deal.stage == Stage.id, required=True),
        "operator": Join(Operator, Deal.operator == Operator.id),
        "campaign": Join(Campaign, Deal.campaign == Campaign.id),
        "product": Join(Product, Deal.product == Product.id),
    },
    lookup="deal",
)  # fmt: skip

_C = ContractHeader
CONTRACTS = ListDefinition(
    kind="contract",
    table=ContractHeader,
    columns=(
        ListColumn(Column("number", N_("Number"), width=14, sort="fast"), _C.number),
        ListColumn(Column("date", N_("Date"), "date", width=10, sort="fast"), _C.date),
        ListColumn(Column("client", N_("Client"), width=28, sort="slow"), Client.name, Client.sort_name, ("client",)),
        ListColumn(Column("subject", NP_("contract", "Subject"), width=30, priority=3), _C.subject),
        ListColumn(Column("total", N_("Total"), "money", width=14, sort="slow"), _C.total),
        ListColumn(Column("state", N_("State"), "state", width=12), _C.state),
        ListColumn(Column("end", N_("End"), "date", width=10, priority=3, sort="slow"), _C.end),
        ListColumn(Column("start", N_("Start"), "date", width=10, priority=4, sort="slow"), _C.start),
        ListColumn(Column("responsible", N_("Responsible"), width=14, priority=4), Operator.name),
        ListColumn(Column("currency", N_("Currency"), width=4, priority=5), _C.currency),
        ListColumn(Column("vat_code", N_("VAT"), "state", width=10, priority=6, hidden=True), _C.vat_code),
        ListColumn(Column("company", N_("Company"), width=20, priority=6, hidden=True), Company.name),
        ListColumn(Column("campaign", N_("Campaign"), width=16, priority=6, hidden=True), Campaign.name),
        ListColumn(Column("note", N_("Note"), width=20, priority=8, hidden=True), _C.note),
    ),
    fields=(
        FilterField("number", "text", _C.number, title=N_("Number")),
        FilterField("date", "date", _C.date, title=N_("Date")),
        FilterField("client", "text", _C.client, ask=lambda text: named(_C.client, "client", text),
                    title=N_("Client")),
        FilterField("subject", "text", _C.subject, title=NP_("contract", "Subject")),
        FilterField("total", "money", _C.total, title=N_("Total")),
        FilterField("state", "state", _C.state, values=CONTRACT_STATES, title=N_("State")),
        FilterField("start", "date", _C.start, title=N_("Start")),
        FilterField("end", "date", _C.end, title=N_("End")),
        FilterField("vat_code", "state", _C.vat_code, values=VAT_CODES, title=N_("VAT")),
        FilterField("responsible", "text", _C.responsible, ask=lambda text: of_operator(_C.responsible, text),
                    title=N_("Responsible")),
        FilterField("campaign", "text", _C.campaign, ask=lambda text: of_campaign(_C.campaign, text),
                    title=N_("Campaign")),
    ),
    default_sort=Sort("date", descending=True),
    joins={
        "client": Join(Client, _C.client == Client.id, required=True),
        "responsible": Join(Operator, _C.responsible == Operator.id),
        "company": Join(Company, _C.company == Company.id, required=True),
        "campaign": Join(Campaign, _C.campaign == Campaign.id),
    },
    lookup="contract",
)  # fmt: skip

_U = UnmetDemand
UNMET = ListDefinition(
    kind="unmet_demand",
    table=UnmetDemand,
    columns=(
        ListColumn(Column("moment", N_("Recorded"), "moment", width=16, sort="fast"), _U.moment),
        ListColumn(Column("client", N_("Client"), width=24, sort="slow"), Client.name, Client.sort_name, ("client",)),
        ListColumn(Column("product", N_("Product"), width=26, sort="slow"), Product.name, joins=("product",)),
        ListColumn(Column("quantity", N_("Quantity"), "quantity", width=8, priority=2), _U.quantity),
        ListColumn(Column("amount", N_("Amount"), "money", width=13, sort="slow"), _U.amount),
        ListColumn(Column("reason", N_("Reason"), "state", width=14), _U.reason),
        ListColumn(Column("state", N_("State"), "state", width=12, priority=2), _U.state),
        ListColumn(Column("cause", N_("Cause"), "state", width=20, priority=3), _U.cause),
        ListColumn(Column("competitor", N_("Competitor"), width=16, priority=4), _U.competitor),
        ListColumn(Column("quote", NP_("document", "Quote"), width=10, priority=3), Document.number),
        ListColumn(Column("optional", N_("Optional"), "flag", width=6, priority=5), _U.optional),
        ListColumn(Column("campaign", N_("Campaign"), width=16, priority=6, hidden=True), Campaign.name),
        ListColumn(Column("operator", N_("Operator"), width=14, priority=6, hidden=True), Operator.name),
    ),
    fields=(
        FilterField("recorded", "date", _U.moment, title=N_("Recorded")),
        FilterField("client", "text", _U.client, ask=lambda text: named(_U.client, "client", text),
                    title=N_("Client")),
        FilterField("product", "text", _U.product, ask=lambda text: named(_U.product, "product", text),
                    title=N_("Product")),
        FilterField("amount", "money", _U.amount, title=N_("Amount")),
        FilterField("reason", "state", _U.reason, values=UNMET_REASONS, title=N_("Reason")),
        FilterField("state", "state", _U.state, values=UNMET_STATES, title=N_("State")),
        FilterField("cause", "state", _U.cause, values=UNMET_CAUSES, title=N_("Cause")),
        FilterField("competitor", "text", _U.competitor, title=N_("Competitor")),
        FilterField("optional", "flag", _U.optional, title=N_("Optional")),
        FilterField("substituted", "flag", None, title=N_("Substituted"),
                    ask=lambda text: _U.substitute_line.is_null(text.casefold() in ("no", "нет"))),
        FilterField("operator", "text", _U.operator, ask=lambda text: of_operator(_U.operator, text),
                    title=N_("Operator")),
        FilterField("campaign", "text", _U.campaign, ask=lambda text: of_campaign(_U.campaign, text),
                    title=N_("Campaign")),
    ),
    default_sort=Sort("moment", descending=True),
    joins={
        "client": Join(Client, _U.client == Client.id),
        "product": Join(Product, _U.product == Product.id),
        "quote": Join(Document, _U.quote == Document.id, required=True),
        "campaign": Join(Campaign, _U.campaign == Campaign.id),
        "operator": Join(Operator, _U.operator == Operator.id),
    },
)  # fmt: skip
UNMET_QUEUE: Condition = (UnmetDemand.reason == "not_stated") & (UnmetDemand.state != "withdrawn")
"""What waits for a reason: the condition to fix on the list."""

STAGES = ListDefinition(
    kind="stage",
    table=Stage,
    columns=(
        ListColumn(Column("position", N_("Position"), "integer", width=4, sort="slow"), Stage.position),
        ListColumn(Column("name", N_("Name"), width=30, sort="slow"), Stage.name),
        ListColumn(Column("kind", N_("Kind"), "state", width=9), Stage.kind),
        ListColumn(Column("probability", N_("Probability, %"), "integer", width=6), Stage.probability),
        ListColumn(Column("rot_days", N_("Rots after, days"), "integer", width=6), Stage.rot_days),
        ListColumn(Column("active", N_("Active"), "flag", width=8), Stage.active),
    ),
    fields=(
        FilterField("name", "folded", Stage.folded, title=N_("Name")),
        FilterField("kind", "state", Stage.kind, values=STAGE_KINDS, title=N_("Kind")),
        FilterField("active", "flag", Stage.active, title=N_("Active")),
    ),
    default_sort=Sort("position"),
)

VAT_RATES = ListDefinition(
    kind="vat_rate",
    table=VatRate,
    columns=(
        ListColumn(Column("code", N_("Code"), "state", width=16, sort="slow"), VatRate.code),
        ListColumn(Column("title", N_("Title"), width=14), VatRate.title),
        ListColumn(Column("valid_from", N_("From"), "date", width=10), VatRate.valid_from),
        ListColumn(Column("valid_to", N_("To"), "date", width=10), VatRate.valid_to),
        ListColumn(Column("kind", N_("Kind"), "state", width=12), VatRate.kind),
    ),
    fields=(
        FilterField("code", "state", VatRate.code, values=VAT_CODES, title=N_("Code")),
        FilterField("kind", "state", VatRate.kind, values=VAT_KINDS, title=N_("Kind")),
    ),
    default_sort=Sort("code"),
)

_Before = Stage.alias()
STAGE_CHANGES = ListDefinition(
    kind="stage_change",
    table=StageChange,
    columns=(
        ListColumn(Column("moment", N_("Moment"), "moment", width=16, sort="slow"), StageChange.moment),
        ListColumn(Column("before", N_("From stage"), width=24), _Before.name),
        ListColumn(Column("after", N_("To stage"), width=24), Stage.name),
        ListColumn(Column("days", N_("Days in it"), "integer", width=8), StageChange.days),
        ListColumn(Column("amount", N_("Amount"), "money", width=13), StageChange.amount),
        ListColumn(Column("operator", N_("Operator"), width=14, priority=2), Operator.name),
    ),
    fields=(FilterField("day", "date", StageChange.day, title=N_("Day")),),
    default_sort=Sort("moment"),
    joins={
        "before": Join(_Before, StageChange.before == _Before.id),
        "after": Join(Stage, StageChange.after == Stage.id, required=True),
        "operator": Join(Operator, StageChange.operator == Operator.id),
    },
)
