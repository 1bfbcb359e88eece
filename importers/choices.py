"""The words by which files name what the domain has codes for, in English and Russian; ``fields`` refers to them."""

from collections.abc import Mapping

from models.catalogue.vocabulary import NUMBER_SCOPES, PRODUCT_KINDS, PROTECTION_METHODS, TERM_STARTS, VAT_CODES
from models.clients.vocabulary import CLIENT_KINDS, CLIENT_STATUSES
from models.keys.vocabulary import KEY_STATES
from models.licensing.vocabulary import LICENCE_KINDS, LICENCE_STATES
from models.sales.vocabulary import UNMET_REASONS
from models.text import fold


def _choices(titles: Mapping[str, str], **words: str) -> dict[str, str]:
    """Folded word → code: the codes and their English titles, and the further ``words``, parted by ``|``."""
    by_word = {fold(word): code for code, title in titles.items() for word in (code, title)}
    for code, further in words.items():
        by_word |= {fold(word): code for word in further.split("|")}
    return by_word


CLIENT_KIND_WORDS = _choices(
    CLIENT_KINDS,
    company="организация|юридическое лицо|юр. лицо|юрлицо|юл|компания|legal entity|organization|ooo|ао|пао",
    sole_trader="индивидуальный предприниматель|ип|предприниматель|entrepreneur|self-employed|самозанятый",
    person="физическое лицо|физ. лицо|физлицо|фл|частное лицо|individual|private person",
)
CLIENT_STATUS_WORDS = _choices(
    CLIENT_STATUSES,
    candidate="кандидат|потенциальный|потенциальный клиент|лид|lead|prospect|prospective",
    client="клиент|действующий|действующий клиент|активный|покупатель|customer|active|существующий",
)
PRODUCT_KIND_WORDS = _choices(
    PRODUCT_KINDS,
    licence="license|лицензия|лицензии|по|программа|программный продукт|программное обеспечение|software",
    subscription="подписка|saas|аренда",
    key="ключ|ключ защиты|аппаратный ключ|dongle|key",
    goods="товар|товары|оборудование|hardware|product",
    service="услуга|услуги|работа|работы|work|services",
)
PROTECTION_WORDS = _choices(
    PROTECTION_METHODS,
    hardware_key="аппаратный ключ|аппаратная|аппаратный|ключ|usb|usb-ключ|hasp|sentinel|guardant|dongle|hardware",
    software_key="программный ключ|программная|программный|software|hasp sl",
    activation_code="код активации|код|активация|пинкод|пин-код|pin|activation",
    account="учётная запись|аккаунт|личный кабинет|online|онлайн",
    none="без защиты|нет|отсутствует|no",
)
TERM_START_WORDS = _choices(
    TERM_STARTS, issue="с выдачи|от выдачи|с даты выдачи|с продажи", activation="с активации|от активации"
)
NUMBER_SCOPE_WORDS = _choices(NUMBER_SCOPES, vendor="по вендору|у вендора", product="по продукту|у продукта")
VAT_WORDS = _choices(
    VAT_CODES,
    standard="основная ставка|20%|22%|18%|ндс 20%|ндс 22%|ндс 18%|20|22|18|0.2|0.22|0.18|основная|общая|standard",
    reduced="10%|ндс 10%|10|0.1|льготная|reduced",
    zero="0%|ндс 0%|0|zero",
    simplified_5="5%|ндс 5%|5|0.05",
    simplified_7="7%|ндс 7%|7|0.07",
    without="без ндс|не плательщик|нет|none|without",
    exempt="не облагается|освобождено|необлагаемый|не облагается ндс",
)
KEY_STATE_WORDS = _choices(
    KEY_STATES,
    in_stock="на складе|склад|свободен|available|stock|free",
    reserved="в резерве|зарезервирован|резерв",
    issued="выдан|выдано|у клиента|отгружен|продан|sold|delivered",
    lent="одолжен|одолжён|во временном пользовании|временно|на время|на тест|loan|on loan",
    returned="возвращён|возврат",
    broken="сломан|неисправен|брак|повреждён|damaged",
    lost="утерян|потерян|утрачен",
    replaced="заменён|замена",
)
LICENCE_STATE_WORDS = _choices(
    LICENCE_STATES,
    reserved="зарезервирована|в резерве|резерв",
    # What a licence's dates make of "issued" is shown as its state, and is found again from the dates.
    issued="выдана|выдано|действует|действующая|активна|активирована|active|valid|продана|sold|expiring|expired"
    "|истекает|истекла",
    # Reserved, or issued and not yet activated: the importer of licences says which.
    inactive="inactive|неактивна|не активирована",
    suspended="приостановлена|заблокирована|blocked",
    superseded="заменена|замещена|обновлена|upgraded|replaced",
    revoked="отозвана|аннулирована|отменена|cancelled|canceled",
)
LICENCE_KIND_WORDS = _choices(
    LICENCE_KINDS,
    new="новая|новый|первичная|покупка|purchase|основная поставка",
    upgrade="обновление|апгрейд|переход|расширение",
    renewal="продление|пролонгация|подписка|renew",
    transfer="передача|перенос|переоформление",
    replacement="замена",
)
UNMET_REASON_WORDS = _choices(
    UNMET_REASONS,
    not_stated="не указана|не указано|unknown|неизвестно",
    price="цена|дорого|too expensive|expensive|budget|нет бюджета|высокая цена",
    quality="качество",
    competitor="конкурент|выбрали конкурента|competition",
    postponed="отложено|перенесено|no decision|не сейчас|timing",
    missing_feature="нет нужной функции|нет функции|не хватает функций|feature|functionality|функциональность",
    other="другое|прочее|иное",
)
