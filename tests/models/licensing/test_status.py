"""The derived status: the same from Python as from SQL, on every day."""

import datetime as dt
import itertools

import pytest
import time_machine
from hypothesis import given
from hypothesis import strategies as st

from models.licensing.lists import LICENCES, has_status
from models.licensing.policy import Policy, add_months, ends
from models.licensing.status import licence_status
from models.licensing.tables import Licence
from models.licensing.vocabulary import LICENCE_STATUSES
from models.table_listing import TableListing
from models.writing import Actor, Change, in_transaction
from tests.models.worlds import a_client, a_licence, a_product

DAYS = st.dates(dt.date(2000, 1, 1), dt.date(2050, 12, 31))


@given(day=DAYS, months=st.integers(0, 240))
def test_months_are_added_without_leaving_the_month(day: dt.date, months: int) -> None:
    later = add_months(day, months)
    assert (later.year * 12 + later.month) - (day.year * 12 + day.month) == months
    assert later.day == day.day or (later.day < day.day and (later + dt.timedelta(days=1)).day == 1)


@given(issued=DAYS, months=st.integers(1, 120))
def test_a_term_ends_the_day_before_its_anniversary(issued: dt.date, months: int) -> None:
    policy = Policy(1, 1, "", "vendor", months, "issue", None)
    last = ends(policy, issued, None)
    assert last == add_months(issued, months) - dt.timedelta(days=1)


@pytest.mark.parametrize(
    ("state", "term_from", "expires", "status"),
    [
        ("issued", "issue", None, "active"),
        ("issued", "issue", dt.date(2026, 12, 24), "active"),
        ("issued", "issue", dt.date(2026, 12, 23), "expiring"),
        ("issued", "issue", dt.date(2026, 11, 23), "expiring"),
        ("issued", "issue", dt.date(2026, 11, 22), "expired"),
        ("issued", "activation", None, "inactive"),
        ("reserved", "issue", None, "inactive"),
        ("revoked", "issue", dt.date(2020, 1, 1), "revoked"),
    ],
)
def test_status_follows_state_and_dates(state: str, term_from: str, expires: dt.date | None, status: str) -> None:
    assert licence_status(state, term_from, None, expires, dt.date(2026, 11, 23), 30) == status


def _licences_of_every_sort(change: Change) -> int:
    client = a_client(change)
    products = [a_product(change, start, term_from=start) for start in ("issue", "activation")]
    ends_on = [None, *(dt.date(2026, 11, 20) + dt.timedelta(days=n) for n in range(0, 50, 3))]
    sorts = itertools.product(
        products, ("reserved", "issued", "suspended", "superseded", "revoked"), ends_on, (None, dt.date(2026, 10, 2))
    )
    number = 0
    for number, (product, state, expires, activated) in enumerate(sorts, 1):
        a_licence(change, f"{number:05}", client, product, state=state, expires=expires, activated=activated)
    return number


def test_the_database_derives_the_same_status(director: Actor) -> None:
    number = in_transaction(director, "test", _licences_of_every_sort)
    with time_machine.travel(dt.datetime(2026, 11, 23, 12, tzinfo=dt.UTC)):
        state_at = [column.id for column in TableListing.of(LICENCES).columns].index("state")
        shown = {row.id: row.cells[state_at] for row in TableListing.of(LICENCES).page(0, 1000)}
        for licence in Licence.select():
            expected = licence_status(
                licence.state, licence.product.term_from, licence.activated, licence.expires, dt.date(2026, 11, 23), 30
            )
            assert shown[licence.id] == expected
        by_status = {status: Licence.select().where(has_status(status)).count() for status in LICENCE_STATUSES}
    assert sum(by_status.values()) == number
    assert by_status == {status: list(shown.values()).count(status) for status in LICENCE_STATUSES}
