"""What the chapters of the sample share: its size, its day, and what earlier chapters made."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from dataclasses import dataclass, field
from random import Random
from typing import TYPE_CHECKING

from models.sample.loading import Loader

if TYPE_CHECKING:
    from models.sample.catalogue import Ware
    from models.sample.conversations import Correspondence
    from models.sample.keys import SampleKey
    from models.sample.papers import Line
    from models.sample.purchases import Purchase
    from models.sample.serials import Serials

Told = Callable[[int, int], None]
"""Hears how much of a chapter is done: (done, of how many)."""
YEARS = 10


@dataclass(frozen=True, slots=True)
class Scale:
    """How large the company is."""

    clients: int
    licences: int
    keys: int
    groups: int
    operators: int
    largest_client: int
    """The licences of the client that has most."""
    largest_key: int
    """The licences on the key that has most."""
    messages: int
    """About how many letters there are."""
    documents: int
    """About how many documents of all kinds there are."""
    told_years: int
    """So many of the last years the events of licences tell of; what was before counts as taken over from elsewhere."""
    codes: int
    """About how many vendor codes wait in a pool that is not low."""


SCALES: dict[str, Scale] = {
    "small": Scale(200, 1_500, 450, 8, 7, 120, 40, 240, 1_200, YEARS, 12),
    "medium": Scale(20_000, 100_000, 30_000, 400, 12, 1_000, 200, 50_000, 60_000, 2, 60),
    "large": Scale(200_000, 1_000_000, 300_000, 4_000, 24, 5_000, 500, 200_000, 600_000, 2, 250),
}


@dataclass(frozen=True, slots=True)
class SampleCampaign:
    """A campaign as the chapters after its own see it: days as ordinals, the discount in percent, money in kopecks."""

    id: int
    vendor: int | None
    start: int
    end: int
    discount: int
    budget: int


@dataclass
class World:
    """The company while it is being made."""

    scale: Scale
    seed: int
    today: dt.date
    system_login: str
    loader: Loader
    salespeople: list[tuple[int, str]] = field(default_factory=list)
    """Operators who look after clients: id and login."""
    wares: list[Ware] = field(default_factory=list)
    campaigns: list[SampleCampaign] = field(default_factory=list)
    key_models: dict[int, tuple[str, ...]] = field(default_factory=dict)
    """The makes of protection key that a vendor uses, by the vendor's id."""
    since: list[int] = field(default_factory=list)
    """The day (ordinal) on which each client was entered; the client's id is the position + 1."""
    groups: dict[int, list[int]] = field(default_factory=dict)
    """The ids of the clients of each group, by the group's id."""
    group_of: dict[int, int] = field(default_factory=dict)
    purchases: list[Purchase] = field(default_factory=list)
    """In order of their day; the id of a purchase's instance is the position + 1."""
    suppliers: dict[int, int] = field(default_factory=dict)
    """The client from whom a vendor's keys are bought, by the vendor's id."""
    first_quotes: dict[int, int] = field(default_factory=dict)
    """The day of the first quote to each client that got one."""
    responsible: list[int] = field(default_factory=list)
    """The operator who looks after each client; the client's id is the position + 1."""
    client_marks: list[str] = field(default_factory=list)
    """The clients' names folded, as they stand in look-up texts."""
    keys: list[SampleKey] = field(default_factory=list)
    """In order of their receipt; a key's id is its position + 1."""
    key_serials: dict[tuple[int, str], Serials] = field(default_factory=dict)
    """The numbers of keys, by vendor and make: those that come next are free."""
    licence_serials: dict[str, Serials] = field(default_factory=dict)
    """The numbers of licences by their scope; likewise."""
    received: list[Line] = field(default_factory=list)
    """The lines of posted receipts, in order of time."""
    awaited: list[Line] = field(default_factory=list)
    """The lines of receipts that are drafts: their numbers are being entered."""
    fresh_codes: dict[int, list[tuple[int, int, str]]] = field(default_factory=dict)
    """The licences of these months whose numbers came out of a pool, by product: day, licence, number."""
    correspondence: Correspondence | None = None

    def random(self, chapter: str) -> Random:
        """Chance of its own for each chapter, so that a change to one leaves the others as they were."""
        return Random(f"{self.seed} {chapter}")

    @property
    def first_day(self) -> int:
        """The ordinal of the day on which the company's records begin."""
        return self.today.toordinal() - round(YEARS * 365.25)


class Days:
    """Days by their ordinal as ISO text, and calendar months added to them; remembers what it computed."""

    def __init__(self) -> None:
        self._texts: dict[int, str] = {}
        self._ends: dict[tuple[int, int], int] = {}

    def text(self, ordinal: int) -> str:
        """The day as it is stored."""
        found = self._texts.get(ordinal)
        if found is None:
            found = self._texts[ordinal] = dt.date.fromordinal(ordinal).isoformat()
        return found

    def moment(self, ordinal: int, minute: int = 0) -> str:
        """A moment of the day's working hours in UTC: ``minute`` counts from 6:00, which is 9:00 in Moscow."""
        hour, minute = divmod(360 + minute % 540, 60)
        return f"{self.text(ordinal)} {hour:02d}:{minute:02d}:00.000000"

    def last_of_term(self, ordinal: int, months: int) -> int:
        """The last day of a term of months that begins on the day."""
        from models.licensing.policy import add_months

        found = self._ends.get((ordinal, months))
        if found is None:
            last = add_months(dt.date.fromordinal(ordinal), months) - dt.timedelta(days=1)
            found = self._ends[ordinal, months] = last.toordinal()
        return found
