"""``p`` and ``P`` on the card of a document: a file where the operator says, a message to its contact."""

from __future__ import annotations

import email
import email.policy
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest
from textual.widgets import Input

from models.actor import Actor
from models.clients.actions import add_person
from models.mail.tables import Message
from models.sales.actions_issue import issue_document
from models.sales.tables import Document
from screens.document import DocumentCard
from screens.kit.ask_fields import AskFields
from screens.kit.ask_path import AskPath
from screens.kit.dialogs import PickOne
from tests.exporters.printing.papers import text_of
from tests.exporters.smtp_server import PASSWORD, SENDER, USER, post_office, why_not
from tests.models.sales.worlds import a_draft
from tests.models.worlds import a_product
from tests.screens.small_company import Program, until
from tests.screens.test_documents import shows
from tui.settings import Settings

ROMASHKA = 1


@pytest.fixture
def shipment(anna: Actor) -> int:
    """A draft of a shipment to a contact person with an address."""
    person = add_person(anna, {"client": ROMASHKA, "name": "Орлова", "emails": ("orlova@romashka.example",)})
    lines = [{"product": a_product(anna, "NC-1", price=Decimal(1220)), "quantity": Decimal(2)}]
    return a_draft(anna, "shipment", lines, client=ROMASHKA, person=person)


async def test_a_draft_is_printed_to_a_file_and_not_mailed(
    program: Program, anna: Actor, shipment: int, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("XDG_CONFIG_HOME", str(tmp_path))
    app = program("documents")
    async with app.run_test(size=(80, 24), notifications=True) as pilot:
        card = await shows(pilot, app, shipment)
        assert card.check_action("mail", ()) is None
        await pilot.press("p")
        await until(pilot, lambda: isinstance(app.screen, PickOne))
        await pilot.press(*"act, in Ru", "enter")
        await until(pilot, lambda: isinstance(app.screen, AskPath))
        assert app.screen.query_one(Input).value.endswith(f"Act draft {shipment}.pdf")
        app.screen.query_one(Input).value = str(tmp_path / "act.pdf")
        await pilot.press("enter")
        await until(pilot, lambda: (tmp_path / "act.pdf").exists() and isinstance(app.screen, DocumentCard))
        await until(pilot, lambda: any("Printed: " in one.message for one in app._notifications))
    assert "ЧЕРНОВИК" in text_of((tmp_path / "act.pdf").read_bytes())


@pytest.mark.skipif(bool(why_not()), reason=why_not() or "there is one")
async def test_an_issued_document_is_mailed_to_its_contact_and_filed(
    program: Program, anna: Actor, shipment: int, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    issue_document(anna, shipment)
    monkeypatch.setenv("XDG_CONFIG_HOME", str(tmp_path))
    secret = tmp_path / "secret"
    secret.write_text(PASSWORD, encoding="utf-8")
    secret.chmod(0o600)
    with post_office(tmp_path) as office:
        smtp: dict[str, Any] = {
            "host": "localhost", "port": office.port, "user": USER, "from": SENDER, "password_file": str(secret),
            "ca_file": str(office.certificate),
        }  # fmt: skip
        app = program("documents", settings=Settings(smtp=smtp))
        async with app.run_test(size=(80, 24), notifications=True) as pilot:
            await shows(pilot, app, shipment)
            await pilot.press("P")
            await until(pilot, lambda: isinstance(app.screen, PickOne))
            await pilot.press("enter")
            await until(pilot, lambda: isinstance(app.screen, AskFields))
            await pilot.press("ctrl+s")
            await until(pilot, lambda: any("Sent to " in one.message for one in app._notifications))
    (taken,) = office.taken
    assert taken.to == ["orlova@romashka.example"]
    number = Document.get_by_id(shipment).number
    message = email.message_from_bytes(taken.content, policy=email.policy.default)
    assert message["Subject"].startswith(f"Universal transfer document No. {number} of ")
    kept = Message.get()
    assert (kept.direction, kept.client_id, kept.attachments) == ("out", ROMASHKA, 1)


async def test_without_a_server_it_says_what_is_missing(program: Program, anna: Actor, shipment: int) -> None:
    issue_document(anna, shipment)
    app = program("documents")
    async with app.run_test(size=(80, 24), notifications=True) as pilot:
        await shows(pilot, app, shipment)
        await pilot.press("P")
        await until(pilot, lambda: isinstance(app.screen, PickOne))
        await pilot.press("enter")
        await until(pilot, lambda: any("no [smtp]" in one.message for one in app._notifications))
        assert isinstance(app.screen, DocumentCard), "no letter is typed in vain"
    assert not Message.select().exists()
