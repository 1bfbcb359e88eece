"""Which records of a list are marked: by their ids, or all that the filter finds but some."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Marks:
    """A selection of records; with ``all_but``, ``ids`` are the few that are not marked.

    A million marked rows are thus no million ids: an action reads them by the list's filter.
    """

    all_but: bool = False
    ids: frozenset[int] = frozenset()

    def __contains__(self, record_id: int) -> bool:
        return (record_id in self.ids) is not self.all_but

    def __bool__(self) -> bool:
        return self.all_but or bool(self.ids)

    def toggled(self, record_id: int) -> "Marks":
        """The selection with this one record marked if it was not, and not marked if it was."""
        return Marks(self.all_but, self.ids ^ {record_id})

    def number(self, total: int | None) -> int | None:
        """How many records are marked in a list of ``total``; None while that is not known."""
        if not self.all_but:
            return len(self.ids)
        return None if total is None else max(0, total - len(self.ids))


NONE = Marks()
ALL = Marks(all_but=True)
