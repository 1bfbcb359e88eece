"""``turbofly print``: documents as PDF into files and by mail; the templates copied out to be edited."""

from __future__ import annotations

import datetime as dt
import email
import email.policy
from collections.abc import Iterator
from decimal import Decimal
from email.message import EmailMessage
from email.utils import format_datetime
from pathlib import Path

import pytest

from models.base import tuples
from models.clients.actions import add_person
from models.clients.tables import Client
from models.company.identity import actor_for
from models.database import DatabaseURL
from models.files.contents import read
from models.mail.tables import Message
from models.opening import close_database, open_database
from models.sales.actions_issue import issue_document
from models.sales.actions_next import make_next
from models.sales.tables import Document
from tests.exporters.printing.papers import text_of
from tests.exporters.smtp_server import PASSWORD, PostOffice, post_office, why_not
from tests.models.sales.worlds import an_issued
from tests.models.worlds import a_client, a_product
from tests.tui.command_line.conftest import Turbofly


@pytest.fixture
def selling(company: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The company with an issued invoice and a shipment for a client; the folder that commands run in."""
    open_database(DatabaseURL.of_path(company))
    anna = actor_for(None, "test")
    client = a_client(anna, "ПАО «Уралпроект»")
    person = add_person(anna, {"client": client, "name": "Орлова", "emails": ("orlova@ural.example",)})
    lines = [{"product": a_product(anna, "NC-1", price=Decimal(1220)), "quantity": Decimal(2)}]
    an_issued(anna, "invoice", lines, client=client, person=person)
    an_issued(anna, "shipment", lines, client=client)
    close_database()
    folder = tmp_path / "here"
    folder.mkdir()
    monkeypatch.chdir(folder)
    monkeypatch.setenv("XDG_CONFIG_HOME", str(tmp_path / "config"))
    return folder


def test_a_document_becomes_a_file(selling: Path, turbofly: Turbofly) -> None:
    ran = turbofly("print", "invoice", "1")
    assert (ran.code, ran.out) == (0, "")
    assert "Printed: " in ran.err
    (path,) = selling.glob("*.pdf")
    assert path.name == "Invoice 26-00001.pdf"
    text = text_of(path.read_bytes())
    assert "Invoice for payment No. 26-00001" in text and "2,440.00" in text
    assert turbofly("print", "invoice", "1").code == 0
    assert len(list(selling.glob("*.pdf"))) == 2, "a file that is there stays"


def test_form_language_and_file_are_chosen(selling: Path, turbofly: Turbofly) -> None:
    ran = turbofly("print", "shipment", "26-00001", "--form", "act", "--lang", "ru", "--output", "act.pdf")
    assert ran.code == 0
    text = text_of((selling / "act.pdf").read_bytes())
    assert "Акт № 26-00001" in text and "Две тысячи четыреста сорок рублей 00 копеек" in text


def test_what_cannot_be_printed_is_told(selling: Path, turbofly: Turbofly) -> None:
    assert turbofly("print", "invoice", "77").code == 1
    refused = turbofly("print", "invoice", "1", "--form", "act")
    assert (refused.code, refused.out) == (3, "") and "not printed so" in refused.err
    assert turbofly("print", "invoice", "1", "--output", "no/such/folder.pdf").code == 3
    assert turbofly("print", "invoice", "1", "--to", "a@b.ru").code == 2
    unsent = turbofly("print", "invoice", "1", "--send")
    assert unsent.code == 3 and "no [smtp]" in unsent.err
    assert list(selling.iterdir()) == []


def test_the_company_edits_its_templates(selling: Path, turbofly: Turbofly, tmp_path: Path) -> None:
    ran = turbofly("export", "templates")
    assert ran.code == 0 and "12 templates copied" in ran.err
    template = tmp_path / "config" / "turbofly" / "templates" / "invoice.typ"
    template.write_text('#import "common.typ": *\nOur invoice #data.number', encoding="utf-8")
    assert "Left as it is: invoice.typ" in turbofly("export", "templates").err
    assert turbofly("print", "invoice", "1", "--output", "own.pdf").code == 0
    assert text_of((selling / "own.pdf").read_bytes()) == "Our invoice 26-00001"
    template.write_text("#oops", encoding="utf-8")
    faulty = turbofly("print", "invoice", "1", "--output", "own.pdf")
    assert faulty.code == 3 and "oops" in faulty.err
    assert text_of((selling / "own.pdf").read_bytes()) == "Our invoice 26-00001", "the file is replaced whole or not"


@pytest.fixture
def office(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[PostOffice]:
    """A server that the configuration file names."""
    if reason := why_not():
        pytest.skip(reason)
    with post_office(tmp_path) as running:
        secret = tmp_path / "password"
        secret.write_text(PASSWORD, encoding="utf-8")
        secret.chmod(0o600)
        file = tmp_path / "turbofly.toml"
        file.write_text(
            f'[smtp]\nhost = "localhost"\nport = {running.port}\nuser = "anna"\nfrom = "sales@tehnosoft.example"\n'
            f'password_file = "{secret}"\nca_file = "{running.certificate}"\n',
            encoding="utf-8",
        )
        monkeypatch.setenv("TURBOFLY_CONFIG", str(file))
        yield running


def test_a_document_is_mailed_and_the_message_filed(
    selling: Path, turbofly: Turbofly, office: PostOffice, company: Path
) -> None:
    ran = turbofly("print", "invoice", "1", "--send", "--lang", "ru")
    assert (ran.code, ran.out.strip()) == (0, "Sent to orlova@ural.example."), ran.err
    (taken,) = office.taken
    assert taken.to == ["orlova@ural.example"]
    message = email.message_from_bytes(taken.content, policy=email.policy.default)
    assert message["Subject"].startswith("Счёт на оплату № 26-00001 от ")
    assert PASSWORD not in ran.err + ran.out
    (file,) = message.iter_attachments()
    assert "Счёт на оплату № 26-00001" in text_of(file.get_content())
    assert list(selling.iterdir()) == [], "no file without --output"
    elsewhere = turbofly("print", "invoice", "1", "--send", "--to", "accounts@elsewhere.example")
    assert elsewhere.code == 0
    open_database(DatabaseURL.of_path(company))
    ural = Client.get(Client.name == "ПАО «Уралпроект»").id
    columns = (Message.direction, Message.client, Message.attachments, Message.filed_by)
    assert list(tuples(Message.select(*columns).order_by(Message.id))) == [
        ("out", ural, 1, "address"), ("out", ural, 1, "thread"),
    ]  # fmt: skip
    kept = [read(sha256) for (sha256,) in tuples(Message.select(Message.sha256).order_by(Message.id))]
    assert kept == [one.content for one in office.taken], "byte for byte"
    close_database()


def test_the_next_document_of_a_deal_goes_on_with_its_thread(
    selling: Path, turbofly: Turbofly, office: PostOffice, company: Path, tmp_path: Path
) -> None:
    assert turbofly("print", "invoice", "1", "--send").code == 0
    first = message_of(office, 0)
    reply, later = tmp_path / "reply.eml", dt.datetime.now(dt.UTC) + dt.timedelta(minutes=1)
    reply.write_text(
        "From: orlova@ural.example\nTo: sales@tehnosoft.example\nSubject: Thanks\nMessage-ID: <answer@ural.example>\n"
        f"Date: {format_datetime(later)}\nIn-Reply-To: {first['Message-ID']}\n\nWe pay tomorrow.\n",
        encoding="utf-8",
    )
    assert turbofly("import", "mail", reply).code == 0
    open_database(DatabaseURL.of_path(company))
    invoice = Document.get(Document.kind == "invoice")
    anna = actor_for(None, "test")
    issue_document(anna, make_next(anna, [invoice.id], "shipment"))
    close_database()
    assert turbofly("print", "shipment", "2", "--send", "--to", "orlova@ural.example").code == 0
    second = message_of(office, 1)
    assert second["In-Reply-To"] == "<answer@ural.example>"
    assert second["References"] == f"{first['Message-ID']} <answer@ural.example>"
    assert turbofly("print", "shipment", "1", "--send", "--to", "orlova@ural.example").code == 0
    other = message_of(office, 2)
    assert other["In-Reply-To"] is None and other["References"] is None, "another deal has a thread of its own"
    open_database(DatabaseURL.of_path(company))
    threads = [thread for (thread,) in tuples(Message.select(Message.thread).order_by(Message.id))]
    assert threads[0] == threads[1] == threads[2] != threads[3]
    close_database()


def message_of(office: PostOffice, place: int) -> EmailMessage:
    """A message that the server took."""
    return email.message_from_bytes(office.taken[place].content, policy=email.policy.default)


def test_a_draft_is_not_mailed(selling: Path, turbofly: Turbofly, office: PostOffice, company: Path) -> None:
    open_database(DatabaseURL.of_path(company))
    from models.sales.actions_drafts import new_document

    draft = new_document(actor_for(None, "test"), "quote", {"client": Client.get().id})
    close_database()
    ran = turbofly("print", "quote", f"#{draft}", "--send")
    assert ran.code == 3 and "no draft" in ran.err and office.taken == []
