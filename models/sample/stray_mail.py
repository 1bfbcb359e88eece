"""Mail that belongs to no story: newsletters, strangers, people's private boxes, notes among ourselves."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Stray:
    """A single message; ``{domain}`` in ``address`` and ``links`` is the sender's own.

    ``sender`` is ``stranger`` (somebody unknown), ``private`` (one of a client's people, from a box of his own),
    ``colleague`` (one of us to another), or the name of a list. Links stand at the end of the text, a line each.
    """

    code: str
    weight: int
    sender: str
    address: str
    subject: str
    texts: tuple[str, ...]
    links: tuple[str, ...] = ()
    list_id: str = ""


PRIVATE_DOMAIN = "mail.ru"
STRAYS: tuple[Stray, ...] = (
    Stray(
        "newsletter", 24, "САПР-Вестник", "news@sapr-vestnik.example", "САПР-Вестник № {number}: новости рынка",
        (
            "В этом выпуске: обзор отечественных систем проектирования, новые правила реестра и календарь выставок.",
            "Главное за месяц: что изменилось в лицензировании, опыт перехода трёх заводов и ответы на письма.",
        ),
        ("https://sapr-vestnik.example/{number}", "https://sapr-vestnik.example/unsubscribe"),
        "SAPR-Vestnik <news.sapr-vestnik.example>",
    ),
    Stray(
        "webinar", 14, "Учебный центр «Чертёж»", "info@chertezh-edu.example", "Вебинар для партнёров, занятие {number}",
        (
            "Приглашаем на вебинар: как рассказать клиенту о сетевых лицензиях. Участие бесплатное, запись пришлём.",
            "Новое занятие для менеджеров: возражения о цене и сроках. Места ограничены.",
        ),
        ("https://chertezh-edu.example/webinar/{number}",),
        "Partners <partners.chertezh-edu.example>",
    ),
    Stray(
        "enquiry", 30, "stranger", "{box}@{domain}", "Вопрос о лицензиях, заявка {number}",
        (
            "Пишу по поручению {client}, ИНН {inn}. Нужны {product}, {count}. Сколько это стоит?",
            "Коллеги из {client} посоветовали обратиться к вам. Нам нужно рабочее место {product} и ключ.",
            "Работаю по подряду с {client}. Можно ли взять {product} на три месяца?",
        ),
    ),
    Stray(
        "private", 18, "private", "", "С личной почты: {product}, вопрос {number}",
        (
            "Пишу с личной почты, рабочая сегодня не открывается. Можно ли запустить {product} дома на том же ключе?",
            "Это {them}, {client}. Пришлите, пожалуйста, счёт сюда же: я в отпуске, но закупку надо успеть.",
        ),
    ),
    Stray(
        "tender", 8, "Электронная площадка", "robot@torgi-ploschadka.example", "Извещение о закупке № {number}",
        ("Опубликовано извещение: поставка программного обеспечения, {product}. Приём заявок до {until}.",),
        ("https://torgi-ploschadka.example/lot/{number}",),
    ),
    Stray(
        "note", 10, "colleague", "", "Ключи на складе, проверка {number}",
        (
            "Проверьте, пожалуйста, остатки ключей: для {client} отложили два, а в шкафу один.",
            "По {client} позвоните до обеда, они ждут ответа о скидке. Меня сегодня не будет.",
        ),
    ),
)  # fmt: skip
