"""Which reader a table file needs, told by its content, never by its name."""

from pathlib import Path

from importers.csv_table import read_csv
from importers.table import ReadingOptions, SourceTable
from importers.xlsx_table import read_xlsx
from models.errors import RuleBroken
from models.language import _

# A ZIP archive, and the container of old or password-protected workbooks; read_xlsx says what is wrong with that.
WORKBOOK_SIGNATURES = (b"PK\x03\x04", b"PK\x05\x06", b"\xd0\xcf\x11\xe0")


def open_table(path: Path, options: ReadingOptions | None = None) -> SourceTable:
    """The table of a CSV or XLSX file; raises ``RuleBroken`` when there is none, or nothing can be read."""
    try:
        with path.open("rb") as file:
            beginning = file.read(4)
    except OSError as error:
        raise RuleBroken(
            "file", _("{file} cannot be read: {reason}.").format(file=path.name, reason=error.strerror)
        ) from error
    return (read_xlsx if beginning in WORKBOOK_SIGNATURES else read_csv)(path, options)
