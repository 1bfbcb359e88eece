"""The frame on a real terminal: both lines, colours, and what the program tells a terminal at all."""

import re
import sys
from pathlib import Path

import pytest

from tests.terminal.harness import Terminal

pytestmark = pytest.mark.terminal


def small_program(
    tmp_path: Path, rows: int = 24, columns: int = 80, term: str = "xterm-256color", no_color: bool = False
) -> Terminal:
    command = [sys.executable, "-m", "tests.terminal.small_program", "crash", str(tmp_path / "draft")]
    return Terminal(command, rows=rows, columns=columns, term=term, environment={"NO_COLOR": "1"} if no_color else None)


@pytest.mark.parametrize(("rows", "columns"), [(24, 80), (40, 120)])
def test_sections_stand_above_and_live_keys_below(tmp_path: Path, rows: int, columns: int) -> None:
    with small_program(tmp_path, rows=rows, columns=columns) as terminal:
        terminal.wait_for("w work")
        lines = terminal.screen_text().split("\n")
        assert lines[0].startswith(" TurboFly   1 Today  2 Clients ")
        assert lines[0].endswith(" anna")
        assert lines[-1] == " w work  ? help"


def test_a_digit_shows_another_section_and_the_keys_follow(tmp_path: Path) -> None:
    with small_program(tmp_path) as terminal:
        terminal.wait_for("w work")
        terminal.send("2")
        terminal.wait_for("type here")
        terminal.wait_until(lambda: "w work" not in terminal.screen_text(), "the keys of the first section to go")


def test_a_terminal_of_16_colours_gets_no_others(tmp_path: Path) -> None:
    with small_program(tmp_path, term="xterm") as terminal:
        terminal.wait_for("w work")
        terminal.send("?")
        terminal.wait_for("Everywhere")
        assert not re.search(rb"\x1b\[[0-9;]*[34]8;[25];", terminal.raw)
        assert re.search(rb"\x1b\[[0-9;]*\b36\b", terminal.raw)


def test_no_color_means_no_colour(tmp_path: Path) -> None:
    with small_program(tmp_path, no_color=True) as terminal:
        terminal.wait_for("w work")
        terminal.send("?")
        terminal.wait_for("Everywhere")
        styles = set(re.findall(rb"\x1b\[([0-9;]*)m", terminal.raw))
        codes = {int(code) for style in styles for code in style.split(b";") if code}
        assert codes <= {0, 1, 2, 3, 4, 7, 22, 23, 24, 27, 39, 49}


@pytest.mark.parametrize(("term", "no_color"), [("xterm-256color", False), ("xterm", False), ("xterm", True)])
def test_the_open_section_is_seen_with_and_without_colours(tmp_path: Path, term: str, no_color: bool) -> None:
    with small_program(tmp_path, term=term, no_color=no_color) as terminal:
        terminal.wait_for("w work")
        place = terminal.screen_text().index("1 Today")
        assert terminal.cell(0, place).reverse
        assert not terminal.cell(0, place + len("1 Today  ")).reverse


def test_what_was_written_over_the_screen_is_drawn_over_by_a_key(tmp_path: Path) -> None:
    with small_program(tmp_path) as terminal:
        terminal.wait_for("the first section")
        terminal.settle()
        written = len(terminal.raw)
        terminal.key("f5")
        terminal.wait_until(lambda: b"the first section" in terminal.raw[written:], "the screen to be drawn again")
