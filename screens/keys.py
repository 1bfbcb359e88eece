"""The section of protection keys, licences and item instances."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, ClassVar

from models.company.permissions import EDIT_KEYS, EDIT_LICENCES
from models.language import N_
from screens.kit.list_head import HeadTab
from screens.list_body import Body
from screens.list_pane import ListPane
from screens.list_screen import ListScreen
from screens.list_view import ListView

if TYPE_CHECKING:
    from models.kinds import RecordRef
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

    def tabs(self) -> tuple[HeadTab, ...]:
        """The lists, what ends, the pools of codes."""
        return (*super().tabs(), HeadTab("renewals", N_("Renewals")), HeadTab("pools", N_("Pools")))

    def body_of(self, tab: str) -> Body:
        """Renewals and pools are no lists of records."""
        if tab == "renewals":
            from screens.renewals import RenewalsBody

            return RenewalsBody(tab)
        if tab == "pools":
            from screens.pools import PoolsBody

            return PoolsBody(tab)
        return super().body_of(tab)

    def record_here(self) -> RecordRef | None:
        """The record under the cursor, whatever is shown."""
        body = next((body for body in self._bodies() if body.display), None)
        return super().record_here() if body is None or isinstance(body, ListPane) else body.record_here()
