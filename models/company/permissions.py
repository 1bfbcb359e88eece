"""What each role may do: one table. A permission is a right to a kind of action, named in the domain's words."""

from __future__ import annotations

from models.actor import UNDO_OTHERS
from models.errors import permission_titles
from models.language import N_

LOOK_UP = "look_up"
READ = "read"
EDIT_CLIENTS = "edit_clients"
EDIT_CATALOGUE = "edit_catalogue"
EDIT_KEYS = "edit_keys"
EDIT_LICENCES = "edit_licences"
SEE_COST = "see_cost"
ADMINISTER = "administer"
ACT_AS_ANOTHER = "act_as_another"
IMPORT_TABLES = "import_tables"
EXPORT_TABLES = "export_tables"
EDIT_CAMPAIGNS = "edit_campaigns"
KEEP_REMINDERS = "keep_reminders"
ATTACH_FILES = "attach_files"
FILE_MAIL = "file_mail"
EDIT_SALES = "edit_sales"
POST_SHIPMENTS = "post_shipments"
EDIT_PURCHASES = "edit_purchases"
EDIT_PAYMENTS = "edit_payments"
EDIT_CONTRACTS = "edit_contracts"

PERMISSION_TITLES: dict[str, str] = {
    LOOK_UP: N_("look up keys and licences"),
    READ: N_("read everything"),
    EDIT_CLIENTS: N_("edit clients"),
    EDIT_CATALOGUE: N_("edit products"),
    EDIT_KEYS: N_("edit protection keys"),
    EDIT_LICENCES: N_("edit licences"),
    SEE_COST: N_("see purchase cost and margin"),
    ADMINISTER: N_("operators and settings"),
    ACT_AS_ANOTHER: N_("act as another operator"),
    IMPORT_TABLES: N_("import tables"),
    EXPORT_TABLES: N_("export tables"),
    EDIT_CAMPAIGNS: N_("edit campaigns"),
    KEEP_REMINDERS: N_("reminders"),
    ATTACH_FILES: N_("attach files"),
    FILE_MAIL: N_("import and file mail"),
    EDIT_SALES: N_("deals, quotes, orders and invoices"),
    POST_SHIPMENTS: N_("shipments and licence orders"),
    EDIT_PURCHASES: N_("supplier orders and receipts"),
    EDIT_PAYMENTS: N_("payments"),
    EDIT_CONTRACTS: N_("contracts"),
    UNDO_OTHERS: N_("undo the changes of others"),
}
permission_titles.update(PERMISSION_TITLES)

ROLE_TITLES: dict[str, str] = {
    "director": N_("director"),
    "sales": N_("sales"),
    "licensing": N_("licensing"),
    "engineer": N_("engineer"),
    "accountant": N_("accountant"),
    "auditor": N_("auditor"),
}

_EVERYONE = frozenset({LOOK_UP})
_WORKERS = _EVERYONE | {READ, KEEP_REMINDERS, ATTACH_FILES}
ROLE_PERMISSIONS: dict[str, frozenset[str]] = {
    "director": frozenset(PERMISSION_TITLES),
    "sales": _WORKERS
    | {EDIT_CLIENTS, EDIT_CATALOGUE, EDIT_CAMPAIGNS, FILE_MAIL, EDIT_SALES, EDIT_CONTRACTS, EDIT_PURCHASES}
    | {IMPORT_TABLES, EXPORT_TABLES},
    "licensing": _WORKERS | {EDIT_KEYS, EDIT_LICENCES, POST_SHIPMENTS, EDIT_PURCHASES, IMPORT_TABLES, EXPORT_TABLES},
    "engineer": _WORKERS,
    "accountant": _WORKERS | {SEE_COST, EDIT_PAYMENTS, EXPORT_TABLES},
    "auditor": _EVERYONE | {READ, SEE_COST, EXPORT_TABLES},
}


def permissions_of(roles: frozenset[str]) -> frozenset[str]:
    """All that a set of roles may do together; a role that does not exist allows nothing more."""
    return _EVERYONE.union(*(ROLE_PERMISSIONS.get(role, frozenset()) for role in roles))
