"""What stands in the fields of a form, as typed, beside what the record had: no widgets in here.

Only what the operator touched is read back and saved, so a value that a form cannot write exactly is never changed
by merely opening it.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import Any, NamedTuple

from models.errors import RuleBroken
from models.fields import Field, FieldKind, check_all, read, written
from models.language import _
from models.listing import ColumnKind
from models.text import shown, shown_lines
from screens.kit.cells import cell_text

_AS_CELL: Mapping[FieldKind, ColumnKind] = {
    "money": "money",
    "quantity": "quantity",
    "integer": "integer",
    "date": "date",
    "moment": "moment",
}
_OF_LINES: frozenset[FieldKind] = frozenset({"lines", "texts"})
_TIDIED: frozenset[FieldKind] = frozenset(
    {"integer", "quantity", "money", "date", "moment", "flag", "choice", "choices"}
)


class Entry(NamedTuple):
    """What stands in one field: the text, and of a reference the id of the record picked."""

    text: str = ""
    picked: int | None = None


def entry_of(field: Field, value: Any, name: str = "") -> Entry:
    """How a value stands in its field; ``name`` is that of the record that a reference points to."""
    if field.kind == "reference":
        return Entry() if value is None else Entry(name or f"#{value}", int(value))
    return Entry(written(field, value))


def read_entry(field: Field, entry: Entry) -> Any:
    """The value that an entry stands for; raises ``RuleBroken`` when it stands for none."""
    if field.kind != "reference":
        return read(field, entry.text)
    if not entry.text.strip():
        return None
    if entry.picked is None:
        raise RuleBroken(
            field.name,
            _("“{text}” is not picked yet.").format(text=entry.text.strip()),
            _("Type any part of the name and pick one from the list."),
        )
    return entry.picked


def value_text(field: Field, value: Any, name: str = "") -> str:
    """A value as it is read and copied, harmless to the terminal; several lines where the value has them."""
    if field.kind in ("reference", "record"):
        return "" if value is None else shown(name or f"#{value}")
    if field.kind in _AS_CELL:
        return cell_text(value, _AS_CELL[field.kind], {})
    return shown_lines(written(field, value)) if field.kind in _OF_LINES else shown(written(field, value))


def grouped(fields: Iterable[Field]) -> list[tuple[str, tuple[Field, ...]]]:
    """The fields under their headings (msgids), groups in the order in which they first appear."""
    groups: dict[str, list[Field]] = {}
    for field in fields:
        groups.setdefault(field.group, []).append(field)
    return [(group, tuple(members)) for group, members in groups.items()]


def in_columns(
    groups: Sequence[tuple[str, tuple[Field, ...]]], columns: int
) -> list[list[tuple[str, tuple[Field, ...]]]]:
    """The groups dealt out to one or two columns of about the same height; a lone group is cut in two."""
    if columns < 2 or not groups:
        return [list(groups)]
    if len(groups) == 1:
        heading, members = groups[0]
        half = (len(members) + 1) // 2
        return [[(heading, members[:half])], [("", members[half:])]] if len(members) > 1 else [list(groups)]
    heights = [len(members) + 2 * bool(heading) for heading, members in groups]
    cut = min(range(1, len(groups)), key=lambda at: max(sum(heights[:at]), sum(heights[at:])))
    return [list(groups[:cut]), list(groups[cut:])]


class Entries:
    """All entries of a form that is being edited. ``base`` is what the record had when editing began."""

    def __init__(self, fields: Iterable[Field], base: Mapping[str, Any], names: Mapping[str, str]) -> None:
        self.fields = {field.name: field for field in fields}
        self.base = {name: base.get(name) for name in self.fields}
        self.names = dict(names)
        self._start = {
            name: entry_of(field, self.base[name], self.names.get(name, "")) for name, field in self.fields.items()
        }
        self._now = dict(self._start)

    def __getitem__(self, name: str) -> Entry:
        return self._now[name]

    def type(self, name: str, entry: Entry) -> None:
        """Take what stands in a field now."""
        self._now[name] = entry

    @property
    def touched(self) -> dict[str, Entry]:
        """The entries that differ from what editing began with."""
        return {name: entry for name, entry in self._now.items() if not _same(entry, self._start[name])}

    def restore(self, typed: Mapping[str, Entry]) -> None:
        """Put back what was typed before; fields that the form no longer has are left out."""
        self._now |= {name: entry for name, entry in typed.items() if name in self._now}

    def broken(self, name: str) -> RuleBroken | None:
        """What is wrong with a field by itself; an untouched one is not judged."""
        if name not in self.touched:
            return None
        field = self.fields[name]
        try:
            return next(iter(check_all((field,), {name: read_entry(field, self._now[name])})[1]), None)
        except RuleBroken as error:
            return error

    def tidy(self, name: str) -> None:
        """Write the value of a touched field in its usual form: the day that ``+3d`` meant."""
        field = self.fields[name]
        if field.kind in _TIDIED and name in self.touched and self.broken(name) is None:
            self._now[name] = entry_of(field, read_entry(field, self._now[name]))

    def changes(self, *, new: bool = False) -> tuple[dict[str, Any], list[RuleBroken]]:
        """The values that differ from the base, and every broken rule, in the order of the fields.

        Of a ``new`` record the required fields are judged too when they were not touched.
        """
        touched = self.touched
        values: dict[str, Any] = {}
        broken: list[RuleBroken] = []
        for name, field in self.fields.items():
            try:
                if name in touched:
                    values[name] = read_entry(field, touched[name])
                elif new and field.required:
                    values[name] = self.base[name]
            except RuleBroken as error:
                broken.append(error)
        cleaned, more = check_all(self.fields.values(), values)
        order = list(self.fields)
        broken = sorted([*broken, *more], key=lambda error: order.index(error.field) if error.field in order else 0)
        return {
            name: value for name, value in cleaned.items() if name in touched and not _equal(value, self.base[name])
        }, broken

    def names_now(self) -> dict[str, str]:
        """By field: the name of the record that a reference points to as typed."""
        return {
            name: self._now[name].text
            for name, field in self.fields.items()
            if field.kind == "reference" and self._now[name].picked is not None
        }

    def rebased(self, base: Mapping[str, Any], names: Mapping[str, str], mine: Iterable[str]) -> Entries:
        """The same form begun from a newer version: the fields of ``mine`` stay as typed, the others become its."""
        newer = Entries(self.fields.values(), base, names)
        newer.restore({name: self._now[name] for name in mine if name in self._now})
        return newer


def _same(entry: Entry, start: Entry) -> bool:
    return entry.text.strip() == start.text.strip() and entry.picked == start.picked


def _equal(value: Any, base: Any) -> bool:
    return bool(value == base) or (value in (None, "", ()) and base in (None, "", ()))
