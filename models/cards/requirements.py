"""The client's requirements of an item instance as a tab of its card: the text, a row for each line."""

from __future__ import annotations

from dataclasses import dataclass, field, replace

from models.cards.tabs import Stream, Told
from models.errors import RuleBroken
from models.language import N_, _
from models.licensing.tables import ItemInstance
from models.listing import Column, Row, Sort

_COLUMNS = (Column("text", N_("Requirements"), width=60),)


@dataclass(frozen=True, slots=True)
class RequirementsListing:
    """The lines of an instance's requirements; a ``Listing``. Rows have the numbers of the lines for ids."""

    instance_id: int
    filter_text: str = ""
    sort: Sort = field(default_factory=lambda: Sort("text"))

    @property
    def kind(self) -> str:
        """The kind whose changes change the text."""
        return "instance"

    @property
    def columns(self) -> tuple[Column, ...]:
        """The text."""
        return _COLUMNS

    def with_filter(self, text: str) -> RequirementsListing:
        """A text is not filtered."""
        if text.strip():
            raise RuleBroken("", _("The requirements are not filtered."))
        return replace(self, filter_text="")

    def with_sort(self, sort: Sort) -> RequirementsListing:
        """The order is that of the text; raises ``KeyError`` for another."""
        if sort != self.sort:
            raise KeyError(sort.column)
        return replace(self)

    def page(self, offset: int, limit: int) -> list[Row]:
        """The lines from ``offset`` on."""
        lines = _lines(self.instance_id)
        first = offset if offset >= 0 else max(0, len(lines) + offset)
        return [Row(number, (text,)) for number, text in enumerate(lines, 1)][first : first + limit]

    def count(self) -> int:
        """How many lines there are."""
        return len(_lines(self.instance_id))

    def position_of(self, record_id: int) -> int | None:
        """How many lines stand before a line."""
        return record_id - 1 if 0 < record_id <= self.count() else None


def _lines(instance_id: int) -> list[str]:
    text = ItemInstance.select(ItemInstance.requirements).where(ItemInstance.id == instance_id).scalar()
    return str(text or "").splitlines()


def _told(instance_id: int, _line: int) -> Told | None:
    lines = _lines(instance_id)
    return Told(_("Requirements"), "\n".join(lines)) if lines else None


REQUIREMENTS = Stream(RequirementsListing, lambda: frozenset({"instance"}), _told)
