"""Making records from the card of another."""

from models.cards.definitions import CARDS
from models.cards.making import made_in_tab, may_make, names_of
from models.company.permissions import permissions_of
from models.fields import check_all
from models.writing import Actor
from tests.models.worlds import a_client


def test_a_new_person_of_a_clients_card_belongs_to_the_client() -> None:
    assert made_in_tab("client", 7, "people") == ("person", {"client": 7})
    assert made_in_tab("client", 7, "keys") == ("key", {"owner": 7})
    assert made_in_tab("key", 3, "licences") == ("licence", {"key": 3})


def test_what_no_operator_makes_by_hand_is_not_made_on_a_card() -> None:
    assert made_in_tab("client", 7, "instances") is None
    assert made_in_tab("key", 3, "movements") is None
    assert made_in_tab("client", 7, "history") is None


def test_records_are_made_by_those_who_may() -> None:
    sales = Actor("boris", "Boris", 1, permissions_of(frozenset({"sales"})), "test")
    assert may_make(sales, "client")
    assert not may_make(sales, "key")
    assert not may_make(sales, "instance")


def test_preset_references_are_shown_by_name(director: Actor) -> None:
    assert names_of("person", {"client": a_client(director), "name": "Фокин"}) == {"client": "ООО «Ромашка»"}


def test_what_a_new_record_begins_with_keeps_the_rules_of_its_fields() -> None:
    for card in CARDS.values():
        assert check_all((*card.fields, *card.new_fields), card.new)[1] == []
