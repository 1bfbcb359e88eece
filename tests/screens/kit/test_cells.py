"""How values are read in a list."""

import datetime as dt
import time
from collections.abc import Iterator
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st
from rich.cells import cell_len

from models.language import use_language
from models.listing import ColumnKind
from screens.kit.cells import cell_text, fitted

LABELS = {"issued": "issued to a client"}


@pytest.fixture
def in_vladivostok(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    monkeypatch.setenv("TZ", "Asia/Vladivostok")
    time.tzset()
    yield
    monkeypatch.undo()
    time.tzset()


@pytest.mark.parametrize(
    ("value", "kind", "english", "russian"),
    [
        (Decimal("1250.5"), "money", "1,250.50", "1 250,50"),
        (Decimal("-1234567.891"), "money", "-1,234,567.89", "-1 234 567,89"),
        (Decimal("0"), "money", "0.00", "0,00"),
        (Decimal("1250.500"), "quantity", "1,250.5", "1 250,5"),
        (Decimal("1E+3"), "quantity", "1,000", "1 000"),
        (Decimal("100"), "quantity", "100", "100"),
        (12408, "integer", "12,408", "12 408"),
        (dt.date(2026, 10, 2), "date", "2026-10-02", "2026-10-02"),
        ("0A1F-4433", "text", "0A1F-4433", "0A1F-4433"),
        (None, "money", "", ""),
    ],
)
def test_values_are_written_as_the_language_writes_them(
    value: object, kind: ColumnKind, english: str, russian: str
) -> None:
    use_language("en")
    assert cell_text(value, kind, {}) == english
    use_language("ru")
    assert cell_text(value, kind, {}) == russian


@pytest.mark.usefixtures("in_vladivostok")
def test_a_moment_is_shown_in_the_operators_time_zone() -> None:
    aware = dt.datetime(2026, 10, 2, 20, 30, tzinfo=dt.UTC)
    assert cell_text(aware, "moment", {}) == "2026-10-03 06:30"
    assert cell_text(aware.replace(tzinfo=None), "moment", {}) == "2026-10-03 06:30", "stored moments are UTC"


def test_a_state_is_read_as_its_label_and_an_unknown_one_as_its_code() -> None:
    assert cell_text("issued", "state", LABELS) == "issued to a client"
    assert cell_text("melted", "state", LABELS) == "melted"


def test_a_flag_is_a_word() -> None:
    assert [cell_text(flag, "flag", {}) for flag in (True, False, None)] == ["yes", "no", ""]


@pytest.mark.parametrize("kind", ["money", "integer", "quantity", "date", "moment"])
def test_a_value_of_another_type_is_shown_rather_than_hidden(kind: ColumnKind) -> None:
    assert cell_text("n/a", kind, {}) == "n/a"


def test_what_would_speak_to_the_terminal_is_shown_as_signs() -> None:
    text = cell_text("a\x1b]0;owned\x07\u202eb\u200bc\x9b", "text", {})
    assert not any(ord(character) < 0x20 or 0x7F <= ord(character) < 0xA0 for character in text)
    assert "\u202e" not in text and "\u200b" not in text


def test_long_text_is_shortened_and_numbers_stand_at_the_right() -> None:
    assert fitted("Guardant Sign", 8, "text", "…") == "Guardan…"
    assert fitted("Sign", 8, "text", "…") == "Sign    "
    assert fitted("1,250.50", 10, "money", "…") == "  1,250.50"
    assert fitted("Sign", 1, "text", "…") == "…"
    assert fitted("Sign", 0, "text", "…") == ""


def test_wide_characters_count_as_two_cells() -> None:
    assert fitted("株式会社", 5, "text", "…") == "株式…"
    assert fitted("株式会社", 4, "text", "…") == "株 …", "half a character cannot be shown"
    assert fitted("株式会社", 10, "text", "…") == "株式会社  "


@given(st.text(max_size=30), st.integers(0, 40))
def test_a_fitted_cell_is_exactly_as_wide_as_its_column(text: str, width: int) -> None:
    assert cell_len(fitted(cell_text(text, "text", {}), width, "text", "…")) == width


def test_several_codes_in_one_cell_are_read_each() -> None:
    roles = {"sales": "sales", "licensing": "licences"}
    assert cell_text("sales licensing", "state", roles) == "sales, licences"
    assert cell_text("sales cook", "state", roles) == "sales cook"
