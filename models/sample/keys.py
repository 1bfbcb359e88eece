"""The chapter of protection keys: each purchase is put on a key, keys get their fates, and the rest of the stock."""

from __future__ import annotations

from random import Random
from typing import Any

from models.keys.actions import key_scope
from models.keys.tables import KeyMovement, ProtectionKey
from models.lookup import lookup_text
from models.sample.acquaintance import FIRST_BUYER
from models.sample.assortment import KEY_MAKES, VENDORS
from models.sample.loading import BATCH
from models.sample.purchases import Purchase
from models.sample.serials import Serials
from models.sample.world import Days, Told, World
from models.text import fold

_KEY_COLUMNS = (
    "number", "number_folded", "number_scope", "vendor_id", "model", "colour", "marking", "owner_id", "state",
    "return_due", "replaces_id", "note",
)  # fmt: skip
_MOVEMENT_COLUMNS = ("moment", "key_id", "kind", "from_client_id", "to_client_id", "document", "operator", "note")
_CAPACITIES, _CAPACITY_WEIGHTS = (1, 2, 3, 5, 8, 15, 40, 120, 300), (48, 68, 80, 89, 94, 98, 99.4, 99.9, 100)
_SHARED_KEY = 0.4
_MARKINGS = ("бухгалтерия", "отдел САПР", "ПТО", "сервер лицензий", "склад", "учебный класс", "резерв", "ОГК", "ОГТ")


class SampleKey:
    """A protection key while the sample is made."""

    __slots__ = (
        "capacity", "id", "issued", "last_day", "licences", "make", "moved_to", "movements", "number", "owner",
        "received", "replaces", "return_due", "state", "vendor",
    )  # fmt: skip

    def __init__(self, received: int, vendor: int, make: str, owner: int | None, state: str) -> None:
        self.received = received
        self.vendor = vendor
        self.make = make
        self.owner = owner
        self.state = state
        self.id = 0
        self.number = ""
        self.capacity = 1
        """So many licences fill it: then the client gets another."""
        self.licences = 0
        self.last_day = received
        self.replaces: SampleKey | None = None
        self.moved_to: SampleKey | None = None
        self.return_due: int | None = None
        self.movements: list[tuple[int, str, int | None, int | None]] = []
        """(day, kind, from, to) after its receipt."""


class _Desk:
    """Hands out keys as the purchases come."""

    def __init__(self, world: World) -> None:
        self.world = world
        self.random: Random = world.random("keys")
        self.today = world.today.toordinal()
        self.keys: list[SampleKey] = []
        self._current: dict[tuple[int, int, bool], SampleKey] = {}

    def place(self, purchase: Purchase) -> None:
        """Put the licences of a purchase on a key of the client, of a company of its group, or on a new one."""
        vendor = purchase.ware.vendor_id
        assert vendor is not None
        if purchase.base is not None:
            key = purchase.base.key
            assert key is not None
        else:
            makes = self._makes(vendor, purchase.ware.method == "software_key")
            software = KEY_MAKES[makes[0]].software
            key = self._with_room(purchase.client, vendor, software) or self._hand_out(purchase, vendor, makes)
        key.licences += purchase.count
        key.last_day = purchase.day
        purchase.key = key

    def _makes(self, vendor: int, software: bool) -> tuple[str, ...]:
        """The vendor's makes of this sort; the other sort where it has none."""
        makes = self.world.key_models[vendor]
        return tuple(make for make in makes if KEY_MAKES[make].software == software) or makes

    def _with_room(self, client: int, vendor: int, software: bool) -> SampleKey | None:
        own = self._current.get((client, vendor, software))
        if own is not None and own.licences < own.capacity:
            return own
        group = self.world.group_of.get(client)
        if group is None or self.random.random() > _SHARED_KEY:
            return None
        shared = [self._current.get((member, vendor, software)) for member in self.world.groups[group]]
        return next((key for key in shared if key is not None and key.licences < key.capacity), None)

    def _hand_out(self, purchase: Purchase, vendor: int, makes: tuple[str, ...]) -> SampleKey:
        random = self.random
        make = makes[0] if len(makes) == 1 else random.choices(makes, (3, 1, 1)[: len(makes)])[0]
        key = SampleKey(purchase.day - random.randrange(0, 40), vendor, make, purchase.client, "issued")
        key.movements.append((purchase.day, "hand_over", None, purchase.client))
        key.capacity = random.choices(_CAPACITIES, cum_weights=_CAPACITY_WEIGHTS)[0]
        if purchase.client == FIRST_BUYER and (FIRST_BUYER, vendor, False) not in self._current:
            key.capacity = self.world.scale.largest_key
        self._current[purchase.client, vendor, KEY_MAKES[make].software] = key
        self.keys.append(key)
        return key

    def let_live(self) -> None:
        """What becomes of some of the keys that clients have: replaced, lost, broken."""
        random = self.random
        for key in list(self.keys):
            chance = random.random()
            if chance > 0.02 or key.capacity == self.world.scale.largest_key:
                continue
            day = random.randint(key.last_day, self.today)
            if chance < 0.012:
                self._replace(key, day)
            else:
                key.state = "lost" if chance < 0.016 else "broken"

    def _replace(self, old: SampleKey, day: int) -> None:
        client = old.owner
        new = SampleKey(day - self.random.randrange(0, 60), old.vendor, old.make, client, "issued")
        new.replaces, old.moved_to = old, new
        new.received = max(new.received, old.received)
        new.movements.append((day, "replacement", None, client))
        old.movements.append((day, "return", client, None))
        old.state, old.owner = "replaced", None
        self.keys.append(new)

    def fill_stock(self) -> None:
        """Keys without licences, until there are as many as the scale says: spare ones at clients, and our stock."""
        random, world = self.random, self.world
        hardware = [
            (vendor, make)
            for vendor, makes in world.key_models.items()
            for make in makes
            if not KEY_MAKES[make].software
        ]
        states, weights = tuple(_STOCK), tuple(_STOCK.values())
        for _missing in range(world.scale.keys - len(self.keys)):
            vendor, make = random.choice(hardware)
            state = random.choices(states, weights)[0]
            reach = 150 if state in ("in_stock", "reserved", "lent") else self.today - world.first_day
            key = SampleKey(self.today - random.randrange(10, reach), vendor, make, None, state)
            if state in ("issued", "lent", "returned"):
                self._lend(key, random.choice(world.purchases).client)
            self.keys.append(key)

    def _lend(self, key: SampleKey, client: int) -> None:
        day = max(key.received, world_day) if (world_day := self.world.since[client - 1]) < self.today else key.received
        day = self.random.randint(day, self.today)
        key.movements.append((day, "hand_over" if key.state == "issued" else "loan", None, client))
        key.owner = client
        if key.state == "lent":
            key.return_due = day + self.random.randrange(14, 120)
        elif key.state == "returned":
            key.movements.append((self.random.randint(day, self.today), "return", client, None))
            key.owner = None


_STOCK = {"issued": 62, "in_stock": 24, "returned": 6, "broken": 4, "lent": 3, "reserved": 1}


def write(world: World, told: Told) -> None:
    """Put the purchases on keys, write keys in order of their receipt, then their movements in order of time."""
    desk = _Desk(world)
    for purchase in world.purchases:
        if purchase.count and purchase.ware.on_key:
            desk.place(purchase)
    desk.let_live()
    desk.fill_stock()
    world.keys = sorted(desk.keys, key=lambda key: key.received)
    for position, key in enumerate(world.keys, 1):
        key.id = position
    written = _Written(world)
    for first in range(0, len(world.keys), BATCH):
        written.write_keys(world.keys[first : first + BATCH])
        told(first, len(world.keys))
    written.write_movements()
    told(len(world.keys), len(world.keys))


class _Written:
    """Rows of keys and movements."""

    def __init__(self, world: World) -> None:
        self._world = world
        self._random = world.random("key rows")
        self._days = Days()
        self._serials: dict[tuple[int, str], Serials] = {}
        self._vendor_marks = {number: lookup_text([vendor.name]) for number, vendor in enumerate(VENDORS, 1)}
        self._make_marks = {make: lookup_text([make]) for make in KEY_MAKES}
        self._movements: list[tuple[Any, ...]] = []

    def write_keys(self, keys: list[SampleKey]) -> None:
        """These keys; their movements are kept for later."""
        rows, texts = [], []
        for key in keys:
            row, text = self._key(key)
            rows.append(row)
            texts.append((key.id, text))
            self._keep_movements(key)
        self._world.loader.load(ProtectionKey, _KEY_COLUMNS, rows, {"key": texts})

    def _key(self, key: SampleKey) -> tuple[tuple[Any, ...], str]:
        random = self._random
        serials = self._serials.get((key.vendor, key.make))
        if serials is None:
            serials = self._serials[key.vendor, key.make] = Serials(KEY_MAKES[key.make].pattern, random)
        key.number = serials.next()
        marking = ""
        if random.random() < 0.15:
            marking = f"{random.choice(_MARKINGS)} {random.randint(1, 40)}"
        folded = fold(key.number)
        row = (
            key.id, self._days.moment(key.received), key.number, folded, key_scope(key.vendor, key.make), key.vendor,
            key.make, random.choice(KEY_MAKES[key.make].colours), marking, key.owner, key.state,
            None if key.return_due is None else self._days.text(key.return_due),
            None if key.replaces is None else key.replaces.id, _NOTES.get(key.state, ""),
        )  # fmt: skip
        fields = [f"^{folded}$", self._make_marks[key.make]]
        if marking:
            fields.append(lookup_text([marking]))
        if key.owner is not None:
            fields.append(self._world.client_marks[key.owner - 1])
        fields.append(self._vendor_marks[key.vendor])
        return row, " ".join(fields)

    def _keep_movements(self, key: SampleKey) -> None:
        random, days = self._random, self._days
        login = random.choice(self._world.salespeople)[1]
        if not KEY_MAKES[key.make].software:
            document = f"Поступление № {random.randint(1, 4000)}"
            source = self._world.suppliers[key.vendor]
            self._movements.append((days.moment(key.received), key.id, "receipt", source, None, document, login, ""))
        for number, (day, kind, giver, taker) in enumerate(key.movements, 1):
            document = f"Накладная № {random.randint(1, 9000)}" if kind == "hand_over" else ""
            moment = days.moment(day, 60 * number + random.randrange(60))
            self._movements.append((moment, key.id, kind, giver, taker, document, login, ""))

    def write_movements(self) -> None:
        """All movements, in order of time."""
        self._movements.sort(key=lambda row: row[:2])
        for first in range(0, len(self._movements), BATCH):
            some = self._movements[first : first + BATCH]
            rows = [(first + number, row[0], *row) for number, row in enumerate(some, 1)]
            self._world.loader.load(KeyMovement, _MOVEMENT_COLUMNS, rows)


_NOTES = {
    "replaced": "Неисправен, заменён другим.",
    "lost": "Клиент сообщил об утере.",
    "broken": "Не определяется на порту USB.",
}
