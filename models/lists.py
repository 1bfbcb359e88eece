"""All lists by name: what ``export table`` writes and the sections show."""

from __future__ import annotations

from models.campaigns.lists import CAMPAIGNS
from models.catalogue.lists import PRODUCTS, VENDORS
from models.clients.interaction_lists import INTERACTIONS, PLANNED
from models.clients.lists import CLIENTS, PEOPLE
from models.company.lists import COMPANIES, OPERATORS
from models.keys.lists import KEYS
from models.licensing.lists import INSTANCES, LICENCES
from models.reminders.lists import REMINDERS
from models.table_listing import ListDefinition, TableListing

LISTS: dict[str, ListDefinition] = {
    "clients": CLIENTS,
    "people": PEOPLE,
    "interactions": INTERACTIONS,
    "planned": PLANNED,
    "reminders": REMINDERS,
    "products": PRODUCTS,
    "vendors": VENDORS,
    "keys": KEYS,
    "licences": LICENCES,
    "instances": INSTANCES,
    "campaigns": CAMPAIGNS,
    "operators": OPERATORS,
    "companies": COMPANIES,
}


def list_named(name: str) -> TableListing:
    """The whole list of a name, in its usual order."""
    return TableListing.of(LISTS[name])
