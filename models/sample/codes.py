"""The chapter of vendor codes: pools, some of them low, and what came today and is being entered."""

from __future__ import annotations

from collections.abc import Iterator
from random import Random
from typing import Any

from models.licensing.tables import ReceivedNumber, VendorCode
from models.sample.catalogue import POOL_LOW, Ware
from models.sample.loading import BATCH
from models.sample.papers import Line, parted
from models.sample.world import Days, Told, World
from models.text import fold

_CODE_COLUMNS = (
    "product_id", "code", "folded", "state", "licence_id", "receipt_line_id", "cost", "source", "usable_until", "note"
)  # fmt: skip
_LOW, _VOID, _LIMITED, _LATE = 0.25, 2, 0.3, 0.15
_ENTERED = 0.6
_VOID_NOTES = ("Сервер активации его не принял.", "Вендор отозвал партию.")
_Row = tuple[Any, ...]


def write(world: World, told: Told) -> None:
    """Write the codes of all pools, those first that came first; then the numbers on the draft receipts."""
    random = world.random("codes")
    rows: list[_Row] = []
    wares = [ware for ware in world.wares if ware.by_code]
    low = set(random.sample([ware.id for ware in wares], max(1, round(len(wares) * _LOW))))
    for ware in wares:
        for day, row in _Pool(world, random, ware).rows(ware.id in low):
            rows.append((len(rows) + 1, Days().moment(day, 150), *row))
    for start in range(0, len(rows), BATCH):
        world.loader.load(VendorCode, _CODE_COLUMNS, rows[start : start + BATCH])
    _enter(world)
    told(len(rows), len(rows))


class _Pool:
    """The codes of one product: taken, void, available, in the order in which they came."""

    def __init__(self, world: World, random: Random, ware: Ware) -> None:
        self._world, self._random, self._ware = world, random, ware
        self._today = world.today.toordinal()
        self._days = Days()
        # As many as a receipt says came with it, the oldest receipt first.
        lines = [line for line in world.received if line.ware is ware]
        self._lines: Iterator[Line] = (line for line in lines for _one in range(line.count))

    def rows(self, low: bool) -> Iterator[tuple[int, _Row]]:
        """With the day on which each came."""
        random = self._random
        for day, licence, code in self._world.fresh_codes.get(self._ware.id, ()):
            yield self._row(day - random.randrange(5, 40), code, "taken", licence)
        for number in range(_VOID):
            yield self._row(self._today - 30, self._code(), "void", None, _VOID_NOTES[number % len(_VOID_NOTES)])
        count = random.randrange(1, POOL_LOW) if low else POOL_LOW + round(self._world.scale.codes * random.random())
        for _one in range(count):
            yield self._row(self._today - random.randrange(1, 30), self._code(), "available", None)

    def _code(self) -> str:
        return self._world.licence_serials[self._ware.scope].next()

    def _row(self, day: int, code: str, state: str, licence: int | None, note: str = "") -> tuple[int, _Row]:
        random, line = self._random, next(self._lines, None)
        cost = self._ware.price * 2 // 3 if line is None else parted(line.net, 1, line.count)
        until = None
        if state == "available" and random.random() < _LIMITED:
            late = random.random() < _LATE
            until = self._days.text(self._today + (-random.randrange(1, 20) if late else random.randrange(30, 500)))
        source = f"Заказ вендору от {self._days.text(day)}" if line is None else "Поступление от вендора"
        return day, (
            self._ware.id, code, fold(code), state, licence, None if line is None else line.id, cost, source, until,
            note,
        )  # fmt: skip


def _enter(world: World) -> None:
    """The numbers of the first of what is on the draft receipts; the others are still to be typed."""
    created = Days().moment(world.today.toordinal(), 20)
    rows: list[_Row] = []
    for line in world.awaited:
        serials = _serials(world, line.ware)
        for _one in range(max(1, round(line.count * _ENTERED))):
            number = serials.next()
            rows.append((len(rows) + 1, created, line.id, number, fold(number)))
    world.loader.load(ReceivedNumber, ("line_id", "number", "folded"), rows)


def _serials(world: World, ware: Ware) -> Any:
    if not ware.key_make:
        return world.licence_serials[ware.scope]
    assert ware.vendor_id is not None
    return world.key_serials[ware.vendor_id, ware.key_make]
