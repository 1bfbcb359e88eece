"""The chapter of reminders and files: what is not to be forgotten these days, what was done, what was kept."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from random import Random
from typing import Any

from peewee import fn

from models.files.contents import Content, content_of
from models.files.tables import AttachedFile, StoredContent
from models.reminders.tables import Reminder
from models.sample.conversations import Event
from models.sample.enclosures import Enclosure, enclosure
from models.sample.interactions import moment_of
from models.sample.loading import BATCH
from models.sample.story import Letter
from models.sample.world import Days, Told, World

_COLUMNS = ("due", "wakes", "text", "operator_id", "state", "about_kind", "about_id", "done_at")
_FILE_COLUMNS = ("about_kind", "about_id", "name", "content_type", "size", "sha256", "operator_id", "note")
_REMEMBERED, _SNOOZED, _DONE, _KEPT = 0.8, 0.15, 0.25, 0.04
_KEPT_KINDS = ("invoice", "scan", "summary")
_LEAST_FILES = 5
_NOTES = ("", "", "Подписанный экземпляр.", "Получено письмом.", "Для бухгалтерии.")
_OF_THE_DIRECTOR = (
    (-10, "Разобрать почту, которую никто не взял"),
    (-9, "Посмотреть, какие лицензии заканчиваются в этом месяце"),
    (33, "Согласовать скидки на следующий квартал"),
)
"""Hours from midnight, and what the first operator is to remember."""
_Row = tuple[Any, ...]


def write(world: World, told: Told) -> None:
    """Write reminders of what is planned and of what followed from talks; and files of some clients."""
    random = world.random("reminders")
    rows = sorted(_reminders(world, random))
    for start in range(0, len(rows), BATCH):
        some = rows[start : start + BATCH]
        world.loader.load(Reminder, _COLUMNS, [(start + n, *row) for n, row in enumerate(some, 1)])
    _write_files(world, random)
    told(len(rows), len(rows))


def _reminders(world: World, random: Random) -> Iterator[_Row]:
    """Rows without their ids."""
    assert world.correspondence is not None
    midnight = dt.datetime.combine(world.today, dt.time())
    yield from _of_lent_keys(world)
    for hours, text in _OF_THE_DIRECTOR:
        due = midnight + dt.timedelta(hours=hours)
        yield (*_moments(due - dt.timedelta(hours=70), due, due), text, 1, "open", "", None, None)
    for number, state, event in world.correspondence.talks:
        assert not isinstance(event.what, Letter)
        moment, text = moment_of(event.minute), getattr(event.what, "next_step", "")
        if state == "planned" and random.random() < _REMEMBERED:
            due = moment - dt.timedelta(minutes=random.choice((10, 30, 60)))
            wakes = due
            if due < midnight and random.random() < _SNOOZED:
                wakes = midnight + dt.timedelta(days=1, hours=6)
            created = min(due, midnight) - dt.timedelta(hours=random.randrange(17, 40))
            yield (*_moments(created, due, wakes), text, event.of.operator_id, "open", "interaction", number, None)
        elif state == "done" and text and random.random() < _DONE:
            due = moment + dt.timedelta(hours=random.choice((2, 3, 24)))
            done = due + dt.timedelta(minutes=random.randrange(-60, 40))
            if done < midnight:
                about = (text, event.of.operator_id, "done", "client", event.of.client.id)
                yield (*_moments(moment, due, due), *about, *_moments(done))


def _of_lent_keys(world: World) -> Iterator[_Row]:
    """Each key that was lent is to come back on the morning of its day."""
    for key in world.keys:
        if key.return_due is None:
            continue
        lent = key.movements[-1]
        assert lent.taker is not None
        due, operator = Days().moment(key.return_due), world.responsible[lent.taker - 1]
        text = f"Ключ {key.number} должен вернуться"
        yield Days().moment(lent.day, 60), due, due, text, operator, "open", "key", key.id, None


def _moments(*moments: dt.datetime) -> tuple[str, ...]:
    return tuple(moment.isoformat(" ", "microseconds") for moment in moments)


def _write_files(world: World, random: Random) -> None:
    """What came with letters and was kept on the card of the client."""
    rows: list[_Row] = []
    contents: dict[str, Content] = {}
    for event, kept in _kept(world, random):
        content = content_of(kept.data)
        contents[content.sha256] = content
        created = _moments(moment_of(event.minute) + dt.timedelta(minutes=25))
        rows.append(
            (
                len(rows) + 1, *created, "client", event.of.client.id, kept.name, kept.content_type, content.size,
                content.sha256, event.of.operator_id, random.choice(_NOTES),
            )
        )  # fmt: skip
    first = (StoredContent.select(fn.MAX(StoredContent.id)).scalar() or 0) + 1
    stored = [(first + n, one.sha256, one.size, one.compressed) for n, one in enumerate(contents.values())]
    world.loader.load_beside((StoredContent, ("id", "sha256", "size", "compressed"), stored))
    world.loader.load(AttachedFile, _FILE_COLUMNS, rows)


def _kept(world: World, random: Random) -> Iterator[tuple[Event, Enclosure]]:
    assert world.correspondence is not None
    found = 0
    for event in world.correspondence.events:
        kinds = event.what.files if isinstance(event.what, Letter) else ()
        if kinds and kinds[0] in _KEPT_KINDS and (found < _LEAST_FILES or random.random() < _KEPT):
            found += 1
            yield event, enclosure(kinds[0], event.of.values)
