"""Two clients are merged, by key presses, from the list and from the card."""

from __future__ import annotations

import re

import pytest
from textual.pilot import Pilot

from models.actor import Actor
from models.clients.actions import add_client, edit_client
from models.clients.tables import Client
from models.company.identity import actor_for
from models.kinds import RecordRef
from models.licensing.tables import Licence
from models.writing import get
from screens.client_card import ClientCard
from screens.kit.record_picker import RecordPicker
from screens.merging import MergeView
from tests.screens.small_company import Program, shown_rows, shown_text, type_text, until
from tests.screens.test_card import ROMASHKA, SIZES, card, opened
from tui.app import TurboFly


@pytest.fixture
def twin(anna: Actor) -> int:
    """Another record of Romashka, with what it does not know."""
    edit_client(anna, 1, 1, {"website": "romashka.ru"})
    values = {"name": "Ромашка", "website": "romashka.com", "source": "fair", "phones": ("+7 495 123-45-67",)}
    return add_client(anna, values)


def gone(client: int) -> bool:
    return Client.get_or_none(Client.id == client) is None


async def compared(pilot: Pilot[None], app: TurboFly) -> MergeView:
    await until(pilot, lambda: isinstance(app.screen, MergeView))
    assert isinstance(app.screen, MergeView)
    await pilot.pause()
    return app.screen


async def marked_two(pilot: Pilot[None], app: TurboFly) -> MergeView:
    """Mark both in the list and press the key."""
    await until(pilot, lambda: "Northwind" in shown_text(app))
    await pilot.press("a", "m")
    await until(pilot, lambda: "Two clients are merged" in shown_text(app))
    await pilot.press("a", "slash")
    await type_text(pilot, "ромашка -гидромаш")
    await pilot.press("enter")
    await until(pilot, lambda: len(shown_rows(app)) == 2)
    await pilot.press("a", "m")
    return await compared(pilot, app)


@pytest.mark.parametrize("size", SIZES)
async def test_two_marked_clients_are_compared_and_merged(program: Program, twin: int, size: tuple[int, int]) -> None:
    app = program("clients")
    async with app.run_test(size=size, notifications=True) as pilot:
        await marked_two(pilot, app)
        text = shown_text(app)
        assert "Stays: ООО «Ромашка» #1" in text
        assert f"Is merged into it: Ромашка #{twin}" in text
        assert "Goes over: phone: 1" in text
        assert re.search(r"\(●\) stays +ООО «Ромашка»", text)
        await pilot.press("down", "t", "enter")
        await until(pilot, lambda: gone(twin))
        assert (get(Client, 1).website, get(Client, 1).source) == ("romashka.com", "fair")
        await until(pilot, lambda: len(shown_rows(app)) == 1)
        await until(pilot, lambda: "Merged. u takes it back." in shown_text(app))
        await pilot.press("u")
        await until(pilot, lambda: not gone(twin))
        assert get(Client, 1).website == "romashka.ru"


async def test_the_other_one_may_stay(program: Program, twin: int) -> None:
    app = program("clients")
    async with app.run_test(size=(120, 40), notifications=True) as pilot:
        first = await marked_two(pilot, app)
        await pilot.press("x")
        await until(pilot, lambda: isinstance(app.screen, MergeView) and app.screen is not first)
        await until(pilot, lambda: f"Stays: Ромашка #{twin}" in shown_text(app))
        assert "licence: 2" in shown_text(app)
        await pilot.press("enter")
        await until(pilot, lambda: gone(1))
        assert Licence.select().where(Licence.client == twin).count() == 2


@pytest.mark.parametrize("size", SIZES)
async def test_on_the_card_the_likely_other_is_offered_first(
    program: Program, twin: int, size: tuple[int, int]
) -> None:
    app = program("clients")
    async with app.run_test(size=size, notifications=True) as pilot:
        await opened(pilot, app, ROMASHKA)
        await pilot.press("m")
        await until(pilot, lambda: isinstance(app.screen, RecordPicker))
        await until(pilot, lambda: f"#{twin}  the same name" in shown_text(app))
        await pilot.press("enter")
        await compared(pilot, app)
        await pilot.press("escape")
        await until(pilot, lambda: isinstance(app.screen, ClientCard))
        assert not gone(twin), "esc changes nothing"


async def test_any_other_client_is_found_by_typing_and_the_card_of_the_one_that_stays_is_shown(
    program: Program, twin: int
) -> None:
    app = program("clients")
    async with app.run_test(size=(80, 24)) as pilot:
        await opened(pilot, app, RecordRef("client", twin))
        await pilot.press("m")
        await until(pilot, lambda: isinstance(app.screen, RecordPicker))
        await type_text(pilot, "northw")
        await until(pilot, lambda: "Northwind Traders" in shown_text(app))
        await pilot.pause()
        await pilot.press("enter")
        await compared(pilot, app)
        await pilot.press("x")
        await until(pilot, lambda: "Stays: Northwind Traders #3" in shown_text(app))
        await pilot.press("enter")
        await until(pilot, lambda: gone(twin))
        await until(pilot, lambda: isinstance(app.screen, ClientCard) and card(app).ref == RecordRef("client", 3))


async def test_who_changed_one_of_them_meanwhile_is_named_and_nothing_is_merged(
    program: Program, twin: int, boris: Actor
) -> None:
    app = program("clients")
    async with app.run_test(size=(120, 40), notifications=True) as pilot:
        await marked_two(pilot, app)
        edit_client(boris, twin, 1, {"source": "cold call"})
        await pilot.press("enter")
        await until(pilot, lambda: "boris changed this record meanwhile" in shown_text(app))
        assert not gone(twin)


async def test_who_may_not_edit_clients_has_no_key_to_merge(program: Program, anna: Actor) -> None:
    from models.company.actions import add_operator

    add_operator(anna, {"login": "vera", "name": "Vera", "roles": ("auditor",)})
    app = program("clients", actor=actor_for("vera", "test"))
    async with app.run_test(size=(120, 40), notifications=True) as pilot:
        screen = await opened(pilot, app, ROMASHKA)
        assert screen.check_action("merge", ()) is False
