"""The correspondence of the small company: letters as they come in, in three character sets, whole and broken."""

from __future__ import annotations

from email.message import EmailMessage
from pathlib import Path

from importers.mail import import_mail
from models.clients.actions import edit_client
from models.clients.tables import Client
from models.company.actions import change_setting
from models.company.identity import actor_for

OURS = "sales@our-company.ru"
QUESTION = """Добрый день!

Просим прислать коммерческое предложение на 12 лицензий nanoCAD и ключ защиты.
Подробности: https://romashka-tula.ru/zakupki?id=12 и http://example.com/tender

С уважением,
Сергей Фокин
"""
ANSWER = """Сергей, добрый день!

Предложение во вложении, оно действует до пятницы.

Фокин Сергей писал:
> Добрый день!
>
> Просим прислать коммерческое предложение на 12 лицензий nanoCAD и ключ защиты.
> Подробности: https://romashka-tula.ru/zakupki?id=12
>
> С уважением,
> Сергей Фокин
"""


def _raw(charset: str, subject: str, sender: str, text: str, *, number: int, day: str, after: int = 0) -> bytes:
    """A letter in a character set of its own, its headers as bare as old programs send them."""
    reference = f"In-Reply-To: <{after}@letters>\n" if after else ""
    head = (
        f"From: {sender}\nTo: Отдел продаж <{OURS}>\nSubject: {subject}\nDate: {day} +0300\n"
        f"Message-ID: <{number}@letters>\n{reference}MIME-Version: 1.0\n"
        f"Content-Type: text/plain; charset={charset}\nContent-Transfer-Encoding: 8bit\n\n"
    )
    return (head + text).encode(charset)


def _letter(number: int, sender: str, to: str, subject: str, day: str, text: str, after: int = 0) -> EmailMessage:
    letter = EmailMessage()
    letter["From"], letter["To"], letter["Subject"] = sender, to, subject
    letter["Date"], letter["Message-ID"] = f"{day} +0300", f"<{number}@letters>"
    if after:
        letter["In-Reply-To"] = letter["References"] = f"<{after}@letters>"
    letter.set_content(text)
    return letter


def _answer() -> EmailMessage:
    answer = _letter(
        2, f"Анна <{OURS}>", "Фокин Сергей <fokin@romashka-tula.ru>", "Re: Запрос на 12 лицензий",
        "Tue, 04 Mar 2025 11:05:00", ANSWER, after=1,
    )  # fmt: skip
    answer.add_attachment(b"%PDF-1.4 offer", maintype="application", subtype="pdf", filename="Предложение 12.pdf")
    answer.add_attachment("a;b\n", subtype="csv", filename="../../цены.csv")
    return answer


def _order() -> EmailMessage:
    page = "<p>Please send <b>two</b> more keys, see <a href='https://northwind.example/po/77'>the order</a>.</p>"
    order = _letter(
        5, "Jane Lee <jane@northwind.example>", OURS, "Purchase order 77", "Thu, 06 Mar 2025 10:00:00",
        "Please send two more keys, see https://northwind.example/po/77",
    )  # fmt: skip
    order.add_alternative(page, subtype="html")
    return order


LETTERS: tuple[bytes, ...] = (
    _raw(
        "koi8-r", "Запрос на 12 лицензий", "Фокин Сергей <fokin@romashka-tula.ru>", QUESTION,
        number=1, day="Mon, 03 Mar 2025 09:30:00",
    ),
    bytes(_answer()),
    _raw(
        "utf-8", "Re: Запрос на 12 лицензий", "Фокин Сергей <fokin@romashka-tula.ru>",
        "Спасибо, согласовано. Ждём счёт.\n",
        number=3, day="Wed, 05 Mar 2025 16:40:00", after=2,
    ),
    _raw(
        "windows-1251", "Акт сверки за февраль", "Бухгалтерия <buh@vektor-plus.ru>",
        "Здравствуйте!\n\nВысылаем акт сверки между нами и ЗАО «Вектор плюс».\n",
        number=4, day="Thu, 06 Mar 2025 08:15:00",
    ),
    bytes(_order()),
    _raw(
        "windows-1251", "Подъём цен", "Бухгалтерия <glavbuh@vektor-plus.ru>",
        "Сообщите новые цены на ключи, ёлки-палки.\n",
        number=6, day="Fri, 07 Mar 2025 12:00:00",
    ),
    bytes(
        _letter(7, "Иван <ivan.1987@mail.ru>", OURS, "Сколько стоит?", "Sat, 08 Mar 2025 23:50:00", "Сколько?\n")
    ),
    b"no headers at all, and a \x00 byte\n\x1b]0;owned\x07 [red]text[/x]\n",
)  # fmt: skip


def write_letters(folder: Path) -> Path:
    """The letters as files of a folder."""
    folder.mkdir()
    for number, letter in enumerate(LETTERS, 1):
        (folder / f"{number}.eml").write_bytes(letter)
    return folder


def take_letters(folder: Path) -> None:
    """Import them into the open small company, of which one client is known by its address."""
    anna = actor_for("anna", "test")
    change_setting(anna, "own_addresses", "our-company.ru")
    northwind = Client.get(Client.name == "Northwind Traders")
    edit_client(anna, northwind.id, northwind.version, {"emails": ("orders@northwind.example",)})
    report = import_mail([write_letters(folder)], anna)
    assert (report.added, report.refused) == (len(LETTERS), 0)
