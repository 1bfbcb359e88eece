"""Every write to deals and to the stages of the funnel."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from decimal import Decimal
from typing import Any

from models.clock import today
from models.company.permissions import ADMINISTER, EDIT_SALES
from models.company.sequences import next_number
from models.company.settings import setting
from models.errors import RuleBroken
from models.fields import checked, with_defaults
from models.language import _
from models.sales.amounts import in_base
from models.sales.events import DealMoved
from models.sales.fields import DEAL_FIELDS, STAGE_FIELDS
from models.sales.tables import Deal, Stage, StageChange
from models.sales.vocabulary import UNMET_REASONS
from models.text import clean, fold
from models.writing import Change, action, get

NEW_STAGE: Mapping[str, Any] = {"kind": "open", "probability": 50, "active": True}
NOTHING = Decimal(0)


@action("new_deal", EDIT_SALES)
def new_deal(change: Change, values: Mapping[str, Any], stage: int | None = None, day: dt.date | None = None) -> int:
    """Make a deal in a stage, the first one if none is named; returns its id."""
    return make_deal(change, values, stage, day)


def make_deal(change: Change, values: Mapping[str, Any], stage: int | None = None, day: dt.date | None = None) -> int:
    """The same as a part of another action: who ships without a quote makes a deal too."""
    defaults = {"currency": setting("base_currency"), "rate": Decimal(1), "operator": change.actor.operator_id}
    cleaned = with_defaults(DEAL_FIELDS, values, defaults)
    place = get(Stage, stage) if stage is not None else _first_stage()
    opened = day or today()
    deal = Deal(
        number=deal_number(next_number(change, "deal")), stage=place.id, state=place.kind, stage_since=opened,
        opened=opened, closed=None if place.kind == "open" else opened,
        expected_base=_in_base(cleaned["expected"], cleaned["rate"]), **cleaned,
    )  # fmt: skip
    change.insert(deal)
    _keep_change(change, deal, None, place.id, opened, None)
    return int(deal.id)


def deal_number(serial: int) -> str:
    """How the number of a deal is written."""
    return f"D-{serial:06d}"


def _in_base(amount: Decimal | None, rate: Decimal | None) -> Decimal:
    return NOTHING if amount is None else in_base(amount, rate or Decimal(1))


def _first_stage() -> Stage:
    query = Stage.select().where(Stage.active, Stage.kind == "open").order_by(Stage.position, Stage.id)
    found: Stage | None = query.first()
    if found is None:
        raise RuleBroken("stage", _("The funnel has no open stage."), _("Add one in the settings."))
    return found


@action("edit_deal", EDIT_SALES)
def edit_deal(
    change: Change, deal_id: int, version: int, values: Mapping[str, Any], base: Mapping[str, Any] | None = None
) -> bool:
    """Set fields of a deal; its stage is changed by ``move_deal``."""
    cleaned = checked(DEAL_FIELDS, values)
    deal = get(Deal, deal_id)
    change.expect(deal, version, values, base, deal_values)
    after = {"expected": deal.expected, "rate": deal.rate} | cleaned
    return change.update(deal, cleaned | {"expected_base": _in_base(after["expected"], after["rate"])})


@action("move_deal", EDIT_SALES)
def move_deal(
    change: Change,
    deal_id: int,
    stage_id: int,
    *,
    reason: str = "",
    competitor: str = "",
    day: dt.date | None = None,
    version: int | None = None,
) -> bool:
    """Move a deal to a stage; into a lost one with the reason why. Returns whether it was in another one."""
    deal, stage = get(Deal, deal_id), get(Stage, stage_id)
    if version is not None:
        change.expect(deal, version, {"stage": stage_id}, None, deal_values)
    if reason and reason not in UNMET_REASONS:
        raise RuleBroken("reason", _("“{value}” is no reason.").format(value=clean(reason)))
    if stage.kind == "lost":
        known = deal.competitors or clean(competitor)
        change.update(deal, {"lost_reason": reason or deal.lost_reason or "not_stated", "competitors": known})
    return move(change, deal, stage, day)


def move(change: Change, deal: Deal, stage: Stage, day: dt.date | None = None) -> bool:
    """Put a deal into a stage and keep the change; the only place where a stage changes."""
    if deal.stage_id == stage.id:
        return False
    day = day or today()
    before, days = deal.stage_id, None if deal.stage_since is None else max((day - deal.stage_since).days, 0)
    closed = None if stage.kind == "open" else day
    values: dict[str, Any] = {"stage": stage.id, "state": stage.kind, "stage_since": day, "closed": closed}
    if stage.kind != "lost":
        values["lost_reason"] = ""
    change.update(deal, values)
    _keep_change(change, deal, before, stage.id, day, days)
    change.emit(DealMoved(deal.id, before, stage.id))
    return True


def _keep_change(
    change: Change, deal: Deal, before: int | None, after: int, day: dt.date, days: int | None
) -> None:  # fmt: skip
    change.insert(
        StageChange(
            deal=deal.id, before=before, after=after, moment=change.started, day=day, days=days,
            amount=deal.expected_base, operator=change.actor.operator_id,
        )
    )  # fmt: skip


def move_forward(change: Change, deal: Deal, code: str, day: dt.date | None = None) -> None:
    """Move an open deal to the stage of a code, unless it is further on already or there is no such stage."""
    stage = Stage.get_or_none((Stage.code == code) & Stage.active) if code else None
    if stage is None or deal.state != "open":
        return
    here = get(Stage, deal.stage_id)
    if stage.kind == "won" or stage.position > here.position:
        move(change, deal, stage, day)


def lose(change: Change, deal: Deal, reason: str, competitor: str, day: dt.date | None = None) -> None:
    """Move an open deal to the lost stage, with the reason."""
    stage = Stage.select().where((Stage.kind == "lost") & Stage.active).order_by(Stage.position).first()
    if stage is not None and deal.state == "open":
        change.update(deal, {"lost_reason": reason, "competitors": deal.competitors or competitor})
        move(change, deal, stage, day)


@action("add_stage", ADMINISTER)
def add_stage(change: Change, values: Mapping[str, Any]) -> int:
    """Make a stage of the funnel; it stands last among the open ones unless it is given a position."""
    cleaned = with_defaults(STAGE_FIELDS, values, NEW_STAGE)
    if cleaned["position"] is None:
        last = Stage.select(Stage.position).where(Stage.kind == "open").order_by(Stage.position.desc()).first()
        cleaned["position"] = (last.position if last else 0) + 1
    _refuse_same_stage(cleaned["name"], None)
    return int(change.insert(Stage(folded=fold(cleaned["name"]), **cleaned)).id)


@action("edit_stage", ADMINISTER)
def edit_stage(
    change: Change, stage_id: int, version: int, values: Mapping[str, Any], base: Mapping[str, Any] | None = None
) -> bool:
    """Set fields of a stage. The kind of one that deals stand in does not change."""
    cleaned = checked(STAGE_FIELDS, values)
    stage = get(Stage, stage_id)
    change.expect(stage, version, values, base, stage_values)
    if "name" in cleaned:
        _refuse_same_stage(cleaned["name"], stage_id)
        cleaned["folded"] = fold(cleaned["name"])
    if cleaned.get("kind", stage.kind) != stage.kind and Deal.select().where(Deal.stage == stage_id).exists():
        raise RuleBroken("kind", _("Deals stand in this stage."), _("Move them to another stage first."))
    return change.update(stage, cleaned)


def _refuse_same_stage(name: str, own_id: int | None) -> None:
    found = Stage.get_or_none(Stage.folded == fold(name))
    if found is not None and found.id != own_id:
        raise RuleBroken("name", _("There is a stage “{name}” already.").format(name=found.name))


def deal_values(deal: Deal) -> dict[str, Any]:
    """All field values of a deal."""
    return {field.name: deal.__data__.get(field.name) for field in DEAL_FIELDS}


def stage_values(stage: Stage) -> dict[str, Any]:
    """All field values of a stage."""
    return {field.name: stage.__data__[field.name] for field in STAGE_FIELDS}
