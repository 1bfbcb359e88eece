"""Which of our companies a document is to be of, asked only where there are several."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from typing import TYPE_CHECKING, Any

from models.language import _
from models.sales.document_look import our_companies
from screens.kit.dialogs import PickOne
from screens.licence_entry import tell
from screens.shell import shell_of

if TYPE_CHECKING:
    from textual.screen import Screen

Then = Callable[[int | None], object]


def ask_company(place: Screen[Any], then: Then) -> None:
    """Go on with the company that is picked; with none where there is but one, which needs no saying."""
    shell_of(place).gateway.ask(place, "companies", our_companies, partial(_came, place, then), partial(tell, place))


def _came(place: Screen[Any], then: Then, companies: list[tuple[int, str]]) -> None:
    if len(companies) > 1:
        place.app.push_screen(PickOne(_("Which of our companies?"), companies), partial(_picked, then))
    else:
        then(None)


def _picked(then: Then, company: int | None) -> None:
    if company is not None:
        then(company)
