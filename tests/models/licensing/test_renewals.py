"""Renewals: what ends, by client; one quote for all of a client's; what became of what was due; reminders."""

import datetime as dt
from collections.abc import Iterator
from decimal import Decimal
from typing import Any

import pytest
import time_machine

from models.company.actions import add_operator, change_setting
from models.errors import RuleBroken
from models.licensing.life import renew_licence, revoke_licence
from models.licensing.renewal_rate import renewal_rate
from models.licensing.renewal_reminders import remind_of_expiring
from models.licensing.renewals import expiry_days, listed, renewal_quote, renewals
from models.licensing.upgrades import supersede_licence
from models.periods import Period
from models.reminders.tables import Reminder
from models.reports.catalogue import REPORTS
from models.reports.frame import Question
from models.sales.families import lines_of
from models.sales.tables import Document
from models.undo import last_change, undo
from models.writing import Actor, get
from tests.models.licensing.worlds import NOW, on_a_key
from tests.models.sales.worlds import an_issued
from tests.models.worlds import a_client, a_key, a_licence, a_product, an_interaction
from tui import day_work

TODAY = NOW.date()
LAST = TODAY + dt.timedelta(days=90)


@pytest.fixture(autouse=True)
def present() -> Iterator[None]:
    with time_machine.travel(NOW, tick=True):
        yield


def _ending(by: Actor, number: str, client: int, product: int, days: int | None, **values: Any) -> int:
    ends = None if days is None else TODAY + dt.timedelta(days=days)
    given = {"issued": dt.date(2025, 10, 1), "expires": ends, "maintenance_until": None, **values}
    return a_licence(by, number, client, product, **given)


def test_what_ends_is_told_by_client_the_first_to_end_first(director: Actor) -> None:
    late, soon, product = a_client(director, "A"), a_client(director, "B"), on_a_key(director, price=Decimal(900))
    key = a_key(director, owner=soon)
    _ending(director, "1", late, product, 60, key=key)
    _ending(director, "2", soon, product, 20, key=key)
    _ending(director, "3", soon, product, None, key=key, maintenance_until=TODAY)
    _ending(director, "4", soon, product, 91, key=key)
    _ending(director, "5", soon, product, 10, key=key, state="revoked")
    found = renewals(TODAY, LAST)
    assert [(one.client, [item.number for item in one.items]) for one in found] == [("B", ["3", "2"]), ("A", ["1"])]
    maintenance, licence = found[0].items
    assert (maintenance.what, maintenance.ends, maintenance.key) == ("maintenance", TODAY, "0A1F-4433")
    assert (licence.what, licence.ends, licence.last_price) == ("licence", TODAY + dt.timedelta(days=20), None)
    assert [one.client for one in renewals(TODAY, LAST, what="licence", client=late)] == ["A"]


def test_maintenance_that_ends_with_its_licence_is_not_told_twice(director: Actor) -> None:
    client, product = a_client(director), a_product(director)
    _ending(director, "1", client, product, 30, maintenance_until=TODAY + dt.timedelta(days=30))
    assert [item.what for item in renewals(TODAY, LAST)[0].items] == ["licence"]


def test_the_last_price_and_the_last_contact_are_told(director: Actor) -> None:
    client, product = a_client(director), a_product(director)
    for day, price in ((dt.date(2026, 3, 1), 500), (dt.date(2025, 3, 1), 400), (dt.date(2026, 9, 1), 700)):
        kind = "quote" if price == 700 else "invoice"
        lines = [{"product": product, "quantity": Decimal(2), "price": Decimal(price)}]
        an_issued(director, kind, lines, client=client, date=day)
    an_interaction(director, client, moment=dt.datetime(2026, 11, 20, 9))
    an_interaction(director, client, moment=dt.datetime(2026, 12, 1, 9), state="planned")
    _ending(director, "1", client, product, 30)
    (found,) = renewals(TODAY, LAST)
    assert (found.items[0].last_price, found.items[0].priced_on) == (Decimal(500), dt.date(2026, 3, 1))
    assert found.last_contact == dt.datetime(2026, 11, 20, 9)


def test_one_quote_is_for_all_of_a_clients_with_a_line_per_product(director: Actor) -> None:
    client, dear, cheap = a_client(director), a_product(director, "A", price=Decimal(900)), a_product(director, "B")
    an_issued(director, "invoice", [{"product": cheap, "price": Decimal(50)}], client=client)
    ids = [_ending(director, number, client, dear, 30) for number in ("7-1", "7-2", "7-3")]
    ids.append(_ending(director, "8-1", client, cheap, 30))
    quote = renewal_quote(director, client, ids)
    first, second = lines_of([quote])
    assert (first.product_id, first.quantity, first.price) == (dear, 3, 900)
    assert "7-1, 7-2, 7-3" in first.description
    assert (second.product_id, second.quantity, second.price) == (cheap, 1, 50)
    document = get(Document, quote)
    assert (document.kind, document.state, document.client_id) == ("quote", "draft", client)


def test_a_quote_names_as_many_numbers_as_a_line_holds() -> None:
    text = listed([f"{number:08}" for number in range(500)])
    assert len(text) < 1000
    assert text.startswith("00000000, 00000001")
    assert text.endswith(" and 420 more")


def test_what_is_not_the_clients_or_has_ended_is_not_quoted(director: Actor) -> None:
    client, product = a_client(director, "A"), a_product(director, price=Decimal(1))
    own = _ending(director, "1", client, product, 30)
    other = _ending(director, "2", a_client(director, "B"), product, 30)
    ended = _ending(director, "3", client, product, 30, state="revoked")
    for ids, named in (([own, other], "2"), ([own, ended], "3"), ([], "nothing")):
        with pytest.raises(RuleBroken, match=named):
            renewal_quote(director, client, ids)


def test_the_calendar_counts_ends_by_day(director: Actor) -> None:
    client, product = a_client(director), a_product(director)
    for number, days in enumerate((3, 3, 40, None, 100)):
        _ending(director, f"{number}", client, product, days, maintenance_until=TODAY)
    assert expiry_days(TODAY, LAST) == {TODAY + dt.timedelta(days=3): 2, TODAY + dt.timedelta(days=40): 1}
    assert expiry_days(TODAY, LAST, "maintenance") == {TODAY: 5}


@pytest.fixture
def history(director: Actor) -> Actor:
    """Of six licences due in October to December: two renewed, one lost, two to renew, one revoked before its end."""
    client, product = a_client(director, "Ромашка"), a_product(director, price=Decimal(100))
    an_issued(director, "invoice", [{"product": product, "price": Decimal(100)}], client=client)
    put_off = _ending(director, "1", client, product, -50)
    renew_licence(director, put_off, TODAY - dt.timedelta(days=60), expires=36)
    old = _ending(director, "2", client, product, -20)
    newer = _ending(director, "3", client, product, 900, kind="renewal")
    supersede_licence(director, old, newer, TODAY)
    _ending(director, "4", client, product, -21)
    _ending(director, "5", client, product, 10)
    _ending(director, "6", client, product, 0)
    revoke_licence(director, _ending(director, "7", client, product, 5), TODAY, "not paid")
    return director


def test_what_became_of_what_was_due_is_told_by_month(history: Actor) -> None:
    months = {one.month: one.figures for one in renewal_rate(Period(dt.date(2026, 10, 1), dt.date(2026, 12, 31)))}
    told = {name: (one.due, one.renewed, one.lost, one.to_renew, one.rate) for name, one in months.items()}
    assert told == {
        "2026-10": (1, 1, 0, 0, Decimal(100)),
        "2026-11": (3, 1, 1, 1, Decimal(50)),
        "2026-12": (1, 0, 0, 1, None),
    }
    november = months["2026-11"]
    assert (november.renewed_money, november.lost_money, november.to_renew_money) == (Decimal(100),) * 3


def test_maintenance_that_goes_with_its_licence_is_not_due_beside_it(director: Actor) -> None:
    client, product = a_client(director), a_product(director)
    both = {"maintenance_until": TODAY + dt.timedelta(days=10)}
    renewed = _ending(director, "1", client, product, 10, **both)
    _ending(director, "2", client, product, 10, **both)
    alone = _ending(director, "3", client, product, None, **both)
    renew_licence(director, renewed, TODAY, expires=12, maintenance=12)
    (month,) = renewal_rate(Period(TODAY, LAST), "maintenance")
    assert (month.figures.renewed, month.figures.to_renew) == (0, 1)
    renew_licence(director, alone, TODAY, maintenance=12)
    (month,) = renewal_rate(Period(TODAY, LAST), "maintenance")
    assert (month.figures.renewed, month.figures.to_renew) == (1, 0)


def test_the_reports_tell_the_same(history: Actor) -> None:
    answer = REPORTS["renewals"].ask(Question(Period(dt.date(2026, 10, 1), dt.date(2026, 12, 31))))
    assert [row[:5] for row in answer.rows] == [
        ("2026-10", 1, 1, 0, 0), ("2026-11", 3, 1, 1, 1), ("2026-12", 1, 0, 0, 1)
    ]  # fmt: skip
    assert answer.total[1:6] == (5, 2, 1, 2, Decimal("66.7"))
    ending = REPORTS["expiring"].ask(Question(by=("client", "what"), where={"client": "Ромашка"}))
    assert ending.rows == (("Ромашка", "licence", 2, TODAY, Decimal(200)),)
    assert REPORTS["expiring"].ask(Question(where={"operator": "anna"})).rows == ()


def test_a_client_is_reminded_of_once_in_a_month(director: Actor) -> None:
    boris = add_operator(director, {"login": "boris", "name": "Boris", "roles": ("sales",)})
    client, product = a_client(director, "A", responsible=boris), a_product(director)
    other = a_client(director, "B")
    _ending(director, "1", client, product, 20)
    _ending(director, "2", client, product, 25)
    _ending(director, "3", other, product, 30)
    assert remind_of_expiring(director, 30) == 2
    reminders = {row.about_id: row for row in Reminder.select()}
    assert (reminders[client].operator_id, reminders[other].operator_id) == (boris, director.operator_id)
    assert reminders[client].text.startswith("A: 2 renewals")
    assert remind_of_expiring(director, 60) == 0
    with time_machine.travel(dt.datetime(2026, 12, 1, 12, tzinfo=dt.UTC)):
        assert remind_of_expiring(director, 30) == 2
    change = last_change(director)
    assert change is not None
    undo(director, change)
    assert Reminder.select().count() == 2


def test_the_day_reminds_only_where_the_company_wants_it(director: Actor) -> None:
    _ending(director, "1", a_client(director, "A"), a_product(director), 20)
    assert not day_work.waits(director, TODAY)
    change_setting(director, "renewal_reminder_days", "30")
    assert day_work.waits(director, TODAY)
    assert day_work.do(director, TODAY) == 1
    assert not day_work.waits(director, TODAY)
    with pytest.raises(RuleBroken, match="no number of days"):
        change_setting(director, "renewal_reminder_days", "soon")
