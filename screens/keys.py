"""The section of protection keys, licences and item instances."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, ClassVar

from models.company.permissions import EDIT_KEYS, EDIT_LICENCES
from models.language import N_
from screens.list_screen import ListScreen
from screens.list_view import ListView

if TYPE_CHECKING:
    from models.table_listing import ListDefinition


def _keys() -> ListDefinition:
    from models.keys.lists import KEYS

    return KEYS


def _licences() -> ListDefinition:
    from models.licensing.lists import LICENCES

    return LICENCES


def _instances() -> ListDefinition:
    from models.licensing.lists import INSTANCES

    return INSTANCES


class Keys(ListScreen):
    """Whose key is this? Any part of a number, client or product finds it."""

    VIEWS: ClassVar[Sequence[ListView]] = (
        ListView("keys", N_("Keys"), N_("There are no protection keys yet."), _keys, EDIT_KEYS, import_kind="keys"),
        ListView(
            "licences",
            N_("Licences"),
            N_("There are no licences yet."),
            _licences,
            EDIT_LICENCES,
            import_kind="licences",
        ),
        ListView("instances", N_("Instances"), N_("There are no item instances yet."), _instances),
    )
