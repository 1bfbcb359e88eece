"""Receivables: who owes what since when, by how long it is overdue; the invoices behind each figure."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING, Any, ClassVar

from models.clock import today
from models.company.settings import setting
from models.fields import Field
from models.kinds import RecordRef
from models.language import N_, _
from models.sales.funnel_words import amount
from models.sales.lists import DOCUMENTS_OF_KIND
from models.sales.receivables import AGES, Receivable, invoices_behind, receivables, total_of
from screens.figures_body import Answered, FiguresBody
from screens.kit.cell_grid import GridColumn
from screens.kit.figure_table import FigureRow
from screens.shell import shell_of

if TYPE_CHECKING:
    from models.conditions import Condition
    from models.table_listing import ListDefinition


class ReceivablesBody(FiguresBody):
    """The clients that owe us or have invoices to pay, the most owed first."""

    KINDS: ClassVar[frozenset[str]] = frozenset({"document", "client"})
    FILTERS: ClassVar[tuple[Field, ...]] = (
        Field("day", N_("On the day"), "date"),
        Field("company", N_("Company"), "reference", reference="company"),
        Field("client", N_("Client"), "reference", reference="client"),
    )
    COLUMNS: ClassVar[Sequence[GridColumn]] = (
        GridColumn("client", N_("Client")),
        GridColumn("owes", N_("Owes"), 10, right=True),
        GridColumn("since", N_("Since"), 10, wide=True),
        *(GridColumn(age.name, age.title, 9, right=True) for age in AGES),
    )
    UNFILTERED: ClassVar[str] = N_("today, all clients")

    def count(self, filters: Mapping[str, Any]) -> Answered:
        """The receivables of a day, with their sums in words."""
        found = receivables(**filters)
        rows = [FigureRow(one.client, self._cells(one), marked=one.ages[AGES[-1].name] > 0) for one in found]
        whole = total_of(found)
        text = _("Owed: {owes} {currency}. Unpaid invoices: {unpaid}, overdue: {overdue}.").format(
            owes=amount(whole.owes), currency=setting("base_currency"),
            unpaid=amount(whole.unpaid), overdue=amount(whole.overdue),
        )  # fmt: skip
        return Answered(rows, [text if found else _("Nobody owes us anything.")])

    @staticmethod
    def _cells(one: Receivable) -> tuple[str, ...]:
        ages = (amount(one.ages[age.name]) if one.ages[age.name] else "" for age in AGES)
        return (one.name, amount(one.owes), "" if one.since is None else str(one.since), *ages)

    def behind(self, key: Any, column: str) -> tuple[ListDefinition, Condition] | None:
        """The unpaid invoices of a client, or those of one age."""
        day, company = self.filters.get("day") or today(), self.filters.get("company")
        return DOCUMENTS_OF_KIND["invoice"], invoices_behind(key, column, company=company, day=day)

    def on_figure_table_opened(self) -> None:
        """Open the client by its name; go into the invoices by any of the figures."""
        here = self.figures.here
        if here is not None and here[1] == "client":
            shell_of(self).open_record(RecordRef("client", here[0].key))
        else:
            super().on_figure_table_opened()
