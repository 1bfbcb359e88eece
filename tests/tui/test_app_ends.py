"""How the program ends: with a failure that is written down, and with keys typed behind the last."""

from pathlib import Path

import pytest
from textual.events import Key

from tests.tui.small_world import program
from tests.tui.test_app import toasts, until
from tui.app import TurboFly
from tui.crash import Failure, log_path


@pytest.fixture(autouse=True)
def a_configuration_file_of_its_own(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("TURBOFLY_CONFIG", str(tmp_path / "turbofly.toml"))


async def test_a_failure_in_a_screen_ends_the_program_and_is_written_down() -> None:
    app = program()
    with pytest.raises(Failure) as failure:
        async with app.run_test() as pilot:
            app.call_later(_fail)
            await pilot.pause()
    assert isinstance(failure.value.__cause__, ZeroDivisionError)
    assert failure.value.incident.number in log_path().read_text(encoding="utf-8")
    assert app.failed


def _fail() -> None:
    raise ZeroDivisionError


async def test_no_message_is_read_as_markup() -> None:
    app = program()
    async with app.run_test(notifications=True) as pilot:
        app.notify("[/x] [red]\x1b[2J", title="[bold]", markup=True)
        await until(pilot, lambda: bool(toasts(app)))
        assert "[/x] [red]" in toasts(app)[0]
        assert "\x1b" not in toasts(app)[0]


async def test_a_key_typed_behind_the_one_that_left_the_program_means_nothing(monkeypatch: pytest.MonkeyPatch) -> None:
    app = program()
    async with app.run_test(size=(80, 24)):
        with monkeypatch.context() as leaving:
            leaving.setattr(TurboFly, "screen_stack", [])
            leaving.setattr(TurboFly, "_latin", lambda _app, _event: pytest.fail("the key was read"))
            await app.on_event(Key("x", "x"))
