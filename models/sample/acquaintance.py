"""When each client was met, and which belong to one group: what the purchases are planned by."""

from __future__ import annotations

from random import Random

from models.sample.assortment import VENDORS
from models.sample.world import World

FIRST_BUYER = len(VENDORS) + 1
"""The clients before it are the vendors' own companies, from whom we buy."""
_KNOWN_FROM_THE_BEGINNING = 0.15


def meet_clients(world: World) -> None:
    """Give every client the day on which it was entered, by which they are numbered, and form the groups."""
    random = world.random("acquaintance")
    world.suppliers = {vendor_id: vendor_id for vendor_id in range(1, FIRST_BUYER)}
    span = world.today.toordinal() - world.first_day
    others = sorted(
        world.first_day + _days_after_start(random, span) for _client in range(FIRST_BUYER, world.scale.clients + 1)
    )
    world.since = [world.first_day] * (FIRST_BUYER - 1) + others
    _form_groups(world, random)


def _days_after_start(random: Random, span: int) -> int:
    if random.random() < _KNOWN_FROM_THE_BEGINNING:
        return random.randrange(0, 45)
    return int(span * random.random())


def _form_groups(world: World, random: Random) -> None:
    for group_id in range(1, world.scale.groups + 1):
        wanted = random.choice((2, 3, 3, 4, 5, 7))
        candidates = (random.randint(FIRST_BUYER, world.scale.clients) for _member in range(wanted))
        members = list(dict.fromkeys(client for client in candidates if client not in world.group_of))
        world.groups[group_id] = members
        world.group_of.update(dict.fromkeys(members, group_id))
