"""What ``check`` finds when licences and keys were changed behind the program's back."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
import time_machine

from models.base import database
from models.checking import CHECKS, problems_of
from models.importing import Acceptance, Incoming
from models.keys.importing import KeyIntake
from models.keys.lending import lend_key
from models.licensing.exchange import replace_key, transfer_key
from models.licensing.life import renew_licence, set_seats
from models.licensing.pools import add_codes, take_codes
from models.writing import Actor
from tests.models.licensing.worlds import NOW, licences_on_a_key
from tests.models.worlds import a_client, a_key, a_product

_OURS = ("movements", "whereabouts", "lives", "codes")
DAY = NOW.date()


def _found() -> dict[str, list[str]]:
    return {check.name: [one.place for one in problems_of(check)] for check in CHECKS if check.name in _OURS}


@pytest.fixture(autouse=True)
def history(director: Actor) -> Iterator[None]:
    """Licences that were renewed and moved, keys that were replaced, transferred and lent, a code that was taken."""
    with time_machine.travel(NOW, tick=True):
        _client, old, licences = licences_on_a_key(director)
        renew_licence(director, licences[0], DAY)
        set_seats(director, licences[0], 7, DAY)
        new = a_key(director, "BBBB")
        replace_key(director, old, new, "lost", DAY)
        transfer_key(director, new, a_client(director, "B"), DAY)
        lend_key(director, a_key(director, "CCCC"), a_client(director, "C"), DAY, DAY)
        product = a_product(director, "CODE")
        add_codes(director, product, ["1", "2"])
        take_codes(director, product, 1, [licences[0]])
        yield


def test_what_the_actions_leave_has_no_problems() -> None:
    assert _found() == {name: [] for name in _OURS}


@pytest.mark.parametrize(
    ("statement", "check", "place"),
    [
        ("UPDATE licence SET seats = 99 WHERE id = 1", "lives", "licence #1"),
        ("UPDATE licence SET client_id = 1 WHERE id = 2", "lives", "licence #2"),
        ("UPDATE licence_event SET after = '{\"seats\":8}' WHERE kind = 'seats'", "lives", "licence #1"),
        ("UPDATE protection_key SET state = 'issued' WHERE id = 1", "whereabouts", "key #1"),
        ("UPDATE protection_key SET owner_id = 1 WHERE id = 3", "whereabouts", "key #3"),
        ("UPDATE key_movement SET from_client_id = 3 WHERE kind = 'hand_over'", "movements", "key #2"),
        ("UPDATE key_movement SET from_state = 'lost' WHERE kind = 'loan'", "movements", "key #3"),
        ("UPDATE vendor_code SET licence_id = NULL", "codes", "vendor_code #1"),
        ("UPDATE vendor_code SET licence_id = 1 WHERE id = 2", "codes", "vendor_code #2"),
    ],
)
def test_what_does_not_hold_is_named(statement: str, check: str, place: str) -> None:
    database.execute_sql(statement)
    found = _found()
    assert [name for name, problems in found.items() if problems] == [check]
    assert place in found[check]


def test_a_key_that_another_program_exported_as_reserved_has_no_problems(director: Actor) -> None:
    row = Incoming(2, {"number": "DDDD", "model": "HASP HL", "vendor": "Grand", "state": "reserved"})
    assert Acceptance(KeyIntake(director), director).take([row]).added == 1
    assert _found() == {name: [] for name in _OURS}
