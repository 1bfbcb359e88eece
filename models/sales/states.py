"""How a document goes from state to state: by the transitions of its kind, with the right that each takes."""

from __future__ import annotations

from typing import Any

from models.actor import Actor
from models.errors import RuleBroken
from models.language import _
from models.sales.tables import Document
from models.sales.vocabulary import DOCUMENT_STATES, KINDS_OF_DOCUMENT, Transition, title_of
from models.writing import Change


def name_of(document: Document) -> str:
    """What a document is called in messages: its kind and its number, or its id while it is a draft."""
    return f"{title_of(document.kind)} {document.number or f'#{document.id}'}"


def written_number(year: int, serial: int, revision: int = 1) -> str:
    """How a number is written, so that numbers sort as text: 26-00045, and 26-00045/2 for the second revision."""
    number = f"{year % 100:02d}-{serial:05d}"
    return number if revision == 1 else f"{number}/{revision}"


def step(change: Change, document: Document, name: str, after: str = "", **values: Any) -> None:
    """Take a document through a transition of its kind, with other values that this sets. Raises ``RuleBroken``."""
    transition = _transition(document, name)
    if transition.by_hand:
        change.actor.require(right_of(document.kind, transition))
    state = after or transition.after[0]
    if state not in transition.after:
        raise ValueError(f"{name} does not lead to {state}")
    change.update(document, {"state": state, **values})


def _transition(document: Document, name: str) -> Transition:
    transition = KINDS_OF_DOCUMENT[document.kind].transition(name)
    if transition is None:
        raise RuleBroken("state", _("This cannot be done with {document}.").format(document=name_of(document)))
    if document.state not in transition.before:
        raise RuleBroken(
            "state",
            _("{document} is {state}: “{action}” is not possible.").format(
                document=name_of(document), state=_(DOCUMENT_STATES[document.state]), action=_(transition.title)
            ),
        )
    return transition


def right_of(kind: str, transition: Transition) -> str:
    """The right that a transition of a kind takes."""
    return transition.permission or KINDS_OF_DOCUMENT[kind].permission


def possible(document: Document, actor: Actor) -> list[Transition]:
    """What an operator may do with a document by hand in its state: the same rule as the actions', to grey keys."""
    return [
        transition
        for transition in KINDS_OF_DOCUMENT[document.kind].transitions
        if transition.by_hand and document.state in transition.before and actor.may(right_of(document.kind, transition))
    ]


def require_draft(change: Change, document: Document) -> None:
    """Raise unless the document may be edited: only drafts change, and only by who may write the kind."""
    change.actor.require(KINDS_OF_DOCUMENT[document.kind].permission)
    if document.state != "draft":
        raise RuleBroken(
            "state",
            _("{document} is {state} and no longer changes.").format(
                document=name_of(document), state=_(DOCUMENT_STATES[document.state])
            ),
            _("Make a revision or a correcting document, or cancel it with a reason."),
        )
