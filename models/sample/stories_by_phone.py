"""The stories without a letter: questions that a call answers, calls after a sale, talks at an exhibition."""

from __future__ import annotations

from models.sample.story import Story, Talk

BY_PHONE: tuple[Story, ...] = (
    Story(
        "price by phone", 26, "client", (1, 900),
        (Talk("call", False, 0, 4, "Спросили цену: {product}", "Назвали {price} ({count}). Сравнивают с другими.",
              "Перезвонить через неделю"),),
    ),
    Story(
        "after the sale", 22, "any", (10, 60),
        (Talk("call", True, 0, 6, "Как работает {product}", "Установили, довольны. Напомнили о сроке сопровождения."),),
    ),
    Story(
        "help by phone", 26, "any", (2, 800),
        (
            Talk("call", False, 0, 9, "Не запускается {product}", "Помогли переустановить; обещали проверить.",
                 "Узнать, всё ли работает"),
            Talk("call", True, 9, 3, "{product}: проверили после вчерашнего", "Всё работает."),
        ),
    ),
    Story(
        "no answer", 12, "any", (200, 900),
        (
            Talk("call", True, 0, 0, "Предложить обновление {product}", "Не состоялся: не берут трубку.",
                 "Позвонить ещё раз", cancelled=True),
            Talk("call", True, 20, 5, "Предложить обновление {product}", "Дозвонились: до конца года не планируют."),
        ),
    ),
    Story(
        "exhibition", 8, "client", (1, 700),
        (Talk("other", True, 0, 15, "Подошли к стенду на выставке", "Оставили визитку, интересует {product}.",
              "Пригласить на показ"),),
    ),
)  # fmt: skip
