"""What tables of vendor codes may hold, and how files in English and Russian head it."""

from importers.headings import ImportField, names
from models.language import N_

CODE_FIELDS = (
    ImportField(
        "code",
        N_("Code"),
        names(
            "Code|Vendor code|Activation code|Activation key|Licence key|Product key|Serial number|Serial|PIN|Number"
            "|Код|Код вендора|Код активации|Ключ активации|Серийный номер|Лицензионный ключ|ПИН|Номер"
        ),
        required=True,
    ),
    ImportField("product", N_("Product"), names("Product name|Name|Software|Товар|Продукт|Программа|Наименование")),
    ImportField("product_code", N_("Product code"), names("SKU|Part number|Article|Артикул|Код товара|Код продукта")),
    ImportField("source", N_("Source"), names("Order|Batch|Invoice|Источник|Партия|Заказ|Счёт|Накладная")),
    ImportField("cost", N_("Purchase cost"), names("Cost|Purchase price|Закупка|Себестоимость|Цена закупки"), "amount"),
    ImportField(
        "usable_until",
        N_("Usable until"),
        names("Valid until|Activate until|Expires|Expiry|Годен до|Активировать до|Действителен до|Срок"),
        "date",
    ),
    ImportField("note", N_("Note"), names("Notes|Comment|Примечание|Комментарий"), "long text"),
)
