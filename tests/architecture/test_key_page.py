"""The manual's page of keys says what the bindings say."""

from tests.architecture.key_page import PAGE, TITLES, bound_and_described, key_page

# What others are made of: their keys stand in the chapters of those.
_BASES = {"Dialog", "FewFields", "InstanceTable", "KeyedCard", "PaperCard", "PrintableCard", "RecordTable"}


def test_the_page_of_keys_is_up_to_date() -> None:
    assert PAGE.read_text(encoding="utf-8") == key_page(), "mend it with: make keys"


def test_every_screen_with_keys_has_its_chapter() -> None:
    assert bound_and_described() - _BASES <= set(TITLES)
