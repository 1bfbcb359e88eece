"""Lines broken into rows: nothing is lost, no row is too wide, and length costs no patience."""

from hypothesis import given
from hypothesis import strategies as st
from rich.cells import cell_len, get_character_cell_size

from screens.kit.text_lines import EVEN, LONGEST_LINE, Line, breaks, laid_out, lines_of

TEXTS = st.text(st.sampled_from("ab я漢\u0301 🎉"), max_size=60)


def rows_of(lines: list[Line], width: int) -> list[str]:
    rows, _number = laid_out(lines, width)
    texts = [lines[number].text for number in rows.lines]
    return [text[start : rows.end(row, text)] for row, (start, text) in enumerate(zip(rows.starts, texts, strict=True))]


@given(TEXTS, st.integers(4, 20))
def test_the_rows_of_a_line_are_the_line(text: str, width: int) -> None:
    rows = rows_of([Line(text)], width)
    assert "".join(rows) == text
    assert all(cell_len(row.rstrip(" ")) <= width for row in rows)


@given(TEXTS, st.integers(10, 20))
def test_further_rows_leave_room_for_the_label(text: str, width: int) -> None:
    rows = rows_of([Line("To: " + text, "field", 4)], width)
    assert all(cell_len(row.rstrip(" ")) <= width - 4 for row in rows[1:])


def test_what_is_broken_by_counting_characters_takes_one_cell_each() -> None:
    even = [chr(code) for code in range(0x3000) if EVEN.fullmatch(chr(code))]
    assert len(even) > 1_000
    assert {character for character in even if get_character_cell_size(character) != 1} == set()


def test_words_stay_whole_where_they_fit() -> None:
    assert rows_of([Line("the price of two licences")], 12) == ["the price of ", "two licences"]
    assert rows_of([Line("цена двух лицензий")], 10) == ["цена двух ", "лицензий"]
    assert breaks("x" * 25, 10) == [0, 10, 20]


def test_what_speaks_to_the_terminal_is_harmless_before_it_is_laid_out() -> None:
    [line] = lines_of("a\x1b]0;owned\x07\u202eb\tc")
    assert line.text == "a␛]0;owned␇·b   c"


def test_a_line_without_end_is_cut_into_pieces() -> None:
    lines = lines_of("x" * (2 * LONGEST_LINE + 5))
    assert [len(line.text) for line in lines] == [LONGEST_LINE, LONGEST_LINE, 5]


def test_the_first_rows_cost_no_more_than_they_are_many() -> None:
    lines = lines_of("some words of a line\n" * 10_000)
    rows, number = laid_out(lines, 80, characters=2_000)
    assert number == len(rows) == 96
    assert rows.row_of(95) == 95
    assert rows.row_of(5_000) == 95
