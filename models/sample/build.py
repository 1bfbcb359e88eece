"""Making the sample company: the chapters in their order, written into the open, new database."""

from __future__ import annotations

import datetime as dt
import gc
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Literal

from models import audit
from models.clock import today as present_day
from models.company.identity import system_login
from models.errors import RuleBroken
from models.language import N_, _
from models.sample import (
    bulk,
    campaigns,
    catalogue,
    clients,
    codes,
    company,
    conversations,
    interactions,
    keys,
    licences,
    mail,
    purchases,
    reminders,
    sales,
)
from models.sample.loading import Loader
from models.sample.world import SCALES, Told, World

ScaleName = Literal["small", "medium", "large"]
Progress = Callable[[str, int, int], None]


@dataclass(frozen=True, slots=True)
class Chapter:
    """A part of the company: its title (an English msgid) and what writes it."""

    title: str
    write: Callable[[World, Told], None]


CHAPTERS: tuple[Chapter, ...] = (
    Chapter(N_("Our company"), company.write),
    Chapter(N_("Products"), catalogue.write),
    Chapter(N_("Campaigns"), campaigns.write),
    Chapter(N_("Planning ten years of sales"), purchases.plan),
    Chapter(N_("Clients"), clients.write),
    Chapter(N_("Deals and documents"), sales.write),
    Chapter(N_("Protection keys"), keys.write),
    Chapter(N_("Licences"), licences.write),
    Chapter(N_("Vendor codes"), codes.write),
    Chapter(N_("Planning the correspondence"), conversations.plan),
    Chapter(N_("Mail"), mail.write),
    Chapter(N_("Interactions"), interactions.write),
    Chapter(N_("Reminders and files"), reminders.write),
)
_INDEXES, _LOOKUPS = N_("Indexes"), N_("Look-up tables")


def make_sample(
    scale: ScaleName,
    seed: int,
    progress: Progress,
    *,
    today: dt.date | None = None,
    director_login: str | None = None,
) -> dict[str, int]:
    """Fill the open database, which must be new, with a made-up dealer; returns the count of rows by table.

    The same scale, seed and day give the same rows, moments of creation and audit trail included: all derive from
    ``today`` (default: the present day). Only ``director_login``, the system login that the first operator is bound
    to, is by default that of whoever runs this. ``progress`` hears the title of a part, how much of it is done, and
    of how much. Raises ``RuleBroken`` when the database holds anything. A database whose filling was interrupted is
    no company: throw it away.
    """
    if audit.change_marker():
        raise RuleBroken("", _("This database holds records already."), _("Give the path of a new one."))
    day = today or present_day()
    loader = Loader(day)
    world = World(SCALES[scale], seed, day, director_login or system_login(), loader)
    with _no_collection(), bulk.settings_for_loading():
        with bulk.without_indexes(_told(progress, _INDEXES)):
            for chapter in CHAPTERS:
                chapter.write(world, _told(progress, chapter.title))
        bulk.merge_lookups(_told(progress, _LOOKUPS))
    bulk.analyze()
    return loader.counts


def _told(progress: Progress, title: str) -> Told:
    return lambda done, count: progress(_(title), done, count)


@contextmanager
def _no_collection() -> Iterator[None]:
    """Without the cyclic collector, which walks millions of rows again and again and finds nothing (a fifth of the
    time)."""
    enabled = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if enabled:
            gc.enable()
