"""How tables of other programs call the stages of a sale: folded word → the code of a stage, in English and Russian."""

from __future__ import annotations

from models.text import fold

_WORDS = {
    "prospecting": "prospecting|prospect|lead|new|new lead|qualification|qualified|open|лид|новая|новый|новая сделка"
    "|первичный контакт|квалификация|поиск|выявление потребности",
    "engaging": "engaging|engaged|contacted|in progress|working|discovery|needs analysis|demo|в работе|взята в работу"
    "|контакт установлен|презентация|демонстрация|анализ потребностей",
    "quoted": "quoted|quote|quote sent|proposal|proposal sent|price quote|offer|кп|кп отправлено|отправлено кп"
    "|коммерческое предложение|предложение|предложение отправлено|расчёт",
    "negotiation": "negotiation|negotiating|negotiation/review|review|decision|переговоры|согласование|торг"
    "|принимают решение|обсуждение условий",
    "ordered": "ordered|order|contract|contract sent|verbal|commit|заказ|договор|согласование договора|подписание"
    "|подписание договора|заказ и договор",
    "invoiced": "invoiced|invoice|invoice sent|awaiting payment|payment|счёт|счёт выставлен|выставлен счёт"
    "|ожидание оплаты|ожидаем оплату|оплата",
    "won": "won|closed won|win|success|successful|paid|выиграна|выигран|выиграно|успех|успешно|успешно реализовано"
    "|сделка успешна|оплачено|продажа",
    "lost": "lost|closed lost|loss|failed|rejected|disqualified|проиграна|проигран|проиграно|отказ|провал|неуспех"
    "|закрыто и не реализовано|сделка провалена|не состоялась",
}
STAGE_WORDS: dict[str, str] = {fold(word): code for code, words in _WORDS.items() for word in words.split("|")}
