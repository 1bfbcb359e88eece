"""The cells of a file read as a field's values: what is special about files comes on top of ``models.reading``.

Spreadsheets hand over numbers and dates as such, drop the zeros before an INN, and show failed formulas;
1C writes an empty date as the first day of year one; dumps of databases write ``12.0`` and times of day.
Every reader raises ``RuleBroken`` with the field, what was read and what is expected.
"""

import re
from collections.abc import Callable, Mapping
from datetime import date, datetime, time, timedelta
from decimal import Decimal

from importers.headings import ImportField, Reading
from importers.table import Cell, CellFault, is_blank
from models.errors import RuleBroken
from models.language import _
from models.reading import (
    quoted,
    read_amount,
    read_flag,
    read_integer,
    read_quantity,
    refused,
    split_list,
    split_phones,
)
from models.reading_dates import SlashOrder, read_date
from models.text import clean, fold

Value = str | int | bool | Decimal | date | tuple[str, ...] | None

# 1C's and MySQL's ways to write "no date".
_NO_DATE = re.compile(r"(?:0?1\.0?1\.0?001|0001-01-01|00\.00\.0000|0000-00-00)(?:[ T].*)?|[-–—. /]+")
_FOR_EVER = frozenset(
    fold(words)
    for words in (
        *("бессрочно", "бессрочная", "бессрочный", "без ограничения", "без ограничений", "неограничен", "навсегда"),
        *("perpetual", "never", "unlimited", "lifetime", "31.12.9999", "9999-12-31", "9999-12-31 00:00:00"),
    )
)
_MONTHS = re.compile(r"(?P<count>[0-9]{1,4})\s*(?:(?P<years>г\w*|л\w*|y\w*)|м\w*|m\w*)?\.?", re.IGNORECASE)
_POINT_ZERO = re.compile(r"([0-9]+)\.0+")
# A double holds 15 decimal digits exactly; spreadsheets show no more.
_EXACT_DIGITS = 15
_REMEMBERED = 20_000
_WORTH_REMEMBERING = 200
_UNKNOWN: Value = ("a value that no cell has",)


def read_cell(field: ImportField, cell: Cell, *, slash_order: SlashOrder = "unknown") -> Value:
    """What a cell says of a field; an empty cell gives None (``()`` where the field is a list).

    Texts come cleaned, digits, e-mail addresses and phones unchecked: whether an INN is right is the
    domain's to say. ``slash_order`` is what the column has shown about ``12/11/2025``.
    """
    if is_blank(cell):
        return () if field.reading in ("list", "phones") else None
    if isinstance(cell, CellFault):
        raise RuleBroken(
            field.id,
            _("The spreadsheet's formula failed: {error}.").format(error=cell.text),
            _("Mend the cell or clear it."),
        )
    if field.reading in ("date", "expiry"):
        return _read_day(field, cell, slash_order)
    return _READERS[field.reading](field, cell)


def reader_of(field: ImportField, *, slash_order: SlashOrder = "unknown") -> Callable[[Cell], Value]:
    """``read_cell`` for all cells of one column: it remembers texts, as most columns repeat a few of them."""
    known: dict[str, Value] = {}

    def read(cell: Cell) -> Value:
        if not isinstance(cell, str):
            return read_cell(field, cell, slash_order=slash_order)
        value = known.get(cell, _UNKNOWN)
        if value is _UNKNOWN:
            value = read_cell(field, cell, slash_order=slash_order)
            if len(known) < _REMEMBERED and len(cell) < _WORTH_REMEMBERING:
                known[cell] = value
        return value

    return read


def as_text(cell: Cell) -> str:
    """A cell as the text that the operator sees in it: a number without ``.0``, a date as ISO 8601."""
    if isinstance(cell, str):
        return cell
    if isinstance(cell, bool):
        return _("yes") if cell else _("no")
    if isinstance(cell, float):
        return format(_decimal(cell), "f")
    if isinstance(cell, datetime):
        return cell.date().isoformat() if cell.time() == time() else cell.isoformat(" ")
    if isinstance(cell, date | time):
        return cell.isoformat()
    return "" if cell is None else str(cell)


def _decimal(number: float) -> Decimal:
    return Decimal(f"{number:.{_EXACT_DIGITS}g}").normalize() + 0


def _read_text(_field: ImportField, cell: Cell) -> Value:
    return clean(as_text(cell)) or None


def _read_long_text(_field: ImportField, cell: Cell) -> Value:
    return clean(as_text(cell), multiline=True) or None


def _read_digits(field: ImportField, cell: Cell) -> Value:
    """A code of digits; where a spreadsheet made it a number, the zero that this has cost comes back."""
    if isinstance(cell, float) and abs(cell) >= 10**_EXACT_DIGITS:
        raise refused(
            field.id, as_text(cell), _("The spreadsheet lost its last digits: make the cell a text and type it again.")
        )
    text = as_text(cell).strip()
    if point_zero := _POINT_ZERO.fullmatch(text):
        text = point_zero[1]
    if isinstance(cell, int | float) or point_zero:
        length = len(text)
        return "0" + text if length not in field.lengths and length + 1 in field.lengths else text
    return clean(text) or None


def _read_amount(field: ImportField, cell: Cell) -> Value:
    text = as_text(cell)
    # A number's point is the decimal one, whereas "1.125" as a text can mean thousands.
    if isinstance(cell, float) and len(text.partition(".")[2]) > 2:
        raise refused(field.id, text, _("At most {places} decimals are expected.").format(places=2))
    return read_amount(text, field.id)


def _read_quantity(field: ImportField, cell: Cell) -> Value:
    return read_quantity(as_text(cell), field.id)


def _read_rate(field: ImportField, cell: Cell) -> Value:
    return read_amount(as_text(cell), field.id, places=6)


def _read_percent(field: ImportField, cell: Cell) -> Value:
    """A percentage: ``15``, ``15 %``; below one and without a sign it is a share, as spreadsheets keep it: ``0.15``."""
    text = as_text(cell).strip()
    signed = text.endswith("%")
    value = read_amount(text.rstrip("% \xa0"), field.id, places=5)
    return value * 100 if not signed and 0 < value < 1 else value


def _read_integer(field: ImportField, cell: Cell) -> Value:
    return read_integer(as_text(cell), field.id, least=0, most=1_000_000)


def _read_months(field: ImportField, cell: Cell) -> Value:
    """Months, from ``12``, ``12 мес.``, ``1 год``; None when it is for ever."""
    text = as_text(cell).strip()
    if fold(text) in _FOR_EVER:
        return None
    found = _MONTHS.fullmatch(text)
    if found is None:
        raise refused(field.id, text, _("A number of months is expected, as 12."))
    return int(found["count"]) * (12 if found["years"] else 1)


def _read_flag(field: ImportField, cell: Cell) -> Value:
    return cell if isinstance(cell, bool) else read_flag(as_text(cell), field.id)


def _read_day(field: ImportField, cell: Cell, slash_order: SlashOrder) -> Value:
    if isinstance(cell, datetime):
        return read_date(cell.date().isoformat(), field.id)
    if isinstance(cell, date):
        return read_date(cell.isoformat(), field.id)
    if isinstance(cell, int | float | time | timedelta):
        raise refused(
            field.id, as_text(cell), _("A date is expected: give the spreadsheet's column the format of a date.")
        )
    text = as_text(cell).strip()
    if _NO_DATE.fullmatch(text) or (field.reading == "expiry" and fold(text) in _FOR_EVER):
        return None
    return read_date(text, field.id, slash_order=slash_order)


def _read_choice(field: ImportField, cell: Cell) -> Value:
    text = as_text(cell)
    code = field.choices.get(fold(text))
    if code is None:
        codes = dict.fromkeys(field.choices.values())
        expected = ", ".join(dict.fromkeys(_(field.titles.get(code, code)) for code in codes))
        raise RuleBroken(
            field.id,
            _("“{text}” is not known here.").format(text=quoted(text)),
            _("Expected is one of: {codes}.").format(codes=expected),
        )
    return code


def _read_list(_field: ImportField, cell: Cell) -> Value:
    return tuple(split_list(clean(as_text(cell), multiline=True)))


def _read_phones(_field: ImportField, cell: Cell) -> Value:
    return tuple(split_phones(clean(as_text(cell), multiline=True)))


_READERS: Mapping[Reading, Callable[[ImportField, Cell], Value]] = {
    "text": _read_text,
    "long text": _read_long_text,
    "digits": _read_digits,
    "amount": _read_amount,
    "quantity": _read_quantity,
    "rate": _read_rate,
    "percent": _read_percent,
    "integer": _read_integer,
    "months": _read_months,
    "flag": _read_flag,
    "choice": _read_choice,
    "list": _read_list,
    "phones": _read_phones,
}
