"""What the program exports it reads back: into the same database nothing changes, into an empty one all is equal."""

import csv
import datetime as dt
from pathlib import Path
from typing import get_args

import pytest

from exporters.csv_table import FOR_PROGRAMS, FOR_SPREADSHEETS, CsvStyle, write_csv
from exporters.table import table_of
from exporters.xlsx_table import write_xlsx
from importers.tables import TableName, import_table
from models import audit, opening
from models.catalogue.actions import edit_product
from models.catalogue.tables import Product
from models.clients.actions import edit_client
from models.clients.tables import Client
from models.company.actions import found_company, founder
from models.company.identity import actor_for, system_login
from models.database import DatabaseURL
from models.language import use_language
from models.licensing.actions import edit_licence
from models.licensing.pools import add_codes
from models.licensing.tables import Licence
from models.lists import list_named
from models.sales.actions_deals import move_deal, new_deal
from models.sales.tables import Stage
from models.writing import Actor
from tests.models.worlds import a_client, a_key, a_licence, a_product

NOT_READ = {"Instance", "Made", "First quote", "First sale", "Экземпляр", "Заведён"}
# Orders are exported without their lines.
TABLES: tuple[TableName, ...] = tuple(name for name in get_args(TableName) if name != "orders")


@pytest.fixture
def dealer(director: Actor) -> Actor:
    """A small dealer whose texts are as unpleasant as data gets."""
    client = a_client(
        director, 'ООО «Ромашка; "и" К»', legal_name="=cmd|' /C calc'!A0", inn="7707083893", kpp="773601001",
        phones=("+7 495 123-45-67 доб. 12", "+7 913 000-00-00"), emails=("info@romashka.ru", "b@romashka.ru"),
        responsible=director.operator_id, tags=("vip", "САПР"), legal_address="Москва, Тверская, 1; стр. 2",
        postal_address="101000, Москва, а/я 5", signatory="Иванов И. И.", signatory_position="директор",
        signatory_basis="Устава", archived=True, is_supplier=True,
        bank_accounts=("40702810138000000021 044525225 ПАО «Сбербанк», г. Москва", "40702810900000000001"),
        note="NULL", external_code="0012",
    )  # fmt: skip
    branch = a_client(director, "Филиал, Тула", inn="7707083893", kpp="710001001", status="client", kind="company")
    edit_client(
        director, branch, 1, {"source": "'=1", "website": "-", "country": "DE", "foreign_tax_id": "DE136695976"}
    )
    product = a_product(director, "GS-01", term_months=12, price=1250, maintenance_months=6, unit="лиц")
    activated = a_product(director, "GS-02", term_months=12, term_from="activation", number_pattern="A-999")
    edit_product(director, activated, 1, {"active": False, "kind": "subscription", "vat_code": "exempt"})
    key = a_key(director, "0012345", vendor=1, owner=client, colour="синий")
    a_key(director, "-77", model="@HASP", marking="+7")
    a_licence(director, "7-1", client, product, key=key, seats=5, vendor_order="1/2", end_user=branch)
    oldest = a_licence(director, "N-102", branch, activated, activated=dt.date(2026, 10, 2))
    older = a_licence(director, "N-101", branch, activated, supersedes=oldest)
    a_licence(
        director, "7-2", branch, product, expires=None, state="suspended", kind="upgrade", note="a\nb",
        supersedes=older,
    )  # fmt: skip
    reserved = a_licence(director, "N-103", client, activated, issued=None)
    edit_licence(director, reserved, 1, {"state": "reserved"})
    some_deals(director, client, product)
    add_codes(director, product, ("7-91", "=7-92"), "order; 5", usable_until=dt.date(2030, 1, 1))
    return director


def some_deals(by: Actor, client: int, product: int) -> None:
    """A deal that has moved on, one that is lost, one that nobody knows much of."""
    stages = {stage.code: stage.id for stage in Stage.select()}
    day = dt.date(2026, 9, 1)
    values = {"client": client, "product": product, "expected": 1250, "competitors": "=A1", "expected_date": day}
    moved = new_deal(by, {"title": "Сметы; и ключ", **values}, day=day)
    move_deal(by, moved, stages["quoted"], day=dt.date(2026, 9, 5))
    lost = new_deal(by, {"title": "-1", "note": "a\nb", "external_number": "0012"}, day=day)
    move_deal(by, lost, stages["lost"], reason="price", day=dt.date(2026, 9, 9))
    new_deal(by, {"title": "?", "operator": None})


def exported(folder: Path, style: CsvStyle = FOR_PROGRAMS) -> dict[TableName, Path]:
    folder.mkdir()
    paths = {name: folder / f"{name}.csv" for name in TABLES}
    for name, path in paths.items():
        assert write_csv(path, table_of(list_named(name)), style) > 0
    return paths


def told(path: Path) -> list[tuple[tuple[str, str], ...]]:
    with path.open(encoding="utf-8-sig", newline="") as file:
        rows = list(csv.DictReader(file))
    return sorted(tuple((name, cell) for name, cell in row.items() if name not in NOT_READ) for row in rows)


@pytest.mark.parametrize(("language", "style"), [("en", FOR_PROGRAMS), ("ru", FOR_SPREADSHEETS["ru"])])
def test_into_the_same_database_nothing_changes(dealer: Actor, tmp_path: Path, language: str, style: CsvStyle) -> None:
    use_language(language)
    paths = exported(tmp_path / "out", style)
    head = audit.head()
    for name, path in paths.items():
        report = import_table(name, path, dealer)
        assert (report.errors, report.added, report.changed) == ([], 0, 0)
        assert report.unchanged == report.read > 0
    assert audit.head() == head


def test_a_workbook_changes_nothing_either(dealer: Actor, tmp_path: Path) -> None:
    for name in TABLES:
        path = tmp_path / f"{name}.xlsx"
        write_xlsx(path, table_of(list_named(name)))
        report = import_table(name, path, dealer)
        assert (report.errors, report.added, report.changed, report.unchanged) == ([], 0, 0, report.read)


def test_into_an_empty_database_all_is_equal(dealer: Actor, tmp_path: Path) -> None:
    first = exported(tmp_path / "out")
    opening.close_database()
    opening.open_database(DatabaseURL.of_path(tmp_path / "second" / "turbofly.db"), create=True)
    found_company(
        founder("anna", "Anna", "test"),
        {"name": "Our company"},
        {"login": "anna", "name": "Anna", "system_login": system_login()},
    )
    for name, path in first.items():
        report = import_table(name, path, actor_for(None, "test"))
        assert (report.errors, report.added) == ([], report.read)
    second = exported(tmp_path / "again")
    for name in TABLES:
        assert told(second[name]) == told(first[name])
    assert list(audit.broken_links()) == []
    assert list(audit.rows_changed_behind()) == []
    assert (Client.select().count(), Product.select().count(), Licence.select().count()) == (2, 2, 5)
