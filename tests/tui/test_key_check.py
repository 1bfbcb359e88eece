"""The keys of the whole program: every binding has a name and a description, and no key is wanted twice."""

import re
from typing import ClassVar

import pytest
from textual.binding import Binding, BindingType
from textual.dom import DOMNode
from textual.widget import Widget

from screens.kit.keymap import declared
from screens.kit.record_table import RecordTable
from tests.tui.small_world import program
from tui.app import TurboFly
from tui.key_check import bound_classes, keymap_faults, shown_faults

PROGRAM_CLASSES: list[type[DOMNode]] = [TurboFly, *bound_classes()]


def own_bindings(one: type[DOMNode]) -> list[Binding]:
    """The bindings that a class of the program declares itself, not those of Textual."""
    return list(Binding.make_bindings(one.__dict__.get("BINDINGS", [])))


def test_every_class_of_the_program_is_looked_at() -> None:
    assert RecordTable in PROGRAM_CLASSES
    assert all(one.__module__.startswith(("screens.", "tui.")) for one in PROGRAM_CLASSES)


def test_no_key_of_the_program_is_wanted_twice() -> None:
    assert keymap_faults({}, TurboFly, PROGRAM_CLASSES) == []


@pytest.mark.parametrize("one", PROGRAM_CLASSES, ids=lambda one: one.__name__)
def test_every_binding_can_be_named_in_the_configuration_file_and_explains_itself(one: type[DOMNode]) -> None:
    for binding in own_bindings(one):
        assert binding.id is not None
        assert re.fullmatch(r"[a-z]+(\.[a-z0-9]+(-[a-z0-9]+)*)+", binding.id)
        assert binding.description


def test_one_name_means_one_action() -> None:
    actions: dict[str | None, set[str]] = {}
    for one in PROGRAM_CLASSES:
        for binding in declared(one):
            if binding.id:
                actions.setdefault(binding.id, set()).add(binding.action)
    assert {name: found for name, found in actions.items() if len(found) > 1} == {}


def test_a_key_map_with_two_faults_is_told_both() -> None:
    faults = keymap_faults({"list.dwon": "n", "app.help": "u"}, TurboFly, [RecordTable])
    assert len(faults) == 2


class Marks(Widget, can_focus=True):
    """A widget with a key of its own."""

    BINDINGS: ClassVar[list[BindingType]] = [Binding("m", "mark", "mark", id="marks.mark")]


async def test_what_stands_in_a_shown_screen_is_looked_at_together() -> None:
    app = program()
    async with app.run_test() as pilot:
        await app.screen.mount(Marks())
        await pilot.pause()
        [fault] = shown_faults(app.screen, {"marks.mark": "j"})
        assert "marks.mark" in fault
        assert "clients.down" in fault
