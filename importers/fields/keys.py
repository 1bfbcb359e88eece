"""What tables of protection keys may hold, and how files in English and Russian head it."""

from importers.choices import KEY_STATE_WORDS
from importers.headings import ImportField, names
from models.keys.vocabulary import KEY_STATES
from models.language import N_

KEY_FIELDS = (
    ImportField(
        "number",
        N_("Number"),
        names(
            "Key number|Key|Key ID|Serial number|Serial|S/N|Hardware ID|HASP ID|Dongle|Number of the key|Номер ключа"
            "|Серийный номер|Ключ|Ключ защиты|Номер|Заводской номер|Серийный №|Рег. номер|ИД ключа|ID"
        ),
        required=True,
    ),
    ImportField(
        "model",
        N_("Model"),
        names(
            "Key model|Key name|Name|Key type|Type|Модель|Модель ключа|Тип ключа|Вид ключа|Наименование|Название|Тип"
        ),
    ),
    ImportField("vendor", N_("Vendor"), names("Manufacturer|Brand|Вендор|Производитель|Изготовитель|Разработчик")),
    ImportField(
        "owner",
        N_("Owner"),
        names("Owner name|Client|Customer|Company|Holder|Владелец|Клиент|Контрагент|Организация|У кого|Покупатель"),
    ),
    ImportField(
        "owner_inn",
        N_("INN of the owner"),
        names("Owner INN|INN|Client INN|ИНН|ИНН владельца|ИНН клиента|ИНН контрагента"),
        "digits",
        lengths=(10, 12),
    ),
    ImportField(
        "state",
        N_("State"),
        names("Key state|Status|Состояние|Статус|Состояние ключа|Статус ключа"),
        "choice",
        choices=KEY_STATE_WORDS,
        titles=KEY_STATES,
    ),
    ImportField(
        "since",
        N_("Since"),
        names(
            "Handed over|Handed over on|Issued|Issue date|Date|Передан|Дата передачи|Дата выдачи|Выдан|С какого числа"
        ),
        "date",
    ),
    ImportField("colour", N_("Colour"), names("Color|Цвет|Цвет ключа")),
    ImportField("marking", N_("Marking"), names("Label|Mark|Маркировка|Надпись|Маркировка ключа|Наклейка")),
    ImportField(
        "return_due",
        N_("Return due"),
        names("To be returned by|Lent until|Вернуть до|Срок возврата|Дата возврата"),
        "date",
    ),
    ImportField("note", N_("Note"), names("Notes|Comment|Remark|Примечание|Комментарий|Примечания"), "long text"),
)
