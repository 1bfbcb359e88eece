"""What a section's list is: which list of the models it shows, and what is said of it."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from typing import TYPE_CHECKING, Any, NamedTuple

from models.conditions import field_names
from models.kinds import kind_of
from models.language import _

if TYPE_CHECKING:
    from models.conditions import Condition
    from models.table_listing import ListDefinition, TableListing
    from screens.kit.cells import StateLabels
    from screens.kit.filter_words import FilterWords


class ListView(NamedTuple):
    """A list in a section: its name, as the command line knows it, its title, and what an empty one says (msgids).

    ``load`` gives the list as the models describe it; it is asked when the list is shown, so that the program starts
    with the tables of one list.
    """

    name: str
    title: str
    empty: str
    load: Callable[[], ListDefinition]
    add_right: str = ""
    """The right to make records of this kind here; empty where none are made."""
    import_kind: str = ""
    """The kind of table that can be imported into the list; empty where there is none."""
    condition: Callable[[], Condition] | None = None
    """What the list shows of its kind, where that is not all."""

    @property
    def definition(self) -> ListDefinition:
        """The list as the models describe it."""
        return self.load()

    def listing(self) -> TableListing:
        """The list without a filter, in its usual order."""
        from models.table_listing import TableListing

        return TableListing.of(self.load(), None if self.condition is None else self.condition())


def state_labels(definition: ListDefinition) -> dict[str, StateLabels]:
    """What stands for the stored codes, by column: from the field that filters by the same, else from the form."""
    return {
        column.column.id: labels
        for column in definition.columns
        if column.column.kind == "state" and (labels := _labels(definition, column.column.id, column.value))
    }


def _labels(definition: ListDefinition, column_id: str, value: Any) -> Mapping[str, str]:
    for field in definition.fields:
        if field.values and (field.name == column_id or field.column is value):
            return field.values
    from models.cards.definitions import CARDS

    fields = CARDS[definition.kind].fields if definition.kind in CARDS else ()
    return next((field.choices for field in fields if field.name == column_id and field.choices), {})


def filter_words(definition: ListDefinition) -> FilterWords:
    """The names of the fields in the operator's language first, then those in English; with their values."""
    names = field_names({field.name: field for field in definition.fields})
    own = [_(field.title).lower().replace(" ", "_") if field.title else field.name for field in definition.fields]
    ordered = dict.fromkeys([*own, *names])
    return {
        name: tuple(_(title) for title in (names[name].values or {}).values()) if name in names else ()
        for name in ordered
    }


def kinds_shown(definition: ListDefinition) -> frozenset[str]:
    """The kinds of record whose changes may change what the list shows."""
    return frozenset(_kinds_shown(definition))


def _kinds_shown(definition: ListDefinition) -> Iterator[str]:
    yield definition.kind
    for join in definition.joins.values():
        yield kind_of(join.table if isinstance(join.table, type) else join.table.model)
