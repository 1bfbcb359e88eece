"""The shell as an operator meets it: by key presses, at the two sizes that matter."""

from collections.abc import Callable
from pathlib import Path

import pytest
from textual.pilot import Pilot
from textual.widgets import Input, Static

from models.errors import RuleBroken
from models.kinds import RecordRef
from models.language import current_language
from screens.kit.dialogs import Tell
from screens.kit.frame import BottomLine, FrameLine, TopLine
from screens.kit.help import Help
from screens.section import RecordScreen
from tests.tui.small_world import CLIENT, KEY, Card, Clients, Database, Notes, program
from tui.app import TurboFly
from tui.crash import log_path
from tui.services import Changes
from tui.settings import Problem, Settings, load_settings

SIZES = [(80, 24), (120, 40)]


@pytest.fixture(autouse=True)
def a_configuration_file_of_its_own(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("TURBOFLY_CONFIG", str(tmp_path / "turbofly.toml"))


async def until(pilot: Pilot[None], condition: Callable[[], bool]) -> None:
    """Let the program go on until the condition holds."""
    for _turn in range(200):
        if condition():
            return
        await pilot.pause(0.02)
    raise AssertionError("it did not come to that")


def clients(app: TurboFly) -> Clients:
    assert isinstance(app.screen, Clients)
    return app.screen


def words(line: FrameLine) -> list[str]:
    return "".join(piece.text for piece in line.pieces()).split()


def toasts(app: TurboFly) -> list[str]:
    return [toast.message for toast in app._notifications]


@pytest.mark.parametrize("size", SIZES)
async def test_the_frame_is_as_wide_as_the_terminal(size: tuple[int, int]) -> None:
    app = program()
    async with app.run_test(size=size) as pilot:
        await pilot.pause()
        top, bottom = app.screen.query_one(TopLine), app.screen.query_one(BottomLine)
        assert "".join(piece.text for piece in top.pieces()).split() == [
            "TurboFly",
            "2",
            "Clients",
            "5",
            "Notes",
            "anna",
        ]
        assert (top.region.width, top.region.y) == (size[0], 0)
        assert (bottom.region.width, bottom.region.y) == (size[0], size[1] - 1)
        assert words(bottom) == ["j", "next", "/", "filter", "?", "help"]


async def test_digits_switch_sections_and_each_keeps_its_state() -> None:
    app = program()
    async with app.run_test() as pilot:
        await pilot.press("j", "j", "5")
        assert isinstance(app.screen, Notes)
        await pilot.press("tab", *"2026")
        assert app.screen.query_one(Input).value == "2026"
        app.screen.set_focus(None)
        await pilot.press("2")
        assert clients(app).pressed == 2
        await pilot.press("5")
        assert app.screen.query_one(Input).value == "2026"


async def test_the_program_begins_with_the_section_asked_for() -> None:
    app = program(first_section="notes")
    async with app.run_test() as pilot:
        assert isinstance(app.screen, Notes)
        assert app.screen.query_one(TopLine).facts.current == "notes"
        app.screen.set_focus(None)
        await pilot.press("2")
        assert clients(app).query_one(TopLine).facts.current == "clients"


async def test_a_digit_without_a_section_does_nothing() -> None:
    app = program()
    async with app.run_test() as pilot:
        await pilot.press("7")
        assert clients(app).is_current


async def test_a_click_on_a_section_shows_it() -> None:
    app = program()
    async with app.run_test(size=(80, 24)) as pilot:
        await pilot.click(TopLine, offset=(26, 0))
        assert isinstance(app.screen, Notes)


async def test_a_click_on_a_key_presses_it() -> None:
    app = program()
    async with app.run_test(size=(80, 24)) as pilot:
        await pilot.click(BottomLine, offset=(2, 0))
        await pilot.pause()
        assert clients(app).pressed == 1


async def test_letters_act_the_same_under_a_cyrillic_layout() -> None:
    app = program()
    async with app.run_test() as pilot:
        await pilot.press("о", ".")
        assert (clients(app).pressed, clients(app).filtered) == (1, 1)


async def test_cyrillic_letters_typed_in_a_line_stay_text() -> None:
    app = program()
    async with app.run_test() as pilot:
        await pilot.press("5", "tab", *"дом.")
        assert app.screen.query_one(Input).value == "дом."


async def test_ctrl_with_a_cyrillic_letter_is_ctrl_with_its_twin() -> None:
    app = program(find_anything=lambda: Card(CLIENT))
    async with app.run_test() as pilot:
        await pilot.press("ctrl+л")
        assert isinstance(app.screen, Card)


async def test_the_operators_own_keys_hold_and_have_twins() -> None:
    app = program(settings=Settings(keymap={"clients.down": "n"}))
    async with app.run_test() as pilot:
        await pilot.press("j")
        assert clients(app).pressed == 0
        await pilot.press("n", "т")
        assert clients(app).pressed == 2
        assert words(app.screen.query_one(BottomLine))[:2] == ["n", "next"]


async def test_a_key_wanted_twice_is_reported_at_start() -> None:
    app = program(settings=Settings(keymap={"app.help": "f8", "list.dwon": "n"}))
    async with app.run_test(notifications=True) as pilot:
        await until(pilot, lambda: len(toasts(app)) == 2)
        assert any("f8" in toast and "app.language" in toast for toast in toasts(app))
        assert any("list.dwon" in toast for toast in toasts(app))


async def test_a_fault_in_the_settings_is_told() -> None:
    problem = Problem(log_path(), 3, "theme", "[/red] is no colour")
    app = program(problems=(problem,))
    async with app.run_test(notifications=True) as pilot:
        await until(pilot, lambda: bool(toasts(app)))
        assert toasts(app) == [str(problem)]


async def test_find_anything_opens_by_key_also_from_a_line_of_text() -> None:
    app = program(find_anything=lambda: Card(CLIENT))
    async with app.run_test() as pilot:
        await pilot.press("5", "tab", "ctrl+k")
        assert isinstance(app.screen, Card)
        await pilot.press("escape", ":")
        assert isinstance(app.screen, Notes)
        assert app.screen.query_one(Input).value == ":"
        await pilot.press("shift+tab")
        app.screen.set_focus(None)
        await pilot.press(":")
        assert isinstance(app.screen, Card)


async def test_without_a_find_anything_box_its_key_is_not_offered() -> None:
    app = program()
    async with app.run_test() as pilot:
        await pilot.press("ctrl+k")
        assert clients(app).is_current
        assert "ctrl+k" not in app.screen.active_bindings


async def test_no_key_reaches_through_a_window() -> None:
    app = program(find_anything=lambda: Card(CLIENT))
    async with app.run_test() as pilot:
        app.push_screen(Tell("Saved", "The client was saved."))
        await pilot.pause()
        await pilot.press("5", "ctrl+k", "?")
        assert isinstance(app.screen, Tell)


async def test_help_lists_every_key_by_place_and_narrows_down() -> None:
    app = program()
    async with app.run_test() as pilot:
        await pilot.press("?")
        assert isinstance(app.screen, Help)
        shown = str(app.screen.query_one(Static).content)
        assert shown.index("This screen") < shown.index("Everywhere")
        assert "filter" in shown
        await pilot.press(*"filt")
        await pilot.pause()
        shown = str(app.screen.query_one(Static).content)
        assert "filter" in shown
        assert "Everywhere" not in shown
        await pilot.press("escape")
        assert clients(app).is_current


async def test_escape_goes_one_step_back_inside_the_screen_first() -> None:
    app = program()
    async with app.run_test() as pilot:
        app.open_record(CLIENT)
        await pilot.pause()
        await pilot.press("escape")
        screen = clients(app)
        screen.inner_steps = 1
        await pilot.press("escape", "escape")
        assert screen.is_current
        assert screen.inner_steps == -1


def shown_record(app: TurboFly) -> RecordRef | None:
    return app.screen.ref if isinstance(app.screen, RecordScreen) else None


async def test_alt_and_the_arrows_walk_through_the_opened_records() -> None:
    app = program()
    async with app.run_test() as pilot:
        app.open_record(CLIENT)
        await pilot.pause()
        app.open_record(KEY)
        await pilot.pause()
        await pilot.press("alt+left")
        assert shown_record(app) == CLIENT
        await pilot.press("alt+right")
        assert shown_record(app) == KEY
        await pilot.press("escape")
        assert shown_record(app) is None
        await pilot.press("alt+left")
        assert shown_record(app) == KEY
        await pilot.press("alt+left", "escape")
        assert shown_record(app) is None


async def test_a_card_that_may_not_be_closed_stays() -> None:
    app = program()
    async with app.run_test() as pilot:
        app.open_record(CLIENT)
        await pilot.pause()
        card = app.screen
        assert isinstance(card, Card)
        card.may_go = False
        await pilot.press("escape", "alt+left")
        app.open_record(KEY)
        await pilot.pause()
        assert app.screen is card


async def test_a_record_without_a_screen_is_said_so() -> None:
    app = program()
    async with app.run_test(notifications=True) as pilot:
        app.open_record(RecordRef("[/gantt]", 1))
        await until(pilot, lambda: bool(toasts(app)))
        assert "[/gantt]" in toasts(app)[0]


async def test_what_others_change_is_heard_without_a_key() -> None:
    database = Database()
    app = program(database=database)
    async with app.run_test() as pilot:
        await pilot.pause()
        database.changes = Changes(2, frozenset({"client"}), due=3)
        screen = clients(app)
        await until(pilot, lambda: screen.heard == [frozenset({"client", "reminder"})])
        assert app.screen.query_one(TopLine).facts.due == 3


async def test_what_changed_while_the_program_started_is_heard_too() -> None:
    database = Database()
    database.changes = Changes(2, frozenset({"client"}))
    app = program(database=database)
    async with app.run_test() as pilot:
        await until(pilot, lambda: clients(app).heard == [frozenset({"client"})])


async def test_a_section_that_is_not_shown_hears_of_all_changes_when_it_is() -> None:
    app = program()
    async with app.run_test() as pilot:
        screen = clients(app)
        await pilot.press("5")
        screen.records_changed(frozenset({"client"}))
        screen.records_changed(frozenset({"key"}))
        await pilot.pause()
        assert screen.heard == []
        app.screen.set_focus(None)
        await pilot.press("2")
        await until(pilot, lambda: screen.heard == [frozenset({"client", "key"})])


async def test_a_database_that_does_not_answer_is_reported_once() -> None:
    database = Database()
    app = program(database=database)
    async with app.run_test(notifications=True) as pilot:
        database.fault = OSError("connection lost")
        await until(pilot, lambda: bool(toasts(app)))
        app._changes.look()
        await until(pilot, lambda: not app.gateway.is_asked(app, "changes"))
        assert len(toasts(app)) == 1
        assert "connection lost" in toasts(app)[0]


async def test_a_closed_card_is_forgotten() -> None:
    app = program()
    async with app.run_test() as pilot:
        app.open_record(CLIENT)
        await pilot.pause()
        assert len(app._attending) == 2
        await pilot.press("escape")
        await until(pilot, lambda: len(app._attending) == 1)


async def test_undo_says_what_it_undid() -> None:
    app = program(undo_last=lambda: "Undone: name of the client")
    async with app.run_test(notifications=True) as pilot:
        await pilot.press("u")
        await until(pilot, lambda: toasts(app) == ["Undone: name of the client"])


async def test_a_refused_undo_says_why() -> None:
    def refuse() -> str:
        raise RuleBroken("", "The client was changed since.")

    app = program(undo_last=refuse)
    async with app.run_test(notifications=True) as pilot:
        await pilot.press("u")
        await until(pilot, lambda: toasts(app) == ["The client was changed since."])


async def test_the_language_is_switched_everywhere_at_once() -> None:
    app = program()
    async with app.run_test() as pilot:
        await pilot.press("f8")
        assert current_language() == "ru"
        assert load_settings()[0].language == "ru"
        await pilot.press("f8")
        assert current_language() == "en"


async def test_the_colours_are_switched() -> None:
    app = program(settings=Settings(theme="dark"))
    async with app.run_test() as pilot:
        assert app.theme == "turbofly-dark"
        await pilot.press("f9")
        assert app.theme == "turbofly-light"
        assert load_settings()[0].theme == "light"
        await pilot.press("f9", "f9")
        assert app.theme == "turbofly-dark"


async def test_leaving_keeps_every_draft_even_when_one_fails() -> None:
    kept: list[str] = []

    def fail() -> None:
        raise OSError("disk full")

    app = program()
    async with app.run_test() as pilot:
        app.draft_keepers.update({fail, lambda: kept.append("client"), lambda: kept.append("key")})
        await pilot.press("ctrl+q")
    assert sorted(kept) == ["client", "key"]
