"""How the program gives the terminal back: when the operator leaves, when it is told to, and when it fails."""

import os
import signal
import stat
import sys
import time
from pathlib import Path

import pytest

from tests.terminal.harness import Terminal, unrestored_modes

pytestmark = pytest.mark.terminal


@pytest.fixture
def draft(tmp_path: Path) -> Path:
    return tmp_path / "draft"


def small_program(trouble: str, draft: Path) -> Terminal:
    return Terminal([sys.executable, "-m", "tests.terminal.small_program", trouble, str(draft)])


def the_log() -> Path:
    return Path(os.environ["XDG_STATE_HOME"]) / "turbofly" / "crash.log"


def test_the_operator_leaves_and_the_terminal_is_as_before(draft: Path) -> None:
    with small_program("crash", draft) as terminal:
        before = terminal.attributes()
        terminal.wait_for("the first section")
        assert b"\x1b[?1049h" in terminal.raw
        terminal.key("ctrl+q")
        assert terminal.wait_for_exit() == 0
        assert unrestored_modes(terminal.raw) == {}
        assert terminal.attributes() == before


@pytest.mark.parametrize("trouble", ["thread", "main"])
def test_sigterm_in_a_slow_query_ends_the_program_within_two_seconds(trouble: str, draft: Path) -> None:
    with small_program(trouble, draft) as terminal:
        before = terminal.attributes()
        terminal.wait_for("the first section")
        terminal.send("w")
        terminal.wait_until(lambda: b"held up" in terminal.raw, "the query to run")
        told = time.monotonic()
        terminal.signal(signal.SIGTERM)
        assert terminal.wait_for_exit() == 128 + signal.SIGTERM
        assert time.monotonic() - told < 2.0
        assert unrestored_modes(terminal.raw) == {}
        assert terminal.attributes() == before


@pytest.mark.parametrize("number", [signal.SIGTERM, signal.SIGHUP, signal.SIGINT])
def test_a_signal_saves_what_is_half_typed(number: signal.Signals, draft: Path) -> None:
    with small_program("thread", draft) as terminal:
        terminal.wait_for("the first section")
        terminal.signal(number)
        assert terminal.wait_for_exit() == 128 + number
        assert draft.read_text(encoding="utf-8") == "half typed\n"


def test_a_lost_connection_saves_what_is_half_typed(draft: Path) -> None:
    with small_program("thread", draft) as terminal:
        terminal.wait_for("the first section")
        told = time.monotonic()
        terminal.hang_up()
        assert terminal.wait_for_exit() == 128 + signal.SIGHUP
        assert time.monotonic() - told < 2.0
        assert draft.read_text(encoding="utf-8") == "half typed\n"


def test_a_failure_shows_a_number_and_writes_the_details_down_for_the_operator_alone(draft: Path) -> None:
    with small_program("crash", draft) as terminal:
        before = terminal.attributes()
        terminal.wait_for("the first section")
        terminal.send("w")
        assert terminal.wait_for_exit() == 70
        said = terminal.raw.rpartition(b"\x1b[?1049l")[2].decode()
        assert unrestored_modes(terminal.raw) == {}
        assert terminal.attributes() == before
    written = the_log().read_text(encoding="utf-8")
    number = written.rpartition("=== incident ")[2].split()[0]
    assert number in said
    assert "Traceback" not in said
    assert "ValueError" in written
    assert "secret" not in written
    assert stat.S_IMODE(the_log().stat().st_mode) == 0o600
    assert draft.exists()
