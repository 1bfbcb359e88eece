"""What became of a client's licences, on its timeline: each event once, what one change did to many in one line."""

from __future__ import annotations

import datetime as dt

import pytest
import time_machine
from peewee import fn

from models.audit import AuditEntry
from models.kinds import RecordRef
from models.language import use_language
from models.licensing.exchange import replace_key
from models.licensing.life import renew_licence, revoke_licence, suspend_licence, transfer_licence
from models.licensing.tables import Licence, LicenceEvent
from models.timeline.listing import TimelineListing, event_of
from models.undo import undo
from models.writing import Actor, Change, in_transaction
from tests.models.licensing.shipping import ready, sold
from tests.models.licensing.worlds import DAY, NOW
from tests.models.worlds import a_client, a_key, a_licence, a_product


@pytest.fixture
def client(director: Actor) -> int:
    """A client with three licences of a year, on one key."""
    with time_machine.travel(NOW, tick=True):
        client = a_client(director)
        product = a_product(director, term_months=12, maintenance_months=12)
        key = a_key(director, "0A1F-4433", owner=client)
        for number in ("L-1", "L-2", "L-3"):
            a_licence(director, number, client, product, key=key, issued=dt.date(2026, 3, 5))
    return client


def told(client: int, text: str = "") -> list[str]:
    """What the timeline says of licences, the newest first, but their issue."""
    rows = TimelineListing(client).with_filter(f"kind:licence {text}").page(0, 100)
    return [str(row.cells[2]) for row in rows if isinstance(row.cells[0], dt.datetime)]


def renew_all(by: Actor) -> None:
    """Renew all licences in one change."""

    def work(change: Change) -> None:
        for licence in Licence.select().order_by(Licence.id):
            renew_licence(change, licence.id, DAY, "оплачено", maintenance=12)

    in_transaction(by, "renew_all", work)


@time_machine.travel(NOW, tick=True)
def test_what_becomes_of_a_licence_is_told_with_its_end_and_reason_and_opens_it(client: int, director: Actor) -> None:
    renew_licence(director, 1, DAY, "оплачено", expires=dt.date(2028, 1, 1))
    suspend_licence(director, 2, DAY, "нет оплаты")
    revoke_licence(director, 3, DAY, "ошибка")
    assert told(client) == [
        "L-3  revocation  Гранд-Смета GRD-01  ошибка",
        "L-2  suspension  Гранд-Смета GRD-01  нет оплаты",
        "L-1  renewal → 2028-01-01  Гранд-Смета GRD-01  оплачено",
    ]
    row = TimelineListing(client).with_filter("kind:licence").page(0, 1)[0]
    event = event_of(row.id)
    assert event is not None and (event.ref, event.who) == (RecordRef("licence", 3), "anna")
    use_language("ru")
    assert told(client)[0] == "L-3  отзыв  Гранд-Смета GRD-01  ошибка"


@time_machine.travel(NOW, tick=True)
def test_what_one_change_did_to_many_is_one_line_that_any_of_their_numbers_finds(client: int, director: Actor) -> None:
    before = TimelineListing(client).count()
    renew_all(director)
    line = f"L-1 and 2 more  renewal → {Licence.get_by_id(1).maintenance_until}  Гранд-Смета GRD-01  оплачено"
    assert told(client) == told(client, "L-3") == told(client, "оплачено") == [line]
    listing = TimelineListing(client)
    assert listing.count() == before + 1
    assert [listing.position_of(row.id) for row in listing.page(0, 100)] == list(range(before + 1))
    suspend_licence(director, 2, DAY, "нет оплаты")
    assert len(told(client)) == 2 and told(client, "-L-3") == told(client)[:1]


@time_machine.travel(NOW, tick=True)
def test_a_transfer_is_told_to_both_and_what_came_later_to_the_new_client_alone(client: int, director: Actor) -> None:
    other = a_client(director, "АО «Лютик»")
    suspend_licence(director, 1, DAY)
    transfer_licence(director, 1, other, DAY, "продажа дела")
    transferred = "L-1  transfer → АО «Лютик»  Гранд-Смета GRD-01  продажа дела"
    assert told(client) == [transferred, "L-1  suspension  Гранд-Смета GRD-01"]
    revoke_licence(director, 1, DAY, "ошибка")
    assert told(other) == ["L-1  revocation  Гранд-Смета GRD-01  ошибка", transferred]
    assert len(told(client)) == 2


@time_machine.travel(NOW, tick=True)
def test_an_exchange_of_a_key_is_one_line_of_its_licences_and_goes_with_its_undoing(
    client: int, director: Actor
) -> None:
    new = a_key(director, "0A1F-9999")
    replace_key(director, 1, new, "broken", NOW.date())
    assert told(client)[0].startswith("L-1 and 2 more  move to another key → 0A1F-9999  Гранд-Смета GRD-01")
    kinds = [row.cells[2] for row in TimelineListing(client).with_filter("kind:key").page(0, 9)]
    assert any("0A1F-9999" in str(text) and "replacement" in str(text) for text in kinds)
    undo(director, AuditEntry.select(fn.MAX(AuditEntry.change_id)).scalar())
    assert told(client) == []


@time_machine.travel(NOW, tick=True)
def test_an_issue_is_told_once_whatever_is_issued_together(director: Actor) -> None:
    from models.sales.actions_issue import issue_document

    issue_document(director, ready(director, sold(director)))
    licences = list(Licence.select())
    assert licences and LicenceEvent.select().where(LicenceEvent.kind == "issue").count() == len(licences)
    for text in ("", "100001", "100002"):
        rows = TimelineListing(licences[0].client_id).with_filter(f"kind:licence {text}").page(0, 100)
        assert [str(row.cells[2]) for row in rows] == ["GS-100001 and 1 more  Гранд-Смета GS-1  (new)"]


def test_other_products_days_and_kinds_are_told_apart(client: int, director: Actor) -> None:
    product = a_product(director, "GS-2")
    for number, day, kind in (("M-1", 5, "new"), ("M-2", 6, "new"), ("M-3", 6, "renewal"), ("M-4", 6, "new")):
        a_licence(director, number, client, product, issued=dt.date(2026, 3, day), kind=kind)
    rows = TimelineListing(client).with_filter("kind:licence").page(0, 100)
    assert sorted(str(row.cells[2]).split("  ")[0] for row in rows) == [
        "L-1 and 2 more",
        "M-1",
        "M-2 and 1 more",
        "M-3",
    ]
    assert TimelineListing(client).with_filter("kind:licence").count() == 4


@time_machine.travel(NOW, tick=True)
def test_events_of_before_that_do_not_say_whose_the_licence_was_are_told_too(client: int, director: Actor) -> None:
    suspend_licence(director, 2, DAY, "нет оплаты")
    LicenceEvent.update(client=None).execute()
    assert told(client) == told(client, "L-2") == ["L-2  suspension  Гранд-Смета GRD-01  нет оплаты"]
    assert told(a_client(director, "АО «Лютик»")) == told(client, "L-3") == []


@time_machine.travel(NOW, tick=True)
@pytest.mark.parametrize("damage", ["]not JSON", "[]", ""])
def test_a_damaged_event_is_told_without_its_end(client: int, director: Actor, damage: str) -> None:
    renew_licence(director, 1, DAY, maintenance=12)
    LicenceEvent.update(after=damage).execute()
    assert told(client) == ["L-1  renewal  Гранд-Смета GRD-01"]
