"""The chapter of item instances and licences, in order of their issue."""

from __future__ import annotations

from random import Random
from typing import Any

from models.company.tables import NumberSequence
from models.licensing.numbering import instance_number
from models.licensing.tables import ItemInstance, Licence
from models.sample.assortment import KEY_MAKES
from models.sample.catalogue import Ware
from models.sample.loading import BATCH
from models.sample.purchases import Purchase
from models.sample.serials import Serials
from models.sample.world import Days, Told, World
from models.text import fold

_INSTANCE_COLUMNS = (
    "number", "product_id", "client_id", "end_user_id", "protection_method", "state", "formed", "requirements"
)  # fmt: skip
_LICENCE_COLUMNS = (
    "number", "number_folded", "number_scope", "instance_id", "key_id", "client_id", "end_user_id", "product_id",
    "name", "product_code", "issued", "activated", "expires", "maintenance_until", "seats", "kind", "state",
    "vendor_order", "vendor_account", "supersedes_id",
)  # fmt: skip
_RESERVED_DAYS, _RESERVED = 10, 0.3
_REQUIREMENTS = (
    "Установить на сервер лицензий заказчика.",
    "Перенести настройки со старой версии.",
    "Нужна поддержка Astra Linux.",
    "Передать по акту вместе с ключом.",
    "Активация без выхода в интернет.",
)


def write(world: World, told: Told) -> None:
    """Write the instances and licences of all purchases."""
    rows = _Rows(world)
    done, count = 0, world.scale.licences
    for instance_id, purchase in enumerate(world.purchases, 1):
        rows.add(instance_id, purchase)
        if len(rows.licences) >= BATCH:
            done += rows.write()
            told(done, count)
    rows.write()
    told(count, count)
    numbers = (1, Days().moment(world.first_day), "instance", len(world.purchases))
    world.loader.load(NumberSequence, ("kind", "last"), [numbers])


class _Rows:
    """The rows that wait to be written."""

    def __init__(self, world: World) -> None:
        self._world = world
        self._random: Random = world.random("licences")
        self._days = Days()
        self._today = world.today.toordinal()
        self._serials: dict[str, Serials] = {}
        self._last_id = 0
        self._instances: list[tuple[Any, ...]] = []
        self._texts: list[tuple[int, str]] = []
        self.licences: list[tuple[Any, ...]] = []

    def write(self) -> int:
        """Write what waits; returns the number of licences."""
        load = self._world.loader.load
        load(ItemInstance, _INSTANCE_COLUMNS, self._instances)
        load(Licence, _LICENCE_COLUMNS, self.licences, {"licence": self._texts})
        written = len(self.licences)
        self._instances, self.licences, self._texts = [], [], []
        return written

    def add(self, instance_id: int, purchase: Purchase) -> None:
        """The instance of a purchase and its licences."""
        random, ware = self._random, purchase.ware
        created = self._days.moment(purchase.day, random.randrange(540))
        recent = self._today - purchase.day <= _RESERVED_DAYS and purchase.kind == "new" and purchase.count > 0
        reserved = purchase.reserved or (recent and random.random() < _RESERVED)
        purchase.reserved = reserved
        key = purchase.key
        method = ware.method
        if key is not None:
            method = "software_key" if KEY_MAKES[key.make].software else "hardware_key"
        self._instances.append(
            (
                instance_id, created, instance_number(instance_id), ware.id, purchase.client, purchase.end_user,
                method, "formed" if reserved else "delivered", self._days.text(purchase.day),
                random.choice(_REQUIREMENTS) if random.random() < 0.03 else "",
            )
        )  # fmt: skip
        if purchase.count:
            self._add_licences(instance_id, purchase, created, reserved)

    def _add_licences(self, instance_id: int, purchase: Purchase, created: str, reserved: bool) -> None:
        random, ware, base = self._random, purchase.ware, purchase.base
        key = purchase.key if purchase.key is None or purchase.key.moved_to is None else purchase.key.moved_to
        key_id, key_mark = (key.id, f" ^{fold(key.number)}$ ") if key is not None else (None, " ")
        ending = f"{key_mark}{self._world.client_marks[purchase.client - 1]} {ware.text}"
        issued = None if reserved else self._days.text(purchase.day)
        activated, expires, maintained = (None, None, None) if reserved else self._dates(purchase.day, ware)
        order = f"ЗК-{created[2:4]}/{random.randrange(100_000):05d}" if random.random() < 0.6 else ""
        account = f"acc{purchase.client:06d}" if ware.method == "account" else ""
        serials = self._serials.get(ware.scope)
        if serials is None:
            serials = self._serials[ware.scope] = Serials(ware.pattern, self._world.random(f"numbers {ware.scope}"))
        purchase.first_licence = self._last_id + 1
        for position in range(purchase.count):
            self._last_id += 1
            number = serials.next()
            folded = fold(number)
            self.licences.append(
                (
                    self._last_id, created, number, folded, ware.scope, instance_id, key_id, purchase.client,
                    purchase.end_user, ware.id, ware.licence_name, ware.code, issued, activated, expires, maintained,
                    ware.seats, purchase.kind, "reserved" if reserved else self._state(purchase, position),
                    order, account, None if base is None else base.first_licence + position,
                )
            )  # fmt: skip
            self._texts.append((self._last_id, f"^{folded}${ending}"))

    def _dates(self, day: int, ware: Ware) -> tuple[str | None, str | None, str | None]:
        """Activated, expires, maintenance until: as the product's policy says."""
        days, random = self._days, self._random
        activated = None
        if ware.method == "activation_code":
            on = day + int(26 * random.random() ** 2)
            activated = on if on <= self._today and random.random() < 0.97 else None
        begins = day if ware.term_from == "issue" else activated
        expires = maintained = None
        if ware.term_months is not None and begins is not None:
            expires = days.text(days.last_of_term(begins, ware.term_months))
        if ware.maintenance_months:
            maintained = days.text(days.last_of_term(day, ware.maintenance_months))
        return None if activated is None else days.text(activated), expires, maintained

    def _state(self, purchase: Purchase, position: int) -> str:
        if position < purchase.renewed:
            return "superseded"
        chance = self._random.random()
        return "issued" if chance > 0.009 else "suspended" if chance < 0.004 else "revoked"
