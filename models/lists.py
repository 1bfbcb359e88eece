"""All lists by name: what ``export table`` writes and the sections show."""

from __future__ import annotations

from models.campaigns.lists import CAMPAIGNS
from models.catalogue.lists import PRODUCTS, VENDORS
from models.clients.interaction_lists import INTERACTIONS, PLANNED
from models.clients.lists import CLIENTS, PEOPLE
from models.company.lists import COMPANIES, OPERATORS
from models.files.lists import FILES
from models.keys.lists import KEYS
from models.licensing.lists import INSTANCES, LICENCES
from models.licensing.pool_lists import CODES
from models.mail.lists import MESSAGES
from models.reminders.lists import REMINDERS
from models.sales.lists import CONTRACTS, DEALS, DOCUMENTS, DOCUMENTS_OF_KIND, STAGES, UNMET, VAT_RATES
from models.table_listing import ListDefinition, TableListing

LISTS: dict[str, ListDefinition] = {
    "clients": CLIENTS,
    "people": PEOPLE,
    "interactions": INTERACTIONS,
    "planned": PLANNED,
    "reminders": REMINDERS,
    "messages": MESSAGES,
    "products": PRODUCTS,
    "vendors": VENDORS,
    "keys": KEYS,
    "licences": LICENCES,
    "instances": INSTANCES,
    "codes": CODES,
    "campaigns": CAMPAIGNS,
    "deals": DEALS,
    "documents": DOCUMENTS,
    "quotes": DOCUMENTS_OF_KIND["quote"],
    "orders": DOCUMENTS_OF_KIND["order"],
    "invoices": DOCUMENTS_OF_KIND["invoice"],
    "shipments": DOCUMENTS_OF_KIND["shipment"],
    "payments": DOCUMENTS_OF_KIND["payment_in"],
    "payments_made": DOCUMENTS_OF_KIND["payment_out"],
    "supplier_orders": DOCUMENTS_OF_KIND["supplier_order"],
    "receipts": DOCUMENTS_OF_KIND["receipt"],
    "licence_orders": DOCUMENTS_OF_KIND["licence_order"],
    "contracts": CONTRACTS,
    "unmet_demand": UNMET,
    "stages": STAGES,
    "vat_rates": VAT_RATES,
    "files": FILES,
    "operators": OPERATORS,
    "companies": COMPANIES,
}


def list_named(name: str) -> TableListing:
    """The whole list of a name, in its usual order."""
    return TableListing.of(LISTS[name])
