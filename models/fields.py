"""What a record's fields are to forms, importers and actions: one table per kind, read by all of them.

A field's value is plain data: text, ``int``, ``Decimal``, ``date``, ``datetime`` (a moment, in UTC), ``bool``, a code,
the id of another record, or a tuple of texts; a *record* is a ``RecordRef`` and only shown. ``read`` and ``written``
turn it from and to what an operator types.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Iterable, Mapping
from decimal import Decimal
from typing import Any, Literal, NamedTuple

from models.clock import now, today
from models.errors import RuleBroken
from models.language import _
from models.reading import read_amount, read_flag, read_integer, split_list
from models.reading_dates import read_date
from models.reading_moments import read_moment, written_moment
from models.text import clean, fold

FieldKind = Literal[
    "text", "lines", "integer", "quantity", "money", "date", "moment", "flag", "choice", "choices", "reference",
    "record", "texts"
]  # fmt: skip
LONGEST_LINE = 1000
LONGEST_TEXT = 1_000_000


class Field(NamedTuple):
    """One field. ``title`` and ``hint`` are English msgids; ``group`` is the heading that it stands under on a card."""

    name: str
    title: str
    kind: FieldKind = "text"
    required: bool = False
    choices: Mapping[str, str] | None = None
    """Of a choice: the codes with their titles (msgids)."""
    reference: str = ""
    """Of a reference: the kind of record that it points to."""
    within: str = ""
    """Of a reference: the field in which both records have to agree (a contact person is one of the client)."""
    check: Callable[[str], str] | None = None
    """Of text: the rule of its form; returns the bare value or raises ``RuleBroken``."""
    permission: str = ""
    """Shown and changed only with this right."""
    hint: str = ""
    group: str = ""
    least: int = 0
    most: int | None = None
    """The bounds of an integer or a quantity."""
    places: int = 3
    """Of a quantity: how many decimals it may have (a rate of exchange has six)."""


def read(field: Field, text: str) -> Any:
    """The value that a typed text stands for; raises ``RuleBroken`` when it stands for none.

    A reference is not read from text: the form picks it.
    """
    text = text.strip()
    if field.kind in ("text", "lines"):
        return text
    if field.kind in ("texts", "choices"):
        parts = tuple(text.split("\n")) if "\n" in text else tuple(split_list(text))
        return tuple(_code(field, part) for part in parts) if field.kind == "choices" else parts
    if not text:
        return None
    readers: dict[str, Callable[[], Any]] = {
        "integer": lambda: read_integer(text, field.name, least=field.least),
        "quantity": lambda: read_amount(text, field.name, places=field.places),
        "money": lambda: read_amount(text, field.name),
        "date": lambda: read_date(text, field.name, today=today()),
        "moment": lambda: read_moment(text, field.name, now=now()),
        "flag": lambda: read_flag(text, field.name),
        "choice": lambda: _code(field, text),
    }
    return readers[field.kind]()


def _code(field: Field, text: str) -> str:
    """The code of a choice that is named by code, title, or an unambiguous beginning of the title."""
    assert field.choices is not None
    wanted = fold(text)
    titles = {code: fold(_(title)) for code, title in field.choices.items()}
    for code, title in titles.items():
        if wanted in (fold(code), title, fold(field.choices[code])):
            return code
    begun = [code for code, title in titles.items() if wanted and title.startswith(wanted)]
    if len(begun) == 1:
        return begun[0]
    raise RuleBroken(
        field.name,
        _("“{value}” is no value of {field}.").format(value=clean(text), field=_(field.title)),
        _("Known are: {known}.").format(known=", ".join(_(title) for title in field.choices.values())),
    )


def written(field: Field, value: Any) -> str:
    """The text of a value as a form shows it for editing; ``read`` gives the value back."""
    if value is None:
        return ""
    if isinstance(value, bool):
        return _("yes") if value else _("no")
    if field.kind == "choice":
        return _((field.choices or {}).get(value, str(value)))
    if field.kind == "choices":
        return ", ".join(_((field.choices or {}).get(code, code)) for code in value)
    if isinstance(value, tuple):
        return "\n".join(value) if any("," in part or ";" in part for part in value) else ", ".join(value)
    if isinstance(value, dt.datetime):
        return written_moment(value)
    if isinstance(value, dt.date):
        return value.isoformat()
    if field.kind == "quantity":
        return f"{Decimal(value).normalize():f}"
    return str(value)


def checked(fields: Iterable[Field], values: Mapping[str, Any]) -> dict[str, Any]:
    """The values cleaned and held against the rules of their fields; the first broken one is raised."""
    cleaned, broken = check_all(fields, values)
    if broken:
        raise broken[0]
    return cleaned


def check_all(fields: Iterable[Field], values: Mapping[str, Any]) -> tuple[dict[str, Any], list[RuleBroken]]:
    """All cleaned values and all broken rules, so that a form can mark every field at once."""
    cleaned: dict[str, Any] = {}
    broken: list[RuleBroken] = []
    by_name = _fields_by_name(fields)
    for name, value in values.items():
        if name not in by_name:
            raise KeyError(name)
        try:
            cleaned[name] = _checked(by_name[name], value)
        except RuleBroken as error:
            broken.append(error)
    return cleaned, broken


_known_tables: dict[int, tuple[tuple[Field, ...], dict[str, Field]]] = {}


def _fields_by_name(fields: Iterable[Field]) -> dict[str, Field]:
    """The fields by name; of a tuple, which is a table that stays, they are kept: an import asks for every row."""
    if not isinstance(fields, tuple):
        return {field.name: field for field in fields}
    known = _known_tables.get(id(fields))
    if known is None:
        known = _known_tables[id(fields)] = fields, {field.name: field for field in fields}
    return known[1]


def _checked(field: Field, value: Any) -> Any:
    check = _CHECKS.get(field.kind)
    if check is not None:
        value = check(field, value)
    if field.required and value in (None, "", ()):
        raise RuleBroken(field.name, _("{field} is missing.").format(field=_(field.title)), _("Fill it in."))
    return value


def _checked_line(field: Field, value: Any) -> str:
    return _checked_text(field, value) if value else ""


def _checked_texts(field: Field, value: Any) -> tuple[str, ...]:
    return tuple(text for part in value or () if (text := _checked_text(field, part)))


def _checked_bounds(field: Field, value: Any) -> Any:
    if value is not None and value < field.least:
        raise RuleBroken(field.name, _("{field} is at least {least}.").format(field=_(field.title), least=field.least))
    if value is not None and field.most is not None and value > field.most:
        raise RuleBroken(field.name, _("{field} is at most {most}.").format(field=_(field.title), most=field.most))
    return value


def _checked_quantity(field: Field, value: Any) -> Decimal | None:
    return None if value is None else _checked_bounds(field, Decimal(value))


def _checked_money(_field: Field, value: Any) -> Decimal | None:
    return None if value is None else Decimal(value)


def _checked_choice(field: Field, value: Any) -> Any:
    if value not in (field.choices or {}):
        _code(field, str(value or ""))
    return value


def _checked_choices(field: Field, value: Any) -> tuple[str, ...]:
    codes = _checked_texts(field, value)
    for code in codes:
        _checked_choice(field, code)
    return codes


def _checked_text(field: Field, value: str) -> str:
    text = clean(value, multiline=field.kind == "lines")
    longest = LONGEST_TEXT if field.kind == "lines" else LONGEST_LINE
    if len(text) > longest:
        raise RuleBroken(
            field.name,
            _("{field} is too long: {length} characters.").format(field=_(field.title), length=len(text)),
            _("At most {longest} are kept; shorten it or put it into the note.").format(longest=longest),
        )
    return field.check(text) if field.check and text else text


def with_defaults(fields: Iterable[Field], values: Mapping[str, Any], defaults: Mapping[str, Any]) -> dict[str, Any]:
    """The checked values of a new record: what is not given is its default, and still has to meet the rules."""
    fields = tuple(fields)
    return checked(fields, {field.name: values.get(field.name, defaults.get(field.name)) for field in fields})


_CHECKS: dict[FieldKind, Callable[[Field, Any], Any]] = {
    "text": _checked_line,
    "lines": _checked_line,
    "texts": _checked_texts,
    "integer": _checked_bounds,
    "quantity": _checked_quantity,
    "money": _checked_money,
    "choice": _checked_choice,
    "choices": _checked_choices,
}
