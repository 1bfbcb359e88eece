"""A cell's value as text on one line: by the kind of its column, in the operator's language and time zone."""

import datetime as dt
from collections.abc import Callable, Mapping
from decimal import Decimal

from rich.cells import cell_len, set_cell_size

from models.language import N_, _, with_separators
from models.listing import Cell, Column, ColumnKind
from models.text import shown

StateLabels = Mapping[str, str]
"""What the operator reads for a stored code, as an English msgid."""

_ALIGNED_RIGHT: frozenset[ColumnKind] = frozenset({"integer", "money", "quantity"})
_WEEKDAYS = (N_("Mon"), N_("Tue"), N_("Wed"), N_("Thu"), N_("Fri"), N_("Sat"), N_("Sun"))
_FLAGS = {True: N_("yes"), False: N_("no")}


def cell_text(value: Cell, kind: ColumnKind, labels: StateLabels) -> str:
    """The value as it is read and copied: whole, harmless to the terminal, "" for None.

    Values of an unexpected type are shown as they are, so that a wrong row can be seen and mended.
    """
    if value is None:
        return ""
    return shown(_FORMATS[kind](value, labels))


def fitted(text: str, width: int, kind: ColumnKind, ellipsis: str) -> str:
    """The text exactly ``width`` cells wide: numbers at the right, what is too long cut with the ellipsis."""
    length = len(text) if text.isascii() else cell_len(text)
    if length > width:
        return set_cell_size(text, width - 1) + ellipsis if width > 1 else ellipsis[:width]
    return " " * (width - length) + text if kind in _ALIGNED_RIGHT else text + " " * (width - length)


def column_title(column: Column) -> str:
    """The heading of a column in the operator's language."""
    return shown(_(column.title))


def _as_text(value: Cell, labels: StateLabels) -> str:
    return str(value)


def _as_state(value: Cell, labels: StateLabels) -> str:
    """A code, or several with a space between, as the roles of an operator."""
    codes = str(value).split()
    return ", ".join(_(labels[code]) for code in codes) if labels.keys() >= set(codes) else str(value)


def _as_integer(value: Cell, labels: StateLabels) -> str:
    return with_separators(f"{value:,}") if isinstance(value, int) else str(value)


def _as_money(value: Cell, labels: StateLabels) -> str:
    return with_separators(f"{value:,.2f}") if isinstance(value, Decimal | int) else str(value)


def _as_quantity(value: Cell, labels: StateLabels) -> str:
    if not isinstance(value, Decimal | int):
        return str(value)
    text = f"{value:,f}"
    return with_separators(text.rstrip("0").rstrip(".") if "." in text else text)


def _as_date(value: Cell, labels: StateLabels) -> str:
    return value.isoformat()[:10] if isinstance(value, dt.date) else str(value)


def _as_moment(value: Cell, labels: StateLabels) -> str:
    if not isinstance(value, dt.datetime):
        return str(value)
    moment = value if value.tzinfo else value.replace(tzinfo=dt.UTC)
    return moment.astimezone().strftime("%Y-%m-%d %H:%M")


def _as_appointment(value: Cell, labels: StateLabels) -> str:
    """A moment as in a calendar: with the day of the week."""
    if not isinstance(value, dt.datetime):
        return str(value)
    here = (value if value.tzinfo else value.replace(tzinfo=dt.UTC)).astimezone()
    return f"{_(_WEEKDAYS[here.weekday()])} {here:%Y-%m-%d %H:%M}"


def _as_flag(value: Cell, labels: StateLabels) -> str:
    return _(_FLAGS[bool(value)])


_FORMATS: Mapping[ColumnKind, Callable[[Cell, StateLabels], str]] = {
    "text": _as_text,
    "integer": _as_integer,
    "money": _as_money,
    "quantity": _as_quantity,
    "date": _as_date,
    "moment": _as_moment,
    "appointment": _as_appointment,
    "state": _as_state,
    "flag": _as_flag,
}
