"""The chapter of protection keys: each purchase is put on a key, keys get their fates, and the rest of the stock."""

from __future__ import annotations

from random import Random
from typing import Any, NamedTuple

from models.keys.actions import key_scope
from models.keys.tables import KeyMovement, ProtectionKey
from models.lookup import lookup_text
from models.sample.acquaintance import FIRST_BUYER
from models.sample.assortment import KEY_MAKES, VENDORS
from models.sample.loading import BATCH
from models.sample.purchases import Purchase, Sold
from models.sample.serials import Serials
from models.sample.world import Days, Told, World
from models.text import fold

_KEY_COLUMNS = (
    "number", "number_folded", "number_scope", "vendor_id", "model", "colour", "marking", "owner_id", "state",
    "return_due", "replaces_id", "note",
)  # fmt: skip
_MOVEMENT_COLUMNS = (
    "moment", "key_id", "kind", "from_client_id", "to_client_id", "document", "operator", "note", "day", "from_state",
    "to_state", "about_kind", "about_id",
)  # fmt: skip
_CAPACITIES, _CAPACITY_WEIGHTS = (1, 2, 3, 5, 8, 15, 40, 120, 300), (48, 68, 80, 89, 94, 98, 99.4, 99.9, 100)
_SHARED_KEY = 0.4
_MARKINGS = ("бухгалтерия", "отдел САПР", "ПТО", "сервер лицензий", "склад", "учебный класс", "резерв", "ОГК", "ОГТ")


class Movement(NamedTuple):
    """A hand-over of a key after its receipt, on a day (ordinal)."""

    day: int
    kind: str
    giver: int | None
    taker: int | None
    before: str
    after: str
    by: Sold | None = None


class SampleKey:
    """A protection key while the sample is made."""

    __slots__ = (
        "capacity", "id", "last_day", "licences", "make", "moved_to", "movements", "number", "owner", "received",
        "replaces", "return_due", "sold", "state", "transferred", "vendor",
    )  # fmt: skip

    def __init__(self, received: int, vendor: int, make: str) -> None:
        self.received = received
        self.vendor = vendor
        self.make = make
        self.owner: int | None = None
        self.state = "in_stock"
        self.id = 0
        self.number = ""
        self.capacity = 1
        """So many licences fill it: then the client gets another."""
        self.licences = 0
        self.last_day = received
        self.replaces: SampleKey | None = None
        self.moved_to: tuple[int, SampleKey] | None = None
        """From which day on another one is in its place."""
        self.transferred: tuple[int, int] | None = None
        """From which day on it is another client's."""
        self.sold = False
        """It was charged for, as a line of its own."""
        self.return_due: int | None = None
        self.movements: list[Movement] = []
        """After its receipt."""

    def move(self, day: int, kind: str, taker: int | None, state: str, by: Sold | None = None) -> None:
        """Let it change hands, or its state."""
        before = "in_stock" if self.state == "reserved" else self.state
        self.movements.append(Movement(day, kind, self.owner, taker, before, state, by))
        self.owner, self.state = taker, state


class _Desk:
    """Hands out keys as the purchases come."""

    def __init__(self, world: World) -> None:
        self.world = world
        self.random: Random = world.random("keys")
        self.today = world.today.toordinal()
        self.keys: list[SampleKey] = []
        self._current: dict[tuple[int, int, bool], SampleKey] = {}
        self._picked: dict[tuple[int, int, bool, int], SampleKey] = {}
        """Those that are reserved for a draft of a shipment."""
        self._replaced = 0
        self._awaited: set[SampleKey] = set()
        """Those that drafts put licences on: nothing becomes of them meanwhile."""

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
            key = self._with_room(purchase, vendor, software) or self._hand_out(purchase, vendor, makes)
        key.licences += purchase.count
        key.last_day = purchase.day
        if purchase.reserved:
            self._awaited.add(key)
        purchase.key = key

    def sell(self, purchase: Purchase) -> None:
        """The key that is charged for: the one that went out with licences that day, or one more."""
        vendor, make = purchase.ware.vendor_id, purchase.ware.key_make
        assert vendor is not None
        client, day = purchase.client, purchase.day
        picked = self._picked.get((client, vendor, False, day))
        key = picked if purchase.reserved else self._current.get((client, vendor, False))
        fits = key is not None and not key.sold and key.make == make
        if key is None or not fits or not (purchase.reserved or key.movements[0].day == day):
            key = self._hand_out(purchase, vendor, (make,))
        key.sold = True
        key.last_day = max(key.last_day, day)
        purchase.key = key

    def _makes(self, vendor: int, software: bool) -> tuple[str, ...]:
        """The vendor's makes of this sort; the other sort where it has none."""
        makes = self.world.key_models[vendor]
        return tuple(make for make in makes if KEY_MAKES[make].software == software) or makes

    def _with_room(self, purchase: Purchase, vendor: int, software: bool) -> SampleKey | None:
        client = purchase.client
        own = self._current.get((client, vendor, software))
        if own is None and purchase.reserved:
            own = self._picked.get((client, vendor, software, purchase.day))
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
        key = SampleKey(purchase.day - random.randrange(0, 40), vendor, make)
        key.capacity = random.choices(_CAPACITIES, cum_weights=_CAPACITY_WEIGHTS)[0]
        if purchase.client == FIRST_BUYER and (FIRST_BUYER, vendor, False) not in self._current:
            key.capacity = self.world.scale.largest_key
        which = purchase.client, vendor, KEY_MAKES[make].software
        if purchase.reserved:
            key.state = "reserved"
            self._picked[(*which, purchase.day)] = key
            self._awaited.add(key)
        else:
            key.move(purchase.day, "hand_over", purchase.client, "issued", purchase.shipped)
            self._current[which] = key
        self.keys.append(key)
        return key

    def let_live(self) -> None:
        """What becomes of some of the keys that clients have: replaced, lost, broken, passed on within the group."""
        random, largest = self.random, self.world.scale.largest_key
        # What every scale has to show, then as it comes.
        certain = [0.0, 0.0, 0.013, 0.017]
        living = [one for one in self.keys if one not in self._awaited and one.capacity != largest]
        passed_on = next((key for key in living if self._transfer(key, random.randint(key.last_day, self.today))), None)
        for key in living:
            if key is passed_on:
                continue
            chance = certain.pop() if certain else random.random()
            day = random.randint(key.last_day, self.today)
            if chance < 0.012:
                self._replace(key, day)
            elif chance < 0.02:
                key.move(day, "write_off", key.owner, "lost" if chance < 0.016 else "broken")
            elif chance < 0.04:
                self._transfer(key, day)

    def _replace(self, old: SampleKey, day: int) -> None:
        random, client = self.random, old.owner
        first = not self._replaced
        self._replaced += 1
        new = SampleKey(max(day - random.randrange(0, 60), old.received), old.vendor, old.make)
        new.replaces, old.moved_to = old, (day, new)
        new.move(day, "replacement", client, "issued")
        state = "replaced" if first else random.choice(("replaced", "replaced", "lost", "broken"))
        old.move(day, "replacement" if state == "replaced" else "write_off", client, state)
        back = day + random.randrange(5, 60)
        if state != "lost" and back <= self.today and not first and random.random() < 0.6:
            old.move(back, "return", None, "returned")
        self.keys.append(new)

    def _transfer(self, key: SampleKey, day: int) -> bool:
        """Let it go to another company of the owner's group, where there is one by then."""
        assert key.owner is not None
        group = self.world.group_of.get(key.owner)
        members = self.world.groups[group] if group is not None and key.owner != FIRST_BUYER else []
        others = [one for one in members if one != key.owner and self.world.since[one - 1] <= day]
        if others:
            key.transferred = day, self.random.choice(others)
            key.move(day, "hand_over", key.transferred[1], "issued")
        return bool(others)

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
            reach = 150 if state in ("in_stock", "lent") else self.today - world.first_day
            key = SampleKey(self.today - random.randrange(10, reach), vendor, make)
            if state == "broken":
                key.move(random.randint(key.received, self.today), "write_off", None, state)
            elif state != "in_stock":
                self._lend(key, random.choice(world.purchases).client, state)
            self.keys.append(key)

    def _lend(self, key: SampleKey, client: int, state: str) -> None:
        day = max(key.received, self.world.since[client - 1])
        day = self.random.randint(min(day, self.today), self.today)
        if state == "lent":
            # Some of these days, others should be back by now.
            key.move(day, "loan", client, "lent")
            key.return_due = day + self.random.randrange(14, 120)
            return
        key.move(day, "hand_over", client, "issued")
        if state == "returned":
            key.move(self.random.randint(day, self.today), "return", None, "returned")


_STOCK = {"issued": 62, "in_stock": 24, "returned": 6, "broken": 4, "lent": 4}


def write(world: World, told: Told) -> None:
    """Put the purchases on keys, write keys in order of their receipt, then their movements in order of time."""
    desk = _Desk(world)
    for purchase in world.purchases:
        if purchase.count and purchase.ware.on_key:
            desk.place(purchase)
        elif purchase.ware.key_make:
            desk.sell(purchase)
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
        self._serials = world.key_serials
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
            source, day = self._world.suppliers[key.vendor], days.text(key.received)
            moment = days.moment(key.received)
            self._movements.append(
                (moment, key.id, "receipt", source, None, document, login, "", day, "", "in_stock", "", None)
            )
        for number, one in enumerate(key.movements, 1):
            moment = days.moment(one.day, 60 * number + random.randrange(60))
            document = ""
            if one.by is not None:
                document = f"отгрузка {one.by.number}"
            elif one.kind == "hand_over" and one.giver is None:
                document = f"Накладная № {random.randint(1, 9000)}"
            self._movements.append(
                (
                    moment, key.id, one.kind, one.giver, one.taker, document, login,
                    _TOLD.get((one.kind, one.after), ""), days.text(one.day), one.before, one.after,
                    "" if one.by is None else "document", None if one.by is None else one.by.document,
                )
            )  # fmt: skip

    def write_movements(self) -> None:
        """All movements, in order of time."""
        self._movements.sort(key=lambda row: row[:2])
        for first in range(0, len(self._movements), BATCH):
            some = self._movements[first : first + BATCH]
            rows = [(first + number, row[0], *row) for number, row in enumerate(some, 1)]
            self._world.loader.load(KeyMovement, _MOVEMENT_COLUMNS, rows)


_TOLD = {
    ("write_off", "lost"): "Клиент сообщил об утере.",
    ("write_off", "broken"): "Не определяется на порту USB.",
    ("replacement", "replaced"): "Заменён на ключ новой модели.",
    ("loan", "lent"): "На время перевыпуска лицензии.",
}
_NOTES = {
    "replaced": "Неисправен, заменён другим.",
    "lost": "Клиент сообщил об утере.",
    "broken": "Не определяется на порту USB.",
}
