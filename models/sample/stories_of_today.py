"""The stories that are under way on the sample's day: what waits for an answer, calls to make, what ends soon."""

from __future__ import annotations

from models.sample.story import Story, Talk, ours, theirs

FRESH: tuple[Story, ...] = (
    Story(
        "ends soon", 1, "ending", (-9, -6),
        (
            ours(
                0,
                "Напоминаем: лицензии {product} ({count}) действуют до {until}. Продлить их лучше заранее, стоимость"
                " {price}.",
                subject="Лицензии {product} действуют до {until}",
            ),
            theirs(12, "Спасибо, что предупредили. Согласуем бюджет и вернёмся на этой неделе."),
            Talk("call", True, 100, 5, "Продление {product} до {until}", "", "Напомнить о продлении"),
        ),
    ),
    Story(
        "question of yesterday", 1, "any", (-1, -1),
        (
            theirs(
                0,
                "Можно ли добавить к нашим лицензиям {product} ещё два места на тот же ключ {key}? И сколько это"
                " стоит, если платить до конца месяца?",
                "Можно ли добавить к нашим лицензиям {product} ещё два места? И сколько это стоит, если платить до"
                " конца месяца?",
                subject="Ещё два места: {product}",
            ),
            Talk("call", True, 16, 10, "Ещё два места {product}", "", "Рассчитать и прислать счёт"),
        ),
    ),
    Story(
        "demo to come", 1, "client", (-6, -4),
        (
            ours(0, "Приглашаем на показ {product} на ваших данных. Когда вам удобно?",
                 subject="Показ {product} на вашем проекте"),
            theirs(10, "Давайте на следующей неделе, в первой половине дня."),
            Talk("demo", True, 130, 60, "Показ {product} на проекте клиента", "", "Взять демонстрационный ключ"),
        ),
    ),
    Story(
        "invoice to remember", 1, "any", (-7, -5),
        (
            ours(0, "Направляем счёт № {invoice}, всего {price}. Счёт действует пять банковских дней.",
                 subject="Счёт № {invoice}", files=("invoice",)),
            Talk("call", True, 90, 4, "Оплата счёта № {invoice}", "", "Узнать об оплате"),
        ),
    ),
    Story(
        "meeting to come", 1, "any", (-4, -3),
        (
            Talk("call", False, 0, 7, "Просят о встрече", "Хотят обсудить рамочный договор на год.", "Встреча"),
            Talk("meeting", True, 110, 60, "Рамочный договор на год", "", "Подготовить проект договора"),
        ),
    ),
)  # fmt: skip
