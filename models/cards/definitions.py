"""What the card of each kind of record consists of: a table of data that screens and command line read."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, replace
from functools import partial
from typing import Any

from models.actor import Actor
from models.base import Record
from models.campaigns import actions as campaigns
from models.campaigns.fields import CAMPAIGN_FIELDS
from models.campaigns.tables import Campaign
from models.campaigns.vocabulary import CAMPAIGN_STATES
from models.cards.licensing import (
    INSTANCE_EDITED,
    INSTANCE_SHOWN,
    KEY_BEGUN_WITH,
    KEY_EDITED,
    KEY_ORDER,
    KEY_SHOWN,
    LICENCE_SHOWN,
    instance_card_values,
    key_card_values,
    licence_card_values,
)
from models.cards.requirements import REQUIREMENTS
from models.cards.tabs import CardTab as CardTab
from models.cards.timeline import TIMELINE
from models.catalogue import actions as catalogue
from models.catalogue.fields import PRODUCT_FIELDS, VENDOR_FIELDS
from models.catalogue.lists import PRODUCTS
from models.catalogue.tables import Product, Vendor
from models.clients import actions as clients
from models.clients import details
from models.clients import interaction_actions as interactions
from models.clients.detail_fields import ADDRESS_FIELDS, BANK_ACCOUNT_FIELDS
from models.clients.detail_lists import ADDRESSES, BANK_ACCOUNTS
from models.clients.fields import CLIENT_FIELDS, PERSON_FIELDS
from models.clients.interaction_fields import INTERACTION_FIELDS, REMIND_FIELDS
from models.clients.interaction_lists import INTERACTIONS
from models.clients.lists import CLIENTS, PEOPLE
from models.clients.tables import Address, BankAccount, Client, ClientGroup, Interaction, Person
from models.clients.vocabulary import CLIENT_STATUSES, INTERACTION_STATES
from models.company import actions as company
from models.company.fields import COMPANY_FIELDS, OPERATOR_FIELDS
from models.company.permissions import (
    ADMINISTER,
    ATTACH_FILES,
    EDIT_CAMPAIGNS,
    EDIT_CATALOGUE,
    EDIT_CLIENTS,
    EDIT_CONTRACTS,
    EDIT_KEYS,
    EDIT_LICENCES,
    EDIT_SALES,
    KEEP_REMINDERS,
)
from models.company.tables import Company, Operator
from models.fields import Field
from models.files import actions as files
from models.files.fields import FILE_FIELDS, FILE_SHOWN
from models.files.tables import AttachedFile
from models.keys import actions as keys
from models.keys.lists import KEYS, MOVEMENTS
from models.keys.tables import KeyMovement, ProtectionKey
from models.keys.vocabulary import KEY_STATES
from models.language import N_
from models.licensing import actions as licensing
from models.licensing.fields import LICENCE_FIELDS
from models.licensing.lists import INSTANCES, LICENCE_EVENTS, LICENCES, SERIAL_NUMBERS
from models.licensing.tables import ItemInstance, Licence, LicenceEvent
from models.licensing.vocabulary import INSTANCE_STATES, LICENCE_STATUSES
from models.mail.lists import MESSAGES
from models.mail.tables import Message
from models.reminders import actions as reminders
from models.reminders.fields import REMINDER_FIELDS, REMINDER_SHOWN
from models.reminders.lists import REMINDERS, about_record
from models.reminders.tables import Reminder
from models.reminders.vocabulary import REMINDER_STATES
from models.sales import actions_contracts as contracts
from models.sales import actions_deals as deals
from models.sales import actions_drafts as drafts
from models.sales import headers, mailings
from models.sales.document_lists import DOCUMENT_LINES
from models.sales.fields import CONTRACT_FIELDS, DEAL_FIELDS, DEAL_SHOWN, DOCUMENT_FIELDS, DOCUMENT_SHOWN, STAGE_FIELDS
from models.sales.lists import CONTRACTS, DEALS, DOCUMENTS, STAGE_CHANGES, UNMET
from models.sales.tables import ContractHeader, Deal, Document, DocumentLine, Stage, StageChange, UnmetDemand
from models.sales.vocabulary import CONTRACT_STATES, DOCUMENT_STATES, STAGE_KINDS
from models.writing import Change


@dataclass(frozen=True, slots=True)
class CardDefinition:
    """The card of one kind. ``numbers`` are the columns by which ``show KIND NUMBER`` finds the record."""

    kind: str
    table: type[Record]
    fields: tuple[Field, ...]
    values_of: Callable[[Any], Mapping[str, Any]]
    edit: Callable[..., bool] | None
    permission: str
    numbers: tuple[Any, ...]
    label: str = "name"
    """The field whose value is the record's title."""
    add: Callable[..., int] | None = None
    tabs: tuple[CardTab, ...] = ()
    state: str = ""
    """The field that says in what state the record is; empty where there is none."""
    states: Mapping[str, str] | None = None
    shown: tuple[Field, ...] = ()
    """Fields that are shown beside the editable ones and never edited."""
    order: tuple[str, ...] = ()
    """The names of all fields in the order in which they stand; empty where those that are shown come first."""
    new: Mapping[str, Any] = field(default_factory=dict)
    """What ``add`` takes for fields that are not given."""
    fresh: Callable[[Actor, Mapping[str, Any]], Mapping[str, Any]] | None = None
    """What a new record's form begins with besides: from the operator, the moment, and what is known already."""
    new_fields: tuple[Field, ...] = ()
    """Fields that only the form of a new record has: what ``add`` does besides making it."""
    at_once: bool = False
    """A new record is saved without a question: its form is short and is filled while somebody speaks."""


def _definition_of_group_values(group: ClientGroup) -> Mapping[str, Any]:
    return {"name": group.name}


def _add_client_group(by: Actor | Change, values: Mapping[str, Any]) -> int:
    return clients.client_group_named(by, values.get("name", ""))


_WITHOUT_REMINDERS = frozenset({"reminder", "operator", "company", "address", "bank_account"})


def _with_reminders(card: CardDefinition) -> CardDefinition:
    """Every record can be reminded of: what was set about it stands on its card."""
    if card.kind in _WITHOUT_REMINDERS:
        return card
    about = CardTab(
        "reminders", N_("Reminders"), REMINDERS, partial(about_record, card.kind), own="about",
        preset=lambda record_id: {"about_kind": card.kind, "about_id": record_id},
    )  # fmt: skip
    return replace(card, tabs=(*card.tabs, about))


CARDS: dict[str, CardDefinition] = {
    card.kind: _with_reminders(card)
    for card in (
        CardDefinition(
            "client", Client, CLIENT_FIELDS, clients.client_values, clients.edit_client, EDIT_CLIENTS,
            (Client.inn, Client.external_code, Client.name, Client.legal_name), add=clients.add_client,
            new=clients.NEW_CLIENT, state="status", states=CLIENT_STATUSES,
            tabs=(
                CardTab("timeline", N_("Timeline"), TIMELINE),
                CardTab("people", N_("People"), PEOPLE, Person.client),
                CardTab("interactions", N_("Interactions"), INTERACTIONS, Interaction.client),
                CardTab("deals", N_("Deals"), DEALS, Deal.client),
                CardTab("documents", N_("Documents"), DOCUMENTS, Document.client),
                CardTab("contracts", N_("Contracts"), CONTRACTS, ContractHeader.client),
                CardTab("unmet", N_("Unmet demand"), UNMET, UnmetDemand.client),
                CardTab("messages", N_("Mail"), MESSAGES, Message.client),
                CardTab("licences", N_("Licences"), LICENCES, Licence.client),
                CardTab("keys", N_("Keys"), KEYS, ProtectionKey.owner),
                CardTab("instances", N_("Instances"), INSTANCES, ItemInstance.client),
                CardTab("addresses", N_("Addresses"), ADDRESSES, Address.client),
                CardTab("bank_accounts", N_("Bank accounts"), BANK_ACCOUNTS, BankAccount.client),
            ),
        ),
        CardDefinition(
            "address", Address, ADDRESS_FIELDS, details.address_values, details.edit_address, EDIT_CLIENTS,
            (Address.text,), label="text", add=details.add_address, new=details.NEW_ADDRESS,
        ),
        CardDefinition(
            "bank_account", BankAccount, BANK_ACCOUNT_FIELDS, details.bank_account_values, details.edit_bank_account,
            EDIT_CLIENTS, (BankAccount.account,), label="account", add=details.add_bank_account,
            new=details.NEW_BANK_ACCOUNT,
        ),
        CardDefinition(
            "person", Person, PERSON_FIELDS, clients.person_values, clients.edit_person, EDIT_CLIENTS, (Person.name,),
            add=clients.add_person,
            tabs=(
                CardTab("interactions", N_("Interactions"), INTERACTIONS, Interaction.person),
                CardTab("messages", N_("Mail"), MESSAGES, Message.person),
            ),
        ),
        CardDefinition(
            "interaction", Interaction, INTERACTION_FIELDS, interactions.interaction_values,
            interactions.edit_interaction, EDIT_CLIENTS, (Interaction.subject,), label="subject",
            add=interactions.add_interaction, new=interactions.NEW_INTERACTION, fresh=interactions.fresh_interaction,
            new_fields=REMIND_FIELDS, at_once=True, state="state", states=INTERACTION_STATES,
            shown=(Field("about", N_("Logged from"), "record"),),
        ),
        CardDefinition(
            "reminder", Reminder, REMINDER_FIELDS, reminders.reminder_values, reminders.edit_reminder, KEEP_REMINDERS,
            (Reminder.text,), label="text", add=reminders.add_reminder, fresh=reminders.fresh_reminder, at_once=True,
            state="state", states=REMINDER_STATES, shown=REMINDER_SHOWN,
        ),
        CardDefinition(
            "client_group", ClientGroup, (Field("name", N_("Name"), required=True),), _definition_of_group_values,
            None, EDIT_CLIENTS, (ClientGroup.name,), add=_add_client_group,
            tabs=(CardTab("clients", N_("Clients"), CLIENTS, Client.group),),
        ),
        CardDefinition(
            "vendor", Vendor, VENDOR_FIELDS, catalogue.vendor_values, catalogue.edit_vendor, EDIT_CATALOGUE,
            (Vendor.name,), add=catalogue.add_vendor,
            tabs=(
                CardTab("products", N_("Products"), PRODUCTS, Product.vendor),
                CardTab("keys", N_("Keys"), KEYS, ProtectionKey.vendor),
            ),
        ),
        CardDefinition(
            "product", Product, PRODUCT_FIELDS, catalogue.product_values, catalogue.edit_product, EDIT_CATALOGUE,
            (Product.code, Product.name), add=catalogue.add_product, new=catalogue.NEW_PRODUCT,
            tabs=(CardTab("licences", N_("Licences"), LICENCES, Licence.product),),
        ),
        CardDefinition(
            "campaign", Campaign, CAMPAIGN_FIELDS, campaigns.campaign_values, campaigns.edit_campaign, EDIT_CAMPAIGNS,
            (Campaign.name,), add=campaigns.add_campaign, new=campaigns.NEW_CAMPAIGN, state="state",
            states=CAMPAIGN_STATES,
            tabs=(CardTab("interactions", N_("Interactions"), INTERACTIONS, Interaction.campaign),),
        ),
        CardDefinition(
            "key", ProtectionKey, KEY_EDITED, key_card_values, keys.edit_key, EDIT_KEYS, (ProtectionKey.number,),
            label="number", add=keys.add_key, new=keys.NEW_KEY, state="state", states=KEY_STATES,
            shown=KEY_SHOWN, new_fields=KEY_BEGUN_WITH, order=KEY_ORDER,
            tabs=(
                CardTab("licences", N_("Serial numbers"), SERIAL_NUMBERS, Licence.key),
                CardTab("movements", N_("Movements"), MOVEMENTS, KeyMovement.key),
            ),
        ),
        CardDefinition(
            "licence", Licence, LICENCE_FIELDS, licence_card_values, licensing.edit_licence, EDIT_LICENCES,
            (Licence.number,), label="number", add=licensing.add_licence, new=licensing.NEW_LICENCE,
            state="state", states=LICENCE_STATUSES,
            shown=LICENCE_SHOWN,
            tabs=(
                CardTab("events", N_("Events"), LICENCE_EVENTS, LicenceEvent.licence),
                CardTab("successors", N_("Superseded by"), LICENCES, Licence.supersedes),
            ),
        ),
        CardDefinition(
            "instance", ItemInstance, INSTANCE_EDITED, instance_card_values, licensing.edit_instance,
            EDIT_LICENCES, (ItemInstance.number,), label="number", state="state", states=INSTANCE_STATES,
            shown=INSTANCE_SHOWN,
            tabs=(
                CardTab("requirements", N_("Requirements"), REQUIREMENTS),
                CardTab("licences", N_("Serial numbers"), SERIAL_NUMBERS, Licence.instance),
            ),
        ),
        CardDefinition(
            "deal", Deal, DEAL_FIELDS, deals.deal_values, deals.edit_deal, EDIT_SALES,
            (Deal.number, Deal.external_number, Deal.title), label="title", add=deals.new_deal,
            state="state", states=STAGE_KINDS, shown=DEAL_SHOWN,
            tabs=(
                CardTab("documents", N_("Documents"), DOCUMENTS, Document.deal),
                CardTab("stages", N_("Stages"), STAGE_CHANGES, StageChange.deal),
                CardTab("unmet", N_("Unmet demand"), UNMET, UnmetDemand.deal),
            ),
        ),
        CardDefinition(
            "contract", ContractHeader, CONTRACT_FIELDS, contracts.contract_values, contracts.edit_contract,
            EDIT_CONTRACTS, (ContractHeader.number,), label="number", add=contracts.add_contract,
            new=contracts.NEW_CONTRACT, state="state", states=CONTRACT_STATES,
            tabs=(CardTab("documents", N_("Documents"), DOCUMENTS, Document.contract),),
        ),
        CardDefinition(
            "document", Document, DOCUMENT_FIELDS, headers.header_values, drafts.edit_document, EDIT_SALES,
            (Document.number,), label="number", state="state", states=DOCUMENT_STATES, shown=DOCUMENT_SHOWN,
            tabs=(
                CardTab("lines", N_("Lines"), DOCUMENT_LINES, DocumentLine.document),
                CardTab("made", N_("Made from it"), DOCUMENTS, Document.basis),
                CardTab("unmet", N_("Unmet demand"), UNMET, UnmetDemand.quote),
                CardTab("messages", N_("Mail"), MESSAGES, mailings.carried),
            ),
        ),
        CardDefinition(
            "stage", Stage, STAGE_FIELDS, deals.stage_values, deals.edit_stage, ADMINISTER, (Stage.name,),
            add=deals.add_stage, new=deals.NEW_STAGE,
            tabs=(CardTab("deals", N_("Deals"), DEALS, Deal.stage),),
        ),
        CardDefinition(
            "file", AttachedFile, FILE_FIELDS, files.file_card_values, files.edit_file, ATTACH_FILES,
            (AttachedFile.name,), shown=FILE_SHOWN,
        ),
        CardDefinition(
            "operator", Operator, OPERATOR_FIELDS, company.operator_values, company.edit_operator, ADMINISTER,
            (Operator.login, Operator.name), add=company.add_operator, new=company.NEW_OPERATOR,
        ),
        CardDefinition(
            "company", Company, COMPANY_FIELDS, company.company_values, company.edit_company, ADMINISTER,
            (Company.name, Company.inn), add=company.add_company, new=company.NEW_COMPANY,
        ),
    )
}  # fmt: skip
