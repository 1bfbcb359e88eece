"""The chapter of campaigns: vendors' promotions and our own, those of the last years and the one that runs now."""

from __future__ import annotations

import datetime as dt
from typing import Any

from models.campaigns.tables import Campaign
from models.sample.assortment import VENDORS
from models.sample.world import SampleCampaign, Told, World
from models.text import fold

_COLUMNS = ("name", "folded", "kind", "vendor_id", "start", "end", "discount", "planned_budget", "state", "note")
_PER_YEAR = (
    ("Переход с прежних версий, {year}", "vendor", (1, 15), (4, 15), 25, 60_000),
    ("Летняя рассылка проектировщикам, {year}", "own", (6, 1), (7, 31), 10, 45_000),
    ("Выставка «Строительство», {year}", "own", (10, 5), (11, 5), 7, 180_000),
    ("Новогодние лицензии, {year}", "vendor", (11, 15), (12, 31), 15, 30_000),
)
_YEARS = 3


def write(world: World, told: Told) -> None:
    """Write four campaigns a year."""
    random = world.random("campaigns")
    rows: list[tuple[Any, ...]] = []
    for year in range(world.today.year - _YEARS + 1, world.today.year + 1):
        for title, kind, first, last, discount, budget in _PER_YEAR:
            start, end = dt.date(year, *first), dt.date(year, *last)
            vendor = random.randrange(1, len(VENDORS) + 1) if kind == "vendor" else None
            name = title.format(year=year)
            made = min(start - dt.timedelta(days=20), world.today)
            world.campaigns.append(
                SampleCampaign(len(rows) + 1, vendor, start.toordinal(), end.toordinal(), discount, budget * 100)
            )
            rows.append(
                (
                    len(rows) + 1, f"{made.isoformat()} 07:00:00.000000", name, fold(name), kind, vendor,
                    start.isoformat(), end.isoformat(), discount * 1000, budget * 100,
                    _state(start, end, world.today), "",
                )
            )  # fmt: skip
    world.loader.load(Campaign, _COLUMNS, rows)
    told(len(rows), len(rows))


def _state(start: dt.date, end: dt.date, today: dt.date) -> str:
    return "finished" if end < today else "running" if start <= today else "planned"
