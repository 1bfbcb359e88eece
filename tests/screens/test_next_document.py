"""Making one document from several that are marked in the journal."""

from __future__ import annotations

from decimal import Decimal

from textual.pilot import Pilot

from models.actor import Actor
from models.sales.families import lines_of
from models.sales.tables import Document
from screens.document import DocumentCard
from screens.documents import Documents
from screens.kit.ask_fields import AskFields
from screens.kit.dialogs import PickOne
from screens.quantities import Quantities
from tests.models.sales.worlds import an_issued
from tests.screens.small_company import Program, shown_rows, shown_text, type_text, until
from tui.app import TurboFly

ROMASHKA, VEKTOR = 1, 2


def an_invoice(by: Actor, title: str, price: int, client: int = ROMASHKA) -> int:
    """An issued invoice of one line."""
    return an_issued(by, "invoice", [{"description": title, "price": Decimal(price)}], client=client)


def settled(*invoices: int) -> list[Decimal]:
    """What of the invoices is paid."""
    return [Document.get_by_id(one).settled for one in invoices]


async def marks_and_presses_o(pilot: Pilot[None], app: TurboFly, rows: int) -> None:
    """Mark the first rows of the journal and ask for the next document."""
    await until(pilot, lambda: isinstance(app.screen, Documents) and len(shown_rows(app)) >= rows)
    for _row in range(rows):
        await pilot.press("space")
    await pilot.press("o")


async def test_the_marked_documents_of_one_client_make_one_and_each_line_says_whence_it_is(
    program: Program, anna: Actor
) -> None:
    marked = [an_invoice(anna, "Installing", 100), an_invoice(anna, "Training", 200)]
    app = program("documents")
    async with app.run_test(size=(80, 24)) as pilot:
        await marks_and_presses_o(pilot, app, 2)
        await until(pilot, lambda: isinstance(app.screen, PickOne))
        await pilot.press("enter")
        await until(pilot, lambda: isinstance(app.screen, Quantities))
        text = shown_text(app)
        assert "Installing ← invoice 26-00001" in text and "Training ← invoice 26-00002" in text
        await pilot.press("enter")
        await until(pilot, lambda: isinstance(app.screen, DocumentCard))
    made = Document.select().order_by(Document.id.desc()).get()
    assert (made.kind, made.client_id, made.state) == ("shipment", ROMASHKA, "draft")
    assert {line.basis_line.document_id for line in lines_of([made.id]) if line.basis_line} == set(marked)


async def test_documents_of_different_clients_make_none_and_that_is_said(program: Program, anna: Actor) -> None:
    an_invoice(anna, "Installing", 100)
    an_invoice(anna, "Training", 200, VEKTOR)
    app = program("documents")
    async with app.run_test(size=(80, 24)) as pilot:
        await marks_and_presses_o(pilot, app, 2)
        await until(pilot, lambda: any("different clients" in toast.message for toast in app._notifications))
        assert isinstance(app.screen, Documents)


async def test_one_payment_settles_the_marked_invoices_before_older_ones(program: Program, anna: Actor) -> None:
    older = an_invoice(anna, "Older", 500)
    marked = [an_invoice(anna, "Installing", 100), an_invoice(anna, "Training", 200)]
    app = program("documents")
    async with app.run_test(size=(80, 24)) as pilot:
        await marks_and_presses_o(pilot, app, 2)
        await until(pilot, lambda: isinstance(app.screen, PickOne))
        await pilot.press("down", "enter")
        await until(pilot, lambda: isinstance(app.screen, AskFields))
        await until(pilot, lambda: "300.00" in shown_text(app))
        await type_text(pilot, "250")
        await pilot.press("ctrl+s")
        await until(pilot, lambda: settled(older, *marked) == [0, 100, 150])
