"""Protection keys: unique numbers, owners and the movements that lead to them."""

import pytest

from models.errors import RuleBroken
from models.keys.actions import edit_key
from models.keys.tables import KeyMovement, ProtectionKey
from models.writing import Actor, get
from tests.models.worlds import a_client, a_key


def _movements(key: int) -> list[tuple[str, int | None, int | None]]:
    rows = KeyMovement.select().where(KeyMovement.key == key).order_by(KeyMovement.id)
    return [(row.kind, row.from_client_id, row.to_client_id) for row in rows]


def test_a_new_key_is_in_stock_with_its_receipt(director: Actor) -> None:
    key = a_key(director)
    assert get(ProtectionKey, key).state == "in_stock"
    assert _movements(key) == [("receipt", None, None)]


def test_a_key_given_to_a_client_is_issued_and_moved(director: Actor) -> None:
    client, key = a_client(director), a_key(director)
    edit_key(director, key, 1, {"owner": client, "state": "issued"})
    assert _movements(key)[-1] == ("hand_over", None, client)
    edit_key(director, key, 2, {"owner": None, "state": "in_stock"})
    assert _movements(key)[-1] == ("return", client, None)


def test_a_lent_key_moves_as_a_loan(director: Actor) -> None:
    client, key = a_client(director), a_key(director)
    edit_key(director, key, 1, {"owner": client, "state": "lent"})
    assert _movements(key)[-1] == ("loan", None, client)


@pytest.mark.parametrize("typed", ["0A1F4433", "0a1f 4433", "0А1F-4433"])
def test_the_same_number_spelled_otherwise_is_the_same_key(director: Actor, typed: str) -> None:
    a_key(director, "0A1F-4433")
    with pytest.raises(RuleBroken) as broken:
        a_key(director, typed)
    assert broken.value.field == "number"


def test_another_model_may_have_the_same_number(director: Actor) -> None:
    assert a_key(director, "0A1F-4433") != a_key(director, "0A1F-4433", model="Guardant Sign")


def test_a_key_in_stock_has_no_owner_and_an_issued_one_has(director: Actor) -> None:
    client = a_client(director)
    with pytest.raises(RuleBroken):
        a_key(director, owner=client, state="in_stock")
    with pytest.raises(RuleBroken):
        a_key(director, state="issued")
