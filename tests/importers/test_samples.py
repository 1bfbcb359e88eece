"""The public sample tables that lie beside the checkout are read, each as it is meant."""

from datetime import date, datetime, timedelta
from pathlib import Path

import pytest

from importers.fields import FIELDS_OF
from importers.headings import ColumnMapping, known_headings, recognise
from importers.source import open_table
from importers.table import Cell, CellFault, ReadingOptions, SourceRow
from importers.values import read_cell
from importers.vcard import ContactCard, read_vcards
from models.errors import RuleBroken


def read(path: Path, kind: str = "clients") -> tuple[ColumnMapping, list[SourceRow]]:
    fields = FIELDS_OF[kind]
    with open_table(path, ReadingOptions(known=known_headings(fields))) as table:
        return recognise(table.headings, fields), list(table.rows)


def plain_cells(path: Path) -> tuple[tuple[str, ...], list[list[Cell]]]:
    with open_table(path) as table:
        return table.headings, [list(row.cells) for row in table.rows]


def test_the_russian_register_has_435_companies_with_all_requisites(samples: Path) -> None:
    mapping, rows = read(samples / "companies" / "russian-register.csv")
    assert len(rows) == 435
    assert not any(row.fault for row in rows)
    assert [mapping.heading(field) for field in ("inn", "kpp", "ogrn", "legal_name", "name")] == [
        "ИНН", "КПП", "ОГРН", "Полное наименование", "Сокращённое наименование",
    ]  # fmt: skip


@pytest.mark.parametrize("encoding", ["cp1251", "koi8-r", "cp866", "utf-16"])
def test_the_register_reads_the_same_in_every_encoding(samples: Path, tmp_path: Path, encoding: str) -> None:
    text = (samples / "companies" / "russian-register.csv").read_text(encoding="utf-8")
    kept = "".join(character for character in text if character.encode(encoding, "ignore"))
    (tmp_path / "utf-8.csv").write_text(kept, encoding="utf-8")
    (tmp_path / "other.csv").write_text(kept, encoding=encoding)
    assert plain_cells(tmp_path / "other.csv") == plain_cells(tmp_path / "utf-8.csv")


@pytest.mark.parametrize(
    ("file", "kind", "rows", "fields"),
    [
        (
            "northwind/customers.csv", "clients", 91,
            "external_code name contact_name contact_position address city region postal_code country phones",
        ),
        (
            "northwind/suppliers.csv", "clients", 29,
            "external_code name contact_name contact_position address city region postal_code country phones website",
        ),
        ("northwind/products.csv", "products", 77, "code name price discontinued"),
        ("crm-opportunities/accounts.csv", "clients", 85, "name address group tags"),
        ("crm-opportunities/products.csv", "products", 7, "name price"),
    ],
)  # fmt: skip
def test_foreign_tables_are_recognised(samples: Path, file: str, kind: str, rows: int, fields: str) -> None:
    mapping, found = read(samples / file, kind)
    assert set(mapping.columns) == set(fields.split(" "))
    assert mapping.missing == ()
    assert len(found) == rows


def test_commas_that_northwind_did_not_quote_belong_to_the_text(samples: Path) -> None:
    mapping, rows = read(samples / "northwind" / "customers.csv")
    assert not any(row.fault for row in rows)
    address = mapping.column("address")
    assert address is not None
    assert (rows[6].number, rows[6].cells[0], rows[6].cells[address]) == (8, "BLONP", "24, place Kléber")


def test_null_in_northwind_is_no_region(samples: Path) -> None:
    mapping, rows = read(samples / "northwind" / "customers.csv")
    region = mapping.column("region")
    assert region is not None
    assert rows[0].cells[region] == ""


def test_every_cell_of_the_recognised_columns_is_read_or_told(samples: Path) -> None:
    for file, kind in (("northwind/products.csv", "products"), ("companies/russian-register.csv", "clients")):
        mapping, rows = read(samples / file, kind)
        by_id = {field.id: field for field in FIELDS_OF[kind]}
        for row in rows:
            if row.fault:
                continue
            for field_id, columns in mapping.columns.items():
                for column in columns:
                    read_cell(by_id[field_id], row.cells[column])


WORKBOOKS: dict[str, tuple[tuple[str, ...], list[list[Cell]]]] = {
    "date.xlsx": (("2021-01-01", "15"), [[datetime(2021, 1, 2), 16], [timedelta(days=10, seconds=54610), 17]]),
    "date_1904.xlsx": (("2021-01-01", "15"), [[datetime(2021, 1, 2), 16], [timedelta(days=10, seconds=54610), 17]]),
    "date_quoted_format.xlsx": (("2021-01-01",), [[datetime(2021, 1, 1)]] * 3),
    "empty_s_attribute.xlsx": (("Name", "Value"), [["John", 1], ["Sophia", 2], ["Peter", 3], ["Sam", 4]]),
    "empty_shared_string.xlsx": (("abc",), []),
    "empty_shared_string_value.xlsx": (("Name", "City", "Status"), [["Alice", None, "Active"], [None, "Berlin", None]]),
    "empty_sheet.xlsx": ((), []),
    "encoded_entities.xlsx": (("&",), []),
    "errors.xlsx": (
        ("#DIV/0!",),
        [[CellFault(error)] for error in ("#NAME?", "#VALUE!", "#NULL!", "#REF!", "#NUM!", "#N/A")],
    ),
}


@pytest.mark.parametrize("name", WORKBOOKS)
def test_odd_workbooks_are_read_as_a_spreadsheet_shows_them(samples: Path, name: str) -> None:
    headings, rows = WORKBOOKS[name]
    assert plain_cells(samples / "xlsx" / name) == (headings, rows)


def test_every_workbook_ends_in_rows_or_in_words(samples: Path) -> None:
    paths = sorted((samples / "xlsx").glob("*.xlsx"))
    assert paths
    for path in paths:
        try:
            headings, _rows = plain_cells(path)
        except RuleBroken as refusal:
            assert path.name in refusal.rule
        else:
            assert headings or path.name == "empty_sheet.xlsx"


def test_a_visible_sheet_goes_before_hidden_ones(samples: Path) -> None:
    with open_table(samples / "xlsx" / "any_sheets.xlsx") as table:
        assert "Visible" in table.description
    assert "VeryHidden" in table.warnings[0]


NAMES = {
    "John_Doe_MS_OUTLOOK.vcf": [("Mr. John Richter James Doe Sr.", "IBM", 2, 1, 2, date(1980, 3, 22))],
    "fullcontact.vcf": [("Prefix FirstName MiddleName LastName Suffix", "Organization1", 9, 5, 4, date(2016, 8, 1))],
    "gmail-single.vcf": [("Greg Dartmouth", "TheCompany", 2, 1, 2, date(1960, 9, 10))],
    "issue114.vcf": [("Dummy, Dummy", "Dummy GmbH", 2, 1, 1, None)],
    "outlook-2003.vcf": [("John Doe III", "Company, The", 4, 1, 1, date(1980, 3, 21))],
    "radicale-1587.vcf": [("Given Family", "", 0, 0, 0, None)],
    "rfc2426-example.vcf": [
        ("Frank Dawson", "Lotus Development Corporation", 2, 2, 1, None),
        ("Tim Howes", "Netscape Communications Corp.", 2, 1, 1, None),
    ],
}


@pytest.mark.parametrize("name", NAMES)
def test_cards_of_many_programs_are_read(samples: Path, name: str) -> None:
    found = [
        (card.name, card.organisation, len(card.phones), len(card.emails), len(card.addresses), card.birthday)
        for card in read_vcards(samples / "vcard" / name)
        if isinstance(card, ContactCard)
    ]
    assert found == NAMES[name]


def test_every_sample_card_is_expected(samples: Path) -> None:
    assert {path.name for path in (samples / "vcard").iterdir()} == set(NAMES)
