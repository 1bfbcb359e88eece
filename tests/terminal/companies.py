"""Databases for tests of the whole program: a sample company with some history, and a company of few clients."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from contextlib import contextmanager
from decimal import Decimal
from pathlib import Path

from models.actor import Actor
from models.base import database, tuples
from models.catalogue.tables import Product
from models.clients.actions import add_person, edit_client
from models.clients.tables import Client
from models.company.actions import add_operator, change_setting, found_company, founder
from models.company.identity import actor_for, system_login
from models.company.settings import SETTINGS
from models.database import DatabaseURL
from models.files.actions import attach_file
from models.keys.actions import edit_key
from models.keys.tables import ProtectionKey
from models.kinds import RecordRef
from models.licensing.forming import form_instances
from models.licensing.life import suspend_licence
from models.licensing.picking import allowed_owners, pick_key
from models.licensing.pools import add_codes
from models.licensing.receipts import set_received
from models.licensing.tables import ItemInstance, Licence
from models.opening import close_database, open_database
from models.sales.actions_drafts import new_document
from models.sales.actions_issue import issue_document
from models.sales.actions_next import make_next
from models.sample.build import make_sample
from models.writing import Change, in_transaction
from tests.models.mail.letters import a_letter, take
from tests.models.sales.worlds import line_ids
from tests.models.worlds import a_client, a_key, a_licence, a_product, a_reminder, an_interaction

CHANGED = 12
_LONG_AFTER = dt.datetime(2099, 1, 1, 9)


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
        talk_to_some(me)
        for name, kind in SETTINGS.items():
            change_setting(me, name, list(kind.allowed or {kind.default: ""})[-1])
        in_transaction(me, "attach", _attach_to_all)
        lines = [{"product": 1, "quantity": Decimal(2), "price": Decimal(100)}]
        new_document(me, "quote", {"client": 1, "company": 1, "date": dt.date(2035, 1, 1)}, lines)
        license_some(me)
        for number in range(1, CHANGED + 1):
            edit_client(me if number % 3 == 0 else seller, number, 1, {"note": f"Called {number} times"}, {})
            edit_key(me if number % 3 == 0 else licenser, number, 1, {"note": f"Looked at {number} times"}, {})
        take_some_mail(me)


def _attach_to_all(change: Change) -> None:
    """A file on every client, so that whichever is opened has one."""
    for (client,) in tuples(Client.select(Client.id).order_by(Client.id)):
        attach_file(change, RecordRef("client", client), "contract.pdf", b"%PDF", "signed")


def license_some(by: Actor) -> None:
    """The draft of a shipment with a key of somebody else, codes in a pool, and numbers that came with a receipt."""
    licensed = Product.select().where(Product.protection_method == "hardware_key", Product.kind == "licence").first()
    lines = [{"product": licensed.id, "quantity": Decimal(10), "price": Decimal(100)}]
    header = {"client": 1, "company": 1, "date": dt.date(2018, 3, 1)}
    invoice = new_document(by, "invoice", header, lines)
    issue_document(by, invoice)
    form_instances(by, invoice)
    shipment = make_next(by, [invoice], "shipment", None, {"date": dt.date(2018, 3, 2)})
    formed = form_instances(by, shipment)
    own = allowed_owners(ItemInstance.get_by_id(formed[0]))
    other = ProtectionKey.select().where(ProtectionKey.state == "issued", ProtectionKey.owner.not_in(sorted(own)))
    pick_key(by, formed, other.first().id, "They share an office")
    licence = Licence.select().where(Licence.state == "issued", Licence.expires.is_null()).first()
    suspend_licence(by, licence.id, licence.issued, "Not paid")
    product = Product.select().where(Product.number_pattern == "XXXX-XXXX-XXXX").first()
    add_codes(by, product.id, [f"0000-0000-000{number}" for number in range(3)], "A letter")
    key = Product.select().where(Product.kind == "key").first()
    lines = [{"product": key.id, "quantity": Decimal(2), "price": Decimal(100)}]
    receipt = new_document(by, "receipt", {"client": 1, "company": 1, "date": dt.date(2020, 1, 1)}, lines)
    set_received(by, line_ids(receipt)[0], ["CAME-1", "CAME-2"])


def take_some_mail(by: Actor) -> None:
    """Two threads of messages, one with an attachment, and a message that could not be read."""
    part = {"kind": "attachment", "name": "a.pdf", "shown_name": "a.pdf", "content_type": "application/pdf"}
    parts = ({**part, "charset": "", "position": 1, "size": 9},)
    first = a_letter(
        "a@one.ru", "Ключ", message_id="1@x", parts=parts, links=("https://one.ru",), headers=(("A", "b"),)
    )
    second = a_letter("a@one.ru", "Re: Ключ", message_id="2@x", after=("1@x",), days=1)
    other = a_letter("b@two.ru", "Счёт", message_id="3@x", days=2)
    unreadable = a_letter("c@three.ru", "?", message_id="4@x", days=3, state="unreadable", defects=("empty",))
    take(by, first, second, other, unreadable)


def talk_to_some(by: Actor) -> None:
    """Contacts with the first clients, planned and done, with reminders that are due long after the tests."""
    for client in range(1, 4):
        about = {"about_kind": "client", "about_id": client}
        an_interaction(by, client, "Price", outcome="They think", next_step="Call", remind=_LONG_AFTER, **about)
        an_interaction(by, client, "Demo", moment=_LONG_AFTER, next_step="Show")
        a_reminder(by, _LONG_AFTER, "Ask", **about)


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
