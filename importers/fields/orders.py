"""What tables of orders and of their lines may hold, and how files in English and Russian head it."""

from importers.choices import VAT_WORDS
from importers.headings import ImportField, names
from models.catalogue.vocabulary import VAT_CODES
from models.language import N_

ORDER_NUMBER = names(
    "Order ID|Order|Order number|Order no|Sales order|Номер заказа|Заказ|Заказ покупателя|Номер|ID заказа|ID"
)
ORDER_FIELDS = (
    ImportField("number", N_("Number"), ORDER_NUMBER, required=True),
    ImportField(
        "client",
        N_("Client"),
        names(
            "Customer ID|Customer|Client name|Customer name|Buyer|Account|Клиент|Контрагент|Покупатель"
            "|Заказчик|Код клиента"
        ),
        required=True,
        fallback="client_inn",
    ),
    ImportField(
        "client_inn",
        N_("INN of the client"),
        names("Client INN|INN|Tax ID|ИНН|ИНН клиента|ИНН контрагента|ИНН покупателя"),
        "digits",
        lengths=(10, 12),
    ),
    ImportField("date", N_("Date"), names("Order date|Ordered|Дата заказа|Дата"), "date", required=True),
    ImportField(
        "due", N_("Due"), names("Required date|Due date|Delivery date|Срок|Срок поставки|Дата поставки"), "date"
    ),
    ImportField("shipped", N_("Shipped"), names("Shipped date|Ship date|Shipped on|Отгружен|Дата отгрузки"), "date"),
    ImportField("operator", N_("Operator"), names("Sales agent|Salesperson|Employee|Менеджер|Ответственный|Оператор")),
    ImportField("campaign", N_("Campaign"), names("Marketing campaign|Promotion|Акция|Маркетинговая акция")),
    ImportField(
        "company", N_("Company"), names("Our company|Seller|Organization|Наша организация|Продавец|Организация")
    ),
    ImportField("currency", N_("Currency"), names("Currency code|Валюта")),
    ImportField("rate", N_("Rate"), names("Exchange rate|Курс|Курс валюты"), "rate"),
    ImportField(
        "prices_include_vat",
        N_("Prices include VAT"),
        names("VAT included|Цены с НДС|НДС в сумме|Сумма включает НДС"),
        "flag",
    ),
    ImportField("note", N_("Note"), names("Notes|Comment|Примечание|Комментарий"), "long text"),
)
ORDER_LINE_FIELDS = (
    ImportField(
        "product",
        N_("Product"),
        names("Product name|Item|Software|Продукт|Номенклатура|Товар|Наименование|Наименование товара"),
        required=True,
        fallback="product_code",
    ),
    ImportField(
        "product_code",
        N_("Product code"),
        names("Product ID|SKU|Article|Part number|Артикул|Код товара|Код продукта|Код номенклатуры"),
    ),
    ImportField("description", N_("Description"), names("Line|Text|Содержание|Описание")),
    ImportField("quantity", N_("Quantity"), names("Qty|Count|Количество|Кол-во"), "quantity"),
    ImportField("unit", N_("Unit"), names("Unit of measure|Ед.|Единица|Ед. изм.")),
    ImportField("price", N_("Price"), names("Unit price|Price each|Цена|Цена за единицу"), "amount"),
    ImportField("discount", N_("Discount, %"), names("Discount|Скидка|Скидка, %|Процент скидки"), "percent"),
    ImportField("vat_code", N_("VAT"), names("VAT rate|НДС|Ставка НДС"), "choice", choices=VAT_WORDS, titles=VAT_CODES),
)
LINE_OF = ImportField("order", N_("Order"), ORDER_NUMBER, required=True)
"""Of a table that holds lines alone: the number of the order that a line belongs to."""
