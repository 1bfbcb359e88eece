"""A client's addresses and bank accounts: made from their lists on the card, and removed, by key presses."""

from __future__ import annotations

from textual.pilot import Pilot

from models.clients.tables import Address, BankAccount
from models.kinds import RecordRef
from screens.card import CardScreen
from screens.card_tabs import CardTabs
from screens.detail_card import DetailCard
from screens.kit.dialogs import Confirm
from tests.screens.small_company import Program, shown_rows, shown_text, type_text, until
from tests.screens.test_card import ROMASHKA, card, opened
from tests.screens.test_card_editing import go_to, here, save
from tui.app import TurboFly


async def tab(pilot: Pilot[None], app: TurboFly, name: str) -> None:
    """Show a list of Romashka's card and begin a new record in it."""
    screen = await opened(pilot, app, ROMASHKA)
    for _step in range(20):
        if screen.query_one(CardTabs).open_tab == name:
            break
        await pilot.press("right_square_bracket")
    await pilot.pause()
    await pilot.press("n")
    await until(pilot, lambda: isinstance(app.screen, DetailCard) and here(app) != "")


async def test_an_address_is_made_in_its_list_and_removed_on_its_card(program: Program) -> None:
    app = program("clients")
    async with app.run_test(size=(80, 24)) as pilot:
        await tab(pilot, app, "addresses")
        await go_to(pilot, app, "text")
        await type_text(pilot, "Тула, склад 4")
        await save(pilot, app)
        await until(pilot, lambda: isinstance(app.screen, DetailCard) and not card(app).is_new)
        await until(pilot, lambda: "Тула, склад 4" in shown_text(app))
        assert Address.get().client_id == 1
        await pilot.press("delete")
        await until(pilot, lambda: isinstance(app.screen, Confirm))
        await pilot.press("y")
        await until(pilot, lambda: isinstance(app.screen, CardScreen) and app.screen.ref == ROMASHKA)
        assert not Address.select().exists()
        await pilot.press("u")
        await until(pilot, lambda: any("Тула, склад 4" in row for row in shown_rows(app)))


async def test_an_account_that_does_not_fit_its_bik_is_refused_at_its_field(program: Program) -> None:
    app = program("clients")
    async with app.run_test(size=(120, 40)) as pilot:
        await tab(pilot, app, "bank_accounts")
        assert card(app).ref == RecordRef("bank_account", 0)
        await go_to(pilot, app, "account")
        await type_text(pilot, "40702810138000000022")
        await go_to(pilot, app, "bik")
        await type_text(pilot, "044525225")
        await save(pilot, app)
        await until(pilot, lambda: "does not fit the BIK" in shown_text(app))
        assert here(app) == "account"
        await pilot.press("backspace", "1")
        await save(pilot, app)
        await until(pilot, lambda: BankAccount.select().exists())
