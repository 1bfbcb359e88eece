"""Orders with their lines: those of Northwind, all 830, and small ones in one table or two."""

import csv
from collections.abc import Callable, Iterator
from decimal import ROUND_HALF_UP, Decimal
from pathlib import Path

import pytest

from importers.tables import ImportReport, import_table
from models import audit
from models.base import database
from models.catalogue.tables import Product
from models.clients.tables import Client
from models.database import is_sqlite
from models.errors import RuleBroken
from models.sales.tables import Deal, Document, DocumentLine, StageChange
from models.writing import Actor
from tests.models.worlds import a_client, a_product

KOPECK = Decimal("0.01")
FEW = 40


@pytest.fixture
def northwind(samples: Path, tmp_path: Path) -> Path:
    """The sample's tables; for PostgreSQL, which is tested for its own sake, only the first orders."""
    folder = samples / "northwind"
    if is_sqlite(database):
        return folder
    for name in ("customers.csv", "products.csv", "order-details.csv"):
        (tmp_path / name).write_bytes((folder / name).read_bytes())
    lines = (folder / "orders.csv").read_text(encoding="utf-8").splitlines(keepends=True)
    (tmp_path / "orders.csv").write_text("".join(lines[: FEW + 1]), encoding="utf-8")
    return tmp_path


def expected_totals(folder: Path) -> dict[str, Decimal]:
    """What the lines of each order of the file come to, each rounded to the cent."""
    with (folder / "orders.csv").open(encoding="utf-8", newline="") as file:
        totals = {row["orderID"]: Decimal(0) for row in csv.DictReader(file)}
    with (folder / "order-details.csv").open(encoding="utf-8", newline="") as file:
        for row in csv.DictReader(file):
            amount = Decimal(row["unitPrice"]) * Decimal(row["quantity"]) * (1 - Decimal(row["discount"]))
            if row["orderID"] in totals:
                totals[row["orderID"]] += amount.quantize(KOPECK, ROUND_HALF_UP)
    return totals


def imported(by: Actor, folder: Path) -> ImportReport:
    return import_table("orders", folder / "orders.csv", by, lines=folder / "order-details.csv")


@pytest.mark.proof
def test_northwinds_orders_come_with_their_lines_to_the_cent(director: Actor, northwind: Path) -> None:
    import_table("clients", northwind / "customers.csv", director)
    import_table("products", northwind / "products.csv", director)
    report = imported(director, northwind)
    totals = expected_totals(northwind)
    assert (report.errors, report.added, report.read) == ([], len(totals), len(totals))
    assert {row.outside_number: row.gross for row in Document.select()} == totals
    assert {row.state for row in Document.select()} == {"issued"}
    if is_sqlite(database):
        assert (len(totals), DocumentLine.select().count()) == (830, 2155)
    check_one(northwind)
    head = audit.head()
    again = imported(director, northwind)
    assert (again.added, again.changed, again.unchanged) == (0, 0, len(totals))
    assert audit.head() == head
    assert list(audit.broken_links()) == []
    assert list(audit.rows_changed_behind()) == []


def check_one(folder: Path) -> None:
    """Order 10250: of client HANAR, three lines, two of them with a discount, shipped four days later."""
    order = Document.get(Document.outside_number == "10250")
    client = Client.get_by_id(order.client_id)
    assert (client.external_code, str(order.date), order.serial) == ("HANAR", "1996-07-08", 3)
    lines = DocumentLine.select().where(DocumentLine.document == order.id).order_by(DocumentLine.position)
    assert [(Product.get_by_id(line.product_id).code, line.quantity, line.discount) for line in lines] == [
        ("41", 10, 0), ("51", 35, 15), ("65", 15, 15)
    ]  # fmt: skip
    deal = Deal.get_by_id(order.deal_id)
    assert (deal.state, str(deal.opened), str(deal.closed), deal.expected) == (
        "won", "1996-07-08", "1996-07-12", order.gross
    )  # fmt: skip
    days = [one.days for one in StageChange.select().where(StageChange.deal == deal.id).order_by(StageChange.id)]
    assert days == [None, 0, 4]


Write = Callable[[str, str], Path]


@pytest.fixture
def a_file(tmp_path: Path) -> Write:
    def write(name: str, text: str) -> Path:
        (tmp_path / name).write_text(text, encoding="utf-8")
        return tmp_path / name

    return write


@pytest.fixture
def seller(director: Actor) -> Iterator[Actor]:
    """A director with a client and two products."""
    a_client(director, "Ромашка", inn="7707083893")
    a_product(director, "A-1", price=100)
    a_product(director, "B-2", price=Decimal("12.50"))
    yield director


ONE_TABLE = (
    "Номер заказа;Дата;Клиент;Артикул;Количество;Цена;Скидка\n"
    "17;01.10.2026;Ромашка;A-1;2;;\n;;;B-2;3;10,01;5 %\n18;02.10.2026;Ромашка;A-1;1;90;0\n"
)


def test_a_table_with_a_row_per_line_makes_orders_of_it(seller: Actor, a_file: Write) -> None:
    path = a_file("orders.csv", ONE_TABLE)
    report = import_table("orders", path, seller)
    assert (report.errors, report.read, report.added) == ([], 2, 2)
    totals = {row.outside_number: row.gross for row in Document.select()}
    assert totals == {"17": Decimal("228.53"), "18": Decimal(90)}
    assert import_table("orders", path, seller).unchanged == 2


def test_what_was_issued_is_not_changed_by_a_file(seller: Actor, a_file: Write) -> None:
    import_table("orders", a_file("orders.csv", ONE_TABLE), seller)
    report = import_table("orders", a_file("other.csv", ONE_TABLE.replace("A-1;2", "A-1;5")), seller)
    assert (report.unchanged, report.rejected) == (1, 1)
    assert "does not change" in report.errors[0].reason
    assert DocumentLine.select().where(DocumentLine.quantity == 5).count() == 0


def test_a_fault_in_a_line_refuses_its_order_and_says_where(seller: Actor, a_file: Write) -> None:
    heads = a_file(
        "orders.csv", "number,date,client\n1,2026-10-01,Ромашка\n2,2026-10-01,Ромашка\n3,2026-10-01,Ромашка\n"
    )
    lines = a_file("lines.csv", "order,product,quantity\n1,A-1,many\n2,A-1,1\n2,C-3,1\n9,A-1,1\n")
    report = import_table("orders", heads, seller, lines=lines)
    assert (report.read, report.added, report.rejected) == (3, 0, 3)
    many, unknown, empty = (error.reason for error in report.errors)
    assert many.startswith("Line in row 2:") and "C-3" in unknown and "no lines" in empty
    assert any("1 line" in note and "9" in note for note in report.notes)


def test_columns_of_the_lines_are_mapped_by_their_own_name(seller: Actor, a_file: Write) -> None:
    heads = a_file("orders.csv", "n,date,client\n1,2026-10-01,Ромашка\n")
    lines = a_file("lines.csv", "belongs to,what,quantity\n1,A-1,2\n")
    mapping = {"number": "n", "lines.order": "belongs to", "lines.product": "what"}
    assert import_table("orders", heads, seller, mapping, lines=lines).added == 1
    assert import_table("orders", heads, seller, mapping, lines=lines, dry_run=True).unchanged == 1


def test_a_column_of_the_lines_that_is_not_recognised_is_asked_for_by_its_own_name(
    seller: Actor, a_file: Write
) -> None:
    heads = a_file("orders.csv", "number,date,client\n1,2026-10-01,Ромашка\n")
    with pytest.raises(RuleBroken, match=r"--map lines\.order=COLUMN"):
        import_table("orders", heads, seller, lines=a_file("lines.csv", "n,product\n1,A-1\n"))
