"""The lists of the program are written under headings that the importers know, in both languages."""

import pytest

from importers.fields import FIELDS_OF
from importers.headings import recognise
from importers.values import read_cell
from models.catalogue.lists import PRODUCTS
from models.clients.lists import CLIENTS
from models.errors import RuleBroken
from models.keys.lists import KEYS
from models.language import _, use_language
from models.licensing.lists import LICENCES
from models.licensing.vocabulary import LICENCE_STATES, LICENCE_STATUSES
from models.sales.lists import DEALS
from models.table_listing import ListDefinition
from models.text import fold

LISTS = {"clients": CLIENTS, "products": PRODUCTS, "keys": KEYS, "licences": LICENCES, "deals": DEALS}
# What the database makes by itself, or what no file can tell.
NOT_READ = {
    "clients": {"created", "first_quote", "first_sale"},
    "licences": {"instance"},
    "deals": {"state"},
}
UNDER_ANOTHER_NAME = {
    "phone": "phones",
    "email": "emails",
    "vat_code": "vat",
    "protection_method": "protection",
    "expected": "value",
}


@pytest.mark.parametrize("language", ["en", "ru"])
@pytest.mark.parametrize("table", LISTS)
def test_each_column_of_a_list_is_recognised_as_its_field(table: str, language: str) -> None:
    use_language(language)
    definition: ListDefinition = LISTS[table]
    columns = [listed.column for listed in definition.columns]
    mapping = recognise([_(column.title) for column in columns], FIELDS_OF[table])
    assert mapping.missing == ()
    assert {columns[number].id for number in mapping.unused} <= NOT_READ.get(table, set())
    found = {columns[number].id: field for field, (number, *_more) in mapping.columns.items()}
    assert {column: field for column, field in found.items() if UNDER_ANOTHER_NAME.get(column, column) != field} == {}


def test_every_state_that_the_list_of_licences_shows_is_read() -> None:
    (state,) = (field for field in FIELDS_OF["licences"] if field.id == "state")
    assert {state.choices.get(status) for status in LICENCE_STATUSES} <= {*LICENCE_STATES, "inactive"}


@pytest.mark.parametrize("language", ["en", "ru"])
@pytest.mark.parametrize("table", LISTS)
def test_every_word_that_a_list_shows_for_a_code_is_read_back(table: str, language: str) -> None:
    use_language(language)
    shown = [(field, code, _(title)) for field in FIELDS_OF[table] for code, title in field.titles.items()]
    assert [(field.id, word) for field, _code, word in shown if fold(word) not in field.choices] == []


def test_a_word_that_is_not_known_is_answered_with_the_words_of_the_operators_language() -> None:
    use_language("ru")
    (kind,) = (field for field in FIELDS_OF["clients"] if field.id == "kind")
    with pytest.raises(RuleBroken) as refusal:
        read_cell(kind, "фирма")
    assert "организация, ИП, физлицо" in refusal.value.remedy
