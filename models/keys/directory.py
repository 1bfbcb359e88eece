"""Finding protection keys by their number, for many rows at once."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from peewee import chunked

from models.base import stored_rows
from models.catalogue.tables import Vendor
from models.errors import RuleBroken
from models.keys.tables import ProtectionKey
from models.language import _
from models.text import fold

_AT_ONCE = 500
_COLUMNS = ("id", "number", "number_folded", "model", "vendor_id")


@dataclass(frozen=True, slots=True)
class KeyRef:
    """A protection key as others refer to it."""

    id: int
    number: str
    folded: str
    model: str
    vendor_id: int | None

    @property
    def label(self) -> str:
        """Number, model and vendor: what tells it from others of the same number."""
        vendor = Vendor.get_or_none(Vendor.id == self.vendor_id) if self.vendor_id else None
        return " ".join(filter(None, (self.number, self.model, vendor.name if vendor else "")))


class KeyDirectory:
    """Keys as they were found, remembered until ``forget``."""

    def __init__(self) -> None:
        self._by_number: dict[str, list[KeyRef]] = {}

    def forget(self) -> None:
        """Read keys again when they are next asked for."""
        self._by_number = {}

    def prepare(self, numbers: Iterable[str]) -> None:
        """Read the keys of these numbers, spelled in any way."""
        new = {folded for number in numbers if (folded := fold(number)) not in self._by_number}
        for some in chunked(new, _AT_ONCE):
            self._by_number.update((folded, []) for folded in some)
            for key_id, number, folded, model, vendor_id in stored_rows(ProtectionKey, _COLUMNS, "number_folded", some):
                self._by_number[folded].append(KeyRef(key_id, number, folded, model, vendor_id))

    def find(self, number: str, vendor_id: int | None, field: str = "key") -> KeyRef:
        """The one key of a number; of several, the one of the vendor. Raises ``RuleBroken`` when that is none."""
        folded = fold(number)
        if folded not in self._by_number:
            self.prepare([number])
        found = self._by_number[folded]
        if len(found) > 1:
            found = [ref for ref in found if ref.vendor_id == vendor_id] or found
        if len(found) == 1:
            return found[0]
        if not found:
            raise RuleBroken(
                field,
                _("There is no protection key {number}.").format(number=number),
                _("Import the keys first, or correct the number."),
            )
        raise RuleBroken(
            field,
            _("Several keys have the number {number}: {keys}.").format(
                number=number, keys="; ".join(ref.label for ref in found[:5])
            ),
            _("Enter this licence by hand on the right key."),
        )
