"""The list of attached files."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from models.company.tables import Operator
from models.conditions import FilterField
from models.files.tables import AttachedFile
from models.kinds import KINDS, RecordRef
from models.language import N_
from models.listing import Column, Sort
from models.table_listing import Join, ListColumn, ListDefinition, TableListing

_F = AttachedFile


class _KindTitles(Mapping[str, str]):
    """What the kinds of record are called (msgids), also those that are registered later."""

    def __getitem__(self, kind: str) -> str:
        return KINDS[kind].title

    def __iter__(self) -> Iterator[str]:
        return (kind.name for kind in KINDS.values() if kind.label)

    def __len__(self) -> int:
        return len(list(iter(self)))


FILES = ListDefinition(
    kind="file",
    table=AttachedFile,
    columns=(
        ListColumn(Column("name", N_("File name"), width=32, sort="slow"), _F.name),
        ListColumn(Column("size", N_("Bytes"), "integer", width=11, sort="slow"), _F.size),
        ListColumn(Column("attached", N_("Attached"), "moment", width=16, priority=2, sort="slow"), _F.created),
        ListColumn(
            Column("operator", N_("Operator"), width=10, priority=3, sort="slow"), Operator.login, joins=("operator",)
        ),
        ListColumn(Column("note", N_("Note"), width=24, priority=2), _F.note),
        ListColumn(Column("type", N_("Type"), width=16, priority=5, sort="slow"), _F.content_type),
        ListColumn(Column("about", N_("Attached to"), "state", width=12, priority=4), _F.about_kind),
        ListColumn(Column("about_id", N_("Id"), "integer", width=7, priority=4), _F.about_id),
        ListColumn(Column("sha256", N_("SHA-256"), width=16, priority=7, hidden=True), _F.sha256),
    ),
    fields=(
        FilterField("name", "text", _F.name, title=N_("File name")),
        FilterField("note", "text", _F.note, title=N_("Note")),
        FilterField("type", "text", _F.content_type, title=N_("Type")),
        FilterField("size", "integer", _F.size, title=N_("Bytes")),
        FilterField("about", "state", _F.about_kind, values=_KindTitles(), title=N_("Attached to")),
    ),
    default_sort=Sort("id", descending=True),
    joins={"operator": Join(Operator, _F.operator == Operator.id, required=True)},
)


def files_listing(ref: RecordRef) -> TableListing:
    """The files of one record, as a list."""
    return TableListing.of(FILES, (_F.about_kind == ref.kind) & (_F.about_id == ref.id))
