"""``p`` on the cards of keys and licences, and on what a document hands over: a PDF where the operator says."""

from __future__ import annotations

from pathlib import Path

import pytest
from textual.widgets import Input

from models.actor import Actor
from models.keys.tables import ProtectionKey
from models.sales.actions_issue import issue_document
from screens.document_keys import DocumentKeysScreen
from screens.kit.ask_path import AskPath
from screens.kit.dialogs import PickOne
from tests.exporters.printing.papers import text_of
from tests.models.licensing.shipping import ready, sold
from tests.screens.licensing.test_licensing_cards import card
from tests.screens.small_company import Program, shown_text, until


@pytest.fixture
def shipped(anna: Actor) -> int:
    """A posted shipment of two licences on key 9F-4477."""
    shipment = ready(anna, sold(anna), numbers="GX-500001..GX-500002", key="9F-4477")
    issue_document(anna, shipment)
    return shipment


async def test_a_key_gets_its_labels_and_has_no_act_before_it_is_exchanged(
    program: Program, shipped: int, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("XDG_CONFIG_HOME", str(tmp_path))
    key = ProtectionKey.get(ProtectionKey.number == "9F-4477").id
    app = program("keys")
    async with app.run_test(size=(80, 24), notifications=True) as pilot:
        await card(pilot, app, "key", key)
        await pilot.press("p")
        await until(pilot, lambda: isinstance(app.screen, PickOne))
        await pilot.press("enter")
        await until(pilot, lambda: isinstance(app.screen, AskPath))
        target = tmp_path / "labels.pdf"
        app.screen.query_one(Input).value = str(target)
        await pilot.press("enter")
        await until(pilot, target.exists)
        assert "9F-4477" in text_of(target.read_bytes())
        await until(pilot, lambda: not isinstance(app.screen, AskPath))
        await pilot.press("p")
        await until(pilot, lambda: isinstance(app.screen, PickOne))
        await pilot.press("down", "enter")
        await until(pilot, lambda: "was not exchanged" in shown_text(app))


async def test_all_certificates_of_a_shipment_are_printed_at_once(
    program: Program, shipped: int, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("XDG_CONFIG_HOME", str(tmp_path))
    app = program("documents")
    async with app.run_test(size=(80, 24), notifications=True) as pilot:
        app.push_screen(DocumentKeysScreen(shipped, "shipment"))
        await until(pilot, lambda: isinstance(app.screen, DocumentKeysScreen) and "9F-4477" in shown_text(app))
        await pilot.press("p")
        await until(pilot, lambda: isinstance(app.screen, PickOne))
        await pilot.press("enter")
        await until(pilot, lambda: isinstance(app.screen, AskPath))
        target = tmp_path / "certificates.pdf"
        app.screen.query_one(Input).value = str(target)
        await pilot.press("enter")
        await until(pilot, target.exists)
        text = text_of(target.read_bytes())
        assert "GX-500001" in text and "GX-500002" in text
