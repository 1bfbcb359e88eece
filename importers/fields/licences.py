"""What tables of licences may hold, and how files in English and Russian head it."""

from importers.choices import LICENCE_KIND_WORDS, LICENCE_STATE_WORDS
from importers.headings import ImportField, names
from models.language import N_
from models.licensing.vocabulary import LICENCE_KINDS, LICENCE_STATES, LICENCE_STATUSES

LICENCE_FIELDS = (
    ImportField(
        "number",
        N_("Number"),
        names(
            "Licence number|Licence|Licence no|Licence key|Serial number|Serial|S/N|Registration number|Номер лицензии"
            "|Лицензия|Серийный номер|Регистрационный номер|Рег. номер|Лицензионный номер|Номер|Лицензионный ключ|ID"
        ),
        required=True,
    ),
    ImportField(
        "key",
        N_("Key"),
        names("Key number|Protection key|Dongle|HASP ID|Hardware ID|Key ID|Номер ключа|Ключ|Ключ защиты"),
    ),
    ImportField(
        "client",
        N_("Client"),
        names(
            "Customer|Client name|Company|Company name|Customer name|Account|Buyer|Клиент|Контрагент|Покупатель"
            "|Организация|Заказчик|Наименование клиента|Компания"
        ),
        required=True,
        fallback="client_inn",
    ),
    ImportField(
        "client_inn",
        N_("INN of the client"),
        names("Client INN|INN|Customer INN|Tax ID|ИНН|ИНН клиента|ИНН контрагента|ИНН покупателя"),
        "digits",
        lengths=(10, 12),
    ),
    ImportField("end_user", N_("End user"), names("User|Licensee|Конечный пользователь|Пользователь|Лицензиат")),
    ImportField(
        "product",
        N_("Product"),
        names(
            "Product name|Software|Item|Продукт|Номенклатура|Товар|Программный продукт|Программа|ПО"
            "|Наименование продукта|Наименование товара|Наименование|Название"
        ),
        required=True,
        fallback="product_code",
    ),
    ImportField(
        "product_code",
        N_("Product code"),
        names("SKU|Article|Part number|Product ID|Артикул|Код продукта|Код товара|Код номенклатуры|Код"),
    ),
    ImportField(
        "name",
        N_("Licence name"),
        names("Name of the licence|Edition|Название лицензии|Наименование лицензии|Редакция|Тип лицензии"),
    ),
    ImportField(
        "issued",
        N_("Issued"),
        names(
            "Issue date|Issued on|Date of issue|Purchase date|Sale date|Date|Start date|Дата выдачи|Выдана|Выдано"
            "|Дата продажи|Дата отгрузки|Дата покупки|Действует с|Дата начала|Дата"
        ),
        "date",
    ),
    ImportField(
        "activated",
        N_("Activated"),
        names("Activation date|Date of activation|Activated on|Активирована|Дата активации"),
        "date",
    ),
    ImportField(
        "expires",
        N_("Expires"),
        names(
            "Expiry|Expiry date|Expiration|Expiration date|Expires on|Valid until|Valid to|End date|Действует до"
            "|Действительна до|Срок действия|Срок действия до|Дата окончания|Окончание|Годна до|Истекает|Действует по"
        ),
        "expiry",
    ),
    ImportField(
        "maintenance_until",
        N_("Maintenance until"),
        names(
            "Maintenance|Support until|Updates until|Maintenance end|Support expires|Сопровождение до|Поддержка до"
            "|Техподдержка до|Обновления до|ИТС до|Техническая поддержка до"
        ),
        "date",
    ),
    ImportField(
        "seats",
        N_("Seats"),
        names("Users|Number of seats|Quantity|Qty|Slots|Места|Количество мест|Рабочих мест|Количество|Кол-во"),
        "integer",
    ),
    ImportField(
        "kind",
        N_("Kind"),
        names("Licence kind|Kind of licence|Type|Вид|Вид лицензии|Тип|Вид поставки|Тип поставки"),
        "choice",
        choices=LICENCE_KIND_WORDS,
        titles=LICENCE_KINDS,
    ),
    ImportField(
        "state",
        N_("State"),
        names("Licence state|Status|Статус|Состояние|Статус лицензии|Состояние лицензии"),
        "choice",
        choices=LICENCE_STATE_WORDS,
        titles={**LICENCE_STATUSES, **LICENCE_STATES},
    ),
    ImportField(
        "supersedes",
        N_("Supersedes"),
        names(
            "Superseded licence|Upgrade of|Upgrades|Replaces|Replaced licence|Previous licence|Заменяет"
            "|Заменяет лицензию|Взамен|Взамен лицензии|Заменяемая лицензия|Предыдущая лицензия"
        ),
    ),
    ImportField(
        "vendor_order",
        N_("Vendor's order number"),
        names(
            "Vendor order|Vendor's order|Order number|Order|Номер заказа|Заказ|Номер заказа вендора"
            "|Номер заказа поставщику"
        ),
    ),
    ImportField(
        "vendor_account",
        N_("Vendor's account"),
        names("Vendor account|Login|Учётная запись|Аккаунт|Личный кабинет|Логин"),
    ),
    ImportField("note", N_("Note"), names("Notes|Comment|Remark|Примечание|Комментарий|Примечания"), "long text"),
)
