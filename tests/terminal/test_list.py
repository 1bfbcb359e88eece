"""What a list costs on the line to the terminal, counted in bytes: operators sit behind slow connections."""

import sys

import pytest

from tests.terminal.harness import Terminal

pytestmark = pytest.mark.terminal

ROW_STEP = 600
PAGE_STEP = 5 * 1024


def table(driver: str) -> Terminal:
    """A list of ten million records with Cyrillic and Chinese names that fills 120 × 40 in 256 colours."""
    return Terminal([sys.executable, "-m", "tests.screens.kit.table_app", driver], rows=40, columns=120)


def bytes_of(terminal: Terminal, *keys: str) -> int:
    """How much the program writes in answer to the keys."""
    before = len(terminal.raw)
    terminal.key(*keys)
    terminal.settle()
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
            terminal.key("down")
            terminal.settle(quiet=0.05)
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
    screens = []
    for driver in ("plain", "thrifty"):
        with table(driver) as terminal:
            terminal.wait_for("0A00000025")
            terminal.settle()
            shown = []
            for key in keys:
                terminal.key(key)
                terminal.settle()
                shown.append([[terminal.cell(y, x) for x in range(120)] for y in range(40)])
            screens.append(shown)
    for key, plain, thrifty in zip(keys, *screens, strict=True):
        assert thrifty == plain, key


def test_after_the_window_was_resized_all_is_drawn_anew() -> None:
    with table("thrifty") as terminal:
        terminal.wait_for("0A00000025")
        terminal.resize(24, 80)
        terminal.wait_until(lambda: "0A00000016" not in terminal.screen_text(), "the smaller list")
        terminal.settle()
        lines = terminal.screen_text().split("\n")
        assert lines[1].split() == ["│", "Number", "▲", "Owner", "State", "│"]
        assert lines[22].startswith("│  0A00000015 ")
