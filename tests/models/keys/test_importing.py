"""Protection keys from outside: numbers within vendor and model, owners, movements."""

import datetime as dt
from typing import Any

import pytest

from models import audit
from models.importing import Acceptance, Incoming, Plan
from models.keys.importing import KeyIntake
from models.keys.tables import KeyMovement, ProtectionKey
from models.licensing.as_of import keys_as_of
from models.lookup import LOOKUPS, words_match
from models.search.indexing import SOURCES
from models.writing import Actor, get
from tests.models.worlds import a_client, a_key


def take(by: Actor, *values: dict[str, Any]) -> Plan:
    return Acceptance(KeyIntake(by), by).take([Incoming(number, given) for number, given in enumerate(values, 2)])


def counts(plan: Plan) -> tuple[int, int, int, int]:
    return plan.added, plan.changed, plan.unchanged, len(plan.refusals)


ROW = {"number": "0A1F-4433", "model": "HASP HL", "vendor": "Гранд", "owner": "ромашка", "marking": "синий"}


def test_a_key_comes_with_vendor_owner_and_movement(director: Actor) -> None:
    client = a_client(director, "Ромашка")
    assert counts(take(director, ROW)) == (1, 0, 0, 0)
    (key,) = ProtectionKey.select()
    assert key.vendor is not None
    assert (key.owner_id, key.state, key.vendor.name) == (client, "issued", "Гранд")
    assert [(row.kind, row.to_client_id) for row in KeyMovement.select()] == [("import", client)]
    assert counts(take(director, ROW)) == (0, 0, 1, 0)
    assert list(audit.broken_links()) == []
    assert list(audit.rows_changed_behind()) == []


@pytest.mark.parametrize("words", ["0а1f44", "hasp", "синий", "ромашка", "гранд"])
def test_an_imported_key_is_looked_up_by_all_its_fields(director: Actor, words: str) -> None:
    a_client(director, "Ромашка")
    take(director, ROW)
    lookup = LOOKUPS["key"]
    assert [row.rowid for row in lookup.select(lookup.rowid).where(words_match("key", words))] == [1]
    assert SOURCES["key"].table is ProtectionKey


def test_another_owner_makes_a_movement(director: Actor) -> None:
    key, client = a_key(director), a_client(director, "Ромашка")
    plan = take(director, {"number": "0A1F4433", "owner": "Ромашка", "state": "issued"})
    assert counts(plan) == (0, 1, 0, 0)
    assert get(ProtectionKey, key).owner_id == client
    assert KeyMovement.select().order_by(KeyMovement.id.desc()).first().kind == "hand_over"


def test_a_number_that_two_models_have_needs_the_model(director: Actor) -> None:
    a_key(director, "77", model="HASP")
    second = a_key(director, "77", model="Guardant")
    assert "HASP" in str(take(director, {"number": "77", "colour": "red"}).refusals[0].error)
    assert counts(take(director, {"number": "77", "model": "guardant", "colour": "red"})) == (0, 1, 0, 0)
    assert get(ProtectionKey, second).colour == "red"


def test_rows_that_break_a_rule_are_refused_with_their_field(director: Actor) -> None:
    a_client(director, "Ромашка")
    plan = take(
        director,
        {"number": "1", "owner": "Nobody"},
        {"number": "2", "owner": "Ромашка", "state": "in_stock"},
        {"number": "3", "state": "lent"},
        {"number": ""},
        {"number": "5"},
        {"number": "5", "colour": "red"},
    )
    assert counts(plan) == (1, 0, 0, 5)
    fields = {refusal.number: refusal.error.field for refusal in plan.refusals}
    assert fields == {2: "owner", 3: "state", 4: "owner", 5: "number", 7: ""}


def test_tables_of_different_days_bring_the_history_of_owners(director: Actor) -> None:
    first, second = a_client(director, "Ромашка"), a_client(director, "Вектор")
    day, later = dt.date(2021, 3, 1), dt.date(2024, 5, 6)
    take(director, {"number": "77", "owner": "Ромашка", "since": day})
    take(director, {"number": "77", "owner": "Вектор", "since": later})
    assert [(row.to_client_id, row.day) for row in KeyMovement.select().order_by(KeyMovement.id)] == [
        (first, day), (second, later),
    ]  # fmt: skip
    assert keys_as_of([1], dt.date(2023, 1, 1))[1].owner == first
    assert keys_as_of([1], later)[1].owner == second
    refused = take(director, {"number": "77", "owner": "Ромашка", "since": dt.date(2022, 1, 1)})
    assert "changed hands" in str(refused.refusals[0].error)
    assert len(take(director, {"number": "78", "since": dt.date(2999, 1, 1)}).refusals) == 1
