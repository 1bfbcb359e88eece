"""Events of clients, made quickly and in any number."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from functools import partial
from typing import Any

from models.clients.tables import Interaction, StatusChange
from models.company.tables import Company, Operator
from models.files.actions import attach_file
from models.keys.tables import KeyMovement
from models.kinds import RecordRef
from models.mail.tables import Message
from models.reminders.tables import Reminder
from models.sales.tables import ContractHeader, Deal, Document, Stage, StageChange
from models.writing import Actor, Change, in_transaction
from tests.models.worlds import a_client, a_key, a_licence, a_product

NOON = dt.datetime(2026, 3, 1, 12, 0)


def at(days: int, hours: int = 0) -> dt.datetime:
    """So long after a noon in March 2026."""
    return NOON + dt.timedelta(days=days, hours=hours)


def an_interaction(
    change: Change, client: int, moment: dt.datetime, subject: str = "о продлении", **values: Any
) -> int:
    """A call to a client."""
    given: dict[str, Any] = {"operator": _operator(change), **values}
    return change.insert(Interaction(client=client, moment=moment, subject=subject, **given)).id


def a_message(
    change: Change, client: int | None, moment: dt.datetime | None, subject: str = "Счёт", **values: Any
) -> int:
    """A letter from a client."""
    number = Message.select().count() + 1
    message = Message(
        sha256=f"{number:064x}", size=1, client=client, moment=moment, subject=subject, sender_name="Пётр", **values
    )
    return change.insert(message).id


def a_movement(change: Change, key: int, moment: dt.datetime, source: int | None, target: int | None) -> int:
    """A key goes from one to another."""
    movement = KeyMovement(key=key, moment=moment, kind="hand_over", from_client=source, to_client=target)
    return change.insert(movement).id


def a_reminder(change: Change, client: int, done_at: dt.datetime | None, text: str = "перезвонить") -> int:
    """A reminder about a client, done at a moment or still open."""
    return change.insert(
        Reminder(
            due=NOON, wakes=NOON, text=text, operator=_operator(change), about_kind="client", about_id=client,
            state="open" if done_at is None else "done", done_at=done_at,
        )
    ).id  # fmt: skip


def _operator(change: Change) -> int:
    return int(Operator.select(Operator.id).where(Operator.login == change.actor.login).scalar())


def an_eventful_client(by: Actor) -> int:
    """A client with one event of every source, on days of their own, and a neighbour with as many."""
    clients = [a_client(by), a_client(by, "АО «Лютик»")]
    product = a_product(by)
    for number, client in enumerate(clients):
        key = a_key(by, f"0A1F-443{number}", owner=client)
        a_licence(by, f"LIC-000{number}", client, product, key=key, issued=dt.date(2026, 3, 5))
        in_transaction(by, "events", partial(_events, client=client, key=key))
        attach_file(by, RecordRef("client", client), "договор.pdf", b"x", "подписан")
    return clients[0]


def _events(change: Change, client: int, key: int) -> None:
    an_interaction(change, client, at(1), outcome="ждём заявку")
    an_interaction(change, client, at(20), "показ версии 12", kind="demo", state="planned")
    a_message(change, client, at(2), "Запрос счёта", attachments=2)
    a_message(change, client, None, "Без даты", direction="out")
    a_movement(change, key, at(3), None, client)
    a_movement(change, key, at(6), client, None)
    a_movement(change, key, at(7), client, client)
    change.insert(StatusChange(client=client, before="candidate", after="client", moment=at(5)))
    _sales_events(change, client)
    a_reminder(change, client, at(8))
    a_reminder(change, client, None, "ещё не сделано")


def _sales_events(change: Change, client: int) -> None:
    """An issued quote of a deal that came to its stage, a draft that is no event, a contract."""
    company = Company.select(Company.id).scalar()
    stage = Stage.select(Stage.id).where(Stage.code == "quoted").scalar()
    deal = change.insert(Deal(number=f"D-{client}", title="Сметы", client=client, stage=stage)).id
    change.insert(StageChange(deal=deal, after=stage, moment=at(9), day=at(9).date()))
    quote = {"kind": "quote", "company": company, "year": 2026, "client": client, "deal": deal, "gross": 1200}
    day = dt.date(2026, 3, 11)
    change.insert(
        Document(date=day, serial=client, number=f"26-0000{client}", state="issued", issued_at=at(10), **quote)
    )
    change.insert(Document(date=day, **quote))
    change.insert(ContractHeader(company=company, number="К-7", client=client, date=dt.date(2026, 3, 12)))


def many_events(change: Change, client: int, moments: Sequence[dt.datetime]) -> None:
    """One event at each moment, of the sources in turn."""
    key = a_key(change, f"9000-{client}")
    made = (
        lambda moment: an_interaction(change, client, moment),
        lambda moment: a_message(change, client, moment),
        lambda moment: a_movement(change, key, moment, None, client),
        lambda moment: a_movement(change, key, moment, client, None),
        lambda moment: a_reminder(change, client, moment),
    )
    for number, moment in enumerate(moments):
        made[number % len(made)](moment)
