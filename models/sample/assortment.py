"""What the sample company sells, as tables: vendors with their families of products, and the editions of a family.

Vendors and products are invented; the makes of protection key and the trades are those of the market.
"""

from __future__ import annotations

from dataclasses import dataclass, field

HASP, SENTINEL, GUARDANT, GUARDANT_NET, SOFTWARE = (
    "HASP HL Pro", "Sentinel HL Max", "Guardant Sign", "Guardant Net II", "Программный ключ"
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class KeyMake:
    """A make of protection key: the form of its numbers (a product's pattern), colours, what it costs."""

    pattern: str
    colours: tuple[str, ...]
    price: int
    software: bool = False


KEY_MAKES: dict[str, KeyMake] = {
    HASP: KeyMake("9999999999", ("пурпурный", "зелёный"), 2_900),
    SENTINEL: KeyMake("999999999999999999", ("чёрный", "красный"), 3_400),
    GUARDANT: KeyMake("XXXXXXXX", ("синий", "прозрачный"), 2_600),
    GUARDANT_NET: KeyMake("0xXXXXXXXX", ("оранжевый",), 4_800),
    SOFTWARE: KeyMake("XXXXXXXX-XXXX-XXXX-XXXX-XXXXXXXXXXXX", ("",), 0, software=True),
}


@dataclass(frozen=True, slots=True)
class Edition:
    """A way in which the products of a family are licensed: prices and costs in parts of the family's price."""

    code: str
    title: str
    price: float
    weight: int
    """How often it is sold, beside the others."""
    kind: str = "licence"
    method: str = "hardware_key"
    term_months: int | None = None
    term_from: str = "issue"
    seats: int = 1
    maintenance_months: int | None = None
    upgrade: bool = False
    """Sold only to who has the family already."""


ON_KEYS = (
    Edition("L", "локальная лицензия", 1.0, 40, maintenance_months=12),
    Edition("N", "сетевая лицензия", 1.25, 30, maintenance_months=12),
    Edition("N5", "сетевая лицензия на 5 мест", 5.2, 8, seats=5, maintenance_months=12),
    Edition("Y", "годовая лицензия", 0.45, 14, "subscription", "software_key", term_months=12),
    Edition("U", "обновление до текущей версии", 0.4, 0, maintenance_months=12, upgrade=True),
)
BY_CODE = (
    Edition("10", "10 узлов на год", 1.0, 40, "subscription", "activation_code", 12, "activation", 10),
    Edition("50", "50 узлов на год", 4.1, 18, "subscription", "activation_code", 12, "activation", 50),
    Edition("10D", "10 узлов на 2 года", 1.7, 12, "subscription", "activation_code", 24, "activation", 10),
)
PERPETUAL_CODE = (
    Edition("P", "бессрочная лицензия", 1.0, 30, method="activation_code", maintenance_months=12),
    Edition("PU", "обновление версии", 0.5, 0, method="activation_code", upgrade=True),
)
BY_ACCOUNT = (
    Edition("M", "доступ на месяц", 0.1, 6, "subscription", "account", 1),
    Edition("Y", "доступ на год", 1.0, 30, "subscription", "account", 12),
)


@dataclass(frozen=True, slots=True)
class Family:
    """A line of products: code, name, price in roubles of its plain edition, how often it is asked for."""

    code: str
    name: str
    price: int
    weight: int = 10


@dataclass(frozen=True, slots=True)
class VendorSpec:
    """A vendor: what it makes, how it licenses it, the makes of its keys, the form of its licence numbers."""

    name: str
    domain: str
    about: str
    weight: int
    editions: tuple[Edition, ...]
    pattern: str
    families: tuple[Family, ...]
    keys: tuple[str, ...] = field(default=())
    unique_per: str = "vendor"
    """``product``: the pattern begins with ``{code}``, the product's own code."""


VENDORS: tuple[VendorSpec, ...] = (
    VendorSpec(
        "Меридиан-САПР", "meridian-cad", "САПР для машиностроения", 24, ON_KEYS, "XXXX-XXXX-XXXX",
        (
            Family("MR3D", "Меридиан 3D", 148_000, 30), Family("MR2D", "Меридиан График", 62_000, 25),
            Family("MRTP", "Меридиан Технолог", 96_000, 12), Family("MRSP", "Меридиан Спецификации", 38_000, 14),
            Family("MRST", "Меридиан Стандартные изделия", 24_000, 16),
            Family("MRVL", "Меридиан Валы и передачи", 19_500),
        ),
        (HASP, SENTINEL, SOFTWARE),
    ),
    VendorSpec(
        "СтройСмета", "stroysmeta", "сметные программы", 20, ON_KEYS, "99999-999999",
        (
            Family("SMP", "СтройСмета Проф", 42_000, 30), Family("SMB", "СтройСмета База ФЕР", 18_000, 25),
            Family("SMR", "СтройСмета Ресурсный метод", 26_000),
            Family("SMK", "СтройСмета Календарный план", 21_000, 8),
            Family("SMT", "СтройСмета ТЕР регион", 15_500, 18),
        ),
        (GUARDANT, GUARDANT_NET, SOFTWARE),
    ),
    VendorSpec(
        "Опора Инжиниринг", "opora-fem", "расчёт строительных конструкций", 12, ON_KEYS, r"OP-XX99-XXXXXX",
        (
            Family("OPC", "Опора Каркас", 187_000, 20), Family("OPF", "Опора Фундамент", 74_000, 14),
            Family("OPS", "Опора Сталь", 69_000, 12), Family("OPD", "Опора Динамика", 112_000, 6),
        ),
        (HASP, GUARDANT),
    ),
    VendorSpec(
        "Верста Учёт", "versta", "учётные системы", 18, ON_KEYS, "9999999999",
        (
            Family("VSB", "Верста Бухгалтерия", 15_400, 30), Family("VST", "Верста Торговля и склад", 26_500, 24),
            Family("VSZ", "Верста Зарплата и кадры", 22_600, 20), Family("VSP", "Верста Производство", 186_000, 6),
            Family("VSC", "Верста Клиентские лицензии", 9_900, 28),
        ),
        (SENTINEL, SOFTWARE),
    ),
    VendorSpec(
        "ГеоГрад", "geograd", "изыскания, генплан, дороги", 9, ON_KEYS, "GG99-XXXXXX-XX",
        (
            Family("GGT", "ГеоГрад Топоплан", 83_000, 20), Family("GGP", "ГеоГрад Генплан", 104_000, 14),
            Family("GGD", "ГеоГрад Дороги", 168_000, 10), Family("GGK", "ГеоГрад Кадастр", 47_000, 12),
        ),
        (GUARDANT, SOFTWARE),
    ),
    VendorSpec(
        "Вольт-Проект", "volt-project", "электротехнические САПР", 7, ON_KEYS, r"{code}-999999-XX",
        (
            Family("VPE", "Вольт Электроснабжение", 91_000, 16), Family("VPS", "Вольт Схема", 54_000, 18),
            Family("VPK", "Вольт Кабельный журнал", 33_000),
        ),
        (SENTINEL, HASP), "product",
    ),
    VendorSpec(
        "Интех Станок", "intech-cam", "подготовка программ для станков с ЧПУ", 6, ON_KEYS, "ITXXXXXXXX",
        (
            Family("ITF", "Интех Фрезерование", 212_000, 14), Family("ITT", "Интех Токарная обработка", 137_000, 14),
            Family("ITR", "Интех Раскрой", 58_000, 12),
        ),
        (HASP,),
    ),
    VendorSpec(
        "Щит-Инфо", "shield-info", "защита рабочих мест и серверов", 18, BY_CODE, "****-****-****-****",
        (
            Family("SHW", "Щит Рабочая станция", 16_800, 30), Family("SHS", "Щит Сервер", 24_500, 14),
            Family("SHM", "Щит Почта", 12_900, 8),
        ),
    ),
    VendorSpec(
        "Норд Офис", "nord-office", "офисные программы", 12, PERPETUAL_CODE, "*****-*****-*****-*****",
        (
            Family("NOS", "Норд Офис Стандарт", 7_900, 30), Family("NOP", "Норд Офис Профессиональный", 12_400, 20),
            Family("NOR", "Норд Редактор PDF", 6_200, 16),
        ),
    ),
    VendorSpec(
        "Технодок", "technodoc", "документооборот и архив чертежей", 6, BY_ACCOUNT, "TD-99999999",
        (
            Family("TDA", "Технодок Архив", 18_000, 16), Family("TDP", "Технодок Процессы", 26_000, 10),
            Family("TDO", "Технодок Обмен", 9_600, 12),
        ),
    ),
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class OwnSpec:
    """Something without a vendor: our own works, and goods."""

    code: str
    name: str
    kind: str
    unit: str
    price: int


OWN: tuple[OwnSpec, ...] = (
    OwnSpec("W-INST", "Установка и настройка", "service", "час", 3_200),
    OwnSpec("W-TEACH", "Обучение, учебный день", "service", "день", 28_000),
    OwnSpec("W-INTRO", "Внедрение: предпроектное обследование", "service", "усл.", 160_000),
    OwnSpec("W-MIGR", "Перенос базы и архива", "service", "час", 3_600),
    OwnSpec("W-SUPP", "Сопровождение, месяц", "service", "мес", 14_000),
    OwnSpec("G-USB", "Концентратор USB для ключей, 7 портов", "goods", "шт", 2_300),
    OwnSpec("G-LAN", "Сетевой концентратор ключей USB, 16 портов", "goods", "шт", 68_000),
    OwnSpec("G-3DM", "Манипулятор 3D для САПР", "goods", "шт", 24_900),
)
