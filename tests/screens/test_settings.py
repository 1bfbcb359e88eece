"""The settings: the operator's own in his file, the company's in the database, by those who may."""

from __future__ import annotations

from models.actor import Actor
from models.company.settings import setting
from models.company.tables import Operator
from models.language import current_language
from screens.card import CardScreen
from screens.settings import SettingsPane
from tests.screens.small_company import Program, shown_rows, shown_text, type_text, until
from tui.app import TurboFly
from tui.preferences import with_setting
from tui.settings import load_settings


def is_open(app: TurboFly) -> bool:
    return bool(app.screen.query(SettingsPane)) and "RUB" in shown_text(app)


async def test_the_language_is_changed_at_once_and_kept(program: Program) -> None:
    app = program("company")
    async with app.run_test(size=(80, 24)) as pilot:
        await pilot.press("left_square_bracket")
        await until(pilot, lambda: is_open(app))
        await pilot.press("enter", "down", "enter")
        await until(pilot, lambda: current_language() == "ru")
    settings, problems = load_settings()
    assert (settings.language, problems) == ("ru", ())


async def test_a_director_changes_a_setting_of_the_company(program: Program) -> None:
    app = program("company")
    async with app.run_test(size=(80, 24)) as pilot:
        await pilot.press("left_square_bracket")
        await until(pilot, lambda: is_open(app))
        await pilot.press("down", "down", "down", "down", "down", "enter")
        await pilot.press("ctrl+u")
        await type_text(pilot, "nine")
        await pilot.press("enter")
        await until(pilot, lambda: "no number of days" in shown_text(app))
        await pilot.press("ctrl+u", "4", "5", "enter")
        await until(pilot, lambda: setting("expiring_days") == "45")
        await until(pilot, lambda: "45" in shown_text(app))


async def test_others_are_told_that_they_may_not(program: Program, boris: Actor) -> None:
    app = program("company", actor=boris)
    async with app.run_test(size=(80, 24), notifications=True) as pilot:
        await pilot.press("left_square_bracket")
        await until(pilot, lambda: is_open(app))
        await pilot.press("down", "down", "down", "down", "enter")
        await until(pilot, lambda: "Only a director" in shown_text(app))


def test_a_setting_takes_its_line_and_leaves_the_rest_of_the_file() -> None:
    text = '# mine\ntheme = "dark"\n\n[keymap]\n"list.down" = "j"\n'
    assert with_setting(text, "theme", "light") == text.replace('"dark"', '"light"')
    assert with_setting(text, "ascii", True) == text.replace("\n[keymap]", "\nascii = true\n[keymap]")


async def test_a_director_adds_an_operator(program: Program) -> None:
    app = program("company")
    async with app.run_test(size=(120, 40)) as pilot:
        await until(pilot, lambda: len(shown_rows(app)) == 2)
        await pilot.press("right_square_bracket", "right_square_bracket", "right_square_bracket")
        await until(pilot, lambda: any("boris" in row for row in shown_rows(app)))
        await pilot.press("n")
        await until(pilot, lambda: isinstance(app.screen, CardScreen) and app.screen.form.entries is not None)
        await type_text(pilot, "vera")
        await pilot.press("tab")
        await type_text(pilot, "Vera")
        await pilot.press("tab")
        await type_text(pilot, "sales")
        await pilot.press("ctrl+s")
        await pilot.pause(0.2)
        await pilot.press("enter")
        await until(pilot, lambda: Operator.get_or_none(Operator.login == "vera") is not None)
