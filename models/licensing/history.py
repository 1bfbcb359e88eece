"""The events of a licence's life: each change of it is kept with what was before, so that any past day can be told."""

from __future__ import annotations

import datetime as dt
import json
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from models.audit import canonical_all
from models.base import stored_values
from models.clock import today
from models.errors import RuleBroken
from models.language import _
from models.licensing.tables import Licence, LicenceEvent
from models.lookup import among
from models.writing import Change

LINKS = ("client", "end_user", "key")
"""What of a licence points elsewhere: kept as foreign keys, so that a merge of clients takes the history along."""
PLAIN = ("state", "issued", "activated", "expires", "maintenance_until", "seats")
LIFE = (*LINKS, *PLAIN)
"""The fields that only events change."""


@dataclass(frozen=True, slots=True)
class Cause:
    """Why something became of a licence: on which day, by which document, for what reason in words."""

    day: dt.date
    document: int | None = None
    reason: str = ""


def write_event(
    change: Change, licence: Licence, kind: str, values: Mapping[str, Any], cause: Cause, /, **more: Any
) -> bool:
    """Set fields of a licence and keep that as an event; ``more`` are fields that no event keeps. Whether it changed.

    Raises ``RuleBroken`` for a day before the licence's last event: its history would contradict itself.
    """
    before = {name: licence.__data__[name] for name in values}
    changed = {name: value for name, value in values.items() if value != before[name]}
    written = change.update(licence, {**values, **more})
    if not changed:
        return written
    _refuse_earlier_day([licence.id], cause.day)
    change.insert(_event(change, licence, kind, before, changed, cause))
    return True


def write_events(
    change: Change, licences: Sequence[Licence], kind: str, values: Mapping[int, Mapping[str, Any]], cause: Cause
) -> None:
    """The same of many licences at once, by id, in a few statements."""
    _refuse_earlier_day([licence.id for licence in licences], cause.day)
    fields = Licence._meta.fields
    columns: dict[int, dict[str, Any]] = {}
    events: list[dict[str, Any]] = []
    for licence in licences:
        before = {name: licence.__data__[name] for name in values[licence.id]}
        changed = {name: value for name, value in values[licence.id].items() if value != before[name]}
        if changed:
            columns[licence.id] = {fields[n].column_name: fields[n].db_value(value) for n, value in changed.items()}
            events.append(stored_values(_event(change, licence, kind, before, changed, cause)))
    change.update_columns(Licence, columns)
    change.insert_values(LicenceEvent, events)


def _event(
    change: Change, licence: Licence, kind: str, before: Mapping[str, Any], changed: Mapping[str, Any], cause: Cause
) -> LicenceEvent:
    links: dict[str, Any] = {}
    for name in LINKS:
        if name in changed:
            links |= {f"from_{name}": before[name], f"to_{name}": changed[name]}
    return LicenceEvent(
        licence=licence.id,
        client=changed.get("client", licence.client_id),
        kind=kind,
        day=cause.day,
        moment=change.started,
        document=cause.document,
        reason=cause.reason,
        operator=change.actor.login,
        before=_told({name: before[name] for name in changed}),
        after=_told(changed),
        **links,
    )


def _told(values: Mapping[str, Any]) -> str:
    """Values as JSON; of links only that they changed, the columns beside it say to what."""
    return canonical_all({name: None if name in LINKS else value for name, value in values.items()})


def _refuse_earlier_day(licences: Sequence[int], day: dt.date) -> None:
    later = LicenceEvent.select().where(among(LicenceEvent.licence, list(licences)), LicenceEvent.day > day)
    found = later.order_by(LicenceEvent.id.desc()).first()
    if found is not None:
        raise RuleBroken(
            "day",
            _("Licence {number} has an event of {later}, which is after {day}.").format(
                number=found.licence.number, later=found.day, day=day
            ),
            _("Give a day that is not before it, or take that event back first."),
        )


def recorded_day(day: dt.date) -> dt.date:
    """The day on which something that a document says counts: a document of a later day is written down today."""
    return min(day, today())


def readable(event: LicenceEvent) -> bool:
    """Whether an event can be read; ``check`` names one that somebody damaged behind the program's back."""
    try:
        return bool(values_before(event).keys() == values_after(event).keys())
    except (ValueError, KeyError, TypeError, AttributeError):
        return False


def values_before(event: LicenceEvent) -> dict[str, Any]:
    """The fields that an event changed, as they were."""
    return _of_event(event, event.before, "from")


def values_after(event: LicenceEvent) -> dict[str, Any]:
    """The fields that an event changed, as they became."""
    return _of_event(event, event.after, "to")


def _of_event(event: LicenceEvent, told: str, side: str) -> dict[str, Any]:
    values: dict[str, Any] = json.loads(told) if told else {}
    for name, value in values.items():
        if name in LINKS:
            values[name] = event.__data__[f"{side}_{name}"]
        else:
            values[name] = Licence._meta.fields[name].python_value(value)
    return values


def life_values(licence: Licence) -> dict[str, Any]:
    """The fields of a licence that events change, as they are."""
    return {name: licence.__data__[name] for name in LIFE}


def replayed(values: Mapping[str, Any], events: Iterable[LicenceEvent]) -> dict[str, Any]:
    """The values that events, the earliest first, make of earlier ones."""
    after = dict(values)
    for event in events:
        after |= values_after(event)
    return after


def taken_back(values: Mapping[str, Any], events: Iterable[LicenceEvent]) -> dict[str, Any]:
    """The values as they were before events, given the latest first."""
    before = dict(values)
    for event in events:
        before |= values_before(event)
    return before
