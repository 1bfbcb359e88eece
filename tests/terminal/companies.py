"""Databases for tests of the whole program: a sample company with some history, and a company of few clients."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from contextlib import contextmanager
from decimal import Decimal
from pathlib import Path

from models.base import database
from models.clients.actions import add_person, edit_client
from models.clients.tables import Client
from models.company.actions import add_operator, change_setting, found_company, founder
from models.company.identity import actor_for, system_login
from models.company.settings import SETTINGS
from models.database import DatabaseURL
from models.files.actions import attach_file
from models.keys.actions import edit_key
from models.kinds import RecordRef
from models.opening import close_database, open_database
from models.sales.actions_drafts import new_document
from models.sample.build import make_sample
from models.writing import Change, in_transaction
from tests.models.worlds import a_client, a_key, a_licence, a_product

CHANGED = 12


@contextmanager
def opened(place: Path | str, *, create: bool = False) -> Iterator[None]:
    """A database, open for the models of this process; nothing is left in the log of a file afterwards."""
    url = DatabaseURL.parse(str(place))
    open_database(url, create=create)
    try:
        yield
        if url.is_sqlite:
            database.execute_sql("pragma wal_checkpoint(truncate)")
    finally:
        close_database()


def sample_with_history(path: Path) -> None:
    """The small sample company, in which today the operator and another one changed things; with a draft of a quote."""
    with opened(path, create=True):
        make_sample("small", 1, lambda title, done, total: None)
        me, seller, licenser = (actor_for(login, "test") for login in (None, "boris", "grigory"))
        for name, kind in SETTINGS.items():
            change_setting(me, name, list(kind.allowed or {kind.default: ""})[-1])
        in_transaction(me, "attach", _attach_to_all)
        lines = [{"product": 1, "quantity": Decimal(2), "price": Decimal(100)}]
        new_document(me, "quote", {"client": 1, "company": 1, "date": dt.date(2035, 1, 1)}, lines)
        for number in range(1, CHANGED + 1):
            edit_client(me if number % 3 == 0 else seller, number, 1, {"note": f"Called {number} times"}, {})
            edit_key(me if number % 3 == 0 else licenser, number, 1, {"note": f"Looked at {number} times"}, {})


def _attach_to_all(change: Change) -> None:
    """A file on every client, so that whichever is opened has one."""
    for (client,) in Client.select(Client.id).order_by(Client.id).tuples():
        attach_file(change, RecordRef("client", client), "contract.pdf", b"%PDF", "signed")


def few_clients(place: Path | str) -> None:
    """A company whose director works here, with a colleague, three clients, a key and a licence."""
    with opened(place, create=True):
        values = {"login": "anna", "name": "Anna", "system_login": system_login()}
        found_company(founder("anna", "Anna", "test"), {"name": "Our company"}, values)
        director = actor_for(None, "test")
        add_operator(director, {"login": "boris", "name": "Boris", "roles": ("sales",), "system_login": "-"})
        clients = [a_client(director, name) for name in ("Ромашка", "Вектор", "Лютик")]
        add_person(director, {"client": clients[0], "name": "Пётр Иванов"})
        key = a_key(director, "0A1F-4433", owner=clients[0], state="issued")
        product = a_product(director)
        a_licence(director, "LIC-1001", clients[0], product, key=key, expires=dt.date(2030, 1, 1))
