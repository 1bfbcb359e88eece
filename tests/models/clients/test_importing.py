"""Clients from outside: who is the same client, what is set and what is added."""

from typing import Any

import pytest

from models.clients.actions import client_values
from models.clients.importing import ClientIntake
from models.clients.incoming import Contact, PostalAddress
from models.clients.tables import Address, Client, Person, Phone
from models.importing import Acceptance, Incoming, Plan
from models.lookup import LOOKUPS, words_match
from models.writing import Actor, get
from tests.models.worlds import a_client

INN, OTHER_INN = "7707083893", "7736050003"


def take(by: Actor, *values: dict[str, Any], dry_run: bool = False) -> Plan:
    """Take all rows, in as many transactions as they need; the sum of what the plans say."""
    acceptance, whole = Acceptance(ClientIntake(by, dry_run), by, dry_run), Plan()
    waiting = [Incoming(number, given) for number, given in enumerate(values, 2)]
    while waiting:
        plan = acceptance.take(waiting)
        waiting = waiting[plan.rows :]
        whole.steps += plan.steps
        whole.unchanged += plan.unchanged
        whole.refusals += plan.refusals
    return whole


def counts(plan: Plan) -> tuple[int, int, int, int]:
    return plan.added, plan.changed, plan.unchanged, len(plan.refusals)


def found(text: str) -> list[int]:
    lookup = LOOKUPS["client"]
    return [row.rowid for row in lookup.select(lookup.rowid).where(words_match("client", text))]


def test_a_client_is_found_by_its_code_before_all_else(director: Actor) -> None:
    client = a_client(director, "Ромашка", external_code="К-1")
    assert counts(take(director, {"external_code": "К-1", "name": "Лютик", "inn": INN})) == (0, 1, 0, 0)
    assert (get(Client, client).name, get(Client, client).inn) == ("Лютик", INN)
    assert found("лютик") == [client]


def test_branches_with_one_inn_are_told_apart_by_kpp(director: Actor) -> None:
    a_client(director, "Головной", inn=INN, kpp="773601001")
    plan = take(director, {"name": "Филиал", "inn": INN, "kpp": "540602001"}, {"name": "Новый", "inn": OTHER_INN})
    assert counts(plan) == (2, 0, 0, 0)
    plan = take(director, {"name": "Кто-то", "inn": INN})
    assert plan.refusals[0].error.field == "inn"
    assert "Головной" in str(plan.refusals[0].error)


def test_a_client_without_numbers_is_found_by_its_name_and_keeps_its_spelling(director: Actor) -> None:
    client = a_client(director, "ООО «Ромашка»")
    assert counts(take(director, {"name": 'ооо "ромашка"', "website": "romashka.ru"})) == (0, 1, 0, 0)
    assert (get(Client, client).name, get(Client, client).website) == ("ООО «Ромашка»", "romashka.ru")


def test_a_name_that_two_clients_have_is_refused(director: Actor) -> None:
    a_client(director, "Ромашка", inn=INN)
    a_client(director, "Ромашка", inn=OTHER_INN)
    assert take(director, {"name": "Ромашка"}).refusals[0].error.field == "name"


@pytest.mark.parametrize("dry_run", [False, True])
def test_the_same_rows_again_change_nothing(director: Actor, dry_run: bool) -> None:
    row: dict[str, Any] = {
        "name": "Ромашка", "inn": INN, "phones": ("+7 495 123-45-67",), "emails": ("info@romashka.ru",),
        "tags": ("ЭДО",), "group": "Цветы", "bank_accounts": ("40702810900000000001",),
        "addresses": (PostalAddress("postal", "Москва, Тверская, 1", city="Москва"),),
        "contact": Contact("Анна", "директор", ("8 903 000-00-00",), ("anna@romashka.ru",)),
    }  # fmt: skip
    assert counts(take(director, row)) == (1, 0, 0, 0)
    assert counts(take(director, row, row, dry_run=dry_run)) == (0, 0, 2, 0)


def test_an_empty_cell_changes_nothing(director: Actor) -> None:
    client = a_client(director, "Ромашка", inn=INN, website="romashka.ru")
    assert counts(take(director, {"name": "Ромашка", "inn": INN, "website": "", "note": None})) == (0, 0, 1, 0)
    assert get(Client, client).website == "romashka.ru"


def test_lists_are_added_to_and_nothing_is_removed(director: Actor) -> None:
    client = a_client(director, "Ромашка", phones=("+7 495 123-45-67",), tags=("VIP",))
    take(director, {"name": "Ромашка", "phones": ("8 (495) 123-45-67", "+7 812 000-00-00"), "tags": ("ЭДО",)})
    values = client_values(get(Client, client))
    assert values["phones"] == ("+7 495 123-45-67", "+7 812 000-00-00")
    assert values["tags"] == ("VIP", "ЭДО")


def test_a_second_address_stands_beside_the_first(director: Actor) -> None:
    take(director, {"name": "Ромашка", "addresses": (PostalAddress("postal", "Москва, Тверская, 1"),)})
    plan = take(director, {"name": "Ромашка", "addresses": (PostalAddress("postal", "Тула, Ленина, 2", city="Тула"),)})
    assert counts(plan) == (0, 1, 0, 0)
    assert [row.text for row in Address.select().order_by(Address.id)] == ["Москва, Тверская, 1", "Тула, Ленина, 2"]


def test_a_person_is_found_by_name_and_added_to(director: Actor) -> None:
    take(director, {"name": "Ромашка", "contact": Contact("Анна Ёлкина", "бухгалтер")})
    plan = take(director, {"name": "Ромашка", "contact": Contact("анна елкина", "директор", ("+7 903 000-00-00",))})
    assert counts(plan) == (0, 1, 0, 0)
    (person,) = Person.select()
    assert (person.name, person.position) == ("Анна Ёлкина", "директор")
    assert [row.person_id for row in Phone.select()] == [person.id]


@pytest.mark.parametrize("dry_run", [False, True])
def test_people_of_one_client_may_stand_in_several_rows(director: Actor, dry_run: bool) -> None:
    people = [{"name": "Ромашка", "inn": INN, "contact": Contact(name)} for name in ("Анна", "Пётр", "Анна")]
    assert counts(take(director, *people, dry_run=dry_run)) == (1, 1, 1, 0)


@pytest.mark.parametrize("dry_run", [False, True])
def test_rows_that_contradict_each_other_are_refused(director: Actor, dry_run: bool) -> None:
    given = [{"name": name, "inn": INN} for name in ("Ромашка", "Лютик")]
    plan = take(director, *given, dry_run=dry_run)
    assert counts(plan) == (1, 0, 0, 1)
    assert plan.refusals[0].number == 3
    assert "Row 2" in str(plan.refusals[0].error)


@pytest.mark.parametrize("dry_run", [False, True])
def test_an_address_of_mail_belongs_to_one_client(director: Actor, dry_run: bool) -> None:
    given = [{"name": name, "emails": ("Info@romashka.ru",)} for name in ("Ромашка", "Лютик")]
    plan = take(director, *given, dry_run=dry_run)
    assert counts(plan) == (1, 0, 0, 1)
    assert "Ромашка" in str(plan.refusals[0].error)


@pytest.mark.parametrize(
    ("field", "value"),
    [("inn", "7707083890"), ("ogrn", "1027700132196"), ("emails", ("nobody",)), ("responsible", "X")],
)
def test_a_row_that_breaks_a_rule_is_refused_and_the_others_are_taken(
    director: Actor, field: str, value: object
) -> None:
    plan = take(director, {"name": "Ромашка", field: value}, {"name": "Лютик"})
    assert counts(plan) == (1, 0, 0, 1)
    assert plan.refusals[0].error.field == field
    assert [row.name for row in Client.select()] == ["Лютик"]


def test_a_responsible_operator_is_named_by_login_or_name(director: Actor) -> None:
    take(director, {"name": "Ромашка", "responsible": "anna"})
    assert [row.responsible_id for row in Client.select()] == [director.operator_id]
