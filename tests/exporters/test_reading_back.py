"""What is written reads back as the same data: the promise between exports and imports."""

from collections.abc import Sequence
from datetime import date
from decimal import Decimal
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from exporters.csv_table import FOR_PROGRAMS, FOR_SPREADSHEETS, CsvStyle, write_csv
from exporters.table import ExportTable
from exporters.xlsx_table import write_xlsx
from importers.fields import FIELDS_OF, LICENCE_FIELDS, PRODUCT_FIELDS
from importers.headings import ImportField, known_headings, recognise
from importers.source import open_table
from importers.table import ReadingOptions, SourceTable
from importers.values import Value, read_cell
from models.errors import RuleBroken
from models.interchange import NULL_WORDS, SPREADSHEET_ERRORS
from models.language import use_language
from models.listing import Cell, Column, ColumnKind

STYLES = [FOR_PROGRAMS, *FOR_SPREADSHEETS.values(), CsvStyle("\t"), CsvStyle("|")]
TEXTS = (
    st.text(st.characters(exclude_categories=["Cs"], exclude_characters="\0"), max_size=20)
    | st.sampled_from(sorted(NULL_WORDS | SPREADSHEET_ERRORS))
    | st.text(st.sampled_from("'=+-@\t\r\n ,;|\"ая1"), max_size=6)
)


KINDS: dict[str, ColumnKind] = {
    "amount": "money",
    "date": "date",
    "expiry": "date",
    "integer": "integer",
    "months": "integer",
    "flag": "flag",
}


def columns_of(fields: Sequence[ImportField]) -> tuple[Column, ...]:
    return tuple(Column(field.id, field.title, KINDS.get(field.reading, "text")) for field in fields)


def texts_in(table: SourceTable) -> list[tuple[str, ...]]:
    return [tuple("" if cell is None else str(cell) for cell in row.cells) for row in table.rows]


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("tables")


@given(st.sampled_from(STYLES), st.integers(1, 4), st.data())
def test_any_text_reads_back_from_csv(folder: Path, style: CsvStyle, width: int, data: st.DataObject) -> None:
    rows = data.draw(st.lists(st.tuples(*[TEXTS] * width), max_size=6))
    columns = tuple(
        Column(f"c{number}", title) for number, title in enumerate(("Name", "City", "Note", "Tags")[:width])
    )
    write_csv(folder / "t.csv", ExportTable(columns, rows), style)
    with open_table(folder / "t.csv", ReadingOptions(known=known_headings(FIELDS_OF["clients"]))) as table:
        assert table.headings == tuple(column.title for column in columns)
        found = texts_in(table)
    # Rows of blanks are no rows; a lone "\r" is escaped, so it is seen only when it is read.
    assert [row for row in found if "".join(row).strip()] == [row for row in rows if "".join(row).strip()]


@settings(max_examples=10, suppress_health_check=[HealthCheck.too_slow])
@given(st.lists(st.tuples(TEXTS, TEXTS), max_size=30))
def test_any_text_reads_back_from_a_workbook(folder: Path, rows: list[tuple[str, str]]) -> None:
    columns = (Column("name", "Name"), Column("note", "Note"))
    write_xlsx(folder / "t.xlsx", ExportTable(columns, rows))
    with open_table(folder / "t.xlsx") as table:
        found = texts_in(table)
    # Rows of blanks are no rows; a lone "\r" is escaped, so it is seen only when it is read.
    assert [row for row in found if "".join(row).strip()] == [row for row in rows if "".join(row).strip()]


VALUES = {
    "text": st.text(st.sampled_from("абвAB 1-=+@'"), min_size=1, max_size=12).map(str.strip),
    "long text": st.sampled_from(["", "одна строка", "two\nlines"]),
    "digits": st.from_regex("[0-9]{10}", fullmatch=True),
    "amount": st.decimals(min_value=0, max_value=10**9, places=2),
    "integer": st.integers(0, 1000),
    "months": st.integers(0, 120),
    "flag": st.booleans(),
    "date": st.dates(min_value=date(1950, 1, 1), max_value=date(2099, 12, 31)),
    "expiry": st.dates(min_value=date(1950, 1, 1), max_value=date(2099, 12, 31)),
}


def a_value(field: ImportField) -> st.SearchStrategy[Cell]:
    if field.reading == "choice":
        return st.sampled_from(sorted(set(field.choices.values())))
    return VALUES.get(field.reading, st.just("")) | st.none()


def read_back(path: Path, fields: Sequence[ImportField]) -> list[list[Value]]:
    with open_table(path, ReadingOptions(known=known_headings(fields))) as table:
        mapping = recognise(table.headings, fields)
        columns = [mapping.column(field.id) for field in fields]
        assert None not in columns
        return [
            [read_cell(field, row.cells[column or 0]) for field, column in zip(fields, columns, strict=True)]
            for row in table.rows
        ]


@settings(max_examples=25, suppress_health_check=[HealthCheck.too_slow])
@given(st.sampled_from([PRODUCT_FIELDS, LICENCE_FIELDS]), st.sampled_from(["csv", "csv ru", "xlsx"]), st.data())
def test_products_and_licences_read_back_as_the_same_values(
    folder: Path, fields: tuple[ImportField, ...], format_name: str, data: st.DataObject
) -> None:
    row = [data.draw(a_value(field), label=field.id) for field in fields]
    row[0] = "N-1"
    path = folder / f"t.{format_name[:4].strip()}"
    table = ExportTable(columns_of(fields), [row])
    if format_name == "xlsx":
        write_xlsx(path, table)
    else:
        write_csv(path, table, FOR_SPREADSHEETS["ru"] if format_name == "csv ru" else FOR_PROGRAMS)
    (values,) = read_back(path, fields)
    expected = [
        [] if field.reading in ("list", "phones") else cell or None for field, cell in zip(fields, row, strict=True)
    ]
    assert [value or None for value in values] == [cell or None for cell in expected]


def test_flags_and_amounts_read_back_in_russian(folder: Path) -> None:
    use_language("ru")
    fields = tuple(field for field in PRODUCT_FIELDS if field.id in ("name", "price", "active", "discontinued"))
    write_csv(
        folder / "t.csv",
        ExportTable(columns_of(fields), [("Ключ", Decimal("1250.50"), True, False)]),
        FOR_SPREADSHEETS["ru"],
    )
    assert read_back(folder / "t.csv", fields) == [["Ключ", Decimal("1250.50"), True, False]]


def test_a_failed_cell_of_a_spreadsheet_is_no_value(folder: Path) -> None:
    (folder / "t.csv").write_text("Name,Price\nA,#N/A\n", encoding="utf-8")
    with pytest.raises(RuleBroken, match="#N/A"):
        read_back(folder / "t.csv", [field for field in PRODUCT_FIELDS if field.id in ("name", "price")])
