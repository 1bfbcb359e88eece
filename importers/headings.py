"""Which column of a table holds which field: by its heading, in English or Russian, or as the operator says.

Headings are compared as ``models.text.fold`` does, so case, ``ё``, spaces, hyphens, ``camelCase`` and
look-alike letters make no difference; nor does other punctuation. Nothing is dropped in silence:
the mapping tells which columns are not used and where two columns wanted the same field.
"""

import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from dataclasses import field as dataclass_field
from difflib import get_close_matches
from types import MappingProxyType
from typing import Literal

from models.errors import RuleBroken
from models.language import _
from models.text import fold

Reading = Literal[
    "text", "long text", "digits", "amount", "quantity", "rate", "percent", "integer", "months", "flag", "date",
    "expiry", "choice", "list", "phones",
]  # fmt: skip
_NUMBER_SIGN = re.compile("№|#")
_PUNCTUATION = re.compile(r"[^\w\s]|_")
_IN_BRACKETS = re.compile(r"[(\[][^)\]]*[)\]]")
_COUNTER = re.compile(r"[\s._-]*[0-9]{1,2}$")
_COLUMN_LETTERS = re.compile("[A-Z]{1,2}")
# A heading that fits only without its remark in brackets gives way to one that fits as it is.
_REMARK_RANK = 1000


@dataclass(frozen=True, slots=True)
class ImportField:
    """A field that tables may fill: ``names`` are its headings, the surest first; ``title`` is an English msgid.

    ``required``: a table without it is refused, unless it has the field named by ``fallback``, whose value
    then serves for both. ``several``: more than one column may hold it (``Phone 1``, ``Phone 2``).
    ``reading`` says how its cells are read, ``choices`` (folded word → code), their ``titles`` (code → msgid) and
    ``lengths`` (in digits) belong to that.
    """

    id: str
    title: str
    names: tuple[str, ...]
    reading: Reading = "text"
    required: bool = False
    several: bool = False
    fallback: str = ""
    choices: Mapping[str, str] = dataclass_field(default_factory=dict, hash=False)
    titles: Mapping[str, str] = dataclass_field(default_factory=dict, hash=False)
    lengths: tuple[int, ...] = ()


@dataclass(frozen=True, slots=True)
class Doubt:
    """Several columns wanted one field; ``chosen`` has it, ``others`` (column indices) are not used."""

    field: ImportField
    chosen: int
    others: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class ColumnMapping:
    """Where each field stands: field id → column indices from 0 (more than one only for ``several``)."""

    headings: tuple[str, ...]
    columns: Mapping[str, tuple[int, ...]]
    unused: tuple[int, ...]
    doubts: tuple[Doubt, ...]
    missing: tuple[ImportField, ...]

    def column(self, field_id: str) -> int | None:
        """The field's first column, None when the table does not have it."""
        return next(iter(self.columns.get(field_id, ())), None)

    def heading(self, field_id: str) -> str:
        """The heading under which the operator sees the field in his file; the id where it has no column."""
        column = self.column(field_id)
        return field_id if column is None else self.headings[column] or field_id

    def check(self, prefix: str = "") -> None:
        """Raise ``RuleBroken`` when a required field has no column; ``--map`` names fields with this prefix."""
        if not self.missing:
            return
        raise RuleBroken(
            self.missing[0].id,
            _("No column was recognised as: {fields}.").format(fields=", ".join(_(f.title) for f in self.missing)),
            _("Columns of the file: {columns}. Name one by --map {field}=COLUMN.").format(
                columns=", ".join(filter(None, self.headings)) or "–", field=prefix + self.missing[0].id
            ),
        )

    def notes(self) -> list[str]:
        """What the operator should know about the columns, a sentence each."""
        notes = [
            _("“{chosen}” is read as {field}; also possible: {others}.").format(
                chosen=self.headings[doubt.chosen],
                field=_(doubt.field.title),
                others=", ".join(_("“{text}”").format(text=self.headings[other]) for other in doubt.others),
            )
            for doubt in self.doubts
        ]
        unused = [self.headings[column] or column_letters(column) for column in self.unused]
        if unused:
            notes.append(_("Columns not used: {columns}.").format(columns=", ".join(unused)))
        return notes


def names(headings: str) -> tuple[str, ...]:
    """The names of a field, written in one text, parted by ``|``."""
    return tuple(headings.split("|"))


def folded_heading(heading: str) -> str:
    """What headings are compared by: ``companyName``, ``Company name`` and ``COMPANY_NAME:`` are one."""
    spaced = _PUNCTUATION.sub(" ", _NUMBER_SIGN.sub(" номер ", heading))
    return fold(spaced).replace("license", "licence")


def column_letters(column: int) -> str:
    """How a spreadsheet names the column with this index from 0: A … Z, AA …"""
    letters = ""
    column += 1
    while column:
        column, rest = divmod(column - 1, 26)
        letters = chr(ord("A") + rest) + letters
    return letters


def recognise(
    headings: Sequence[str], fields: Sequence[ImportField], explicit: Mapping[str, str] | None = None
) -> ColumnMapping:
    """Find the fields' columns. ``explicit`` maps field ids to columns: a heading, a number from 1, or letters
    as in a spreadsheet; an empty column leaves the field out.

    Raises ``RuleBroken`` for an ``explicit`` field or column that does not exist. Required fields without a
    column are told in ``missing``; ``check()`` refuses them.
    """
    stated = _stated_columns(headings, fields, explicit or {})
    taken = {column for columns in stated.values() for column in columns}
    wanted = _wanted_columns(headings, [field for field in fields if field.id not in stated], taken)
    columns = {field_id: found for field_id, found in stated.items() if found}
    doubts: list[Doubt] = []
    for field in fields:
        ranked = sorted(wanted.get(field.id, ()))
        if field.several:
            columns |= {field.id: tuple(sorted(column for _rank, column in ranked))} if ranked else {}
        elif ranked:
            chosen, *others = (column for _rank, column in ranked)
            columns[field.id] = (chosen,)
            doubts += [Doubt(field, chosen, tuple(others))] if others else []
    used = {column for found in columns.values() for column in found}
    return ColumnMapping(
        headings=tuple(headings),
        columns=MappingProxyType(columns),
        unused=tuple(column for column in range(len(headings)) if column not in used),
        doubts=tuple(doubts),
        missing=tuple(f for f in fields if f.required and f.id not in columns and f.fallback not in columns),
    )


def known_headings(fields: Sequence[ImportField]) -> Callable[[Sequence[str]], int]:
    """How many different fields a row of cells names: what finds the row of headings in a file."""
    by_name = _names_of(fields)

    def count(cells: Sequence[str]) -> int:
        found = (_match(cell, by_name) for cell in cells if cell and len(cell) < 100)
        return len({match[1].id for match in found if match})

    return count


def _names_of(fields: Sequence[ImportField]) -> dict[str, tuple[int, ImportField]]:
    """Folded name → its rank and field; the surest are its id and its title, also in the operator's language."""
    return {
        folded_heading(name): (rank, field)
        for field in fields
        for rank, name in reversed(list(enumerate((field.id, field.title, _(field.title), *field.names))))
    }


def _match(heading: str, by_name: Mapping[str, tuple[int, ImportField]]) -> tuple[int, ImportField] | None:
    found = by_name.get(folded_heading(heading))
    if found:
        return found
    remarkless = by_name.get(folded_heading(_IN_BRACKETS.sub(" ", heading)))
    if remarkless:
        return remarkless[0] + _REMARK_RANK, remarkless[1]
    counted = by_name.get(folded_heading(_COUNTER.sub("", heading)))
    return counted if counted and counted[1].several else None


def _wanted_columns(
    headings: Sequence[str], fields: Sequence[ImportField], taken: set[int]
) -> dict[str, list[tuple[int, int]]]:
    """Field id → (rank, column) of each column whose heading names it."""
    by_name = _names_of(fields)
    wanted: dict[str, list[tuple[int, int]]] = {}
    for column, heading in enumerate(headings):
        match = _match(heading, by_name) if heading and column not in taken else None
        if match:
            wanted.setdefault(match[1].id, []).append((match[0], column))
    return wanted


def _stated_columns(
    headings: Sequence[str], fields: Sequence[ImportField], explicit: Mapping[str, str]
) -> dict[str, tuple[int, ...]]:
    known = {field.id for field in fields}
    stated: dict[str, tuple[int, ...]] = {}
    for field_id, column in explicit.items():
        if field_id not in known:
            raise RuleBroken(
                "map", _("There is no field “{field}”.").format(field=field_id), _suggestion(field_id, sorted(known))
            )
        stated[field_id] = (_column_named(column, headings),) if column.strip() else ()
    return stated


def _column_named(name: str, headings: Sequence[str]) -> int:
    stripped = name.strip()
    if stripped in headings:
        return headings.index(stripped)
    folded = [folded_heading(heading) for heading in headings]
    if folded_heading(stripped) in folded:
        return folded.index(folded_heading(stripped))
    letters = [column_letters(column) for column in range(len(headings))]
    if stripped.isascii() and stripped.isdigit() and 1 <= int(stripped) <= len(headings):
        return int(stripped) - 1
    if _COLUMN_LETTERS.fullmatch(stripped) and stripped in letters:
        return letters.index(stripped)
    raise RuleBroken(
        "map", _("The file has no column “{column}”.").format(column=stripped), _suggestion(stripped, list(headings))
    )


def _suggestion(wrong: str, possible: Sequence[str]) -> str:
    near = get_close_matches(wrong.casefold(), [name.casefold() for name in possible], n=3, cutoff=0.5)
    meant = [name for name in possible if name.casefold() in near]
    if meant:
        return _("Did you mean: {names}?").format(names=", ".join(meant))
    return _("There are: {names}.").format(names=", ".join(filter(None, possible)))
