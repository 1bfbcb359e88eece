"""Dates as people and programs write them: ``2025-12-31``, ``31.12.2025``, ``31 декабря 2025``, ``+3d``, ``fri``.

A date that can be meant in two ways is refused, never guessed.
"""

import re
from calendar import monthrange
from collections.abc import Callable
from datetime import date, timedelta
from typing import Literal, NamedTuple

from models.errors import RuleBroken
from models.language import _
from models.reading import refused

SlashOrder = Literal["unknown", "day first", "month first"]
EARLIEST = date(1900, 1, 1)

_TIME = (
    r"(?:[T\s]+[0-9]{1,2}:[0-9]{2}(?::[0-9]{2}(?:[.,][0-9]{1,9})?)?(?:\s*[ap]m)?\s*(?:Z|UTC|[+-][0-9]{2}:?[0-9]{2})?)?"
)
_YEAR_END = r"(?:\s*(?:г\.?|года?))?"
_MONTHS = (
    ("jan", "янв"),
    ("feb", "фев"),
    ("mar", "мар"),
    ("apr", "апр"),
    ("may", "мая", "май"),
    ("jun", "июн"),
    ("jul", "июл"),
    ("aug", "авг"),
    ("sep", "сен"),
    ("oct", "окт"),
    ("nov", "ноя"),
    ("dec", "дек"),
)
_MONTH_OF_WORD = {word: number for number, words in enumerate(_MONTHS, 1) for word in words}
_WEEKDAYS = (
    "mon monday пн понедельник",
    "tue tuesday вт вторник",
    "wed wednesday ср среда среду",
    "thu thursday чт четверг",
    "fri friday пт пятница пятницу",
    "sat saturday сб суббота субботу",
    "sun sunday вс воскресенье",
)
_WEEKDAY_OF_WORD = {word: number for number, words in enumerate(_WEEKDAYS) for word in words.split()}
_DAYS_OF_WORD = {"today": 0, "сегодня": 0, "tomorrow": 1, "завтра": 1, "yesterday": -1, "вчера": -1}
_OFFSET = re.compile(r"(?P<count>[+-][0-9]{1,4})\s*(?P<unit>[dwmyднмг]|нед|мес)?")
_UNITS = {"d": "d", "д": "d", "w": "w", "н": "w", "нед": "w", "m": "m", "м": "m", "мес": "m", "y": "y", "г": "y"}
_DAY_AND_MONTH = re.compile(r"(?P<day>[0-9]{1,2})\.(?P<month>[0-9]{1,2})\.?")


class _Form(NamedTuple):
    """One way to write a date with its year: a pattern, and how the parts make year, month and day."""

    pattern: re.Pattern[str]
    parts: Callable[[re.Match[str], SlashOrder], tuple[int, int, int] | None]


def _form(pattern: str, parts: Callable[[re.Match[str], SlashOrder], tuple[int, int, int] | None]) -> _Form:
    return _Form(re.compile(pattern + _TIME, re.IGNORECASE), parts)


def _numbers(match: re.Match[str], _order: SlashOrder) -> tuple[int, int, int]:
    return _full_year(match["year"]), int(match["month"]), int(match["day"])


def _named_month(match: re.Match[str], _order: SlashOrder) -> tuple[int, int, int] | None:
    month = _MONTH_OF_WORD.get(match["month"][:3].casefold())
    return (_full_year(match["year"]), month, int(match["day"])) if month else None


def _slashed(match: re.Match[str], order: SlashOrder) -> tuple[int, int, int] | None:
    first, second, year = int(match["first"]), int(match["second"]), _full_year(match["year"])
    day_first = first > 12 or first == second if order == "unknown" else order == "day first"
    month_first = second > 12 if order == "unknown" else order == "month first"
    if day_first:
        return year, second, first
    return (year, first, second) if month_first else None


def _full_year(year: str) -> int:
    # POSIX strptime's %y: 69-99 are of the twentieth century.
    return int(year) if len(year) > 2 else int(year) + (1900 if int(year) >= 69 else 2000)


_FORMS = (
    _form(r"(?P<year>[0-9]{4})([-./])(?P<month>[0-9]{1,2})\2(?P<day>[0-9]{1,2})", _numbers),
    _form(r"(?P<year>[0-9]{4})(?P<month>[0-9]{2})(?P<day>[0-9]{2})", _numbers),
    _form(rf"(?P<day>[0-9]{{1,2}})\.(?P<month>[0-9]{{1,2}})\.(?P<year>[0-9]{{4}}|[0-9]{{2}}){_YEAR_END}", _numbers),
    _form(r"(?P<first>[0-9]{1,2})([-/])(?P<second>[0-9]{1,2})\2(?P<year>[0-9]{4}|(?<=/)[0-9]{2})", _slashed),
    _form(
        rf"«?(?P<day>[0-9]{{1,2}})»?[\s.-]+(?P<month>[^\W\d]{{3,9}})\.?[\s,-]+(?P<year>[0-9]{{4}}){_YEAR_END}",
        _named_month,
    ),
    _form(r"(?P<month>[a-z]{3,9})\.?\s+(?P<day>[0-9]{1,2}),?\s+(?P<year>[0-9]{4})", _named_month),
)


def read_date(text: str, field: str = "", *, today: date | None = None, slash_order: SlashOrder = "unknown") -> date:
    """A date; a time of day that follows it is left out.

    With ``today`` the short forms of the screens are read too: ``today``, ``+3d`` (days, weeks, months,
    years), ``fri`` (the next one, never today), ``31.12`` (of this year). ``slash_order`` says what a
    whole column has shown about ``12/11/2025``.
    """
    bare = " ".join(text.split())
    if today is not None:
        short = _short_form(bare.casefold(), today, field, text)
        if short is not None:
            return short
    for form in _FORMS:
        match = form.pattern.fullmatch(bare)
        if match is None:
            continue
        parts = form.parts(match, slash_order)
        if parts is None:
            raise refused(field, text, _("It can be meant in two ways: write 2025-12-31 or 31.12.2025."))
        return _checked(parts, field, text)
    raise refused(field, text, _expected(today))


def slash_order_of(texts: list[str]) -> SlashOrder:
    """What the dates of one column show together: a single ``10/20/2016`` settles what ``3/1/2017`` means.

    Texts that contradict each other, or show nothing, leave it unknown.
    """
    shown: set[SlashOrder] = set()
    slashed = next(form for form in _FORMS if form.parts is _slashed)
    for text in texts:
        match = slashed.pattern.fullmatch(" ".join(text.split()))
        if match is None:
            continue
        first, second = int(match["first"]), int(match["second"])
        if first > 12 >= second:
            shown.add("day first")
        elif second > 12 >= first:
            shown.add("month first")
    return shown.pop() if len(shown) == 1 else "unknown"


def _expected(today: date | None) -> str:
    if today is None:
        return _("A date is expected, as 2025-12-31 or 31.12.2025.")
    return _("A date is expected, as 31.12.2025, 31.12, today, +3d or fri.")


def _short_form(word: str, today: date, field: str, text: str) -> date | None:
    if word in _DAYS_OF_WORD:
        return today + timedelta(days=_DAYS_OF_WORD[word])
    if word in _WEEKDAY_OF_WORD:
        return today + timedelta(days=(_WEEKDAY_OF_WORD[word] - today.weekday() - 1) % 7 + 1)
    if offset := _OFFSET.fullmatch(word):
        try:
            return _moved(today, int(offset["count"]), _UNITS[offset["unit"] or "d"])
        except (OverflowError, ValueError) as error:
            raise refused(field, text, _expected(today)) from error
    if day := _DAY_AND_MONTH.fullmatch(word):
        return _checked((today.year, int(day["month"]), int(day["day"])), field, text)
    return None


def _moved(start: date, count: int, unit: str) -> date:
    if unit in ("d", "w"):
        return start + timedelta(days=count * (7 if unit == "w" else 1))
    months = start.year * 12 + start.month - 1 + count * (12 if unit == "y" else 1)
    year, month = months // 12, months % 12 + 1
    return date(year, month, min(start.day, monthrange(year, month)[1]))


def _checked(parts: tuple[int, int, int], field: str, text: str) -> date:
    try:
        value = date(*parts)
    except ValueError as error:
        raise refused(field, text, _("There is no such day in the calendar.")) from error
    if value < EARLIEST:
        raise RuleBroken(field, _("The date {date} is too early.").format(date=value.isoformat()), _expected(None))
    return value
