"""What tables of clients may hold, and how files in English and Russian head it."""

from importers.choices import CLIENT_KIND_WORDS, CLIENT_STATUS_WORDS
from importers.headings import ImportField, names
from models.clients.vocabulary import CLIENT_KINDS, CLIENT_STATUSES
from models.language import N_

CLIENT_FIELDS = (
    ImportField(
        "name",
        N_("Name"),
        names(
            "Client|Company name|Customer name|Account name|Short name|Organization|Organisation|Company|Account"
            "|Customer|Supplier name|Сокращённое наименование|Краткое наименование|Наименование|Название|Контрагент"
            "|Клиент|Организация|Компания|Наименование клиента|Наименование контрагента|Наименование организации"
            "|Название организации|Название компании|Покупатель|Заказчик|Поставщик|Рабочее наименование"
        ),
        required=True,
        fallback="legal_name",
    ),
    ImportField(
        "legal_name",
        N_("Legal name"),
        names(
            "Full name|Registered name|Official name|Полное наименование|Юридическое наименование|Полное название"
            "|Юридическое название|Наименование полное|Официальное наименование|Наименование для печатных форм"
        ),
    ),
    ImportField(
        "kind",
        N_("Kind"),
        names("Client kind|Type|Client type|Entity type|Вид|Вид контрагента|Тип|Тип клиента|Юр физ лицо|Форма"),
        "choice",
        choices=CLIENT_KIND_WORDS,
        titles=CLIENT_KINDS,
    ),
    ImportField(
        "status",
        N_("Status"),
        names("Client status|State|Статус|Статус клиента|Состояние"),
        "choice",
        choices=CLIENT_STATUS_WORDS,
        titles=CLIENT_STATUSES,
    ),
    ImportField("supplier", N_("Supplier"), names("Is supplier|Это поставщик|Является поставщиком"), "flag"),
    ImportField(
        "inn", N_("INN"), names("Tax ID|Tax number|TIN|ИНН|ИНН клиента|ИНН контрагента"), "digits", lengths=(10, 12)
    ),
    ImportField("kpp", N_("KPP"), names("КПП|КПП контрагента"), "digits", lengths=(9,)),
    ImportField("ogrn", N_("OGRN"), names("OGRNIP|ОГРН|ОГРНИП|ОГРН/ОГРНИП|ОГРН (ОГРНИП)"), "digits", lengths=(13, 15)),
    ImportField(
        "phones",
        N_("Phones"),
        names("Phone|Phone number|Telephone|Tel|Work phone|Телефон|Телефоны|Тел|Номер телефона|Телефон организации"),
        "phones",
        several=True,
    ),
    ImportField(
        "emails",
        N_("E-mail"),
        names(
            "E-mails|E-mail addresses|E-mail address|Mail|Адреса e-mail|Почта|Эл. почта|Электронная почта"
            "|Адрес электронной почты|Эл. адрес|Имейл"
        ),
        "list",
        several=True,
    ),
    ImportField(
        "website", N_("Web site"), names("Site|Web|URL|Home page|WWW|Сайт|Веб-сайт|Адрес сайта|Интернет-сайт|Web-сайт")
    ),
    ImportField(
        "address",
        N_("Address"),
        names("Full address|Office location|Адрес|Полный адрес|Фактический адрес|Адрес организации"),
        "long text",
    ),
    ImportField(
        "legal_address",
        N_("Legal address"),
        names("Registered address|Registered office|Юридический адрес|Юр. адрес|Адрес регистрации|Местонахождение"),
        "long text",
    ),
    ImportField(
        "postal_address",
        N_("Postal address"),
        names("Mailing address|Почтовый адрес|Адрес для писем|Адрес для корреспонденции"),
        "long text",
    ),
    ImportField("country", N_("Country"), names("Страна")),
    ImportField("foreign_tax_id", N_("Foreign tax id"), names("Foreign tax number|Налоговый номер")),
    ImportField("signatory", N_("Signatory"), names("Signs for it|Director|Подписывает|Директор|Руководитель")),
    ImportField(
        "signatory_position",
        N_("Signatory's position"),
        names("Position of the signatory|Должность руководителя|Должность директора"),
    ),
    ImportField(
        "signatory_basis", N_("Acts on the basis of"), names("Basis of the signature|На основании|Основание подписи")
    ),
    ImportField("archived", N_("Archived"), names("Is archived|В архиве|Архив|Архивный"), "flag"),
    ImportField("region", N_("Region"), names("State or province|Province|Регион|Область|Субъект РФ|Область, край")),
    ImportField("city", N_("City"), names("Town|Locality|Город|Населённый пункт|Нас. пункт")),
    ImportField("postal_code", N_("Postal code"), names("Postcode|Post code|ZIP|ZIP code|Индекс|Почтовый индекс")),
    ImportField("street", N_("Street"), names("Street address|Address line|Улица|Улица, дом|Улица, дом, офис")),
    ImportField(
        "contact_name",
        N_("Contact person"),
        names(
            "Contact|Contact name|Person|Контактное лицо|Контакт|ФИО|ФИО контакта|Имя контакта|Контактное лицо (ФИО)"
            "|Представитель"
        ),
    ),
    ImportField(
        "contact_position",
        N_("Position of the contact person"),
        names(
            "Contact title|Contact position|Job title|Position|Должность|Должность контакта|Должность контактного лица"
        ),
    ),
    ImportField(
        "contact_phones",
        N_("Phone of the contact person"),
        names(
            "Contact phone|Mobile|Mobile phone|Телефон контакта|Телефон контактного лица|Мобильный|Мобильный телефон"
        ),
        "phones",
        several=True,
    ),
    ImportField(
        "contact_emails",
        N_("E-mail of the contact person"),
        names("Contact e-mail|Почта контакта|E-mail контакта|Email контактного лица|Почта контактного лица"),
        "list",
        several=True,
    ),
    ImportField(
        "group",
        N_("Group of companies"),
        names("Group|Holding|Subsidiary of|Parent|Parent company|Группа|Группа компаний|Холдинг|Головная организация"),
    ),
    ImportField(
        "source",
        N_("Source"),
        names("Lead source|Source of the lead|Источник|Источник лида|Источник обращения|Откуда узнали"),
    ),
    ImportField(
        "tags",
        N_("Tags"),
        names("Tag|Labels|Sector|Industry|Категория|Category|Теги|Метки|Отрасль|Сегмент|Вид деятельности"),
        "list",
        several=True,
    ),
    ImportField(
        "note",
        N_("Note"),
        names("Notes|Comment|Comments|Remark|Description|Примечание|Примечания|Комментарий|Описание|Заметки"),
        "long text",
    ),
    ImportField(
        "responsible",
        N_("Responsible operator"),
        names("Responsible|Owner|Manager|Operator|Ответственный|Менеджер|Ответственный менеджер|Основной менеджер"),
    ),
    ImportField(
        "external_code",
        N_("External code"),
        names(
            "Customer ID|Client ID|Supplier ID|Account ID|ID|Code|Client code|Customer code|GUID|Код|Код клиента"
            "|Код контрагента|Внешний код|Идентификатор|Код 1С|Код в 1С"
        ),
    ),
    ImportField(
        "bank_account",
        N_("Bank account"),
        names("Account number|Current account|IBAN|Расчётный счёт|Р/с|Р/счёт|Банковский счёт|Номер счёта|Счёт"),
        "digits",
        lengths=(20,),
    ),
    ImportField("bik", N_("BIK"), names("BIC|Bank code|БИК|БИК банка"), "digits", lengths=(9,)),
    ImportField(
        "bank_accounts", N_("Bank accounts"), names("All bank accounts|Банковские счета|Расчётные счета"), "long text"
    ),
    ImportField("bank", N_("Bank"), names("Bank name|Банк|Наименование банка|Название банка")),
)
