"""Taking deals from outside: found by the number that another program gave them, new ones written in bulk.

The values of a row name the client by ``client`` (name or code) and ``client_inn``, the product by ``product`` and
``product_code``, the operator, the campaign and the stage by name; ``opened`` and ``closed`` are days, ``value`` is the
expected sum. A new deal gets its stage changes from the two days; one that is there is moved where the stage differs.
"""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from functools import partial
from typing import Any

from models.actor import Actor
from models.base import stored_values
from models.catalogue.directory import ProductDirectory
from models.clients.directory import ClientDirectory
from models.clock import today
from models.company.permissions import EDIT_SALES
from models.company.sequences import keep_above, next_number
from models.company.settings import setting
from models.errors import RuleBroken
from models.fields import checked
from models.importing import Incoming, Plan, Rehearsal, Said, Step
from models.language import _
from models.sales.actions_deals import deal_number, deal_values, edit_deal, move
from models.sales.amounts import in_base
from models.sales.deal_references import DealReferences
from models.sales.fields import DEAL_FIELDS
from models.sales.tables import Deal, Stage, StageChange
from models.writing import Change, get

_PLAIN = ("title", "expected_date", "competitors", "external_number", "note", "currency", "rate")
_OWN_NUMBER = re.compile(r"D-(\d{6,9})")
_ROWS_OF_A_STEP = 25


@dataclass(slots=True)
class _Row:
    """A row with what it refers to; ``agent`` is the name of an operator who has to be made."""

    source: Incoming
    number: str
    values: dict[str, Any]
    stage: Stage | None
    opened: dt.date | None
    closed: dt.date | None
    since: dt.date | None
    lost_reason: str
    agent: str = ""

    @property
    def stands_since(self) -> dt.date | None:
        """Since when the deal has been in its stage."""
        assert self.stage is not None
        return self.since or self.opened if self.stage.kind == "open" else self.closed or self.opened


class DealIntake:
    """Deals from outside."""

    action = "import_deals"
    permission = EDIT_SALES
    kinds = frozenset({"client", "product", "product_alias", "operator", "campaign", "stage", "deal", "setting"})
    rows_at_once = 500

    def __init__(self, actor: Actor, dry_run: bool = False) -> None:
        self._rehearsal = Rehearsal(actor, self.action)
        self._clients = ClientDirectory()
        self._products = ProductDirectory()
        self._references = DealReferences(actor)
        self._said = Said()
        self._agents: dict[str, int] = {}
        self._made: dict[str, int] = {}
        self._change: Change | None = None
        self._currency = ""

    def forget(self) -> None:
        """Read again what rows refer to."""
        self._clients.forget()
        self._products.forget()
        self._references.forget()
        self._agents, self._made, self._currency = {}, {}, ""

    def plan(self, rows: Sequence[Incoming]) -> Plan:
        """Judge all of the rows."""
        plan = Plan(rows=len(rows))
        self._keep_made()
        self._currency = self._currency or setting("base_currency")
        given = [row.values for row in rows]
        self._clients.prepare([(values.get("client_inn") or "", values.get("client") or "") for values in given])
        existing = _existing([str(values.get("number") or "") for values in given])
        new: list[_Row] = []
        agents: dict[str, None] = {}
        for row in rows:
            try:
                resolved = self._resolved(row)
                if self._judge(resolved, existing.get(resolved.number), plan, new) and resolved.agent:
                    agents[resolved.agent] = None
            except RuleBroken as error:
                plan.refuse(row.number, error)
        missing = [name for name in agents if name not in self._agents]
        if missing:
            plan.steps.insert(0, Step(partial(self._make_agents, missing), (), adds=True))
        for first in range(0, len(new), _ROWS_OF_A_STEP):
            some = new[first : first + _ROWS_OF_A_STEP]
            plan.steps.append(Step(partial(self._add, some), tuple(row.source.number for row in some), adds=True))
        return plan

    def _resolved(self, row: Incoming) -> _Row:
        given = row.values
        values: dict[str, Any] = {name: given[name] for name in _PLAIN if given.get(name) not in (None, "")}
        if given.get("value") is not None:
            values["expected"] = given["value"]
        client = product = None
        if given.get("client") or given.get("client_inn"):
            client = self._clients.find(given.get("client_inn") or "", given.get("client") or "")
            values["client"] = client.id
        if given.get("product") or given.get("product_code"):
            product = self._products.find(given.get("product_code") or "", given.get("product") or "")
            values["product"] = product.id
        if given.get("campaign"):
            values["campaign"] = self._references.campaign(given["campaign"])
        agent = ""
        if name := given.get("operator"):
            known = self._agents.get(name) or self._references.operator(name)
            agent = "" if known else name
            values |= {"operator": known} if known else {}
        stage = self._references.stage(given["stage"]) if given.get("stage") else None
        number = given.get("number") or ""
        if not number:
            raise RuleBroken("number", _("The number is missing."), _("Fill it in."))
        named = [text for text in (client and client.name, product and product.name) if text]
        values.setdefault("title", ": ".join(named) or number)
        opened, closed = given.get("opened"), given.get("closed")
        if opened and closed and closed < opened:
            raise RuleBroken("closed", _("The deal would be closed before it was opened."), _("Correct the dates."))
        values = checked(DEAL_FIELDS, values)
        since, reason = given.get("stage_since"), given.get("lost_reason") or ""
        return _Row(row, number, values, stage, opened, closed, since, reason, agent)

    def _judge(self, row: _Row, deal: Deal | None, plan: Plan, new: list[_Row]) -> bool:
        """Plan what a row does; returns whether it writes."""
        number = row.source.number
        if deal is None:
            if row.stage is None:
                raise RuleBroken("stage", _("The stage is missing."), _("Fill it in."))
            _check_rate(row.values, self._currency)
            if self._said.again(row.source, row.number):
                plan.unchanged += 1
                return False
            new.append(row)
            return True
        changes = _differing(row, deal)
        moved = row.stage is not None and row.stage.id != deal.stage_id
        if changes:
            edit_deal(self._rehearsal, deal.id, deal.version, changes)
        written = bool(changes or moved or row.agent or _redated(row, deal))
        if self._said.again(row.source, row.number) or not written:
            plan.unchanged += 1
            return False
        plan.write(partial(self._edit, row, deal.id, changes), number, adds=False)
        return True

    def _make_agents(self, names: Sequence[str], change: Change) -> None:
        made = self._made_in(change)
        for name in names:
            made[name] = self._references.make_operator(change, name)

    def _made_in(self, change: Change) -> dict[str, int]:
        """The operators that this transaction has made; those of an earlier one are kept if it came to its end."""
        if self._change is not change:
            self._keep_made()
            self._change = change
        return self._made

    def _keep_made(self) -> None:
        if self._change is not None and self._change.last_seq:
            self._agents |= self._made
        self._change, self._made = None, {}

    def _operator_of(self, row: _Row, change: Change) -> int | None:
        if not row.agent:
            found: int | None = row.values.get("operator")
            return found
        return self._made_in(change).get(row.agent) or self._agents[row.agent]

    def _add(self, rows: Sequence[_Row], change: Change) -> None:
        deals = [self._deal(row, self._operator_of(row, change)) for row in rows]
        unnumbered = [deal for deal in deals if not deal.number]
        if unnumbered:
            first = next_number(change, "deal", count=len(unnumbered))
            for serial, deal in enumerate(unnumbered, first):
                deal.number = deal_number(serial)
        ours = [int(found[1]) for deal in deals if (found := _OWN_NUMBER.fullmatch(deal.number))]
        if len(ours) > len(unnumbered):
            keep_above(change, "deal", max(ours))
        ids = change.insert_values(Deal, [stored_values(deal) for deal in deals])
        changes = [
            stored_values(one)
            for deal_id, deal, row in zip(ids, deals, rows, strict=True)
            for one in self._history(deal_id, deal, row)
        ]
        for one in changes:
            one["moment"] = change.started
        change.insert_values(StageChange, changes)

    def _deal(self, row: _Row, operator: int | None) -> Deal:
        stage = row.stage
        assert stage is not None
        own = row.number if _OWN_NUMBER.fullmatch(row.number) else ""
        defaults = {"currency": self._currency, "rate": Decimal(1), "external_number": "" if own else row.number}
        values: dict[str, Any] = defaults | row.values | {"operator": operator}
        expected = values.get("expected")
        closed = None if stage.kind == "open" else row.closed or row.opened or today()
        return Deal(
            number=own, stage=stage.id, state=stage.kind, opened=row.opened, closed=closed,
            stage_since=row.stands_since, lost_reason=(row.lost_reason or "not_stated") if stage.kind == "lost" else "",
            expected_base=0 if expected is None else in_base(expected, values["rate"]), **values,
        )  # fmt: skip

    def _history(self, deal_id: int, deal: Deal, row: _Row) -> list[StageChange]:
        """How the deal has come where it is: into a stage when it was opened, and from there where it stands."""
        assert row.stage is not None
        common = {"deal": deal_id, "operator": deal.operator_id, "amount": deal.expected_base}
        later = deal.closed or row.since or row.opened or today()
        begun = row.opened or later
        entrance = self._references.entrance(row.stage, moved_on=begun < later)
        found = [StageChange(before=None, after=entrance.id, day=begun, days=None, **common)]
        if entrance.id != row.stage.id:
            days = (later - row.opened).days if row.opened else None
            found.append(StageChange(before=entrance.id, after=row.stage.id, day=later, days=days, **common))
        return found

    def _edit(self, row: _Row, deal_id: int, changes: Mapping[str, Any], change: Change) -> None:
        deal = get(Deal, deal_id)
        operator = self._operator_of(row, change)
        values = {**changes, **({"operator": operator} if row.agent else {})}
        if values:
            edit_deal(change, deal_id, deal.version, values)
            deal = get(Deal, deal_id)
        if row.stage is not None and row.stage.id != deal.stage_id:
            move(change, deal, row.stage, row.closed if row.stage.kind != "open" else row.since)
            deal = get(Deal, deal_id)
        if dates := _redated(row, deal):
            change.update(deal, dates)
            _follow_dates(change, deal)


def _check_rate(values: Mapping[str, Any], base: str) -> None:
    if values.get("currency", base) != base and not values.get("rate"):
        raise RuleBroken(
            "rate", _("The rate of {currency} is missing.").format(currency=values["currency"]), _("Fill it in.")
        )


def _existing(numbers: Sequence[str]) -> dict[str, Deal]:
    """The deals of these numbers: those of other programs go before our own."""
    wanted = [number for number in numbers if number]
    found: dict[str, Deal] = {}
    for deal in Deal.select().where(Deal.external_number.in_(wanted) | Deal.number.in_(wanted)):
        found.setdefault(deal.number, deal)
    found |= {deal.external_number: deal for deal in found.values() if deal.external_number in set(wanted)}
    return found


def _differing(row: _Row, deal: Deal) -> dict[str, Any]:
    """What a row says that the deal does not. A title that the row does not name stays as it is."""
    known = deal_values(deal)
    changes = {name: value for name, value in row.values.items() if value != known[name]}
    if not row.source.values.get("title"):
        changes.pop("title", None)
    return changes


def _redated(row: _Row, deal: Deal) -> dict[str, Any]:
    """The days, and the reason of a loss, that a row says otherwise than they are known."""
    dates: dict[str, Any] = {}
    if row.opened is not None and row.opened != deal.opened:
        dates["opened"] = row.opened
    if row.closed is not None and deal.closed is not None and row.closed != deal.closed:
        dates |= {"closed": row.closed, "stage_since": row.closed}
    if row.since is not None and deal.state == "open" and row.since != deal.stage_since:
        dates["stage_since"] = row.since
    if row.lost_reason and deal.state == "lost" and row.lost_reason != deal.lost_reason:
        dates["lost_reason"] = row.lost_reason
    return dates


def _follow_dates(change: Change, deal: Deal) -> None:
    """Let the first and the last change of a deal's stage follow the days since when it is there, and where it is."""
    found = list(StageChange.select().where(StageChange.deal == deal.id).order_by(StageChange.moment, StageChange.id))
    days = [one.day for one in found]
    if deal.opened is not None:
        days[0] = deal.opened
    if deal.stage_since is not None and len(found) > 1:
        days[-1] = deal.stage_since
    for position, (one, day) in enumerate(zip(found, days, strict=True)):
        spent = max((day - days[position - 1]).days, 0) if position else None
        change.update(one, {"day": day, "days": spent})
