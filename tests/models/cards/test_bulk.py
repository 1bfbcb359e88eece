"""One field of many records: all at once where all agree, each for itself where one refuses."""

from __future__ import annotations

import pytest

from models.actor import Actor
from models.audit import change_marker
from models.cards.bulk import BulkResult, fields_to_set, marked_ids, set_field
from models.cards.definitions import CARDS
from models.clients.contacts import parts_of
from models.clients.tables import Client
from models.errors import NotAllowed
from models.keys.tables import ProtectionKey
from models.lists import list_named
from models.undo import last_change, undo
from tests.models.worlds import a_client, a_key


def test_a_value_is_set_on_all_of_them_as_one_change(director: Actor) -> None:
    clients = [a_client(director, f"Client {n}") for n in range(5)]
    assert set_field(director, "client", clients, "source", "fair") == BulkResult(5, 0, 0)
    change = last_change(director)
    assert change is not None
    assert len(undo(director, change)) == 5
    assert {client.source for client in Client.select()} == {""}


def test_what_has_the_value_already_is_left_alone(director: Actor) -> None:
    clients = [a_client(director, f"Client {n}") for n in range(3)]
    set_field(director, "client", clients[:1], "source", "fair")
    assert set_field(director, "client", clients, "source", "fair") == BulkResult(2, 1, 0)
    before = change_marker()
    assert set_field(director, "client", clients, "source", "fair") == BulkResult(0, 3, 0)
    assert change_marker() == before


def test_tags_are_added_to_those_that_are_there(director: Actor) -> None:
    client = a_client(director, tags=("old",))
    set_field(director, "client", [client], "tags", ("new", "old"))
    assert parts_of(client)["tags"] == ("old", "new")


def test_one_that_refuses_does_not_keep_the_others_from_it(director: Actor) -> None:
    owned = a_key(director, "1", owner=a_client(director), state="issued")
    free = a_key(director, "2")
    result = set_field(director, "key", [owned, free], "state", "issued")
    assert (result.changed, result.unchanged, result.refused) == (0, 1, 1)
    assert result.reasons[0].startswith(f"#{free}: ")
    assert ProtectionKey.get(ProtectionKey.id == free).state == "in_stock"


def test_the_right_is_asked_for_first(director: Actor) -> None:
    nobody = Actor("eve", "Eve", None, frozenset(), "test")
    with pytest.raises(NotAllowed):
        set_field(nobody, "client", [a_client(director)], "source", "fair")
    assert fields_to_set(CARDS["client"], nobody) == ()


def test_names_and_numbers_are_no_fields_for_many(director: Actor) -> None:
    offered = {field.name for field in fields_to_set(CARDS["client"], director)}
    assert {"responsible", "tags", "archived", "source"} <= offered
    assert not offered & {"name", "inn", "legal_name", "external_code"}


def test_all_marked_but_some_are_found_in_the_list(director: Actor) -> None:
    clients = [a_client(director, f"Client {n}") for n in range(4)]
    listing = list_named("clients")
    assert set(marked_ids(listing, lambda record_id: record_id != clients[2])) == {*clients} - {clients[2]}
