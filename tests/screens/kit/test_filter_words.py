"""What a filter may become while it is typed, and numbers typed in the wrong alphabet."""

import pytest

from screens.kit.filter_words import completion, in_latin_letters, without_unfinished

WORDS = {"number": (), "state": ("in stock", "issued", "lent"), "состояние": ("на складе",)}


@pytest.mark.parametrize(
    ("typed", "options", "text"),
    [
        ("st", ("state:",), "state:"),
        ("0A1F st", ("state:",), "0A1F state:"),
        ("-st", ("state:",), "-state:"),
        ("state:", ("in stock", "issued", "lent"), 'state:"in stock" '),
        ("state:is", ("issued",), "state:issued "),
        ("state:lent,is", ("issued",), "state:lent,issued "),
        ("сост", ("состояние:",), "состояние:"),
    ],
)
def test_a_word_is_completed_to_fields_and_values(typed: str, options: tuple[str, ...], text: str) -> None:
    found = completion(typed, WORDS)
    assert (found.options, found.text) == (options, text)


@pytest.mark.parametrize("typed", ["", "0A1F", "state:issued", "number:5", "nobody:", "state:issued "])
def test_nothing_is_offered_where_nothing_fits(typed: str) -> None:
    assert completion(typed, WORDS).options == ()


def test_look_alikes_in_a_number_are_replaced_and_the_rest_is_left() -> None:
    assert in_latin_letters("0А1F number:НС-7 ромашка") == "0A1F number:HC-7 ромашка"


@pytest.mark.parametrize("text", ["ромашка", "тест сахар", "0A1F-4433", "ИП-7Ж"])
def test_what_is_truly_cyrillic_or_latin_needs_no_repair(text: str) -> None:
    assert in_latin_letters(text) is None


@pytest.mark.parametrize(
    ("typed", "so_far"),
    [
        ("state:", ""),
        ("0A1F state:", "0A1F "),
        ("0A1F -state:", "0A1F "),
        ('state:"', ""),
        ("number>=", ""),
        ("state:lent", "state:lent"),
        ("nobody:", "nobody:"),
        ("1C:", "1C:"),
    ],
)
def test_a_field_without_a_value_is_no_condition_yet(typed: str, so_far: str) -> None:
    assert without_unfinished(typed, WORDS) == so_far
