"""The section of clients: companies and people that we sell to or may sell to, and their contact persons."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, ClassVar

from models.company.permissions import EDIT_CLIENTS
from models.language import N_
from screens.list_screen import ListScreen
from screens.list_view import ListView

if TYPE_CHECKING:
    from models.table_listing import ListDefinition


def _clients() -> ListDefinition:
    from models.clients.lists import CLIENTS

    return CLIENTS


def _people() -> ListDefinition:
    from models.clients.lists import PEOPLE

    return PEOPLE


class Clients(ListScreen):
    """Clients and contact persons."""

    VIEWS: ClassVar[Sequence[ListView]] = (
        ListView(
            "clients", N_("Clients"), N_("There are no clients yet."), _clients, EDIT_CLIENTS, import_kind="clients"
        ),
        ListView("people", N_("Contact persons"), N_("There are no contact persons yet."), _people, EDIT_CLIENTS),
    )
