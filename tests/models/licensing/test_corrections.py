"""Corrections of shipments: they move no keys and licences, and wait until those of units taken back have come back."""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal
from typing import Any

import pytest
import time_machine

from models.errors import RuleBroken
from models.keys.lending import mark_key
from models.keys.tables import KeyMovement, ProtectionKey
from models.licensing.life import return_licence, revoke_licence
from models.licensing.tables import Licence, LicenceEvent
from models.sales.actions_answers import cancel_document
from models.sales.actions_issue import issue_document
from models.sales.actions_next import correct_document
from models.sales.corrections import lines_in_force
from models.sales.tables import Document
from models.writing import Actor
from tests.models.licensing.shipping import DAY, ready, sold
from tests.models.licensing.worlds import NOW
from tests.models.sales.worlds import line_ids


@pytest.fixture(autouse=True)
def present() -> Iterator[None]:
    with time_machine.travel(NOW, tick=True):
        yield


@pytest.fixture
def shipment(director: Actor) -> int:
    """A posted shipment of three licences and the key that they are on."""
    made = ready(director, sold(director, 3, returnable=True), "GS-1..GS-3")
    issue_document(director, made)
    return made


def corrected(by: Actor, shipment: int, place: int, **right: Any) -> int:
    """The draft of a correction of a line in force."""
    line = lines_in_force(Document.get_by_id(shipment))[place]
    return correct_document(by, shipment, {line.id: {name: Decimal(value) for name, value in right.items()}}, DAY)


def marks() -> tuple[int, int]:
    return KeyMovement.select().count(), LicenceEvent.select().count()


def test_other_prices_leave_keys_and_licences_alone(director: Actor, shipment: int) -> None:
    before = marks()
    issue_document(director, corrected(director, shipment, 0, price=900))
    assert marks() == before


def test_units_are_taken_back_when_their_licences_have_come_back(director: Actor, shipment: int) -> None:
    draft = corrected(director, shipment, 0, quantity=2)
    with pytest.raises(RuleBroken) as refused:
        issue_document(director, draft)
    assert refused.value.field == "lines"
    assert "2 would be left, but 3 of its licences stand: GS-1, GS-2, GS-3" in str(refused.value)
    assert "L on the licence" in str(refused.value)
    assert Document.get_by_id(draft).state == "draft"
    return_licence(director, Licence.get(Licence.number == "GS-2").id, NOW.date())
    before = marks()
    issue_document(director, draft)
    assert marks() == before
    # Again, of what the first correction left.
    whole = corrected(director, shipment, 0, quantity=0)
    with pytest.raises(RuleBroken, match="0 would be left, but 2"):
        issue_document(director, whole)
    for number in ("GS-1", "GS-3"):
        revoke_licence(director, Licence.get(Licence.number == number).id, NOW.date(), "возврат")
    issue_document(director, whole)
    assert [line.id for line in lines_in_force(Document.get_by_id(shipment))] == line_ids(shipment)[1:]


def test_a_key_is_taken_back_when_it_has_come_back(director: Actor, shipment: int) -> None:
    draft = corrected(director, shipment, 1, quantity=0)
    with pytest.raises(RuleBroken, match="1 of its keys are with the client: 0A1F-4433"):
        issue_document(director, draft)
    for licence in Licence.select():
        revoke_licence(director, licence.id, NOW.date(), "возврат")
    mark_key(director, ProtectionKey.get().id, "returned", NOW.date())
    issue_document(director, draft)


def test_another_line_and_a_cancelled_correction_ask_for_nothing(director: Actor, shipment: int) -> None:
    issue_document(director, corrected(director, shipment, 1, price=1))
    revoke_licence(director, Licence.get(Licence.number == "GS-1").id, NOW.date(), "возврат")
    correction = corrected(director, shipment, 0, quantity=2)
    issue_document(director, correction)
    before = marks()
    cancel_document(director, correction, "ошибка")
    assert marks() == before
    assert [line.quantity for line in lines_in_force(Document.get_by_id(shipment))] == [3, 1]
    assert len(line_ids(shipment)) == 2
