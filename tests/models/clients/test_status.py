"""How a candidate becomes a client, and what is kept of it."""

import datetime as dt
from functools import partial

import pytest

from models.clients.actions import add_client, edit_client
from models.clients.importing import ClientIntake
from models.clients.status import became_client, was_sold_to
from models.clients.tables import Client, StatusChange
from models.importing import Acceptance, Incoming
from models.undo import last_change, undo
from models.writing import Actor, get, in_transaction

MARCH, APRIL = dt.datetime(2026, 3, 2, 9, 30), dt.datetime(2026, 4, 1, 12, 0)


def kept(client: int) -> list[tuple[str, str]]:
    """The changes of status of a client."""
    rows = StatusChange.select().where(StatusChange.client == client).order_by(StatusChange.id)
    return [(row.before, row.after) for row in rows]


@pytest.fixture
def candidate(director: Actor) -> int:
    return add_client(director, {"name": "ООО «Ромашка»"})


def test_the_first_quote_makes_a_client_of_a_candidate(director: Actor, candidate: int) -> None:
    assert in_transaction(director, "issue_quote", lambda change: became_client(change, candidate, MARCH))
    client = get(Client, candidate)
    assert (client.status, client.first_quote_at, client.version) == ("client", MARCH, 2)
    (row,) = StatusChange.select()
    assert (row.before, row.after, row.moment, row.operator_id) == ("candidate", "client", MARCH, director.operator_id)


def test_the_second_quote_changes_nothing_and_an_earlier_one_moves_the_first(director: Actor, candidate: int) -> None:
    for moment in (MARCH, APRIL):
        in_transaction(director, "issue_quote", partial(became_client, client_id=candidate, moment=moment))
    assert (get(Client, candidate).first_quote_at, get(Client, candidate).version) == (MARCH, 2)
    february = MARCH - dt.timedelta(days=20)
    assert not in_transaction(director, "issue_quote", lambda change: became_client(change, candidate, february))
    assert get(Client, candidate).first_quote_at == february
    assert kept(candidate) == [("candidate", "client")]


def test_a_sale_without_a_quote_makes_a_client_too(director: Actor, candidate: int) -> None:
    in_transaction(director, "post_shipment", lambda change: was_sold_to(change, candidate, APRIL))
    client = get(Client, candidate)
    assert (client.status, client.first_quote_at, client.first_sale_at) == ("client", None, APRIL)
    assert kept(candidate) == [("candidate", "client")]


def test_a_status_set_by_hand_is_kept_and_its_undo_takes_it_back(director: Actor, candidate: int) -> None:
    edit_client(director, candidate, 1, {"status": "client", "source": "fair"})
    edit_client(director, candidate, 2, {"status": "client", "source": "cold call"})
    edit_client(director, candidate, 3, {"status": "candidate"})
    assert kept(candidate) == [("candidate", "client"), ("client", "candidate")]
    change = last_change(director)
    assert change is not None
    undo(director, change)
    assert kept(candidate) == [("candidate", "client")]
    assert get(Client, candidate).status == "client"


def test_a_table_that_says_client_changes_the_status_of_a_candidate(director: Actor, candidate: int) -> None:
    rows = [
        Incoming(2, {"name": "ООО «Ромашка»", "status": "client"}),
        Incoming(3, {"name": "Лютик", "status": "client"}),
    ]
    Acceptance(ClientIntake(director, False), director).take(rows)
    assert kept(candidate) == [("candidate", "client")]
    assert StatusChange.select().count() == 1
