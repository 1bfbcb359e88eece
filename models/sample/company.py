"""The chapter of our own company: legal entities, their accounts, operators."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from random import Random
from typing import Any

from models.company.tables import Company, CompanyAccount, CompanyRegime, Operator
from models.sample import requisites
from models.sample.people import PersonName, latin, person_name
from models.sample.places import CITIES, address
from models.sample.world import Told, World

_COMPANY_COLUMNS = (
    "name", "legal_name", "inn", "kpp", "ogrn", "address", "director", "accountant", "tax_regime"
)  # fmt: skip
_ACCOUNT_COLUMNS = ("company_id", "bank", "bik", "account", "correspondent")
_OPERATOR_COLUMNS = ("login", "system_login", "name", "roles", "weekly_hours", "hourly_cost", "since")


@dataclass(frozen=True, slots=True)
class Entity:
    """A legal entity of ours."""

    name: str
    legal_name: str
    tax_regime: str
    year: int
    regime_changes: tuple[tuple[str, str], ...] = ()
    """From which day on it has which other regime."""


ENTITIES = (
    Entity("ООО «Лицензия-Сервис»", "Общество с ограниченной ответственностью «Лицензия-Сервис»", "general", 2009),
    Entity(
        "ООО «Ключ-Проект»", "Общество с ограниченной ответственностью «Ключ-Проект»", "simplified", 2017,
        (("2025-01-01", "simplified_vat"),),
    ),
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Colleague:
    """An operator who is there at every scale; the roles are codes with a space between."""

    login: str
    name: PersonName
    roles: str
    hourly_cost: int
    weekly_hours: int = 40


COLLEAGUES = (
    Colleague("anna", PersonName("Вершинина", "Анна", "Сергеевна", True), "director", 2_400),
    Colleague("boris", PersonName("Лебедев", "Борис", "Андреевич", False), "sales", 1_300),
    Colleague("vera", PersonName("Соколова", "Вера", "Павловна", True), "sales", 1_300),
    Colleague("grigory", PersonName("Орлов", "Григорий", "Ильич", False), "licensing", 1_200),
    Colleague("dmitry", PersonName("Кравцов", "Дмитрий", "Олегович", False), "engineer", 1_600),
    Colleague("elena", PersonName("Зимина", "Елена", "Викторовна", True), "accountant", 1_400, 30),
    Colleague("zhanna", PersonName("Титова", "Жанна", "Юрьевна", True), "auditor", 1_500, 10),
)
_MORE_ROLES = ("sales", "sales", "sales licensing", "engineer", "sales", "licensing")


def write(world: World, told: Told) -> None:
    """Write the entities and operators, and leave those who sell in the world."""
    random = world.random("company")
    created = f"{dt.date.fromordinal(world.first_day).isoformat()} 05:00:00.000000"
    _write_entities(world, random, created)
    colleagues = [*COLLEAGUES, *_more(random, world.scale.operators - len(COLLEAGUES))]
    rows: list[tuple[Any, ...]] = []
    for number, colleague in enumerate(colleagues, 1):
        since = dt.date.fromordinal(world.first_day + random.randrange(0, 120 * number))
        rows.append(
            (
                number, created, colleague.login, world.system_login if number == 1 else "",
                colleague.name.full, colleague.roles, colleague.weekly_hours, colleague.hourly_cost * 100,
                since.isoformat(),
            )
        )  # fmt: skip
        if "sales" in colleague.roles:
            world.salespeople.append((number, colleague.login))
    world.loader.load(Operator, _OPERATOR_COLUMNS, rows)
    told(len(rows), len(rows))


def _write_entities(world: World, random: Random, created: str) -> None:
    director, accountant = COLLEAGUES[0].name.initials, COLLEAGUES[5].name.initials
    city = CITIES[0]
    rows: list[tuple[Any, ...]] = []
    accounts: list[tuple[Any, ...]] = []
    for number, entity in enumerate(ENTITIES, 1):
        inn = requisites.company_inn(random, city.tax_region)
        ogrn = requisites.company_ogrn(random, entity.year, city.tax_region)
        rows.append(
            (
                number, created, entity.name, entity.legal_name, inn, requisites.kpp(inn), ogrn,
                address(random, city)[0], director, accountant, entity.tax_regime,
            )
        )  # fmt: skip
        for bank in requisites.BANKS[number - 1 : number + 1]:
            account = requisites.bank_account(random, bank, "40702")
            accounts.append((len(accounts) + 1, created, number, bank.name, bank.bik, account, bank.correspondent))
    world.loader.load(Company, _COMPANY_COLUMNS, rows)
    world.loader.load(CompanyAccount, _ACCOUNT_COLUMNS, accounts)
    changes = [(number, *one) for number, entity in enumerate(ENTITIES, 1) for one in entity.regime_changes]
    regimes = [(position, created, *one) for position, one in enumerate(changes, 1)]
    world.loader.load(CompanyRegime, ("company_id", "valid_from", "regime"), regimes)


def _more(random: Random, count: int) -> list[Colleague]:
    taken = {colleague.login for colleague in COLLEAGUES}
    more: list[Colleague] = []
    while len(more) < count:
        name = person_name(random)
        login = f"{latin(name.first[0])}.{latin(name.surname)}"
        if login not in taken:
            taken.add(login)
            roles = _MORE_ROLES[len(more) % len(_MORE_ROLES)]
            more.append(Colleague(login, name, roles, random.randrange(9, 18) * 100))
    return more
