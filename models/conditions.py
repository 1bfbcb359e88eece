"""From the filter language's tree to peewee expressions: what a field of a list can be asked."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Callable, Iterable, Mapping
from decimal import Decimal
from typing import Any, NamedTuple

from peewee import Expression, TextField

from models.clock import stored, today
from models.errors import RuleBroken
from models.language import _
from models.query import Comparison
from models.text import fold

Condition = Any
EMPTY_WORDS = frozenset({"none", "empty", "нет", "пусто"})


class FilterField(NamedTuple):
    """A field that a list can be filtered by: its name, its kind of value, and the column or function that answers.

    ``ask`` makes the condition from one value where the column alone does not (``status`` of a licence, words in the
    name of an owner). ``values`` are the codes of a state with their titles (English msgids).
    """

    name: str
    kind: str
    column: Any = None
    ask: Callable[[str], Condition] | None = None
    values: Mapping[str, str] | None = None
    title: str = ""


def condition(test: Comparison, field: FilterField) -> Condition:
    """The condition that a test puts on a field; raises ``RuleBroken`` for a value that the field cannot have."""
    alternatives = [_of_value(test.operator, value, field) for value in test.values]
    whole = alternatives[0]
    for other in alternatives[1:]:
        whole = whole | other
    return ~whole if test.negated else whole


def _of_value(operator: str, value: str, field: FilterField) -> Condition:
    if value.casefold() in EMPTY_WORDS and field.column is not None:
        missing = field.column.is_null()
        return missing | (field.column == "") if isinstance(field.column, TextField) else missing
    if field.ask is not None:
        return field.ask(_code_of(value, field) if field.values else value)
    return _BY_KIND[field.kind](operator, value, field)


def _code_of(value: str, field: FilterField) -> str:
    """The code of a state that the operator names by code or by the beginning of its title."""
    wanted = fold(value)
    assert field.values is not None
    for code, title in field.values.items():
        if wanted == fold(code) or fold(_(title)).startswith(wanted):
            return code
    known = ", ".join(_(title) for title in field.values.values())
    raise RuleBroken(
        field.name,
        _("“{value}” is no value of {field}.").format(value=value, field=field.name),
        _("Known are: {known}.").format(known=known),
    )


def _state(operator: str, value: str, field: FilterField) -> Condition:
    return field.column == _code_of(value, field)


def _flag(operator: str, value: str, field: FilterField) -> Condition:
    return field.column == (value.casefold() in ("yes", "true", "1", "да", "y", "д", "+"))


def _text(operator: str, value: str, field: FilterField) -> Condition:
    if operator == "=":
        return field.column == value
    variants = {value, value.lower(), value.upper(), value.capitalize()}
    return _any([contains(field.column, variant) for variant in sorted(variants)])


def _folded(operator: str, value: str, field: FilterField) -> Condition:
    wanted = fold(value)
    return field.column == wanted if operator == "=" else contains(field.column, wanted)


def contains(column: Any, part: str) -> Condition:
    """The column holds the part, as a bound value; case makes no difference (in SQLite, to Latin letters)."""
    escaped = part.replace("\\", "\\\\").replace("%", r"\%").replace("_", r"\_")
    return Expression(column, "ILIKE", Expression(f"%{escaped}%", "ESCAPE", "\\", flat=True), flat=True)


def word_in_any(fields: Iterable[FilterField], word: str) -> Condition:
    """A field of text holds the word: what a word asks of a list that has no look-up table."""
    texts = [field for field in fields if field.kind in ("text", "folded")]
    return _any([field.ask(word) if field.ask else _BY_KIND[field.kind](":", word, field) for field in texts])


def _any(conditions: list[Condition]) -> Condition:
    whole = conditions[0]
    for other in conditions[1:]:
        whole = whole | other
    return whole


def _integer(operator: str, value: str, field: FilterField) -> Condition:
    if ".." in value:
        low, _dots, high = value.partition("..")
        return _between(field.column, _whole(low, field), _whole(high, field))
    return _compared(field.column, operator, _whole(value, field))


def _whole(value: str, field: FilterField) -> int | None:
    if not value:
        return None
    if not re.fullmatch(r"-?\d{1,15}", value):
        raise RuleBroken(field.name, _("“{value}” is no whole number.").format(value=value), "")
    return int(value)


def _money(operator: str, value: str, field: FilterField) -> Condition:
    if ".." in value:
        low, _dots, high = value.partition("..")
        return _between(field.column, _amount(low, field), _amount(high, field))
    return _compared(field.column, operator, _amount(value, field))


def _amount(value: str, field: FilterField) -> Decimal | None:
    # Read only where an amount is asked for: the patterns of amounts and dates take a twentieth of the time to start.
    from models.reading import read_amount

    return read_amount(value, field.name) if value else None


def _date(operator: str, value: str, field: FilterField) -> Condition:
    if ".." in value:
        low, _dots, high = value.partition("..")
        first = period(low, field.name)[0] if low else None
        last = period(high, field.name)[1] if high else None
        return _between(field.column, first, last)
    first, last = period(value, field.name)
    if operator in (":", "="):
        return _between(field.column, first, last)
    edge = {">": last, ">=": first, "<": first, "<=": last}[operator]
    return _compared(field.column, operator, edge)


def _moment(operator: str, value: str, field: FilterField) -> Condition:
    """A moment is asked for by days, which begin at midnight in the operator's time zone."""
    low, dots, high = value.partition("..")
    first = period(low, field.name)[0] if low else None
    last = period(high if dots else low, field.name)[1] if high or not dots else None
    begin, end = _midnight(first), _midnight(last and last + dt.timedelta(days=1))
    sides = {">": (end, None), ">=": (begin, None), "<": (None, begin), "<=": (None, end)}
    since, until = (begin, end) if dots else sides.get(operator, (begin, end))
    bounds = [field.column >= since] * (since is not None) + [field.column < until] * (until is not None)
    return bounds[0] & bounds[-1] if bounds else field.column.is_null(False)


def _midnight(day: dt.date | None) -> dt.datetime | None:
    # The first days of the calendar are not there yet in the time zones of the west.
    return None if day is None else stored(dt.datetime.combine(max(day, dt.date(2, 1, 1)), dt.time()))


def period(text: str, field: str) -> tuple[dt.date, dt.date]:
    """The first and last day of ``2026``, ``2026-10``, ``10.2026``, a date or a date word (``today``, ``+30d``)."""
    if found := re.fullmatch(r"(\d{4})", text):
        return _month(int(text), 1, field)[0], _month(int(text), 12, field)[1]
    if found := re.fullmatch(r"(\d{4})-(\d{1,2})", text):
        return _month(int(found[1]), int(found[2]), field)
    if found := re.fullmatch(r"(\d{1,2})\.(\d{4})", text):
        return _month(int(found[2]), int(found[1]), field)
    from models.reading_dates import read_date

    day = read_date(text, field, today=today())
    return day, day


def _month(year: int, month: int, field: str) -> tuple[dt.date, dt.date]:
    if not (1 <= month <= 12 and 1 <= year <= 9998):
        raise RuleBroken(field, _("There is no month {month}.").format(month=f"{year:04}-{month:02}"), "")
    first = dt.date(year, month, 1)
    return first, (first + dt.timedelta(days=31)).replace(day=1) - dt.timedelta(days=1)


def _between(column: Any, low: Any, high: Any) -> Condition:
    conditions = []
    if low is not None:
        conditions.append(column >= low)
    if high is not None:
        conditions.append(column <= high)
    if not conditions:
        return column.is_null(False)
    return conditions[0] if len(conditions) == 1 else conditions[0] & conditions[1]


def _compared(column: Any, operator: str, value: Any) -> Condition:
    comparisons: dict[str, Callable[[], Condition]] = {
        ":": lambda: column == value,
        "=": lambda: column == value,
        ">": lambda: column > value,
        ">=": lambda: column >= value,
        "<": lambda: column < value,
        "<=": lambda: column <= value,
    }
    return comparisons[operator]()


_BY_KIND: dict[str, Callable[[str, str, FilterField], Condition]] = {
    "text": _text,
    "folded": _folded,
    "integer": _integer,
    "money": _money,
    "quantity": _money,
    "date": _date,
    "moment": _moment,
    "state": _state,
    "flag": _flag,
}


def field_names(fields: Mapping[str, FilterField]) -> dict[str, FilterField]:
    """The fields by every name that an operator may write: the English one and the title in his language."""
    names = dict(fields)
    for field in fields.values():
        if field.title:
            names.setdefault(_(field.title).lower().replace(" ", "_"), field)
    return names
