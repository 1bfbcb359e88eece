"""Nothing from outside may speak to the terminal: the filter that every line of the screen passes."""

import pytest
from hypothesis import given
from hypothesis import strategies as st
from rich.cells import cell_len
from rich.segment import Segment
from rich.style import Style
from textual.color import Color

from screens.kit.glyphs import ASCII, UNICODE
from screens.kit.safety import SafeLines, harmless

BLACK = Color(0, 0, 0)


@given(st.text(alphabet=st.characters(exclude_categories=())))
def test_whatever_the_text_it_comes_out_harmless_and_as_wide_as_before(text: str) -> None:
    safe = harmless(text)
    assert safe.isprintable()
    assert cell_len(safe) == cell_len(text)


@pytest.mark.parametrize(
    "text",
    [
        "\x1b[2J",
        "\x9b2J",
        "\x90q\x9c",
        "\u202egpj.exe",
        "a\u2066b",
        "zero\u200bwidth",
        "\ufeffmark",
        "tag\U000e0041",
        "\r\n",
    ],
)
def test_what_steers_a_terminal_or_hides_text_does_not_pass(text: str) -> None:
    safe = harmless(text)
    assert not any(ord(character) < 0x20 or 0x7F <= ord(character) < 0xA0 for character in safe)
    assert not set(safe) & set("\u200b\u202e\u2066\ufeff\U000e0041")


@pytest.mark.parametrize("text", ["ООО «Ромашка»", "1 250,50 ₽", "│ ▌ ●", "й", "日本"])
def test_ordinary_text_passes_unchanged(text: str) -> None:
    assert harmless(text) == text


def test_no_break_spaces_become_spaces() -> None:
    assert harmless("1\u00a0250\u202f000") == "1 250 000"


def test_links_and_actions_are_dropped_and_the_rest_of_the_style_stays() -> None:
    linked = Style(bold=True, link="https://example.org") + Style.from_meta({"@click": "app.quit", "offset": (1, 2)})
    [segment] = SafeLines().apply([Segment("x", linked)], BLACK)
    assert segment.style is not None
    assert segment.style.link is None
    assert segment.style.bold
    assert segment.style.meta == {"offset": (1, 2)}


def test_under_ascii_frames_and_marks_become_ascii_and_letters_stay() -> None:
    drawn = "┌─┐│▌●▲…→█░ ООО"
    [segment] = SafeLines(ascii=True).apply([Segment(drawn)], BLACK)
    assert segment.text.removesuffix("ООО").isascii()
    assert segment.text.endswith("ООО")
    assert cell_len(segment.text) == cell_len(drawn)


def test_every_mark_has_ascii_characters_of_its_own_width() -> None:
    for unicode_mark, ascii_mark in zip(UNICODE, ASCII, strict=True):
        assert ascii_mark.isascii()
        assert len(unicode_mark) == len(ascii_mark)
        assert {cell_len(sign) for sign in unicode_mark + ascii_mark} == {1}
