"""The chapter of clients: groups of companies, clients with their requisites, and what hangs on them."""

from __future__ import annotations

import datetime as dt
from random import Random
from typing import Any

from models.clients.tables import (
    Address,
    BankAccount,
    Client,
    ClientGroup,
    ClientTag,
    EmailAddress,
    Person,
    Phone,
    StatusChange,
)
from models.lookup import lookup_text
from models.sample import requisites
from models.sample.acquaintance import FIRST_BUYER
from models.sample.assortment import VENDORS
from models.sample.contacts import Contacts
from models.sample.names import ClientName, NamesGiven
from models.sample.people import person_name
from models.sample.places import City, pick_city
from models.sample.world import Days, Told, World
from models.text import fold, sort_name

_BATCH = 10_000
_CLIENT_COLUMNS = (
    "name", "sort_name", "legal_name", "kind", "status", "is_supplier", "group_id", "external_code", "inn", "kpp",
    "ogrn", "website", "source", "responsible_id", "signatory", "signatory_position", "signatory_basis", "note",
    "archived", "first_quote_at", "first_sale_at",
)  # fmt: skip
_STATUS_COLUMNS = ("client_id", "before", "after", "moment", "operator_id")
_SOURCES = ("сайт", "рекомендация", "выставка", "поиск", "входящий звонок", "партнёр", "тендерная площадка", "рассылка")
_NOTES = (
    "Просят счёт с отсрочкой 10 дней.",
    "Закупка только через тендерную площадку.",
    "Документы отправлять через ЭДО.",
    "Звонить после 14:00, до обеда совещания.",
    "Договор рамочный, пролонгируется в декабре.",
    "Рассматривают переход на сетевые лицензии.",
    "Ключи выдавать под роспись начальнику отдела.",
    "Есть парк старых версий, обновлять по согласованию.",
)


def write(world: World, told: Told) -> None:
    """Write groups and clients in batches; each batch with its people, phones, addresses, accounts and tags."""
    chapter = _Clients(world)
    chapter.write_groups()
    count = world.scale.clients
    for first in range(1, count + 1, _BATCH):
        chapter.write_batch(range(first, min(first + _BATCH, count + 1)))
        told(min(first + _BATCH - 1, count), count)


class _Clients:
    def __init__(self, world: World) -> None:
        self._world = world
        self._random: Random = world.random("clients")
        self._names = NamesGiven(self._random)
        self._days = Days()
        self._contacts = Contacts(self._random)
        self._group_words: dict[int, str] = {}
        self._group_marks: dict[int, str] = {}
        self._inns: set[str] = set()
        self._first_sales: dict[int, int] = {}
        self._status_changes = 0
        for purchase in world.purchases:
            if not purchase.trial:
                self._first_sales.setdefault(purchase.client, purchase.day)

    def write_groups(self) -> None:
        """The groups of companies."""
        world = self._world
        created = self._days.moment(world.first_day)
        rows: list[tuple[Any, ...]] = []
        for group_id in world.groups:
            self._group_words[group_id] = shared = self._names.group()
            name = f"Группа «{shared}»"
            self._group_marks[group_id] = lookup_text([name])
            rows.append((group_id, created, name, fold(name)))
        world.loader.load(ClientGroup, ("name", "folded"), rows)

    def write_batch(self, ids: range) -> None:
        """Clients of these ids with all that hangs on them."""
        load, contacts = self._world.loader.load, self._contacts
        contacts.begin()
        rows, texts, became = [], [], []
        for client_id in ids:
            row, fields = self._client(client_id)
            rows.append(row)
            became += self._status_change(row)
            reached_by = contacts.client_fields
            texts.append((client_id, " ".join([*fields, lookup_text(reached_by)] if reached_by else fields)))
        load(Client, _CLIENT_COLUMNS, rows, {"client": texts})
        load(StatusChange, _STATUS_COLUMNS, became)
        load(Person, contacts.PERSON_COLUMNS, contacts.people, {"person": contacts.person_texts})
        load(Phone, contacts.PHONE_COLUMNS, contacts.phones)
        load(EmailAddress, contacts.EMAIL_COLUMNS, contacts.emails)
        load(Address, contacts.ADDRESS_COLUMNS, contacts.addresses)
        load(BankAccount, contacts.ACCOUNT_COLUMNS, contacts.accounts)
        load(ClientTag, contacts.TAG_COLUMNS, contacts.tags)

    def _client(self, client_id: int) -> tuple[tuple[Any, ...], list[str]]:
        """The row of a client and the beginning of its look-up text; its contacts are drawn as well."""
        random, world = self._random, self._world
        city = pick_city(random)
        named, supplier = self._name(client_id, city), client_id < FIRST_BUYER
        day = world.since[client_id - 1]
        created = self._days.moment(day, random.randrange(540))
        inn, kpp, ogrn = self._tax_ids(named, city, day)
        group_id = world.group_of.get(client_id)
        domain = self._names.domain(named.domain_base, city.tax_region)
        website = f"https://{domain}" if random.random() < 0.4 or supplier else ""
        external_code = f"00-{client_id:08d}" if random.random() < 0.35 else ""
        status, first_quote, first_sale = self._standing(client_id, supplier)
        mark = lookup_text([named.name])
        world.client_marks.append(mark)
        kept_source = "" if supplier else random.choice(_SOURCES)
        responsible = random.choice(world.salespeople)[0]
        world.responsible.append(responsible)
        row = (
            client_id, created, named.name, sort_name(named.name), named.legal_name, named.kind, status, supplier,
            group_id, external_code, inn, kpp, ogrn, website, kept_source,
            responsible, *self._signatory(named),
            random.choice(_NOTES) if random.random() < 0.05 else "",
            not supplier and first_sale is None and random.random() < 0.06, first_quote, first_sale,
        )  # fmt: skip
        fields = [mark, lookup_text([named.legal_name, inn, external_code, website])]
        if group_id is not None:
            fields.append(self._group_marks[group_id])
        self._contacts.draw(client_id, created, mark, named, city, domain)
        return row, fields

    def _status_change(self, row: tuple[Any, ...]) -> list[tuple[Any, ...]]:
        """With its first quote a candidate became a client."""
        client = dict(zip(("id", "created", *_CLIENT_COLUMNS), row, strict=True))
        quoted = client["first_quote_at"]
        if quoted is None:
            return []
        self._status_changes += 1
        return [(self._status_changes, quoted, client["id"], "candidate", "client", quoted, client["responsible_id"])]

    def _name(self, client_id: int, city: City) -> ClientName:
        if client_id < FIRST_BUYER:
            vendor = VENDORS[client_id - 1].name
            legal = f"Общество с ограниченной ответственностью «{vendor}»"
            return ClientName(f"ООО «{vendor}»", legal, VENDORS[client_id - 1].domain)
        group_id = self._world.group_of.get(client_id)
        if group_id is None:
            return self._names.client(city)
        return self._names.member(self._group_words[group_id], city)

    def _tax_ids(self, named: ClientName, city: City, day: int) -> tuple[str, str, str]:
        random = self._random
        personal = named.person is not None
        while True:
            inn = (requisites.person_inn if personal else requisites.company_inn)(random, city.tax_region)
            if inn not in self._inns:
                self._inns.add(inn)
                break
        met = dt.date.fromordinal(day).year
        registered = max(2003, met - int(15 * random.random()) - 1)
        if personal:
            return inn, "", requisites.person_ogrn(random, max(2004, registered), city.tax_region)
        return inn, requisites.kpp(inn), requisites.company_ogrn(random, registered, city.tax_region)

    def _standing(self, client_id: int, supplier: bool) -> tuple[str, str | None, str | None]:
        """Status, first quote, first sale: who was offered nothing is a candidate."""
        sale = self._first_sales.get(client_id)
        since = self._world.since[client_id - 1]
        if sale is not None:
            quote = max(since, sale - self._random.randrange(0, 25))
            self._world.first_quotes[client_id] = quote
            return "client", self._days.moment(quote, 60), self._days.moment(sale, 120)
        if supplier:
            return "client", None, None
        if self._random.random() < 0.3:
            quote = min(self._world.today.toordinal(), since + self._random.randrange(0, 90))
            self._world.first_quotes[client_id] = quote
            return "client", self._days.moment(quote, 60), None
        return "candidate", None, None

    def _signatory(self, named: ClientName) -> tuple[str, str, str]:
        random = self._random
        if named.person is not None:
            return named.person.initials, "индивидуальный предприниматель", "свидетельства о регистрации"
        if random.random() < 0.55:
            return "", "", ""
        position = random.choice(("директор", "генеральный директор")) if not named.public else "руководитель"
        basis = "Устава" if random.random() < 0.85 else f"доверенности № {random.randint(1, 300)}"
        return person_name(random).initials, position, basis
