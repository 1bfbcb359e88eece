"""Which deals the sample has: what was bought, as the purchases say; what was lost; what is open these days."""

from __future__ import annotations

from collections.abc import Iterator
from random import Random

from models.sample.acquaintance import FIRST_BUYER
from models.sample.catalogue import Ware
from models.sample.purchases import Purchase
from models.sample.world import World

_PAPERS_OF_A_SALE = 5.3
"""The documents of a deal that is won, with those of the lost and open ones that come with it."""
_LOST = 0.85
_LOST_FROM = ("prospecting", "engaging", "quoted", "negotiation", "ordered")
_LOST_WEIGHTS = (14, 36, 78, 96, 100)
_OPEN_IN = ("prospecting", "engaging", "quoted", "negotiation", "ordered", "invoiced")
_OPEN_WEIGHTS = (28, 54, 78, 90, 96, 100)
_NOT_QUOTED = 2
"""So many of the stages above come before the quote."""


class Seed:
    """A deal before its documents are drawn: bought, lost from a stage, or open in one.

    ``day`` is that of the shipment of what was bought, else that on which the deal came to its stage.
    """

    __slots__ = ("bought", "client", "day", "opened", "outcome", "quoted", "stage", "ware")

    def __init__(self, opened: int, client: int, ware: Ware, day: int, outcome: str, stage: str = "") -> None:
        self.opened, self.client, self.ware, self.day = opened, client, ware, day
        self.outcome, self.stage = outcome, stage
        self.quoted = day
        self.bought: list[Purchase] = []


class Seeds:
    """Draws the deals."""

    def __init__(self, world: World) -> None:
        self.world = world
        self.random: Random = world.random("deals")
        self.today = world.today.toordinal()
        self.wares = [ware for ware in world.wares if ware.weight]

    def all(self) -> list[Seed]:
        """All deals in order of the day on which they were opened."""
        bought = list(self._bought())
        found = [*bought, *self._lost(bought), *self._open()]
        return sorted(found, key=lambda seed: (seed.opened, seed.client, seed.ware.id))

    def _bought(self) -> Iterator[Seed]:
        """A share of what clients bought on a day, as the number of documents asks for it."""
        random, since, quotes = self.random, self.world.since, self.world.first_quotes
        sales: dict[tuple[int, int], list[Purchase]] = {}
        for purchase in self.world.purchases:
            if not purchase.trial:
                sales.setdefault((purchase.day, purchase.client), []).append(purchase)
        share = self.world.scale.documents / (len(sales) * _PAPERS_OF_A_SALE)
        begun = set[int]()
        for (day, client), purchases in sales.items():
            first = client not in begun
            begun.add(client)
            # What is being prepared has a draft shipment, for which its licences are reserved.
            if random.random() > share and not purchases[0].reserved:
                continue
            quoted = quotes[client] if first else max(quotes[client], day - random.randrange(2, 45))
            seed = Seed(self._before(client, quoted), client, purchases[0].ware, day, "won")
            seed.quoted, seed.bought = min(quoted, day), purchases
            seed.opened = max(min(seed.opened, seed.quoted), since[client - 1])
            yield seed

    def _before(self, client: int, day: int) -> int:
        """When a deal was opened that came to something on a day."""
        return min(day, max(self.world.since[client - 1], day - int(30 * self.random.random() ** 1.5)))

    def _lost(self, bought: list[Seed]) -> Iterator[Seed]:
        """Nearly as many as were won, by clients like those who bought, in the same seasons; and all that was quoted to
        clients who never bought."""
        random, quotes = self.random, self.world.first_quotes
        customers = {purchase.client for purchase in self.world.purchases if not purchase.trial}
        share = min(1.0, len(bought) / max(1, len(customers)))
        for client, quoted in quotes.items():
            if client not in customers and quoted < self.today - 40 and random.random() < share:
                yield self._seed(client, random.choice(self.wares), quoted, "lost", "quoted")
        for like in bought:
            if random.random() < _LOST:
                day = like.day + random.randrange(-120, 60)
                ware = random.choice((like.ware, random.choice(self.wares)))
                stage = random.choices(_LOST_FROM, cum_weights=_LOST_WEIGHTS)[0]
                if quotes[like.client] > day:
                    stage = random.choice(_LOST_FROM[:_NOT_QUOTED])
                if max(self.world.since[like.client - 1], self.world.first_day) < day < self.today:
                    yield self._seed(like.client, ware, day, "lost", stage)

    def _seed(self, client: int, ware: Ware, day: int, outcome: str, stage: str) -> Seed:
        return Seed(self._before(client, day), client, ware, day, outcome, stage)

    def _open(self) -> Iterator[Seed]:
        """Deals of these months, of clients and candidates, that nobody knows the end of."""
        random, world = self.random, self.world
        for _number in range(max(30, world.scale.documents // 150)):
            client = random.randint(FIRST_BUYER + 1, world.scale.clients)
            stage = random.choices(_OPEN_IN, cum_weights=_OPEN_WEIGHTS)[0]
            day = self.today - int(70 * random.random() ** 1.7)
            if world.first_quotes.get(client, day + 1) > day:
                stage = random.choice(_OPEN_IN[:_NOT_QUOTED])
            if world.since[client - 1] <= day:
                yield self._seed(client, random.choice(self.wares), day, "open", stage)
