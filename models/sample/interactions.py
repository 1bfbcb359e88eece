"""The chapter of interactions: what was said by word of mouth in the stories, and what is still to be said."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from random import Random
from typing import Any

from models.base import plain_rows
from models.campaigns.tables import Campaign
from models.clients.tables import Interaction
from models.sample.conversations import Conversation, Event
from models.sample.loading import BATCH
from models.sample.story import Letter, Talk
from models.sample.world import Told, World

_COLUMNS = (
    "client_id", "person_id", "kind", "direction", "state", "moment", "minutes", "subject", "outcome", "next_step",
    "campaign_id", "operator_id", "about_kind", "about_id",
)  # fmt: skip
_IN_CAMPAIGN = 0.4
_Row = tuple[Any, ...]


def write(world: World, told: Told) -> None:
    """Write the talks in the order of time; ``planned`` and ``talked`` of the correspondence keep their ids."""
    assert world.correspondence is not None
    random = world.random("interactions")
    campaigns = list(plain_rows(Campaign.select(Campaign.id, Campaign.start, Campaign.end)))
    rows: list[_Row] = []
    for number, (event, talk, message) in enumerate(_talks(world.correspondence.events), 1):
        state = "cancelled" if talk.cancelled else "done"
        if not talk.outcome or event.minute > world.correspondence.last_said:
            state = "planned"
        campaign = _campaign(campaigns, event, random) if state == "done" else None
        rows.append(_row(number, event, talk, state, message, campaign, world))
        world.correspondence.talks.append((number, state, event))
    for start in range(0, len(rows), BATCH):
        told(start, len(rows))
        world.loader.load(Interaction, _COLUMNS, rows[start : start + BATCH])
    told(len(rows), len(rows))


def _talks(events: list[Event]) -> Iterator[tuple[Event, Talk, int]]:
    """Each talk with the message that it was about: the last one of its conversation by then."""
    last: dict[Conversation, int] = {}
    message = 0
    for event in events:
        if isinstance(event.what, Talk):
            yield event, event.what, last.get(event.of, 0)
            continue
        message += 1
        if isinstance(event.what, Letter):
            last[event.of] = message


def _row(number: int, event: Event, talk: Talk, state: str, message: int, campaign: int | None, world: World) -> _Row:
    of, planned = event.of, state == "planned"
    moment = moment_of(event.minute)
    entered = min(moment, dt.datetime.combine(world.today, dt.time(5)) - dt.timedelta(days=1)) if planned else moment
    return (
        number, entered.isoformat(" ", "microseconds"), of.client.id, of.person.person_id, talk.kind,
        "out" if talk.ours else "in", state, moment.isoformat(" ", "microseconds"), talk.minutes,
        talk.subject.format_map(of.values), "" if planned else talk.outcome.format_map(of.values), talk.next_step,
        campaign, of.operator_id, "message" if message else "", message or None,
    )  # fmt: skip


def moment_of(minute: int) -> dt.datetime:
    """The moment of a minute since 1970."""
    return dt.datetime(1970, 1, 1) + dt.timedelta(minutes=minute)


def _campaign(campaigns: list[_Row], event: Event, random: Random) -> int | None:
    """The campaign that may have led to it: one that ran on that day."""
    day = moment_of(event.minute).date().isoformat()
    running = [number for number, start, end in campaigns if str(start) <= day <= str(end)]
    return random.choice(running) if running and random.random() < _IN_CAMPAIGN else None
