"""Addresses and bank accounts on cards of their own, and tax ids of other countries."""

from __future__ import annotations

from typing import Any

import pytest

from models.cards.history import history_lines
from models.cards.reading import read_card, tab_listing
from models.clients.actions import add_client, client_values, edit_client
from models.clients.details import (
    add_address,
    add_bank_account,
    edit_address,
    edit_bank_account,
    remove_address,
    remove_bank_account,
)
from models.clients.tables import Address, BankAccount, Client
from models.errors import Conflict, RuleBroken
from models.undo import last_change, undo
from models.writing import Actor, get

SBERBANK, ACCOUNT = "044525225", "40702810138000000021"


@pytest.fixture
def romashka(director: Actor) -> int:
    return add_client(director, {"name": "ООО «Ромашка»"})


def test_an_address_is_made_changed_removed_and_brought_back(director: Actor, romashka: int) -> None:
    made = add_address(director, {"client": romashka, "text": "Тула, склад 4", "city": "Тула"})
    assert (get(Address, made).kind, read_card("address", made).title) == ("delivery", "Тула, склад 4")
    assert edit_address(director, made, 1, {"kind": "legal"})
    assert client_values(get(Client, romashka))["legal_address"] == "Тула, склад 4"
    remove_address(director, made)
    assert tab_listing("client", romashka, "addresses").count() == 0
    change = last_change(director)
    assert change is not None
    undo(director, change)
    assert get(Address, made).city == "Тула"


def test_what_is_changed_on_a_part_is_a_change_of_the_client(director: Actor, romashka: int) -> None:
    base = client_values(get(Client, romashka))
    made = add_address(director, {"client": romashka, "text": "Тула, склад 4"})
    with pytest.raises(Conflict):
        edit_client(director, romashka, 1, {"postal_address": "Москва"}, base)
    assert history_lines("client", romashka, 1)[0].changes[0].new == "Тула, склад 4"
    assert not edit_address(director, made, 1, {"text": "Тула, склад 4"})
    assert get(Client, romashka).version == 2


def test_account_and_bik_are_checked_together_whichever_is_changed(director: Actor, romashka: int) -> None:
    good = {"client": romashka, "account": ACCOUNT, "bik": SBERBANK, "bank": "ПАО Сбербанк"}
    with pytest.raises(RuleBroken, match="does not fit") as broken:
        add_bank_account(director, {**good, "account": "40702810138000000022"})
    assert broken.value.field == "account"
    made = add_bank_account(director, good)
    assert get(BankAccount, made).currency == "RUB"
    with pytest.raises(RuleBroken, match="does not fit"):
        edit_bank_account(director, made, 1, {"bik": "044525974"})
    assert edit_bank_account(director, made, 1, {"bank": "Сбер", "currency": "eur"})
    assert get(BankAccount, made).currency == "EUR"
    remove_bank_account(director, made)
    assert client_values(get(Client, romashka))["bank_accounts"] == ()


@pytest.mark.parametrize(
    ("values", "field"),
    [
        ({"account": "123"}, "account"),
        ({"account": ""}, "account"),
        ({"bik": "1"}, "bik"),
        ({"currency": "rouble"}, "currency"),
        ({"client": None}, "client"),
        ({}, "account"),
    ],
)
def test_a_broken_rule_of_an_account_names_its_field(
    director: Actor, romashka: int, values: dict[str, Any], field: str
) -> None:
    add_bank_account(director, {"client": romashka, "account": ACCOUNT})
    with pytest.raises(RuleBroken) as broken:
        add_bank_account(director, {"client": romashka, "account": ACCOUNT, **values})
    assert broken.value.field == field


@pytest.mark.parametrize(
    ("country", "number", "valid"),
    [
        ("BY", "200988541", True),
        ("BY", "200988542", False),
        ("DE", "DE136695976", True),
        ("DE", "DE136695977", False),
        ("KZ", "whatever it is", True),
        ("RU", "anything", True),
    ],
)
def test_the_tax_id_of_another_country_has_its_form(director: Actor, country: str, number: str, valid: bool) -> None:
    values = {"name": "Foreigner", "country": country.lower(), "foreign_tax_id": number}
    if valid:
        assert get(Client, add_client(director, values)).country == country
        return
    with pytest.raises(RuleBroken) as broken:
        add_client(director, values)
    assert broken.value.field == "foreign_tax_id"
    client = add_client(director, {**values, "country": "RU"})
    with pytest.raises(RuleBroken, match="tax id in"):
        edit_client(director, client, 1, {"country": country})


def test_a_country_is_two_letters(director: Actor) -> None:
    with pytest.raises(RuleBroken) as broken:
        add_client(director, {"name": "Foreigner", "country": "Germany"})
    assert broken.value.field == "country"
