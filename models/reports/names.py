"""What a report is narrowed to, named as an operator names it, as the id that the database knows."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

from models.base import tuples
from models.campaigns.tables import Campaign
from models.catalogue.directory import ProductDirectory
from models.catalogue.tables import Vendor
from models.clients.directory import ClientDirectory
from models.company.tables import Company, Operator
from models.errors import RuleBroken
from models.language import _
from models.sales.vocabulary import UNMET_REASONS
from models.text import fold


def resolved(where: Mapping[str, str]) -> dict[str, Any]:
    """The ids (for a reason: its code) of what the fields name. Raises ``RuleBroken`` for what there is not."""
    return {name: _RESOLVERS[name](text) for name, text in where.items()}


def _operator(text: str) -> int:
    named = Operator.select(Operator.id, Operator.login, Operator.name)
    return _only("operator", text, [(key, (login, name)) for key, login, name in tuples(named)])


def _campaign(text: str) -> int:
    named = Campaign.select(Campaign.id, Campaign.name)
    return _only("campaign", text, [(key, (name,)) for key, name in tuples(named)])


def _vendor(text: str) -> int:
    named = Vendor.select(Vendor.id, Vendor.name)
    return _only("vendor", text, [(key, (name,)) for key, name in tuples(named)])


def _product(text: str) -> int:
    return int(ProductDirectory().find("", text).id)


def _client(text: str) -> int:
    return ClientDirectory().find("", text).id


def _company(text: str) -> int:
    named = Company.select(Company.id, Company.name)
    return _only("company", text, [(key, (name,)) for key, name in tuples(named)])


def _reason(text: str) -> str:
    wanted = fold(text)
    for code, title in UNMET_REASONS.items():
        if wanted in (fold(code), fold(title), fold(_(title))):
            return code
    raise RuleBroken(
        "where",
        _("There is no “{name}”.").format(name=text),
        _("Known are: {known}.").format(known=", ".join(UNMET_REASONS)),
    )


def _only(field: str, text: str, named: list[tuple[int, tuple[str, ...]]]) -> int:
    """The one that is called so, else the one in whose name the text is found."""
    wanted = fold(text)
    exact = [key for key, names in named if wanted in map(fold, names)]
    found = exact or [key for key, names in named if any(wanted in fold(name) for name in names)]
    if len(found) == 1:
        return found[0]
    says = _("Several are “{name}”.") if found else _("There is no “{name}”.")
    chosen = [names[-1] for key, names in named if not found or key in found]
    raise RuleBroken(
        field, says.format(name=text), _("Known are: {known}.").format(known=", ".join(sorted(chosen)[:10]) or "–")
    )


_RESOLVERS: Mapping[str, Callable[[str], Any]] = {
    "operator": _operator, "campaign": _campaign, "vendor": _vendor, "product": _product, "client": _client,
    "reason": _reason, "company": _company,
}  # fmt: skip
