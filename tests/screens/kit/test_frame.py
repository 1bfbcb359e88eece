"""The lines of the frame: what is cut first when the terminal is narrow."""

import pytest
from rich.cells import cell_len
from textual.binding import ActiveBinding, Binding
from textual.widget import Widget

from screens.kit.frame import FrameFacts, Piece, SectionName, bottom_pieces, top_pieces

ENGLISH = ("Today", "Clients", "Funnel", "Documents", "Keys", "Contracts", "Mail", "Money", "Reports")
RUSSIAN = ("Сегодня", "Клиенты", "Воронка", "Документы", "Ключи", "Договоры", "Почта", "Деньги", "Отчёты")


def facts(names: tuple[str, ...], current: int = 5, operator: str = "anna", due: int = 3) -> FrameFacts:
    sections = tuple(SectionName(str(digit), digit, name) for digit, name in enumerate(names, 1))
    return FrameFacts(sections, str(current), due, operator)


def text(pieces: list[Piece]) -> str:
    return "".join(piece.text for piece in pieces)


def test_on_a_wide_terminal_all_is_written_out() -> None:
    line = text(top_pieces(facts(ENGLISH), 120))
    assert line.startswith(
        " TurboFly   1 Today  2 Clients  3 Funnel  4 Documents  5 Keys  6 Contracts  7 Mail  8 Money"
    )
    assert line.endswith(" !3  anna ")
    assert cell_len(line) == 120


@pytest.mark.parametrize("names", [ENGLISH, RUSSIAN])
@pytest.mark.parametrize("width", [80, 90, 100, 120])
def test_all_nine_sections_the_reminders_and_the_operator_fit(names: tuple[str, ...], width: int) -> None:
    line = text(top_pieces(facts(names), width))
    assert cell_len(line) == width
    assert all(f" {digit} {name[:3]}" in line for digit, name in enumerate(names, 1))
    assert line.endswith(" !3  anna ")


def test_the_open_section_keeps_its_whole_name() -> None:
    assert "6 Договоры" in text(top_pieces(facts(RUSSIAN, current=6), 80))


def test_on_a_very_narrow_terminal_the_digits_remain() -> None:
    line = text(top_pieces(facts(ENGLISH), 40))
    assert all(str(digit) in line for digit in range(1, 10))


def test_sections_that_do_not_exist_are_absent() -> None:
    assert "Mail" not in text(top_pieces(facts(ENGLISH[:2]), 80))


def test_an_operator_cannot_paint_over_the_line() -> None:
    assert "\x1b" not in text(top_pieces(facts(ENGLISH, operator="an\x1b[2Jna"), 120))


def active(node: Widget, *keys: tuple[str, str], enabled: bool = True) -> list[ActiveBinding]:
    return [ActiveBinding(node, Binding(key, word, word, id=word), enabled, "") for key, word in keys]


def shown_at(width: int, bindings: list[ActiveBinding]) -> str:
    display = {binding.key: binding.key for _node, binding, *_rest in bindings}
    return text(bottom_pieces(bindings, width, display, PROGRAM))


PROGRAM = Widget()
LIST = Widget()
LIST_KEYS = active(LIST, ("enter", "open"), ("f", "filter"), ("n", "new"), ("e", "edit"))
PROGRAM_KEYS = active(PROGRAM, ("ctrl+k", "find"), ("?", "help"))


def test_keys_of_the_list_stand_before_those_of_the_program() -> None:
    assert shown_at(80, PROGRAM_KEYS + LIST_KEYS) == " enter open  f filter  n new  e edit  ctrl+k find  ? help "


def test_help_and_find_stay_when_the_line_is_cut() -> None:
    assert shown_at(44, PROGRAM_KEYS + LIST_KEYS) == " enter open  f filter  ctrl+k find  ? help "


def test_a_key_that_does_nothing_now_is_not_shown() -> None:
    assert "edit" not in shown_at(80, active(LIST, ("e", "edit"), enabled=False))


def test_two_keys_of_one_action_are_shown_once() -> None:
    assert shown_at(80, active(LIST, ("j", "down"), ("down", "down"))) == " j down "
