"""Text tables are written for programs and for spreadsheets, and are no formulas in either."""

from datetime import timedelta, timezone
from io import StringIO
from pathlib import Path

from exporters.csv_table import FOR_SPREADSHEETS, style_for_spreadsheets, write_csv, write_csv_to
from exporters.table import ExportTable
from models.language import use_language
from models.listing import Column


def test_programs_get_commas_and_points(tmp_path: Path, a_table: ExportTable) -> None:
    path = tmp_path / "t.csv"
    assert write_csv(path, a_table) == 2
    assert path.read_bytes().decode("utf-8").split("\r\n") == [
        "Name,INN,Phones,Seats,Price,Quantity,Issued,Changed,Active",
        '"ООО «Луч», Тверь",0105000123,\'+7 495 123-45-67,12,1250.50,1.125,2026-10-02,2026-10-02 09:30:00+00:00,yes',
        "'=1+1,,,,,,,,",
        "",
    ]


def test_a_russian_spreadsheet_gets_semicolons_commas_and_a_mark(tmp_path: Path, a_table: ExportTable) -> None:
    use_language("ru")
    path = tmp_path / "t.csv"
    write_csv(path, a_table, style_for_spreadsheets())
    content = path.read_bytes()
    assert content.startswith(b"\xef\xbb\xbf")
    assert ";12;1250,50;1,125;2026-10-02;" in content.decode("utf-8-sig")
    assert style_for_spreadsheets() == FOR_SPREADSHEETS["ru"]


def test_moments_are_written_in_the_operators_zone(a_table: ExportTable) -> None:
    stream = StringIO(newline="")
    moscow = timezone(timedelta(hours=3))
    write_csv_to(stream, ExportTable(a_table.columns, a_table.rows, moscow))
    assert "2026-10-02 12:30:00+03:00" in stream.getvalue()


def test_text_that_begins_as_a_number_is_escaped_and_numbers_are_not() -> None:
    stream = StringIO(newline="")
    columns = (Column("a", "A"), Column("b", "B", "integer"))
    write_csv_to(stream, ExportTable(columns, [("-5", -5), ("@x", 1), ("NULL", None), ("'=x", 2)]))
    assert stream.getvalue().split("\r\n")[1:-1] == ["'-5,-5", "'@x,1", "'NULL,", "''=x,2"]


def test_a_table_without_rows_has_its_headings() -> None:
    stream = StringIO(newline="")
    assert write_csv_to(stream, ExportTable((Column("a", "A"),), [])) == 0
    assert stream.getvalue() == '"A"\r\n'
