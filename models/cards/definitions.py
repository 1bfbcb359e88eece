"""What the card of each kind of record consists of: a table of data that screens and command line read."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Any

from models.actor import Actor
from models.base import Record
from models.campaigns import actions as campaigns
from models.campaigns.fields import CAMPAIGN_FIELDS
from models.campaigns.tables import Campaign
from models.campaigns.vocabulary import CAMPAIGN_STATES
from models.catalogue import actions as catalogue
from models.catalogue.fields import PRODUCT_FIELDS, VENDOR_FIELDS
from models.catalogue.lists import PRODUCTS
from models.catalogue.tables import Product, Vendor
from models.clients import actions as clients
from models.clients.fields import CLIENT_FIELDS, PERSON_FIELDS
from models.clients.lists import CLIENTS, PEOPLE
from models.clients.tables import Client, ClientGroup, Person
from models.clients.vocabulary import CLIENT_STATUSES
from models.company import actions as company
from models.company.fields import COMPANY_FIELDS, OPERATOR_FIELDS
from models.company.permissions import (
    ADMINISTER,
    EDIT_CAMPAIGNS,
    EDIT_CATALOGUE,
    EDIT_CLIENTS,
    EDIT_KEYS,
    EDIT_LICENCES,
)
from models.company.tables import Company, Operator
from models.fields import Field
from models.keys import actions as keys
from models.keys.fields import KEY_FIELDS
from models.keys.lists import KEYS, MOVEMENTS
from models.keys.tables import KeyMovement, ProtectionKey
from models.keys.vocabulary import KEY_STATES
from models.language import N_
from models.licensing import actions as licensing
from models.licensing.fields import INSTANCE_FIELDS, LICENCE_FIELDS
from models.licensing.lists import INSTANCES, LICENCES
from models.licensing.tables import ItemInstance, Licence
from models.licensing.vocabulary import INSTANCE_STATES, LICENCE_STATUSES
from models.table_listing import ListDefinition
from models.writing import Change


@dataclass(frozen=True, slots=True)
class CardTab:
    """A list on a card: the rows of another kind whose link points to the record."""

    id: str
    title: str
    definition: ListDefinition
    link: Any
    """The foreign key, or a function from the record's id to a condition."""


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
    new: Mapping[str, Any] = field(default_factory=dict)
    """What ``add`` takes for fields that are not given."""


def _definition_of_group_values(group: ClientGroup) -> Mapping[str, Any]:
    return {"name": group.name}


def _add_client_group(by: Actor | Change, values: Mapping[str, Any]) -> int:
    return clients.client_group_named(by, values.get("name", ""))


_INSTANCE_SHOWN: tuple[Field, ...] = (
    Field("number", N_("Number")),
    Field("product", N_("Product"), "reference", reference="product"),
    Field("client", N_("Client"), "reference", reference="client"),
    Field("end_user", N_("End user"), "reference", reference="client"),
    Field("formed", N_("Formed"), "date"),
)
_LICENCE_SHOWN: tuple[Field, ...] = (Field("instance", N_("Item instance"), "reference", reference="instance"),)

CARDS: dict[str, CardDefinition] = {
    card.kind: card
    for card in (
        CardDefinition(
            "client", Client, CLIENT_FIELDS, clients.client_values, clients.edit_client, EDIT_CLIENTS,
            (Client.inn, Client.external_code, Client.name, Client.legal_name), add=clients.add_client,
            new=clients.NEW_CLIENT, state="status", states=CLIENT_STATUSES,
            tabs=(
                CardTab("people", N_("People"), PEOPLE, Person.client),
                CardTab("licences", N_("Licences"), LICENCES, Licence.client),
                CardTab("keys", N_("Keys"), KEYS, ProtectionKey.owner),
                CardTab("instances", N_("Instances"), INSTANCES, ItemInstance.client),
            ),
        ),
        CardDefinition(
            "person", Person, PERSON_FIELDS, clients.person_values, clients.edit_person, EDIT_CLIENTS, (Person.name,),
            add=clients.add_person,
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
        ),
        CardDefinition(
            "key", ProtectionKey, KEY_FIELDS, keys.key_values, keys.edit_key, EDIT_KEYS, (ProtectionKey.number,),
            label="number", add=keys.add_key, new=keys.NEW_KEY, state="state", states=KEY_STATES,
            tabs=(
                CardTab("licences", N_("Serial numbers"), LICENCES, Licence.key),
                CardTab("movements", N_("Movements"), MOVEMENTS, KeyMovement.key),
            ),
        ),
        CardDefinition(
            "licence", Licence, LICENCE_FIELDS, licensing.licence_values, licensing.edit_licence, EDIT_LICENCES,
            (Licence.number,), label="number", add=licensing.add_licence, new=licensing.NEW_LICENCE,
            state="state", states=LICENCE_STATUSES,
            shown=_LICENCE_SHOWN,
            tabs=(CardTab("successors", N_("Superseded by"), LICENCES, Licence.supersedes),),
        ),
        CardDefinition(
            "instance", ItemInstance, INSTANCE_FIELDS, licensing.instance_values, licensing.edit_instance,
            EDIT_LICENCES, (ItemInstance.number,), label="number", state="state", states=INSTANCE_STATES,
            shown=_INSTANCE_SHOWN,
            tabs=(CardTab("licences", N_("Serial numbers"), LICENCES, Licence.instance),),
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
