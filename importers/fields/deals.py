"""What tables of deals (opportunities) may hold, and how files in English and Russian head it."""

from importers.choices import UNMET_REASON_WORDS
from importers.headings import ImportField, names
from models.language import N_
from models.sales.vocabulary import UNMET_REASONS

DEAL_FIELDS = (
    ImportField(
        "number",
        N_("Number"),
        names(
            "Deal number|Opportunity ID|Opportunity|Opportunity number|Deal ID|ID|Deal|Номер|Номер сделки|ID сделки"
            "|Код сделки|Код"
        ),
        required=True,
    ),
    ImportField(
        "title",
        N_("Title"),
        names("Deal name|Deal title|Opportunity name|Name|Subject|Название|Название сделки|Наименование|Тема"),
    ),
    ImportField(
        "client",
        N_("Client"),
        names(
            "Account|Account name|Customer|Customer name|Client name|Company|Company name|Organization|Клиент"
            "|Контрагент|Покупатель|Заказчик|Компания|Организация|Наименование клиента"
        ),
    ),
    ImportField(
        "client_inn",
        N_("INN of the client"),
        names("Client INN|INN|Tax ID|ИНН|ИНН клиента|ИНН контрагента|ИНН покупателя"),
        "digits",
        lengths=(10, 12),
    ),
    ImportField(
        "operator",
        N_("Operator"),
        names(
            "Sales agent|Agent|Sales rep|Salesperson|Owner|Deal owner|Responsible|Manager|Менеджер|Ответственный"
            "|Оператор|Сотрудник|Продавец"
        ),
    ),
    ImportField(
        "product",
        N_("Product"),
        names("Product name|Software|Item|Продукт|Номенклатура|Товар|Программный продукт|Наименование продукта"),
    ),
    ImportField("product_code", N_("Product code"), names("SKU|Article|Part number|Product ID|Артикул|Код продукта")),
    ImportField("campaign", N_("Campaign"), names("Marketing campaign|Promotion|Акция|Маркетинговая акция|Кампания")),
    ImportField(
        "stage",
        N_("Stage"),
        names(
            "Deal stage|Sales stage|Pipeline stage|Status|Стадия|Стадия сделки|Этап|Этап сделки|Статус|Статус сделки"
        ),
    ),
    ImportField(
        "opened",
        N_("Opened"),
        names(
            "Engage date|Open date|Opened on|Created|Creation date|Start date|Date|Открыта|Дата открытия"
            "|Дата создания|Дата начала|Создана|Дата"
        ),
        "date",
    ),
    ImportField(
        "closed",
        N_("Closed"),
        names("Close date|Closed on|Closing date|Закрыта|Дата закрытия|Дата завершения"),
        "date",
    ),
    ImportField(
        "stage_since",
        N_("In it since"),
        names("Stage since|Stage date|Stage changed on|Last stage change|В стадии с|Дата смены стадии"),
        "date",
    ),
    ImportField(
        "lost_reason",
        N_("Reason"),
        names("Lost reason|Loss reason|Reason for loss|Причина|Причина отказа|Причина проигрыша"),
        "choice",
        choices=UNMET_REASON_WORDS,
        titles=UNMET_REASONS,
    ),
    ImportField(
        "expected_date",
        N_("Expected on"),
        names("Expected close date|Expected date|Forecast date|Ожидается|Ожидаемая дата|Планируемая дата"),
        "date",
    ),
    ImportField(
        "value",
        N_("Expected sum"),
        names(
            "Value|Close value|Deal value|Amount|Sum|Budget|Revenue|Ожидаемая сумма|Сумма|Сумма сделки|Бюджет"
            "|Бюджет сделки|Стоимость"
        ),
        "amount",
    ),
    ImportField("currency", N_("Currency"), names("Currency code|Валюта")),
    ImportField("rate", N_("Rate"), names("Exchange rate|Currency rate|Курс|Курс валюты"), "quantity"),
    ImportField("competitors", N_("Competitors"), names("Competitor|Конкуренты|Конкурент")),
    ImportField(
        "external_number",
        N_("External number"),
        names("Number in another program|Внешний номер|Номер во внешней системе"),
    ),
    ImportField("note", N_("Note"), names("Notes|Comment|Description|Примечание|Комментарий|Описание"), "long text"),
)
