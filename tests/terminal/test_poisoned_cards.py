"""The card of every kind over a database whose every text is hostile: its tabs, its history, its form, a new record."""

from __future__ import annotations

from pathlib import Path

import pytest

from models.cards.definitions import CARDS, CardDefinition
from models.kinds import KINDS
from models.language import _
from tests.terminal.grammar import Size
from tests.terminal.poison import Poison
from tests.terminal.test_poisoned_screens import HOSTILE_PASTE, Poisoned, each_list, walking
from tests.terminal.walk import WIDE, Step, Walk, each_way

pytestmark = pytest.mark.terminal


def name_column(card: CardDefinition) -> str:
    """The column in which the names of a card's records stand."""
    return f"{card.table._meta.table_name}.{card.label}"


_TITLES = {"document": ("without VAT ", "Quotes ")}
"""What is seen on the cards whose title says something else than the kind of record, and what on their list but not on
them; issued, they are not edited."""


def walk_card(walk: Walk, card: CardDefinition) -> None:
    """The card of the record under the cursor: its fields, its tabs, its history, all its inputs, then back."""
    title = _(KINDS[card.kind].title)
    title, in_list = _TITLES.get(card.kind, (f"  {title[:1].upper()}{title[1:]}  ", ""))
    walk.go([Step("enter", sees=title), Step(column=name_column(card)), Step("end home Y")])
    walk.go([Step("]")] * len(card.tabs))
    walk.go([Step(sees="When ▼"), Step("tab", sees="/ filter", column="audit.operator")])
    walk.go([Step("enter", sees="─ #"), Step("escape", gone="─ #")])
    if card.edit is not None and card.kind not in _TITLES:
        walk.go([Step("e", sees=" editing")])
        walk_form(walk, card)
    walk.go([Step("escape", sees=in_list, gone="" if in_list else title)])


def look_for_nothing(walk: Walk) -> None:
    """In a reference: the first escape closes the list of what it may mean, and nothing else."""
    offers = ("+ make a new one: zzzz", "nothing found")
    walk.go([Step(typed="zzzz", sees=offers[0], either=offers[1])])
    screen = walk.terminal.screen_text()
    walk.go([Step("escape", gone=next(one for one in offers if one in screen), sees=" editing"), Step("ctrl+u")])


def walk_form(walk: Walk, card: CardDefinition) -> None:
    """Type into the first field of text and the first reference, leave some so that their rules are asked, try to save,
    throw it all away."""
    references = [bool(field.reference) for field in card.fields]
    text = references.index(False)
    reference = references.index(True) if True in references else text
    for place in range(min(len(references), max(3, text, reference) + 1)):
        if place == text:
            walk.go([Step(typed="x")])
        elif place == reference:
            look_for_nothing(walk)
        walk.go([Step("tab")])
    walk.go([Step("ctrl+s", sees="Back to the form", either="● ")])
    if "Back to the form" in walk.terminal.screen_text():
        walk.go([Step("escape", gone="Back to the form")])
    walk.go([Step("escape", sees="What you typed is not saved."), Step("y", gone=" editing")])


@each_way(Poison.CODES_TOO, WIDE)
def test_every_card_with_its_tabs_its_history_and_its_form(
    poisoned: Poisoned, how: Poison, size: Size, tmp_path: Path
) -> None:
    with walking(poisoned, how, size, tmp_path) as walk:
        for shown in each_list(walk):
            if shown.kind in CARDS:
                walk_card(walk, CARDS[shown.kind])


@each_way(Poison.TEXTS, WIDE)
def test_a_new_record_of_every_kind(poisoned: Poisoned, how: Poison, size: Size, tmp_path: Path) -> None:
    with walking(poisoned, how, size, tmp_path) as walk:
        for card in CARDS.values():
            if card.add is not None:
                make_and_forget(walk, card)


def make_and_forget(walk: Walk, card: CardDefinition) -> None:
    """Begin a record, paste what is hostile into its fields, pick from poisoned references, throw it away."""
    pasted = f"\x1b[200~{HOSTILE_PASTE}\x1b[201~"
    walk.go([Step("ctrl+k", sees="Find anything ─")])
    walk.go(
        [
            Step(typed=f"New: {_(KINDS[card.kind].title)}", sees="enter opens"),
            Step("enter", sees="ctrl+s save", gone="Find anything ─"),
        ]
    )
    for field in card.fields[:6]:
        walk.go([Step(typed="~" if field.reference else pasted), Step("tab")])
    walk.go([Step("escape", sees="What you typed is not saved."), Step("y", gone="What you typed is not saved.")])
