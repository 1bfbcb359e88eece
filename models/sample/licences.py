"""The chapter of item instances and licences, in order of their issue."""

from __future__ import annotations

from collections.abc import Callable
from random import Random
from typing import Any

from models.company.tables import NumberSequence
from models.licensing.numbering import instance_number
from models.licensing.tables import ItemInstance, Licence
from models.sample.assortment import KEY_MAKES
from models.sample.catalogue import Ware
from models.sample.lives import Dates, Life, Lives
from models.sample.loading import BATCH
from models.sample.purchases import Purchase
from models.sample.serials import Serials
from models.sample.world import Days, Told, World
from models.text import fold

_INSTANCE_COLUMNS = (
    "number", "product_id", "client_id", "end_user_id", "protection_method", "state", "formed", "requirements",
    "origin", "quantity", "line_id", "shipment_line_id", "key_id",
)  # fmt: skip
_LICENCE_COLUMNS = (
    "number", "number_folded", "number_scope", "instance_id", "key_id", "client_id", "end_user_id", "product_id",
    "name", "product_code", "issued", "activated", "expires", "maintenance_until", "seats", "kind", "state",
    "vendor_order", "vendor_account", "supersedes_id",
)  # fmt: skip
_FROM_INVOICE, _CODE_DAYS = 0.4, 90
_Row = tuple[Any, ...]
_REQUIREMENTS = (
    "Установить на сервер лицензий заказчика.",
    "Перенести настройки со старой версии.",
    "Нужна поддержка Astra Linux.",
    "Передать по акту вместе с ключом.",
    "Активация без выхода в интернет.",
)


def write(world: World, told: Told) -> None:
    """Write the instances and licences of all purchases, and the events of their lives."""
    rows = _Rows(world)
    done, count = 0, world.scale.licences
    # One is like the other of goods: they are no instances.
    instances = [purchase for purchase in world.purchases if purchase.ware.kind != "goods"]
    for instance_id, purchase in enumerate(instances, 1):
        rows.add(instance_id, purchase)
        if len(rows.licences) >= BATCH:
            done += rows.write()
            told(done, count)
    rows.write()
    rows.lives.write()
    told(count, count)
    numbers = (1, Days().moment(world.first_day), "instance", len(instances))
    world.loader.load(NumberSequence, ("kind", "last"), [numbers])


class _Rows:
    """The rows that wait to be written."""

    def __init__(self, world: World) -> None:
        self._world = world
        self._random: Random = world.random("licences")
        self._days = Days()
        self._today = world.today.toordinal()
        self.lives = Lives(world)
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
        method = ware.method
        if purchase.key is not None and ware.on_key:
            method = "software_key" if KEY_MAKES[purchase.key.make].software else "hardware_key"
        formed, links = self._formed(purchase)
        self._instances.append(
            (
                instance_id, created, instance_number(instance_id), ware.id, purchase.client, purchase.end_user,
                method, "formed" if purchase.reserved else "delivered", self._days.text(formed),
                random.choice(_REQUIREMENTS) if random.random() < 0.03 else "", *links,
            )
        )  # fmt: skip
        if purchase.reserved:
            self._reserve(instance_id, purchase, created)
        elif purchase.count:
            self._issue(instance_id, purchase, created)

    def _formed(self, purchase: Purchase) -> tuple[int, _Row]:
        """When an instance was formed, and what it was formed of: origin, quantity, lines, key. Most were taken over
        from elsewhere, with nothing of that."""
        shipped, invoiced = purchase.shipped, purchase.invoiced
        if shipped is None:
            return purchase.day, ("import", None, None, None, None)
        key = purchase.key
        if key is not None and key.moved_to is not None:
            key = key.moved_to[1]
        more = max(purchase.count, 1) * 1000, shipped.line, None if key is None else key.id
        if purchase.trial:
            return purchase.day, ("licence_order", more[0], shipped.line, *more[1:])
        if invoiced is not None and (purchase.reserved or self._random.random() < _FROM_INVOICE):
            return invoiced.day, ("invoice", more[0], invoiced.line, *more[1:])
        return purchase.day, ("shipment", more[0], shipped.line, *more[1:])

    def _reserve(self, instance_id: int, purchase: Purchase, created: str) -> None:
        """Enter the licences of what is still being prepared."""
        life = Life(purchase.client, purchase.end_user, purchase.key, None, purchase.day, purchase.day)
        licence = self._begun(instance_id, purchase, created)
        for position in range(purchase.count):
            licence(position, "reserved", life, Dates())

    def _issue(self, instance_id: int, purchase: Purchase, created: str) -> None:
        """The licences, those first that a later purchase superseded."""
        dates, lives = self._dates(purchase.day, purchase.ware), self.lives
        licence = self._begun(instance_id, purchase, created)
        if purchase.renewed:
            ended = lives.of_superseded(purchase, dates)
            for position in range(purchase.renewed):
                lives.keep(licence(position, "superseded", ended, dates), ended.steps)
        if purchase.renewed < purchase.count:
            life = lives.of(purchase, dates)
            for position in range(purchase.renewed, purchase.count):
                licence(position, lives.state(self._last_id + 1, life), life, dates)

    def _begun(self, instance_id: int, purchase: Purchase, created: str) -> Callable[[int, str, Life, Dates], int]:
        """What adds the row of each licence of a purchase, and returns its id."""
        ware, base = purchase.ware, purchase.base
        order = f"ЗК-{created[2:4]}/{self._random.randrange(100_000):05d}" if self._random.random() < 0.6 else ""
        account = f"acc{purchase.client:06d}" if ware.method == "account" else ""
        serials = self._serials(ware)
        codes = self._fresh_codes(purchase)
        purchase.first_licence = self._last_id + 1

        def add(position: int, state: str, life: Life, dates: Dates) -> int:
            self._last_id += 1
            number = serials.next()
            folded = fold(number)
            life.mark = life.mark or self._mark(life, ware)
            self.licences.append(
                (
                    self._last_id, created, number, folded, ware.scope, instance_id,
                    None if life.key is None else life.key.id, life.client, life.end_user, ware.id, ware.licence_name,
                    ware.code, dates.issued, dates.activated, dates.expires, life.maintained, ware.seats,
                    purchase.kind, state, order, account, None if base is None else base.first_licence + position,
                )
            )  # fmt: skip
            self._texts.append((self._last_id, f"^{folded}${life.mark}"))
            if codes is not None:
                codes.append((purchase.day, self._last_id, number))
            return self._last_id

        return add

    def _mark(self, life: Life, ware: Ware) -> str:
        """What licences are found by beside their numbers."""
        key_mark = " " if life.key is None else f" ^{fold(life.key.number)}$ "
        return f"{key_mark}{self._world.client_marks[life.client - 1]} {ware.text}"

    def _serials(self, ware: Ware) -> Serials:
        found = self._world.licence_serials.get(ware.scope)
        if found is None:
            found = Serials(ware.pattern, self._world.random(f"numbers {ware.scope}"))
            self._world.licence_serials[ware.scope] = found
        return found

    def _fresh_codes(self, purchase: Purchase) -> list[tuple[int, int, str]] | None:
        """Where the numbers are kept that came out of a pool, not long ago."""
        if not purchase.ware.by_code or purchase.day < self._today - _CODE_DAYS:
            return None
        return self._world.fresh_codes.setdefault(purchase.ware.id, [])

    def _dates(self, day: int, ware: Ware) -> Dates:
        """Issued, activated, expires, maintenance until: as the product's policy says."""
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
        activated_text = None if activated is None else days.text(activated)
        return Dates(days.text(day), activated_text, expires, maintained, activated)
