"""Only what changes goes to the terminal, and the terminal shows the same as if all had gone."""

import pyte
import pytest
from hypothesis import example, given
from hypothesis import strategies as st
from rich.cells import cell_len, set_cell_size

from tui.screen_memory import ScreenMemory

WIDTH, HEIGHT = 24, 4
Frame = list[tuple[int, int, str, str]]


def written(frame: Frame) -> str:
    """A frame as Textual writes it: from top to bottom, each stretch from its place, styled and reset."""
    pieces = []
    for y, x, style, text in sorted(frame):
        styled = f"\x1b[{style}m{text}\x1b[0m" if style else text
        pieces.append(f"\x1b[{y + 1};{x + 1}H{styled}" + ("\n" if y != max(frame)[0] else ""))
    return "".join(pieces) + "\x1b[1;1H"


class Terminal:
    """A terminal and what it shows."""

    def __init__(self) -> None:
        self.screen = pyte.Screen(WIDTH, HEIGHT)
        self._stream = pyte.Stream(self.screen)

    def receive(self, data: str) -> None:
        self._stream.feed(data)

    @property
    def cells(self) -> list[list[object]]:
        return [[self.screen.buffer[y][x] for x in range(WIDTH)] for y in range(HEIGHT)]


words = st.text(alphabet="ab яЖ…│▌株会サ", min_size=1, max_size=WIDTH)


@st.composite
def stretches(draw: st.DrawFn) -> tuple[int, int, str, str]:
    x = draw(st.integers(0, WIDTH - 2))
    text = set_cell_size(draw(words), draw(st.integers(1, WIDTH - x)))
    style = draw(st.sampled_from(["", "1", "38;5;253;48;5;233", "4;38;5;15"]))
    return draw(st.integers(0, HEIGHT - 1)), x, style, text


@given(st.lists(st.lists(stretches(), min_size=1, max_size=6), max_size=8))
@example([[(0, 0, "", "株会")], [(0, 1, "", "a")], [(0, 0, "", "株会")]])
def test_the_terminal_shows_the_same_as_if_everything_had_been_sent(frames: list[Frame]) -> None:
    memory, plain, thrifty = ScreenMemory(), Terminal(), Terminal()
    for frame in frames:
        plain.receive(written(frame))
        thrifty.receive(memory.news(written(frame)))
        assert thrifty.cells == plain.cells
        assert (thrifty.screen.cursor.y, thrifty.screen.cursor.x) == (0, 0)


def test_what_the_terminal_shows_already_is_not_sent_again() -> None:
    memory = ScreenMemory()
    frame = written([(y, 0, "1", "Guardant Sign") for y in range(HEIGHT)])
    assert memory.news(frame)
    assert memory.news(frame) == ""


def test_only_the_cells_that_differ_are_sent() -> None:
    memory = ScreenMemory()
    memory.news(written([(0, 0, "1", "0A000001  in stock  2026")]))
    assert memory.news(written([(0, 0, "1", "0A000002  in stock  2027")])) == "\x1b[7C\x1b[1m2\x1b[15C7\x1b[m\x1b[1;1H"


def test_a_change_of_style_alone_is_sent() -> None:
    memory = ScreenMemory()
    memory.news(written([(0, 0, "", "0A000001")]))
    assert memory.news(written([(0, 0, "7", "0A000001")])) == "\x1b[7m0A000001\x1b[m\x1b[1;1H"


def test_a_line_of_which_terminals_disagree_how_wide_it_is_is_always_sent_whole() -> None:
    memory = ScreenMemory()
    frame = written([(0, 0, "", "family 👨‍👩‍👧 end")])
    memory.news(frame)
    again = memory.news(frame)
    assert "family" in again and "👨‍👩‍👧" in again and "end" in again


@pytest.mark.parametrize("name", ["क्षत्र", "Z\u0338\u0489o", "\u0301a", "👨‍👩‍👧", "ก็ำ", "\u20e3"])
def test_what_follows_a_name_of_uncertain_width_stands_in_its_place_and_nothing_is_left_of_before(name: str) -> None:
    memory, terminal = ScreenMemory(), Terminal()
    terminal.receive(memory.news(written([(0, 0, "", "x" * WIDTH)])))
    room = WIDTH - 6 - cell_len(name)
    terminal.receive(memory.news(written([(0, 0, "7", f"a{name}"), (0, 1 + cell_len(name), "", "ENDED" + " " * room)])))
    line = "".join(terminal.screen.buffer[0][x].data for x in range(WIDTH))
    assert "x" not in line
    assert line.endswith("ENDED" + " " * room)


def test_all_is_sent_again_after_it_was_forgotten() -> None:
    memory = ScreenMemory()
    frame = written([(0, 0, "", "0A000001")])
    memory.news(frame)
    memory.forget()
    assert "0A000001" in memory.news(frame)


def test_what_is_no_frame_goes_through_as_it_is_and_what_it_did_to_the_screen_is_not_guessed() -> None:
    frame = written([(0, 0, "", "0A000001")])
    for sequence in ("\x1b[?1049h", "\x1b[2J", "\x1bc", "text from nowhere", "\x1b[3;5r"):
        memory = ScreenMemory()
        memory.news(frame)
        assert memory.news(sequence) == sequence
        assert "0A000001" in memory.news(frame), sequence


def test_what_changes_no_cell_is_no_reason_to_send_all_again() -> None:
    frame = written([(0, 0, "", "0A000001")])
    for sequence in ("\x1b[?2026h", "\x1b[?2026l", "\x1b[?25l", "\x1b]52;c;MEExRg==\x07", "\x07", "\x1b[?2026$p"):
        memory = ScreenMemory()
        memory.news(frame)
        assert memory.news(sequence) == sequence
        assert memory.news(frame) == "", sequence


def test_a_wide_character_is_two_cells() -> None:
    assert cell_len("株") == 2
    memory = ScreenMemory()
    memory.news(written([(0, 0, "", "株式会社 A")]))
    assert memory.news(written([(0, 0, "", "株式会社 B")])) == "\x1b[9CB\x1b[1;1H"


@pytest.mark.parametrize("text", ["ab", "株会", "a株会", "e\u0301\u0302株会"])
def test_nothing_is_sent_beyond_the_edge_of_the_terminal(text: str) -> None:
    memory, terminal = ScreenMemory(), Terminal()
    memory.columns = WIDTH
    news = memory.news(written([(0, 0, "1", "." * WIDTH), (1, WIDTH - 1, "1", text), (2, WIDTH, "7", "x")]))
    terminal.receive(news)
    assert f"{WIDTH + 1}H" not in news
    assert "x" not in news
    assert [row.rstrip() for row in terminal.screen.display[2:]] == ["", ""]
