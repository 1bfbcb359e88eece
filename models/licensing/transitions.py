"""What may become of a licence: one table of steps, which actions and keys read, and what its product asks for."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from models.catalogue.tables import Product
from models.errors import RuleBroken
from models.language import NP_, _
from models.licensing.tables import Licence
from models.licensing.vocabulary import ENDED_STATES, LICENCE_STATES, ON_A_KEY

_LIVING = frozenset({"reserved", "issued", "suspended"})
_GIVEN = frozenset({"issued", "suspended"})


@dataclass(frozen=True, slots=True)
class LifeStep:
    """A step of a licence's life: the event that it is kept as, from which states, to which (None: it stays)."""

    event: str
    title: str
    before: frozenset[str]
    after: str | None = None
    by_hand: bool = True
    """An operator takes it; else it follows from something else."""
    reason: bool = False
    """It takes a reason in words."""


LIFE_STEPS: dict[str, LifeStep] = {
    step.event: step
    for step in (
        LifeStep("issue", NP_("action", "Issue"), frozenset({"reserved"}), "issued", by_hand=False),
        LifeStep("activate", NP_("action", "Activate"), frozenset({"issued"})),
        LifeStep("renew", NP_("action", "Renew"), _GIVEN),
        LifeStep("upgrade", NP_("action", "Upgrade"), _GIVEN, "superseded", by_hand=False),
        LifeStep("transfer", NP_("action", "Transfer"), _GIVEN),
        LifeStep("move", NP_("action", "Move to another key"), _LIVING),
        LifeStep("seats", NP_("action", "Change seats"), _LIVING),
        LifeStep("suspend", NP_("action", "Suspend"), frozenset({"issued"}), "suspended"),
        LifeStep("reinstate", NP_("action", "Reinstate"), frozenset({"suspended"}), "issued"),
        LifeStep("return", NP_("action", "Take back"), _GIVEN, "revoked"),
        LifeStep("revoke", NP_("action", "Revoke"), _LIVING, "revoked", reason=True),
    )
}
"""By the kind of event. Corrections are none: they may make anything of a licence that its dates and key allow."""


def possible_events(licence: Licence) -> list[LifeStep]:
    """The steps that an operator may take with a licence as it is: the same rules as the actions', to grey keys."""
    product = licence.product
    return [step for step in LIFE_STEPS.values() if step.by_hand and why_not(step, licence, product) is None]


def require_step(kind: str, licence: Licence, product: Product, reason: str) -> LifeStep:
    """The step of a kind; raises ``RuleBroken`` where the licence's state or its product does not allow it."""
    step = LIFE_STEPS[kind]
    refused = why_not(step, licence, product)
    if refused is not None:
        raise refused
    if step.reason and not reason:
        raise RuleBroken("reason", _("The reason is missing."), _("Say why, in a few words."))
    return step


def why_not(step: LifeStep, licence: Licence, product: Product) -> RuleBroken | None:
    """Why a step is not possible; None where it is."""
    if licence.state not in step.before:
        return RuleBroken(
            "state",
            _("Licence {number} is {state}: “{action}” is not possible.").format(
                number=licence.number, state=_(LICENCE_STATES[licence.state]), action=_(step.title)
            ),
        )
    if step.event == "activate" and licence.activated is not None:
        return RuleBroken(
            "activated",
            _("Licence {number} was activated on {day}.").format(number=licence.number, day=licence.activated),
        )
    if step.event == "return" and not product.returnable:
        return RuleBroken(
            "product",
            _("{product} cannot be returned.").format(product=product.name),
            _("Its licence policy says so; revoke the licence with a reason instead."),
        )
    return None


def needs_key(product: Product) -> bool:
    """Whether licences of a product live on a key."""
    return product.protection_method in ON_A_KEY


def is_active(product: Product, state: str, activated: dt.date | None) -> bool:
    """Whether a licence of a product works: it is issued and, where the term counts from activation, activated."""
    return state == "issued" and (product.term_from == "issue" or activated is not None)


def lacks_key(product: Product, values: Mapping[str, Any]) -> bool:
    """Whether a licence of these values is active without the key that its product needs."""
    active = is_active(product, values["state"], values["activated"])
    return active and values["key"] is None and needs_key(product)


def require_key(product: Product, values: Mapping[str, Any]) -> None:
    """Raise ``RuleBroken`` where a licence of these values would be active without the key that its product needs."""
    if lacks_key(product, values):
        raise RuleBroken(
            "key",
            _("A licence of {product} is not active without a protection key.").format(product=product.name),
            _("Pick the key that it is on."),
        )


def refuse_change_of_ended(licence: Licence, after: Mapping[str, Any], changed: set[str]) -> None:
    """Raise ``RuleBroken`` where a licence that has ended would be given another life and yet stay ended."""
    if changed and licence.state in ENDED_STATES and after["state"] in ENDED_STATES:
        raise RuleBroken(
            "state",
            _("Licence {number} is {state} and no longer changes.").format(
                number=licence.number, state=_(LICENCE_STATES[licence.state])
            ),
            _("If that is a mistake, correct its state first."),
        )
