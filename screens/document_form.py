"""The header of a document as a form that knows of the lines below: what is typed of both is kept together."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from typing import TYPE_CHECKING, Any, ClassVar

from textual.binding import BindingType

from models.sales.fields import DOCUMENT_SHOWN, document_fields
from screens.draft_lines import DraftLine, packed, unpacked, values_of
from screens.kit.form import Form
from screens.kit.form_entries import Entry
from screens.kit.form_keys import FORM_BINDINGS

if TYPE_CHECKING:
    from models.fields import Field

LINES = "lines"
"""The name under which the lines stand among what was typed."""


class DocumentForm(Form, inherit_bindings=False):
    """The fields of a header; ``o`` is left to the screen, which makes the next document by it."""

    BINDINGS: ClassVar[list[BindingType]] = [replace(FORM_BINDINGS[0], key="enter"), *FORM_BINDINGS[1:]]

    lines: list[DraftLine] | None = None
    """The lines as they are being typed; None while nothing is edited."""
    lines_base: list[dict[str, Any]] | None = None
    """What the lines were when editing began."""

    def edit_lines(self, lines: list[DraftLine]) -> list[DraftLine]:
        """Begin to edit lines, or go on with those of a draft; returns those to be shown."""
        self.lines_base = values_of(lines)
        self.lines = self._restored if self._restored is not None else lines
        self._restored = None
        return self.lines

    _restored: list[DraftLine] | None = None

    def edit(self, base: Mapping[str, Any], names: Mapping[str, str], typed: Mapping[str, Entry] | None = None) -> None:
        """Turn values into inputs; the lines of a draft are kept for when lines are edited."""
        if typed is not None and LINES in typed:
            self._restored = unpacked(typed[LINES].text)
        super().edit(base, names, typed)

    def typed(self) -> dict[str, Entry]:
        """What was typed, lines among it."""
        typed = super().typed()
        if self.lines_changed() is not None:
            typed[LINES] = Entry(packed(self.lines or []))
        return typed

    def lines_changed(self) -> list[dict[str, Any]] | None:
        """The lines to save; None where they are as they were."""
        if self.lines is None or self.entries is None:
            return None
        now = values_of(self.lines)
        return None if now == self.lines_base else now

    async def stop_editing(self) -> None:
        """Forget the lines too."""
        self.lines = self.lines_base = None
        await super().stop_editing()


_ONLY_WITH: Mapping[str, tuple[str, ...]] = {
    "settled": ("invoice", "payment_in", "payment_out", "supplier_order"),
    "signed": ("shipment", "receipt", "order", "supplier_order"),
    "signed_on": ("shipment", "receipt", "order", "supplier_order"),
}


def shown_of(kind: str) -> tuple[Field, ...]:
    """What of a document stands in the form beside its header: what title, chain and totals do not say."""
    found = {field.name: field for field in DOCUMENT_SHOWN}
    names = [name for name, kinds in _ONLY_WITH.items() if kind in kinds]
    return tuple(found[name] for name in (*names, "reason"))


def header_of(kind: str) -> tuple[Field, ...]:
    """The fields of a header, those that are asked for first at the top."""
    first = ("client", "gross", "date", "person", "contract", "valid_until", "due", "campaign", "terms", "note")
    fields = {field.name: field for field in document_fields(kind)}
    return tuple(fields[name] for name in dict.fromkeys((*(n for n in first if n in fields), *fields)))
