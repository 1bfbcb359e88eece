"""The section of clients: whom we sell to, their contact persons, and what is said, planned and to be remembered."""

from __future__ import annotations

import importlib
from collections.abc import Sequence
from typing import TYPE_CHECKING, ClassVar, cast

from models.company.permissions import EDIT_CLIENTS, KEEP_REMINDERS
from models.language import N_
from screens.list_screen import ListScreen
from screens.list_view import ListView

if TYPE_CHECKING:
    from models.table_listing import ListDefinition
    from screens.list_pane import ListPane


def _clients() -> ListDefinition:
    from models.clients.lists import CLIENTS

    return CLIENTS


def _people() -> ListDefinition:
    from models.clients.lists import PEOPLE

    return PEOPLE


def _planned() -> ListDefinition:
    from models.clients.interaction_lists import PLANNED

    return PLANNED


def _interactions() -> ListDefinition:
    from models.clients.interaction_lists import INTERACTIONS

    return INTERACTIONS


def _reminders() -> ListDefinition:
    from models.reminders.lists import REMINDERS

    return REMINDERS


_OWN_PANES = {
    "clients": ("screens.client_pane", "ClientPane"),
    "planned": ("screens.interactions", "PlannedPane"),
    "reminders": ("screens.reminders", "ReminderPane"),
}


class Clients(ListScreen):
    """Clients, contact persons, interactions and reminders."""

    VIEWS: ClassVar[Sequence[ListView]] = (
        ListView(
            "clients", N_("Clients"), N_("There are no clients yet."), _clients, EDIT_CLIENTS, import_kind="clients"
        ),
        ListView("people", N_("Contact persons"), N_("There are no contact persons yet."), _people, EDIT_CLIENTS),
        ListView("planned", N_("Planned"), N_("Nothing is planned."), _planned, EDIT_CLIENTS),
        ListView("interactions", N_("Interactions"), N_("No contact was logged yet."), _interactions, EDIT_CLIENTS),
        ListView("reminders", N_("Reminders"), N_("There are no reminders yet."), _reminders, KEEP_REMINDERS),
    )

    def pane_of(self, view: ListView) -> ListPane:
        """Most of the lists have keys of their own; each is imported when it is first shown."""
        if view.name not in _OWN_PANES:
            return super().pane_of(view)
        module, name = _OWN_PANES[view.name]
        return cast("ListPane", getattr(importlib.import_module(module), name)(view, self.memory))
