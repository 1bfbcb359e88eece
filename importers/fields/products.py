"""What tables of products may hold, and how files in English and Russian head it."""

from importers.choices import (
    NUMBER_SCOPE_WORDS,
    PRODUCT_KIND_WORDS,
    PROTECTION_WORDS,
    TERM_START_WORDS,
    VAT_WORDS,
)
from importers.headings import ImportField, names
from models.catalogue.vocabulary import NUMBER_SCOPES, PRODUCT_KINDS, PROTECTION_METHODS, TERM_STARTS, VAT_CODES
from models.language import N_

PRODUCT_FIELDS = (
    ImportField(
        "code",
        N_("Code"),
        names(
            "Product code|SKU|Article|Part number|Product ID|Item code|ID|Артикул|Код|Код товара|Код продукта"
            "|Код номенклатуры|Номенклатурный номер|Парт-номер"
        ),
        required=True,
        fallback="name",
    ),
    ImportField(
        "name",
        N_("Name"),
        names(
            "Product name|Product|Item|Title|Description|Номенклатура|Наименование|Название|Товар|Продукт"
            "|Наименование товара|Наименование продукта|Полное наименование|Программный продукт|Позиция"
        ),
        required=True,
        fallback="code",
    ),
    ImportField(
        "vendor",
        N_("Vendor"),
        names("Manufacturer|Publisher|Brand|Вендор|Производитель|Правообладатель|Разработчик|Изготовитель|Бренд"),
    ),
    ImportField(
        "kind",
        N_("Kind"),
        names("Product kind|Type|Product type|Вид|Тип|Вид номенклатуры|Тип номенклатуры|Тип товара|Вид товара"),
        "choice",
        choices=PRODUCT_KIND_WORDS,
        titles=PRODUCT_KINDS,
    ),
    ImportField("unit", N_("Unit"), names("Unit of measure|UoM|Единица|Единица измерения|Ед. изм.|Ед|Базовая единица")),
    ImportField(
        "price",
        N_("Price"),
        names(
            "Unit price|Sales price|List price|Retail price|Price, RUB|Цена|Цена продажи|Розничная цена|Цена, руб."
            "|Цена, руб|Цена розничная|РРЦ|Цена с НДС|Стоимость"
        ),
        "amount",
    ),
    ImportField("currency", N_("Currency"), names("Валюта|Валюта цены")),
    ImportField(
        "cost",
        N_("Purchase cost"),
        names(
            "Cost|Purchase price|Unit cost|Себестоимость|Закупочная цена|Цена закупки|Закупка|Входная цена|Цена входа"
        ),
        "amount",
    ),
    ImportField(
        "vat",
        N_("VAT"),
        names("VAT code|VAT rate|Tax|НДС|Ставка НДС|НДС, %|Ставка НДС, %|VAT, %"),
        "choice",
        choices=VAT_WORDS,
        titles=VAT_CODES,
    ),
    ImportField(
        "protection",
        N_("Protection method"),
        names("Protection|Protection type|Способ защиты|Защита|Вид защиты|Тип защиты"),
        "choice",
        choices=PROTECTION_WORDS,
        titles=PROTECTION_METHODS,
    ),
    ImportField(
        "term_months",
        N_("Term, months"),
        names("Term|Term months|Months|Срок|Срок действия|Срок, мес.|Срок действия, мес.|Срок лицензии"),
        "months",
    ),
    ImportField(
        "term_from",
        N_("Term counts"),
        names("Term from|Term begins|Срок считается|Срок действия от|Начало срока"),
        "choice",
        choices=TERM_START_WORDS,
        titles=TERM_STARTS,
    ),
    ImportField(
        "number_unique_per",
        N_("Numbers are unique"),
        names("Numbers unique per|Номера уникальны|Уникальность номеров"),
        "choice",
        choices=NUMBER_SCOPE_WORDS,
        titles=NUMBER_SCOPES,
    ),
    ImportField(
        "seats",
        N_("Seats"),
        names("Users|Number of seats|Seat count|Места|Рабочих мест|Количество мест|Число мест|Пользователей"),
        "integer",
    ),
    ImportField(
        "maintenance_months",
        N_("Maintenance, months"),
        names("Maintenance|Support months|Сопровождение, мес.|Поддержка, мес.|Техподдержка, мес.|Сопровождение"),
        "months",
    ),
    ImportField(
        "number_pattern",
        N_("Number format"),
        names("Number pattern|Serial format|Licence number format|Формат номера|Маска номера|Шаблон номера"),
    ),
    ImportField(
        "register_number",
        N_("Register number"),
        names("Software register number|Номер в реестре|Реестровый номер|Номер в реестре ПО|Реестр ПО"),
    ),
    ImportField(
        "aliases",
        N_("Aliases"),
        names("Alias|Synonyms|Other names|Псевдонимы|Синонимы|Другие названия|Прежние названия"),
        "list",
        several=True,
    ),
    ImportField("active", N_("Active"), names("Is active|On sale|In use|Активен|Действует|Продаётся|Активный"), "flag"),
    ImportField(
        "discontinued",
        N_("Discontinued"),
        names("Is discontinued|Archived|Снят с продажи|Снят с производства|Не продаётся|Архив|Архивный"),
        "flag",
    ),
    ImportField("note", N_("Note"), names("Notes|Comment|Remark|Примечание|Комментарий|Примечания"), "long text"),
)
