"""Candidates entered, those that became clients, and how long it took them."""

from __future__ import annotations

import datetime as dt
from decimal import Decimal
from typing import Any

import pytest
import time_machine

from models.clients.actions import add_client, edit_client
from models.clients.merging import merge_clients
from models.clients.status import became_client
from models.errors import RuleBroken
from models.periods import Period
from models.reports.candidates import CANDIDATES, Candidate, conversion
from models.writing import Actor, in_transaction

JANUARY, MARCH = dt.datetime(2026, 1, 10, 9, tzinfo=dt.UTC), dt.datetime(2026, 3, 2, 9, tzinfo=dt.UTC)


def entered(by: Actor, moment: dt.datetime, **values: Any) -> int:
    """A candidate entered at a moment."""
    with time_machine.travel(moment, tick=False):
        return add_client(by, {"name": f"Client of {moment:%B}", **values})


def quoted(by: Actor, client: int, days: int, since: dt.datetime = JANUARY) -> None:
    """The first quote, so many days later."""
    moment = (since + dt.timedelta(days=days)).replace(tzinfo=None)
    in_transaction(by, "issue_quote", lambda change: became_client(change, client, moment))


EVER = Period()


def rows(period: Period = EVER, *by: str) -> list[tuple[Any, ...]]:
    return list(CANDIDATES.answer(period, by).rows)


def test_candidates_count_in_the_month_in_which_they_were_entered(director: Actor) -> None:
    for days in (3, 10, 40):
        quoted(director, entered(director, JANUARY, source="fair"), days)
    entered(director, JANUARY, source="fair")
    entered(director, MARCH, source="site", responsible=director.operator_id)
    assert rows() == [
        ("2026-01", "fair", "", 4, 3, Decimal("75.0"), Decimal("10.0")),
        ("2026-03", "site", "Anna", 1, 0, Decimal("0.0"), None),
    ]
    answer = CANDIDATES.answer(EVER)
    assert answer.total == ("", "", "", 5, 3, Decimal("60.0"), Decimal("10.0"))
    assert [column.id for column in answer.columns][-4:] == ["entered", "became", "conversion", "median_days"]


def test_it_is_grouped_by_what_is_asked_for(director: Actor) -> None:
    for moment, source in ((JANUARY, "fair"), (MARCH, "fair"), (MARCH, "site")):
        entered(director, moment, source=source)
    assert [row[:2] for row in rows(EVER, "source")] == [("fair", 2), ("site", 1)]
    assert [row[:3] for row in rows(EVER, "source", "month", "source")] == [
        ("fair", "2026-01", 1), ("fair", "2026-03", 1), ("site", "2026-03", 1)
    ]  # fmt: skip
    with pytest.raises(RuleBroken, match="vendor"):
        rows(EVER, "vendor")


def test_a_period_holds_its_first_and_its_last_day(director: Actor) -> None:
    entered(director, JANUARY)
    day = JANUARY.date()
    assert len(rows(Period(day, day))) == 1
    assert rows(Period(day + dt.timedelta(days=1))) == []
    assert rows(Period(None, day - dt.timedelta(days=1))) == []
    with pytest.raises(RuleBroken):
        Period(day, day - dt.timedelta(days=1))


def test_who_was_entered_as_a_client_is_no_candidate(director: Actor) -> None:
    entered(director, JANUARY, status="client")
    back = entered(director, JANUARY, status="client")
    edit_client(director, back, 1, {"status": "candidate"})
    edit_client(director, back, 2, {"status": "client"})
    assert rows() == []


def test_who_went_back_to_candidate_became_a_client_when_he_first_did(director: Actor) -> None:
    client = entered(director, JANUARY)
    quoted(director, client, 5)
    edit_client(director, client, 2, {"status": "candidate"})
    quoted(director, client, 50)
    assert rows()[0][-4:] == (1, 1, Decimal("100.0"), Decimal("5.0"))


def test_of_two_that_were_merged_the_first_moments_count(director: Actor) -> None:
    earlier, later = entered(director, JANUARY), entered(director, MARCH)
    quoted(director, later, 1, since=MARCH)
    merge_clients(director, later, earlier)
    days = (MARCH.date() - JANUARY.date()).days + 1
    assert rows() == [("2026-01", "", "", 1, 1, Decimal("100.0"), Decimal(days))]


def test_nobody_is_no_division_by_zero() -> None:
    assert conversion([], ("month",)).total == ("", 0, 0, None, None)
    one = Candidate("", "", dt.date(2026, 1, 1), dt.date(2026, 1, 1))
    assert conversion([one], ()).rows == ((1, 1, Decimal("100.0"), Decimal("0.0")),)
