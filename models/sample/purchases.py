"""Who bought what when over ten years: first purchases, renewals, upgrades, keys and works.

Pure: clients' days and the assortment in, a list of purchases in order of time out; the licences in it add up exactly.
"""

from __future__ import annotations

import itertools
from bisect import bisect_left, bisect_right
from collections.abc import Iterator
from itertools import accumulate
from random import Random
from typing import TYPE_CHECKING

from models.sample.acquaintance import FIRST_BUYER, meet_clients
from models.sample.catalogue import Ware
from models.sample.world import Days, Scale, Told, World

if TYPE_CHECKING:
    from models.sample.keys import SampleKey

# How business goes through the year: budgets are spent in December, little is bought in January, May and summer.
_MONTHS = (0.5, 0.85, 1.0, 0.95, 0.7, 0.85, 0.7, 0.75, 0.95, 1.05, 1.1, 1.4)
_COUNTS, _COUNT_WEIGHTS = (1, 2, 3, 4, 5, 8, 10, 15, 25, 40), (52, 70, 79, 84, 90, 93, 96, 98, 99.4, 100)
_RENEWED, _UPGRADED, _WITH_EXTRA, _SHARED_BUYER = 0.66, 0.22, 0.09, 0.03
_BUYERS = 0.72
_FIRST_WITHIN = 900
"""Days from meeting a client within which it first buys."""
_LARGEST_KEY_LINE = 25
_ENDING_IN = (2, 9, 17, 28, 41, 55, 66, 79, 88)
_PREPARED_SINCE = (0, 1, 1, 3)
_TRIED_SINCE = (2, 12)
_RECENT_DAYS, _RESERVED = 10, 0.3


class Sold:
    """The line of a document by which something was sold or handed over; a draft has no number."""

    __slots__ = ("day", "document", "line", "number", "total")

    def __init__(self, document: int, number: str, day: int, line: int, total: int) -> None:
        self.document, self.number, self.day, self.line, self.total = document, number, day, line, total


class Purchase:
    """One line that a client bought on a day: one item instance, with ``count`` licences (none for works and goods)."""

    __slots__ = (
        "base", "client", "count", "day", "end_user", "first_licence", "follower", "invoiced", "key", "kind", "renewed",
        "reserved", "shipped", "trial", "ware",
    )  # fmt: skip

    def __init__(
        self, day: int, client: int, ware: Ware, count: int, kind: str = "new", base: Purchase | None = None
    ) -> None:
        self.day = day
        self.client = client
        self.ware = ware
        self.count = count
        self.kind = kind
        self.base = base
        """The purchase whose licences this one renews or upgrades, the first with the first."""
        self.renewed = 0
        """How many of its licences a later purchase supersedes."""
        self.follower: Purchase | None = None
        self.key: SampleKey | None = None
        """The key that the licences are on, or that was sold."""
        self.end_user: int | None = None
        self.reserved = False
        """Being prepared: its licences are reserved, not issued."""
        self.trial = False
        """To be tried for a while: handed out by a licence order, not sold."""
        self.invoiced: Sold | None = None
        self.shipped: Sold | None = None
        """By a shipment or licence order; by a draft where it is reserved."""
        self.first_licence = 0


class _Demand:
    """Draws purchases until the licences are sold."""

    def __init__(self, world: World, random: Random) -> None:
        self.random = random
        self.scale: Scale = world.scale
        self.since = world.since
        self.group_of, self.groups = world.group_of, world.groups
        self.first_day, self.today = world.first_day, world.today.toordinal()
        self.days = Days()
        self.wares = {ware.id: ware for ware in world.wares}
        self.extras = [ware for ware in world.wares if ware.vendor_id is None]
        self.key_wares: dict[int, list[Ware]] = {}
        """The protection keys that are sold with a vendor's products."""
        for ware in world.wares:
            if ware.key_make and ware.vendor_id is not None:
                self.key_wares.setdefault(ware.vendor_id, []).append(ware)
        self.sold: list[Purchase] = []
        self.left = world.scale.licences
        self._taken: set[tuple[int, int, int]] = set()
        self._tastes: dict[int, tuple[list[Ware], list[int]]] = {}
        self._by_vendor: dict[int, list[Ware]] = {}
        for ware in world.wares:
            if ware.weight and ware.vendor_id is not None:
                self._by_vendor.setdefault(ware.vendor_id, []).append(ware)
        self._vendors = list(self._by_vendor)
        vendor_weights = (sum(ware.weight for ware in self._by_vendor[v]) ** 0.5 for v in self._vendors)
        self._vendor_weights = list(accumulate(vendor_weights))

    def taste(self, client: int) -> tuple[list[Ware], list[int]]:
        """What a client, or its whole group, buys: products of one to three vendors, with their cumulative weights."""
        if (group := self.group_of.get(client)) is not None:
            client = self.groups[group][0]
        found = self._tastes.get(client)
        if found is None:
            random = self.random
            count = random.choices((1, 2, 3), cum_weights=(45, 80, 100))[0]
            vendors = dict.fromkeys(random.choices(self._vendors, cum_weights=self._vendor_weights, k=count))
            wares = [ware for vendor in vendors for ware in self._by_vendor[vendor]]
            found = self._tastes[client] = wares, list(accumulate(ware.weight for ware in wares))
        return found

    def day_after(self, earliest: int, within: int | None = None) -> int:
        """A working day between a day and today, or ``within`` so many days, by the season."""
        random = self.random
        span = self.today - earliest + 1
        if within is not None:
            span = min(span, within)
        while True:
            day = earliest + int(span * random.random())
            weekday = day % 7  # 0 is Sunday in proleptic Gregorian ordinals
            month = int(self.days.text(day)[5:7])
            if random.random() * 1.4 < _MONTHS[month - 1] * (1.0 if 1 <= weekday <= 5 else 0.05):
                return day

    def free_day(self, client: int, ware: Ware, day: int) -> int | None:
        """The day, or the next, on which the client has not bought the product; None when there is none."""
        while (client, ware.id, day) in self._taken:
            day += 1
        if day > self.today:
            return None
        self._taken.add((client, ware.id, day))
        return day

    def buy(self, client: int, ware: Ware, count: int, within: int | None = None) -> None:
        """A purchase of something new, and what follows from it."""
        earliest = max(self.since[client - 1], self.first_day)
        day = self.free_day(client, ware, self.day_after(earliest, within))
        if day is None:
            return
        first = self._sell(Purchase(day, client, ware, min(count, self.left)))
        if self.random.random() < _SHARED_BUYER and client in self.group_of:
            others = [other for other in self.groups[self.group_of[client]] if other != client]
            first.end_user = self.random.choice(others) if others else None
        if ware.term_months is not None:
            self._renew(first, ware.term_months)
        elif ware.upgraded_by is not None:
            self._upgrade(first, self.wares[ware.upgraded_by])
        if self.random.random() < _WITH_EXTRA:
            self._add_extra(first)

    def buy_something(self, client: int, within: int | None = None) -> None:
        """A purchase of what the client uses."""
        wares, weights = self.taste(client)
        ware = self.random.choices(wares, cum_weights=weights)[0]
        self.buy(client, ware, self.random.choices(_COUNTS, cum_weights=_COUNT_WEIGHTS)[0], within)

    def _sell(self, purchase: Purchase) -> Purchase:
        self.sold.append(purchase)
        self.left -= purchase.count
        return purchase

    def _renew(self, current: Purchase, term_months: int) -> None:
        random = self.random
        while self.left and random.random() < _RENEWED:
            last_day = self.days.last_of_term(current.day, term_months)
            wanted = last_day - int(min(20, term_months * 2) * random.random())
            if wanted > self.today:
                return
            self._follow(current, wanted, current.ware, "renewal")
            if current.renewed == 0:
                return
            current = self.sold[-1]

    def _upgrade(self, current: Purchase, ware: Ware) -> None:
        random = self.random
        while self.left and random.random() < _UPGRADED:
            wanted = current.day + random.randrange(300, 1_500)
            if wanted > self.today:
                return
            self._follow(current, wanted, ware, "upgrade")
            if current.renewed == 0:
                return
            current = self.sold[-1]

    def _follow(self, current: Purchase, wanted: int, ware: Ware, kind: str) -> None:
        """Let a purchase supersede the licences of an earlier one, all or the first of them."""
        day = self.free_day(current.client, ware, wanted)
        if day is None:
            return
        some = current.count if self.random.random() < 0.8 else self.random.randint(1, current.count)
        following = self._sell(Purchase(day, current.client, ware, min(some, self.left), kind, current))
        following.end_user = current.end_user
        current.renewed, current.follower = following.count, following

    def _add_extra(self, first: Purchase) -> None:
        """Works, goods, or a key that is charged for."""
        keys = self.key_wares.get(first.ware.vendor_id or 0, [])
        extra = self.random.choice(keys if keys and self.random.random() < 0.4 else self.extras)
        day = self.free_day(first.client, extra, first.day + (0 if extra.key_make else self.random.randrange(0, 15)))
        if day is not None:
            self.sold.append(Purchase(day, first.client, extra, 0))

    def serve_largest(self) -> None:
        """Let the largest client fill one key of the first vendor, then buy of everything."""
        scale, since, vendor_id = self.scale, self.since[FIRST_BUYER - 1], self._vendors[0]
        plain = [ware for ware in self._by_vendor[vendor_id] if ware.term_months is None]
        placed = 0
        while placed < scale.largest_key:
            ware, count = self.random.choice(plain), min(_LARGEST_KEY_LINE, scale.largest_key - placed)
            day = self.free_day(FIRST_BUYER, ware, self.day_after(max(since, self.first_day)))
            if day is not None:
                self._sell(Purchase(day, FIRST_BUYER, ware, count))
                placed += count
        everything = [ware for wares in self._by_vendor.values() for ware in wares]
        rest = self.left - (scale.largest_client - placed)
        while self.left > rest:
            count = min(self.random.choice(_COUNTS), self.left - rest)
            self.buy(FIRST_BUYER, self.random.choice(everything), count)

    def serve_these_days(self) -> None:
        """What a screen of today's work needs at every scale: subscriptions that end soon, sales in preparation."""
        wares = [ware for ware in self.wares.values() if ware.weight and ware.term_from == "issue"]
        yearly = [ware for ware in wares if ware.term_months == 12]
        for days in _ENDING_IN:
            wanted = self.today + days
            begun = next(day for day in itertools.count(wanted - 367) if self.days.last_of_term(day, 12) >= wanted)
            self._sell_on(begun, self.random.choice(yearly))
        for days in _PREPARED_SINCE:
            if sold := self._sell_on(self.today - days, self.random.choice(wares)):
                sold.reserved = True
        tried = [ware for ware in wares if ware.term_months == 1]
        for days in _TRIED_SINCE:
            if sold := self._sell_on(self.today - days, self.random.choice(tried)):
                sold.trial = True

    def _sell_on(self, wanted: int, ware: Ware) -> Purchase | None:
        """A small purchase on a day, by any of the clients that were known by then."""
        known = bisect_right(self.since, wanted)
        client = self.random.randint(FIRST_BUYER + 1, max(known, FIRST_BUYER + 1))
        day = self.free_day(client, ware, wanted)
        return None if day is None else self._sell(Purchase(day, client, ware, min(2, self.left)))


def plan(world: World, told: Told) -> None:
    """Leave all purchases in the world, in order of their day."""
    meet_clients(world)
    random = world.random("purchases")
    demand = _Demand(world, random)
    demand.serve_largest()
    demand.serve_these_days()
    buyers, weights = _buyers(world, random)
    licences = world.scale.licences
    for turn, client in enumerate(_customers(buyers, weights, random)):
        if turn % 20_000 == 0:
            told(licences - demand.left, licences)
        if not demand.left:
            break
        demand.buy_something(client, _FIRST_WITHIN if turn < len(buyers) else None)
    world.purchases = sorted(demand.sold, key=lambda purchase: purchase.day)
    _reserve(world.purchases, world.today.toordinal(), random)
    told(licences, licences)


def _reserve(purchases: list[Purchase], today: int, random: Random) -> None:
    """Let some of what was sold these days be prepared still, whole sales of them."""
    sales: dict[tuple[int, int], list[Purchase]] = {}
    for purchase in purchases[bisect_left(purchases, today - _RECENT_DAYS, key=lambda one: one.day) :]:
        if not purchase.trial:
            sales.setdefault((purchase.day, purchase.client), []).append(purchase)
    for sold in sales.values():
        chosen = any(one.reserved for one in sold) or (any(one.count for one in sold) and random.random() < _RESERVED)
        reserved = chosen and all(one.kind == "new" for one in sold)
        for one in sold:
            one.reserved = reserved


def _customers(buyers: list[int], weights: list[float], random: Random) -> Iterator[int]:
    """Each buyer once, then again and again those who buy much."""
    yield from buyers
    while True:
        yield buyers[min(bisect_left(weights, random.random() * weights[-1]), len(buyers) - 1)]


def _buyers(world: World, random: Random) -> tuple[list[int], list[float]]:
    """The clients that buy, with cumulative weights: few buy much."""
    buyers = [client for client in range(FIRST_BUYER + 1, world.scale.clients + 1) if random.random() < _BUYERS]
    weights = accumulate(min(random.paretovariate(1.3), 60.0) for _client in buyers)
    return buyers, list(weights)
