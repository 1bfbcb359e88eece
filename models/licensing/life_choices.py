"""What may become of a licence, with the reason where it may not: the menu of its card."""

from __future__ import annotations

from dataclasses import dataclass

from models.actor import Actor
from models.company.permissions import EDIT_LICENCES
from models.errors import NotAllowed
from models.language import _
from models.licensing.tables import Licence
from models.licensing.transitions import LIFE_STEPS, why_not
from models.sales.vocabulary import KINDS_OF_DOCUMENT
from models.writing import get

UPGRADE = "upgrade"


@dataclass(frozen=True, slots=True)
class LifeChoice:
    """A step of a licence's life; ``why_not`` says in words why it is not possible, nothing where it is."""

    event: str
    title: str
    why_not: str = ""


def life_choices(licence_id: int, actor: Actor) -> list[LifeChoice]:
    """The steps that an operator may take with a licence, those that are possible first; raises ``NotFound``."""
    licence = get(Licence, licence_id)
    found = []
    for step in LIFE_STEPS.values():
        if step.by_hand or step.event == UPGRADE:
            refused = why_not(step, licence, licence.product)
            right = KINDS_OF_DOCUMENT["quote"].permission if step.event == UPGRADE else EDIT_LICENCES
            reason = refused.rule if refused is not None else _not_allowed(actor, right)
            title = _("Quote an upgrade") if step.event == UPGRADE else _(step.title)
            found.append(LifeChoice(step.event, title, reason))
    return sorted(found, key=lambda one: bool(one.why_not))


def _not_allowed(actor: Actor, right: str) -> str:
    return "" if actor.may(right) else str(NotAllowed(actor.login, right))
