"""Names of companies, sole traders and institutions: varied enough for hundreds of thousands without a repetition."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass
from itertools import accumulate
from random import Random

from models.sample.people import PersonName, latin, person_name
from models.sample.places import City
from models.sample.wordlist import words

_NOUNS = words(
    """
    Вектор Горизонт Спутник Атлант Орион Меридиан Азимут Пирамида Контакт Монолит Фундамент Каскад Гранит Базальт
    Квант Импульс Резонанс Старт Прогресс Союз Содружество Партнёр Гарант Стандарт Эталон Эксперт Профиль Модуль
    Формат Проект Чертёж Ватман Эскиз Циркуль Ракурс Фасад Портал Арка Колонна Купол Зенит Полюс Экватор Маяк Якорь
    Штурвал Компас Фрегат Корвет Бриз Шторм Пассат Муссон Байкал Ладога Онега Селигер Кама Вятка Ангара Енисей Амур
    Эльбрус Казбек Алтай Саяны Хибины Таганай Кедр Сосна Берёза Ясень Дубрава Рябина Калина Ромашка Василёк Лотос
    Рубин Сапфир Топаз Янтарь Агат Нефрит Яхонт Кристалл Алмаз Изумруд Сокол Беркут Кречет Филин Стриж Журавль Аист
    Соболь Кентавр Витязь Богатырь Ратник Дружина Град Посад Кремль Слобода Терем Очаг Родник Исток Ключ Русло
    Дельта Сигма Альфа Омега Лямбда Каппа Гамма Спектр Радиус Диаметр Хорда Тангенс Интеграл Конус Сфера Призма
    Октава Аккорд Камертон Рондо Легион Триумф Виктория Фортуна Аврора Заря Рассвет Полдень Темп Ритм Пульс Фаза
    Ампер Кельвин Ньютон
    """
)
_BEGINNINGS = words(
    """
    Урал Сиб Волга Дон Нева Кама Юг Север Восток Запад Центр Строй Пром Тех Энерго Гео Агро Эко Метал Нефте Газ Спец
    Тепло Авто Авиа Гидро Электро Транс Рос Регион Мега Интер Евро Нова Про Инфо Био Хим Мед Дор Мост Жил Граждан
    Пожар Сталь Лес Стекло Вент Лифт Кровля Сантех Радио Дизель Турбо Вакуум Крио Робо Микро Опто Термо Аква Терра
    """
)
_ENDINGS = words(
    """
    строй проект сервис монтаж маш пром техника инжиниринг комплект снаб торг энерго металл ресурс система прибор
    автоматика контроль изыскания экспертиза аудит консалт инвест трест ремонт наладка связь кабель трубопровод
    конструкция фасад кров бетон щит станок модуль логистика оснастка литьё прокат экология безопасность надзор
    """
)
_TRADES = words(
    """
    Проект Строй Сервис Монтаж Инжиниринг Техно Пром Торг Комплект Снаб Авто Энерго Групп Плюс Софт Дизайн
    Констракшн Девелопмент Индустрия Логистика Лаб Мастер Центр Трейд Универсал Регион Люкс Эксперт Аудит Изыскания
    Кадастр Гео
    """
)
_COMPANY_TYPES = words(
    """
    НПП НПО НПФ НПЦ ПКФ ПКБ ПСК СК СМФ СМП ТД ТПК ПТК ИЦ УК АПБ АСК ГСК ЭМЗ МЗ ЗМК ЖБИ ДСК КСМ ЦНТИ ПМК ПФ
    """
)
_WORKS = words(
    """
    завод металлоконструкций|машиностроительный завод|завод ЖБИ|приборостроительный завод|механический
    завод|домостроительный комбинат|хлебозавод|молочный комбинат|мясокомбинат|завод электрооборудования|кирпичный
    завод|котельный завод|завод полимеров|инструментальный завод|насосный завод|кабельный завод|вагоноремонтный
    завод|судоремонтный завод|цементный завод|комбинат древесных плит|лакокрасочный завод|завод
    радиодеталей|проектный институт|институт изысканий|проектно-строительный трест|завод нефтяного
    оборудования|станкозавод|арматурный завод|подшипниковый завод|завод теплотехники|экспериментальный завод|опытный
    завод|литейный завод
    """
)
_COLLEGES = words(
    """
    политехнический строительный машиностроительный энергетический технологический индустриальный транспортный
    """
)
_UTILITIES = words(
    """
    Водоканал Горэлектросеть Теплосеть Горсвет Горзеленхоз Автодор Спецавтохозяйство Архбюро Кадастр Жилкомхоз
    """
)
_LETTERS = "АБВГИКМНПРСТЭ"

_LEGAL_FORMS = {
    "ООО": "Общество с ограниченной ответственностью",
    "АО": "Акционерное общество",
    "ПАО": "Публичное акционерное общество",
    "ЗАО": "Закрытое акционерное общество",
}
_FORMS, _FORM_WEIGHTS = ("ООО", "АО", "ПАО", "ЗАО"), (82, 95, 97, 100)


@dataclass(frozen=True, slots=True)
class ClientName:
    """How a client is called: in lists, in documents, and what its domain is made of."""

    name: str
    legal_name: str
    domain_base: str
    kind: str = "company"
    public: bool = False
    person: PersonName | None = None
    """A sole trader's own name."""


def word(random: Random) -> str:
    """The name proper of a company, without its legal form: ``Вектор``, ``Уралпроект``, ``АКМ-Строй``."""
    chance = random.random()
    if chance < 0.16:
        return random.choice(_NOUNS)
    if chance < 0.52:
        return _compound(random)
    if chance < 0.80:
        return _with_trade(random, random.choice(_NOUNS))
    if chance < 0.92:
        return _with_trade(random, "".join(random.choices(_LETTERS, k=3)))
    return _with_trade(random, _compound(random))


def _with_trade(random: Random, name: str) -> str:
    trade = random.choice(_TRADES)
    while trade[:4].lower() in name.lower():
        trade = random.choice(_TRADES)
    return f"{name}-{trade}"


def _compound(random: Random) -> str:
    beginning, ending = random.choice(_BEGINNINGS), random.choice(_ENDINGS)
    return beginning + (ending if not ending.startswith(beginning[:3].lower()) else "центр")


def group_word(random: Random) -> str:
    """A word that the companies of a group share."""
    chance = random.random()
    if chance < 0.3:
        return random.choice(_NOUNS)
    return _compound(random) if chance < 0.7 else "".join(random.choices(_LETTERS, k=4))


def member_of_group(random: Random, shared: str, city: City) -> ClientName:
    """A company of a group, known by the word that they share."""
    inner = _with_trade(random, shared) if random.random() < 0.7 else f"{shared}-{city.name}"
    return _company(random, inner, random.choice(_COMPANY_TYPES) if random.random() < 0.2 else "")


def _company(random: Random, inner: str, company_type: str = "") -> ClientName:
    form = random.choices(_FORMS, cum_weights=_FORM_WEIGHTS)[0]
    typed = f"{company_type} " if company_type else ""
    return ClientName(
        f"{form} {typed}«{inner}»", f"{_LEGAL_FORMS[form]} {typed}«{inner}»", f"{company_type} {inner}".strip()
    )


def _plain(random: Random, city: City) -> ClientName:
    return _company(random, word(random))


def _typed(random: Random, city: City) -> ClientName:
    return _company(random, word(random), random.choice(_COMPANY_TYPES))


def _in_city(random: Random, city: City) -> ClientName:
    return _company(random, f"{word(random)} {city.name}" if random.random() < 0.4 else f"{word(random)}-{city.name}")


def _works(random: Random, city: City) -> ClientName:
    number = f" № {random.randint(1, 40)}" if random.random() < 0.5 else ""
    named = f" «{random.choice(_NOUNS)}»" if not number and random.random() < 0.6 else ""
    return _company(random, f"{_masculine(city)} {random.choice(_WORKS)}{number}{named}".replace("» »", "»"))


def _partners(random: Random, city: City) -> ClientName:
    name = person_name(random)
    others = random.choice(("и партнёры", "и сыновья", "и компания", "Групп", "Инжиниринг", "Архитектс", "Проект"))
    return _company(random, f"{name.surname.removesuffix('а') if name.female else name.surname} {others}")


def _sole_trader(random: Random, city: City) -> ClientName:
    person = person_name(random)
    return ClientName(
        f"ИП {person.full}",
        f"Индивидуальный предприниматель {person.full}",
        f"ip {person.surname} {person.first[0]}{person.patronymic[0]}",
        "sole_trader",
        person=person,
    )


def _school(random: Random, city: City) -> ClientName:
    number = random.randint(1, 160)
    short, full = random.choice(
        (
            ("МБОУ СОШ", "Муниципальное бюджетное общеобразовательное учреждение средняя общеобразовательная школа"),
            ("МАОУ Лицей", "Муниципальное автономное общеобразовательное учреждение лицей"),
            ("МБОУ Гимназия", "Муниципальное бюджетное общеобразовательное учреждение гимназия"),
            ("МБДОУ Детский сад", "Муниципальное бюджетное дошкольное образовательное учреждение детский сад"),
        )
    )
    return ClientName(
        f"{short} № {number} г. {city.name}",
        f"{full} № {number} г. {city.name}",
        f"{short.split()[-1]} {number} {city.name}",
        public=True,
    )


def _hospital(random: Random, city: City) -> ClientName:
    what = random.choice(
        ("Городская больница", "Городская поликлиника", "Стоматологическая поликлиника", "Родильный дом")
    )
    inner = f"{what} № {random.randint(1, 60)}"
    return ClientName(
        f"ГБУЗ «{inner}» г. {city.name}",
        f"Государственное бюджетное учреждение здравоохранения «{inner}» г. {city.name}",
        f"{inner.replace('№ ', '')} {city.name}",
        public=True,
    )


def _college(random: Random, city: City) -> ClientName:
    what = random.choice(_COLLEGES)
    form, full, institution = random.choice(
        (
            (
                "ФГБОУ ВО",
                "Федеральное государственное бюджетное образовательное учреждение высшего образования",
                "университет",
            ),
            ("ГБПОУ", "Государственное бюджетное профессиональное образовательное учреждение", "колледж"),
            ("ГАПОУ", "Государственное автономное профессиональное образовательное учреждение", "техникум"),
        )
    )
    inner = f"{_masculine(city)} {what} {institution}"
    return ClientName(f"{form} «{inner}»", f"{full} «{inner}»", inner, public=True)


def _municipal(random: Random, city: City) -> ClientName:
    what = random.choice(_UTILITIES)
    number = f"-{random.randint(1, 30)}" if random.random() < 0.7 else ""
    return ClientName(
        f"МУП «{what}{number}» г. {city.name}",
        f"Муниципальное унитарное предприятие «{what}{number}» г. {city.name}",
        f"{what}{number} {city.name}",
        public=True,
    )


def _masculine(city: City) -> str:
    return city.adjective + ("ой" if city.name == "Тверь" else "ий")


_SHAPES: tuple[tuple[Callable[[Random, City], ClientName], int], ...] = (
    (_plain, 34), (_typed, 17), (_in_city, 8), (_works, 7), (_partners, 3), (_sole_trader, 16), (_school, 6),
    (_hospital, 4), (_college, 1), (_municipal, 4),
)  # fmt: skip
_SHAPE_WEIGHTS = tuple(accumulate(weight for _shape, weight in _SHAPES))
_BROAD_SHAPES = (_typed, _in_city, _works, _sole_trader)
_NOT_IN_DOMAIN = re.compile("[^a-z0-9]+")


class NamesGiven:
    """Gives each name and each domain once."""

    def __init__(self, random: Random) -> None:
        self._random = random
        self._names: set[str] = set()
        self._domains: set[str] = set()

    def client(self, city: City) -> ClientName:
        """The name of a client in a city. What is taken is drawn again among the shapes that never run out."""
        random = self._random
        found = random.choices(_SHAPES, cum_weights=_SHAPE_WEIGHTS)[0][0](random, city)
        while found.name in self._names:
            found = random.choice(_BROAD_SHAPES)(random, city)
        self._names.add(found.name)
        return found

    def member(self, shared: str, city: City) -> ClientName:
        """The name of a company of a group."""
        for _attempt in range(8):
            found = member_of_group(self._random, shared, city)
            if found.name not in self._names:
                self._names.add(found.name)
                return found
        return self.client(city)

    def group(self) -> str:
        """A word for a group of companies."""
        while (shared := group_word(self._random)) in self._names:
            pass
        self._names.add(shared)
        return shared

    def domain(self, base: str, tax_region: str) -> str:
        """A domain of its own for a client, under ``.example`` (RFC 2606): no letter can ever reach a stranger."""
        label = _NOT_IN_DOMAIN.sub("-", latin(base)).strip("-")[:40].strip("-")
        candidate, number = label, 1
        while candidate in self._domains:
            candidate = f"{label}{tax_region}" if number == 1 else f"{label}-{number}"
            number += 1
        self._domains.add(candidate)
        return f"{candidate}.example"
