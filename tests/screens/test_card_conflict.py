"""Two operators change one record: the second sees it while typing, chooses field by field, and loses nothing."""

from __future__ import annotations

import pytest
from textual.pilot import Pilot

from models.actor import Actor
from models.clients.actions import edit_client
from models.clients.tables import Client
from screens.card import CardScreen
from screens.kit.comparison import Side
from screens.kit.conflict import ConflictView
from tests.screens.small_company import Program, shown_text, type_text, until
from tests.screens.test_card import ROMASHKA, SIZES
from tests.screens.test_card_editing import edited, go_to, here, save
from tui.app import TurboFly


async def both_changed(pilot: Pilot[None], app: TurboFly, boris: Actor) -> CardScreen:
    """Anna types a source and a web site; meanwhile Boris saves another source and a tag. Anna saves too."""
    screen = await edited(pilot, app, ROMASHKA, "website")
    await type_text(pilot, "a.example")
    await go_to(pilot, app, "source")
    await type_text(pilot, "expo")
    edit_client(boris, 1, 1, {"source": "cold call", "tags": ("vip",)})
    await save(pilot, app)
    await until(pilot, lambda: isinstance(app.screen, ConflictView))
    return screen


def stored() -> tuple[str, str, int]:
    client = Client.get_by_id(1)
    return client.source, client.website, client.version


@pytest.mark.parametrize("size", SIZES)
async def test_the_second_to_save_sees_both_versions_and_the_one_before(
    program: Program, boris: Actor, size: tuple[int, int]
) -> None:
    app = program("clients")
    async with app.run_test(size=size) as pilot:
        await both_changed(pilot, app, boris)
        text = shown_text(app)
        assert "boris saved this record while you were editing it" in text
        assert "Source  choose" in text
        assert "( ) mine" in text and "expo" in text
        assert "( ) theirs" in text and "cold call" in text
        assert stored()[0] == "cold call"


async def test_mine_is_taken_and_saved_over_theirs_and_the_rest_of_theirs_stays(program: Program, boris: Actor) -> None:
    app = program("clients")
    async with app.run_test(size=(120, 40)) as pilot:
        screen = await both_changed(pilot, app, boris)
        await pilot.press("m", "enter")
        await until(pilot, lambda: not screen.form.is_editing)
        assert stored() == ("expo", "a.example", 3)
        await until(pilot, lambda: screen.record.card is not None and screen.record.card.values["tags"] == ("vip",))


async def test_theirs_is_taken_and_only_what_is_left_of_mine_is_saved(program: Program, boris: Actor) -> None:
    app = program("clients")
    async with app.run_test(size=(120, 40)) as pilot:
        screen = await both_changed(pilot, app, boris)
        await pilot.press("t", "enter")
        await until(pilot, lambda: not screen.form.is_editing)
        assert stored() == ("cold call", "a.example", 3)


async def test_enter_saves_nothing_before_every_field_is_decided(program: Program, boris: Actor) -> None:
    app = program("clients")
    async with app.run_test(size=(120, 40)) as pilot:
        await both_changed(pilot, app, boris)
        await pilot.press("enter")
        await pilot.pause()
        assert isinstance(app.screen, ConflictView)
        assert stored() == ("cold call", "", 2)


async def test_esc_goes_back_to_the_form_with_all_that_was_typed(program: Program, boris: Actor) -> None:
    app = program("clients")
    async with app.run_test(size=(120, 40)) as pilot:
        screen = await both_changed(pilot, app, boris)
        await pilot.press("escape")
        await until(pilot, lambda: app.screen is screen and here(app) == "source")
        typed = {name: entry.text for name, entry in screen.form.typed().items()}
        assert typed == {"website": "a.example", "source": "expo"}
        await save(pilot, app)
        await until(pilot, lambda: isinstance(app.screen, ConflictView))


async def test_while_typing_a_line_says_that_another_changed_the_record(program: Program, boris: Actor) -> None:
    app = program("clients")
    async with app.run_test(size=(80, 24)) as pilot:
        screen = await edited(pilot, app, ROMASHKA, "name")
        await type_text(pilot, " 2")
        edit_client(boris, 1, 1, {"source": "cold call"})
        await until(pilot, lambda: "boris changed this record meanwhile" in shown_text(app))
        assert screen.form.typed()["name"].text.endswith(" 2")
        assert here(app) == "name"


async def test_a_third_change_during_the_choice_is_a_conflict_again(program: Program, boris: Actor) -> None:
    app = program("clients")
    async with app.run_test(size=(120, 40)) as pilot:
        screen = await both_changed(pilot, app, boris)
        edit_client(boris, 1, 2, {"source": "fair"})
        await pilot.press("m", "enter")
        await until(pilot, lambda: isinstance(app.screen, ConflictView) and "fair" in shown_text(app))
        await pilot.press("m", "enter")
        await until(pilot, lambda: not screen.form.is_editing)
        assert stored() == ("expo", "a.example", 4)


@pytest.mark.parametrize(
    ("base", "mine", "theirs", "choice"),
    [
        ("a", "b", "c", ""),
        ("a", "b", "a", "mine"),
        ("a", "a", "c", "theirs"),
        ("a", "b", "b", "mine"),
    ],
)
def test_only_what_both_changed_differently_has_to_be_decided(base: str, mine: str, theirs: str, choice: str) -> None:
    assert Side("x", "X", base, mine, theirs).usual_choice == choice
