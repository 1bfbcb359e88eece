"""The section of our own company: products, vendors, campaigns, operators, legal entities, settings."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, ClassVar

from models.company.permissions import ADMINISTER, EDIT_CAMPAIGNS, EDIT_CATALOGUE
from models.language import N_
from screens.kit.list_head import HeadTab
from screens.list_screen import ListScreen
from screens.list_view import ListView

if TYPE_CHECKING:
    from models.table_listing import ListDefinition
    from screens.list_body import Body

_SETTINGS = HeadTab("settings", N_("Settings"))


def _products() -> ListDefinition:
    from models.catalogue.lists import PRODUCTS

    return PRODUCTS


def _vendors() -> ListDefinition:
    from models.catalogue.lists import VENDORS

    return VENDORS


def _campaigns() -> ListDefinition:
    from models.campaigns.lists import CAMPAIGNS

    return CAMPAIGNS


def _operators() -> ListDefinition:
    from models.company.lists import OPERATORS

    return OPERATORS


def _companies() -> ListDefinition:
    from models.company.lists import COMPANIES

    return COMPANIES


class OurCompany(ListScreen):
    """What the business stands on, rarely changed."""

    VIEWS: ClassVar[Sequence[ListView]] = (
        ListView(
            "products",
            N_("Products"),
            N_("There are no products yet."),
            _products,
            EDIT_CATALOGUE,
            import_kind="products",
        ),
        ListView("vendors", N_("Vendors"), N_("There are no vendors yet."), _vendors, EDIT_CATALOGUE),
        ListView("campaigns", N_("Campaigns"), N_("There are no campaigns yet."), _campaigns, EDIT_CAMPAIGNS),
        ListView("operators", N_("Operators"), N_("There are no operators yet."), _operators, ADMINISTER),
        ListView("companies", N_("Our companies"), N_("There is no company of ours yet."), _companies, ADMINISTER),
    )

    def tabs(self) -> tuple[HeadTab, ...]:
        """The settings come after the lists."""
        return (*super().tabs(), _SETTINGS)

    def body_of(self, tab: str) -> Body:
        """The settings are no list."""
        from screens.settings import SettingsPane

        return SettingsPane() if tab == _SETTINGS.id else super().body_of(tab)
