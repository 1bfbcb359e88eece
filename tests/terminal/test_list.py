"""What a list costs on the line to the terminal, counted in bytes: operators sit behind slow connections."""

import sys
from functools import partial

import pytest

from tests.terminal.harness import Terminal

pytestmark = pytest.mark.terminal

ROW_STEP = 600
PAGE_STEP = 5 * 1024


def table(driver: str) -> Terminal:
    """A list of ten million records with Cyrillic and Chinese names that fills 120 × 40 in 256 colours."""
    return Terminal([sys.executable, "-m", "tests.screens.kit.table_app", driver], rows=40, columns=120)


def has_more(terminal: Terminal, than: int) -> bool:
    """Whether the program has written more bytes by now."""
    return len(terminal.raw) > than


def bytes_of(terminal: Terminal, *keys: str, quiet: float = 0.3) -> int:
    """How much the program writes in answer to the keys."""
    before = len(terminal.raw)
    terminal.key(*keys)
    terminal.wait_until(partial(has_more, terminal, before), f"an answer to {keys}")
    terminal.settle(quiet)
    return len(terminal.raw) - before


def test_a_step_down_is_one_small_update() -> None:
    with table("thrifty") as terminal:
        terminal.wait_for("0A00000025")
        terminal.settle()
        steps = [bytes_of(terminal, "down") for _step in range(5)]
        assert min(steps) > 100 and max(steps) <= ROW_STEP


def test_even_textuals_own_driver_needs_no_more_for_a_step_down() -> None:
    with table("plain") as terminal:
        terminal.wait_for("0A00000025")
        terminal.settle()
        assert 100 < bytes_of(terminal, "down") <= ROW_STEP


def test_walking_down_through_pages_stays_small_on_average() -> None:
    with table("thrifty") as terminal:
        terminal.wait_for("0A00000025")
        terminal.settle()
        before = len(terminal.raw)
        for _step in range(60):
            bytes_of(terminal, "down", quiet=0.05)
        terminal.wait_for("▌ 0A0000003D")
        terminal.settle()
        assert (len(terminal.raw) - before) / 60 <= ROW_STEP


def test_a_page_down_fits_into_five_kilobytes() -> None:
    with table("thrifty") as terminal:
        terminal.wait_for("0A00000025")
        terminal.settle()
        pages = [bytes_of(terminal, "pagedown") for _page in range(5)]
        assert min(pages) > 1000 and max(pages) <= PAGE_STEP


def test_a_page_that_is_read_in_the_background_is_one_update_too() -> None:
    with table("thrifty") as terminal:
        terminal.wait_for("0A00000025")
        terminal.key("l", "s")
        terminal.wait_for("Product ▲")
        terminal.settle()
        pages = [bytes_of(terminal, "pagedown") for _page in range(5)]
        assert min(pages) > 1000 and max(pages) <= PAGE_STEP


def test_sending_only_what_changes_shows_the_same_as_sending_all() -> None:
    keys = ("pagedown", "down", " ", " ", "l", "s", "end", "up", "pageup", "s", "a", "home", "down", " ")
    with table("plain") as plain, table("thrifty") as thrifty:
        plain.wait_for("0A00000025")
        thrifty.wait_for("0A00000025")
        for key in keys:
            sent = len(plain.raw)
            plain.key(key)
            thrifty.key(key)
            plain.wait_until(partial(has_more, plain, sent), f"an answer to {key!r}")
            thrifty.wait_until(lambda: thrifty.cells() == plain.cells(), f"the same after {key!r}")
        plain.settle()
        thrifty.settle()
        assert thrifty.cells() == plain.cells()


def test_after_the_window_was_resized_all_is_drawn_anew() -> None:
    with table("thrifty") as terminal:
        terminal.wait_for("0A00000025")
        terminal.resize(24, 80)
        terminal.wait_until(lambda: "0A00000016" not in terminal.screen_text(), "the smaller list")
        terminal.settle()
        lines = terminal.screen_text().split("\n")
        assert lines[1].split() == ["│", "Number", "▲", "Owner", "State", "│"]
        assert lines[22].startswith("│  0A00000015 ")
