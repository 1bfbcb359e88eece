"""One English word may be several Russian ones: marked messages carry the context that tells them apart."""

from collections.abc import Iterator

import pytest

from models.keys.vocabulary import KEY_STATES
from models.language import NP_, _, use_language
from models.licensing.vocabulary import LICENCE_STATES


@pytest.fixture(autouse=True)
def _english_afterwards() -> Iterator[None]:
    yield
    use_language("en")


def test_a_message_in_context_is_its_english_text_to_everything_else() -> None:
    assert NP_("key", "issued") == "issued"
    assert _(NP_("key", "issued")) == "issued"


def test_a_key_and_a_licence_are_issued_by_different_russian_words() -> None:
    use_language("ru")
    assert _(KEY_STATES["issued"]) == "выдан"
    assert _(LICENCE_STATES["issued"]) == "выдана"


def test_a_context_that_the_catalogue_does_not_have_leaves_the_english_text() -> None:
    use_language("ru")
    assert _(NP_("ships", "anchored")) == "anchored"
