"""What may be written to clients and people, and what may not."""

import pytest

from models.clients.actions import add_client, add_person, client_values, edit_client
from models.clients.tables import Address, Client, EmailAddress
from models.company.permissions import permissions_of
from models.errors import Conflict, NotAllowed, RuleBroken
from models.undo import last_change, undo
from models.writing import Actor, get, in_transaction


def test_a_new_client_is_a_candidate(director: Actor) -> None:
    client = get(Client, add_client(director, {"name": "ООО «Ромашка»"}))
    assert (client.status, client.version, client.sort_name) == ("candidate", 1, "ромашка")


def test_a_client_needs_a_name(director: Actor) -> None:
    with pytest.raises(RuleBroken) as broken:
        add_client(director, {"name": "  "})
    assert broken.value.field == "name"


def test_two_clients_may_share_an_inn_but_not_inn_and_kpp(director: Actor) -> None:
    add_client(director, {"name": "Head office", "inn": "7707083893", "kpp": "773601001"})
    add_client(director, {"name": "Branch", "inn": "7707083893", "kpp": "540602001"})
    with pytest.raises(RuleBroken) as broken:
        add_client(director, {"name": "Again", "inn": "7707 083 893", "kpp": "773601001"})
    assert broken.value.field == "inn"
    assert "Head office" in str(broken.value)


def test_an_email_address_belongs_to_one_client_or_person(director: Actor) -> None:
    first = add_client(director, {"name": "First", "emails": ("info@first.ru",)})
    with pytest.raises(RuleBroken, match="First"):
        add_client(director, {"name": "Second", "emails": ("INFO@first.ru",)})
    with pytest.raises(RuleBroken, match="First"):
        add_person(director, {"client": first, "name": "Ivan", "emails": ("info@first.ru",)})


def test_a_refused_client_leaves_nothing_behind(director: Actor) -> None:
    add_client(director, {"name": "First", "emails": ("info@first.ru",)})
    with pytest.raises(RuleBroken):
        add_client(director, {"name": "Second", "phones": ("+7 495 123-45-67",), "emails": ("info@first.ru",)})
    assert Client.select().count() == 1


def test_the_second_to_save_is_shown_the_conflict_field_by_field(director: Actor) -> None:
    record = add_client(director, {"name": "ООО «Ромашка»"})
    base = client_values(get(Client, record))
    edit_client(director, record, 1, {"website": "romashka.ru"})
    with pytest.raises(Conflict) as conflict:
        edit_client(director, record, 1, {"website": "romashka.com"}, base)
    assert conflict.value.base["website"] == ""
    assert conflict.value.mine["website"] == "romashka.com"
    assert conflict.value.theirs["website"] == "romashka.ru"
    assert conflict.value.their_operator == "anna"
    assert get(Client, record).website == "romashka.ru"


def test_a_changed_phone_raises_the_clients_version(director: Actor) -> None:
    record = add_client(director, {"name": "ООО «Ромашка»", "phones": ("+7 495 123-45-67",)})
    edit_client(director, record, 1, {"phones": ("8 (495) 123-45-68",)})
    assert get(Client, record).version == 2
    with pytest.raises(Conflict):
        edit_client(director, record, 1, {"phones": ()})


def test_saving_what_is_there_already_changes_nothing(director: Actor) -> None:
    record = add_client(director, {"name": "ООО «Ромашка»", "tags": ("vip",)})
    assert not edit_client(director, record, 1, client_values(get(Client, record)))
    assert get(Client, record).version == 1


def test_undo_of_an_edit_restores_fields_and_parts(director: Actor) -> None:
    record = add_client(director, {"name": "ООО «Ромашка»", "phones": ("+7 495 123-45-67",), "tags": ("vip",)})
    before = client_values(get(Client, record))
    edit_client(director, record, 1, {"name": "АО «Лютик»", "phones": (), "tags": ("a", "b")})
    change = last_change(director)
    assert change is not None
    undo(director, change)
    assert client_values(get(Client, record)) == before


def test_an_auditor_changes_nothing(director: Actor) -> None:
    auditor = Actor("olga", "Olga", None, permissions_of(frozenset({"auditor"})), "test")
    with pytest.raises(NotAllowed, match="Olga"):
        add_client(auditor, {"name": "ООО «Ромашка»"})


@pytest.mark.parametrize("part", ["phones", "emails"])
def test_a_person_has_contacts_of_its_own(director: Actor, part: str) -> None:
    client = add_client(director, {"name": "ООО «Ромашка»", "emails": ("info@romashka.ru",)})
    values = {"client": client, "name": "Иван", "emails": ("ivan@romashka.ru",), "phones": ("+7 913 000-00-00",)}
    add_person(director, values)
    assert client_values(get(Client, client))[part] == (("info@romashka.ru",) if part == "emails" else ())
    assert EmailAddress.select().count() == 2


def test_a_changed_address_leaves_older_ones_of_its_kind(director: Actor) -> None:
    record = add_client(director, {"name": "ООО «Ромашка»", "legal_address": "Москва, Тверская, 1"})
    in_transaction(director, "test", lambda change: change.insert(Address(client=record, kind="legal", text="Тула")))
    edit_client(director, record, 1, {"legal_address": "Тула, Ленина, 2"})
    assert [row.text for row in Address.select().order_by(Address.id)] == ["Москва, Тверская, 1", "Тула, Ленина, 2"]
    edit_client(director, record, 2, {"legal_address": ""})
    assert client_values(get(Client, record))["legal_address"] == "Москва, Тверская, 1"
