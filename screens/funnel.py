"""The section of the funnel: where deals stand and where they die, what was not bought, what campaigns brought."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from decimal import Decimal
from typing import TYPE_CHECKING, Any, ClassVar

from textual.binding import Binding, BindingType

from models.company.permissions import EDIT_SALES, SEE_COST
from models.language import N_, NP_, _
from models.sales.campaign_queries import behind_effect, campaign_effects
from models.sales.funnel import Funnel, StageFigures
from models.sales.funnel_queries import Figure, Selection, deals_behind, funnel_of
from models.sales.funnel_words import amount, number, spoken
from models.sales.lists import DEALS, DOCUMENTS, UNMET
from models.sales.unmet_queries import UnmetSelection, unmet_behind, unmet_demand
from screens.deal_steps import move_by
from screens.figures_body import FILTERS, Answered, FiguresBody, period_of
from screens.kit.cell_grid import GridColumn
from screens.kit.chart import bars
from screens.kit.dialogs import PickOne
from screens.kit.figure_table import FigureRow
from screens.kit.glyphs import glyphs
from screens.kit.list_head import HeadTab
from screens.list_body import Body
from screens.list_screen import ListScreen
from screens.shell import shell_of

if TYPE_CHECKING:
    from models.conditions import Condition
    from models.sales.campaign_effect import Effect
    from models.table_listing import ListDefinition

_BAR = 8
_BEHIND = {
    "bar": "standing", "count": "standing", "sum": "standing", "weighted": "standing", "stage": "standing",
    "median": "left", "ninetieth": "left", "conversion": "onward", "lost": "lost", "rotting": "rotting",
}  # fmt: skip
"""By column: the figure whose deals are listed."""
_DIMENSIONS = {
    "product": N_("Product"),
    "reason": N_("Reason"),
    "competitor": N_("Competitor"),
    "campaign": N_("Campaign"),
    "month": N_("Month"),
    "client": N_("Client"),
    "operator": N_("Operator"),
    "cause": N_("Cause"),
}


def _selection(filters: Mapping[str, Any]) -> Selection:
    narrowed = {name: filters[name] for name in ("operator", "campaign", "vendor", "product") if name in filters}
    return replace(Selection(period=period_of(filters)), **narrowed)


def _share(value: Decimal | None) -> str:
    """A share with a decimal; of what is a multiple, nobody reads it."""
    return "" if value is None else f"{number(value if abs(value) < 100 else round(value))}%"


class StagesBody(FiguresBody):
    """The stages with their bars; the deals of the one under the cursor."""

    KINDS: ClassVar[frozenset[str]] = frozenset({"deal", "stage", "stage_change"})
    COLUMNS: ClassVar[Sequence[GridColumn]] = (
        GridColumn("stage", N_("Stage")),
        GridColumn("bar", "", _BAR),
        GridColumn("count", N_("Deals"), 5, right=True),
        GridColumn("sum", N_("Sum"), 11, right=True),
        GridColumn("weighted", N_("Weighted"), 10, right=True),
        GridColumn("median", NP_("days", "50 %"), 4, right=True),
        GridColumn("ninetieth", NP_("days", "90 %"), 4, right=True),
        GridColumn("conversion", N_("Onward"), 5, right=True),
        GridColumn("lost", NP_("deals", "Lost"), 5, right=True),
        GridColumn("rotting", NP_("deals", "Rot"), 4, right=True),
    )
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("greater_than_sign", "stage(1)", N_("stage on"), id="document.stage-on"),
        Binding("less_than_sign", "stage(-1)", N_("stage back"), show=False, id="document.stage-back"),
    ]

    def count(self, filters: Mapping[str, Any]) -> Answered:
        """The funnel, compared with the period before where there is one."""
        selection = _selection(filters)
        found = funnel_of(selection, compare=selection.period.previous() is not None)
        drawn = bars([float(one.standing.count) for one in found.stages], _BAR, glyphs(self.app).bar)
        rows = [self._row(found, one, bar) for one, bar in zip(found.stages, drawn, strict=True)]
        return Answered(rows, [*self._sums(found), *spoken(found)])

    @staticmethod
    def _row(found: Funnel, one: StageFigures, bar: str) -> FigureRow:
        marked = found.bottleneck is not None and found.bottleneck.figures.stage.id == one.stage.id
        is_open = one.stage.kind == "open"
        cells = (
            one.stage.name, bar, number(one.standing.count), amount(one.standing.amount),
            amount(one.weighted) if is_open else "", number(one.median_days) if one.median_days is not None else "",
            number(one.ninetieth_days) if one.ninetieth_days is not None else "", _share(one.conversion),
            number(one.lost.count) if is_open else "", number(one.rotting.count) if one.rotting.count else "",
        )  # fmt: skip
        return FigureRow(one.stage.id, cells, marked)

    @staticmethod
    def _sums(found: Funnel) -> list[str]:
        said = _("Won {won} ({won_sum}), lost {lost} ({lost_sum}); won of closed: {rate}; weighted: {weighted}.")
        text = said.format(
            won=number(found.won.count), won_sum=amount(found.won.amount), lost=number(found.lost.count),
            lost_sum=amount(found.lost.amount), rate=_share(found.win_rate) or "–", weighted=amount(found.weighted),
        )  # fmt: skip
        before = found.previous
        if before is None:
            return [text]
        earlier = _("The period before: won {won} ({won_sum}), lost {lost} ({lost_sum}).").format(
            won=number(before.won.count), won_sum=amount(before.won.amount), lost=number(before.lost.count),
            lost_sum=amount(before.lost.amount),
        )  # fmt: skip
        return [text, earlier]

    def behind(self, key: Any, column: str) -> tuple[ListDefinition, Condition] | None:
        """The deals behind a figure of a stage."""
        name: Any = _BEHIND[column]
        return DEALS, deals_behind(_selection(self.filters), Figure(name, key))

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """A deal is moved by who may sell."""
        if action == "stage":
            return shell_of(self).actor.may(EDIT_SALES)
        return super().check_action(action, parameters)

    def action_stage(self, step: int) -> None:
        """Move the deal under the cursor of the list."""
        table = self.table
        if table is not None and table.display and table.cursor_id is not None:
            move_by(self.screen, table.cursor_id, step, self.ask)


class UnmetBody(FiguresBody):
    """What was wanted and not bought, with money; the entries behind each line."""

    KINDS: ClassVar[frozenset[str]] = frozenset({"unmet_demand"})
    COLUMNS: ClassVar[Sequence[GridColumn]] = (
        GridColumn("title", N_("What")),
        GridColumn("bar", "", _BAR),
        GridColumn("count", N_("Entries"), 7, right=True),
        GridColumn("money", N_("Money"), 12, right=True),
        GridColumn("provisional", N_("Still open"), 12, right=True),
        GridColumn("share", N_("Share"), 7, right=True),
    )
    BINDINGS: ClassVar[list[BindingType]] = [Binding("g", "group", N_("group by"), id="unmet.group")]

    def __init__(self, tab: str) -> None:
        super().__init__(tab)
        self.by: Any = "product"

    def _of(self, filters: Mapping[str, Any]) -> UnmetSelection:
        narrowed = {name: filters[name] for name in ("operator", "campaign", "vendor", "product") if name in filters}
        return replace(UnmetSelection(period=period_of(filters)), **narrowed)

    def count(self, filters: Mapping[str, Any]) -> Answered:
        """The report by one dimension."""
        found = unmet_demand(self.by, self._of(filters))
        drawn = bars([float(row.money) for row in found], _BAR, glyphs(self.app).bar)
        rows = [
            FigureRow(
                row.key,
                (row.title, bar, number(row.count), amount(row.money), amount(row.provisional), _share(row.share)),
            )
            for row, bar in zip(found, drawn, strict=True)
        ]
        said = _("By {dimension}; without VAT.").format(dimension=_(_DIMENSIONS[self.by]).lower())
        return Answered(rows, [said])

    def behind(self, key: Any, column: str) -> tuple[ListDefinition, Condition] | None:
        """The entries of a line."""
        return UNMET, unmet_behind(self._of(self.filters), self.by, key)

    def action_group(self) -> None:
        """Ask by what."""
        choices = [(name, _(title)) for name, title in _DIMENSIONS.items()]
        self.app.push_screen(PickOne(_("Group by"), choices), self._grouped)

    def _grouped(self, by: str | None) -> None:
        if by is not None:
            self.by = by
            self.ask()


_EFFECTS: Mapping[str, Any] = {
    "quotes": "quotes", "orders": "orders", "conversion": "deals", "revenue": "revenue", "cost": "revenue",
    "paid": "paid", "profit": "revenue", "return": "paid", "name": "revenue", "bar": "revenue",
}  # fmt: skip


class CampaignsBody(FiguresBody):
    """What each campaign brought, beside the others."""

    KINDS: ClassVar[frozenset[str]] = frozenset({"campaign", "document", "deal"})
    FILTERS = FILTERS[:2]
    COLUMNS: ClassVar[Sequence[GridColumn]] = (
        GridColumn("name", N_("Campaign")),
        GridColumn("bar", "", 4),
        GridColumn("quotes", N_("Quotes"), 6, right=True),
        GridColumn("orders", N_("Orders"), 6, right=True),
        GridColumn("conversion", N_("Won"), 6, right=True),
        GridColumn("revenue", N_("Revenue"), 10, right=True),
        GridColumn("paid", N_("Spent"), 8, right=True),
        GridColumn("profit", N_("Profit"), 10, right=True),
        GridColumn("return", N_("Return"), 6, right=True),
    )

    def count(self, filters: Mapping[str, Any]) -> Answered:
        """The effect of each campaign; profit only for those who may see cost."""
        found = campaign_effects(period_of(filters))
        drawn = bars([float(one.brought.revenue) for one in found], 4, glyphs(self.app).bar)
        sees = shell_of(self).actor.may(SEE_COST)
        rows = [
            FigureRow(one.campaign, (one.name, bar, *self._figures(one, sees=sees)))
            for one, bar in zip(found, drawn, strict=True)
        ]
        return Answered(rows)

    @staticmethod
    def _figures(one: Effect, *, sees: bool) -> tuple[str, ...]:
        brought = one.brought
        profit = amount(one.profit) if sees else ""
        return (
            number(brought.quotes), number(brought.orders), _share(one.conversion), amount(brought.revenue),
            amount(brought.paid), profit, _share(one.return_on_spend) if sees else "",
        )  # fmt: skip

    def behind(self, key: Any, column: str) -> tuple[ListDefinition, Condition] | None:
        """The documents, or the deals, of a figure."""
        figure = _EFFECTS[column]
        condition = behind_effect(key, figure, period_of(self.filters))
        return (DEALS if figure == "deals" else DOCUMENTS), condition


_BODIES: Mapping[str, type[FiguresBody]] = {"stages": StagesBody, "demand": UnmetBody, "effects": CampaignsBody}


class FunnelScreen(ListScreen):
    """The tabs of the funnel."""

    AUTO_FOCUS = "FigureTable"

    def tabs(self) -> tuple[HeadTab, ...]:
        """Stages, unmet demand, campaigns."""
        return (
            HeadTab("stages", N_("Funnel")), HeadTab("demand", N_("Unmet demand")), HeadTab("effects", N_("Campaigns"))
        )  # fmt: skip

    def body_of(self, tab: str) -> Body:
        """The figures of a tab."""
        return _BODIES[tab](tab)
