"""Interactions and reminders are made from the cards of others, with what is known already."""

from __future__ import annotations

from models.cards.making import beginning, made_in_tab, names_of
from models.cards.reading import candidates, read_card, tab_listing
from models.clients.actions import add_person
from models.clients.interaction_actions import add_interaction
from models.clock import now
from models.reminders.actions import add_reminder
from models.writing import Actor
from tests.models.worlds import a_client, a_key, an_interaction


def test_a_new_interaction_of_a_person_begins_with_the_client(director: Actor) -> None:
    client = a_client(director)
    person = add_person(director, {"client": client, "name": "Пётр"})
    made = made_in_tab("person", person, "interactions")
    assert made == ("interaction", {"person": person})
    values = beginning(director, *made)
    assert (values["client"], values["person"], values["operator"]) == (client, person, director.operator_id)
    assert names_of("interaction", values) == {"client": "ООО «Ромашка»", "person": "Пётр", "operator": "Anna"}


def test_a_reminder_made_in_a_tab_is_about_the_cards_record(director: Actor) -> None:
    key = a_key(director)
    made = made_in_tab("key", key, "reminders")
    assert made is not None
    kind, preset = made
    reminder = add_reminder(director, {**beginning(director, kind, preset), "due": now(), "text": "Ask for it"})
    card = read_card("reminder", reminder)
    assert (card.state, card.names["about"], card.title) == ("due", "protection key: 0A1F-4433", "Ask for it")
    assert [row.id for row in tab_listing("key", key, "reminders").page(0, 9)] == [reminder]


def test_a_reference_within_a_client_offers_only_what_is_the_clients(director: Actor) -> None:
    first, second = a_client(director), a_client(director, "АО «Лютик»")
    own = [add_person(director, {"client": first, "name": name}) for name in ("Пётр Иванов", "Анна Иванова")]
    add_person(director, {"client": second, "name": "Иван Иванов"})
    assert [i for i, _name, _more in candidates("person", "", within=("client", first))] == [own[1], own[0]]
    assert [i for i, _name, _more in candidates("person", "пётр", within=("client", first))] == [own[0]]
    assert len(candidates("person", "иванов")) == 3


def test_a_card_names_the_record_that_an_interaction_was_logged_from(director: Actor) -> None:
    client = a_client(director)
    key = a_key(director, owner=client, state="issued")
    row = add_interaction(director, {"client": client, "subject": "Lost", "about_kind": "key", "about_id": key})
    assert read_card("interaction", row).names["about"] == "protection key: 0A1F-4433"
    assert "about" not in read_card("interaction", an_interaction(director, client)).names
