"""A document to print, and what can be read of a PDF: its text, its pages as pictures, the codes on them."""

from __future__ import annotations

import datetime as dt
import re
from decimal import Decimal
from typing import Any

import pypdfium2
import zxingcpp

from models.sales.amounts import Amounts, total
from models.sales.printing import Bank, FormLine, Named, Party, PrintedForm, VatShare

D = Decimal
SELLER = Party(
    "Общество с ограниченной ответственностью «ТехноСофт»", "ТехноСофт", "7721197726", "770101001", "1107766240394",
    "105005, г. Москва, ул. Бауманская, д. 7", signatory="Котова А. В.", accountant="Смирнова Е. И.",
)  # fmt: skip
BUYER = Party(
    "ПАО «Уралпроект»", "ПАО «Уралпроект»", "6653702398", "667001001", "", "620014, г. Екатеринбург, пр. Ленина, д. 24",
    signatory="Петров И. С.", signatory_position="генеральный директор",
)  # fmt: skip
BANK = Bank("ПАО Сбербанк, г. Москва", "044525225", "40702810107911215279", "30101810400000000225")


def a_line(
    position: int, description: str, quantity: str, price: str, net: str, tax: str, *, kind: str = "taxed", **more: Any
) -> FormLine:
    """A line, its price with VAT."""
    amounts = Amounts(D(net), D(tax), D(net) + D(tax))
    return FormLine(
        position, f"P-{position}", description, "шт", D(quantity), D(price), amounts.net / D(quantity), D(0), kind,
        220 if kind == "taxed" else 0, amounts, amounts.gross, **more,
    )  # fmt: skip


LINES = (
    a_line(1, "Нанокад Проект", "4", "85000", "340000", "0", kind="exempt", register_number="1234"),
    a_line(2, "Подписка на год", "5", "24500.50", "100411.89", "22090.61", end_user="АО «Трубный завод»"),
)
WORDS = {
    "ru": "Четыреста шестьдесят две тысячи пятьсот два рубля 50 копеек",
    "en": "Four hundred and sixty-two thousand five hundred and two roubles 50 kopecks",
}
SUMS = {"ru": ("462 502,50", "22 090,61"), "en": ("462,502.50", "22,090.61")}
DAYS = {"ru": "25 ноября 2026 г.", "en": "25 November 2026"}


def a_form(form: str, kind: str = "invoice", **more: Any) -> PrintedForm:
    """A document of two lines."""
    lines = more.pop("lines", LINES)
    rates = sorted({(line.vat_kind, line.vat_permille) for line in lines}, reverse=True)
    shares = tuple(
        VatShare(*rate, total(line.amounts for line in lines if (line.vat_kind, line.vat_permille) == rate))
        for rate in rates
    )
    given = {
        "number": "26-00045", "date": dt.date(2026, 11, 25), "state": "issued", "currency": "RUB", "seller": SELLER,
        "buyer": BUYER, "bank": BANK, "contract": Named("contract", "Д-17", dt.date(2026, 2, 3), "поставка"),
        "vat": shares, "operator": "Котова Анна",
    }  # fmt: skip
    return PrintedForm(
        1, kind, form, prices_include_vat=True, totals=total(line.amounts for line in lines), lines=lines,
        **{**given, **more},
    )  # fmt: skip


def text_of(pdf: bytes) -> str:
    """All text of a PDF, its spaces and line ends as single spaces."""
    document = pypdfium2.PdfDocument(pdf)
    text = " ".join(page.get_textpage().get_text_bounded() for page in document)
    return re.sub(r"\s+", " ", text.replace("\u200b", "").replace("\u00ad", ""))


def pages_of(pdf: bytes) -> int:
    """How many pages it has."""
    return len(pypdfium2.PdfDocument(pdf))


def edges_of(letter: str, pdf: bytes) -> tuple[float, float]:
    """How far left and right a letter stands on the first page, in points."""
    text = pypdfium2.PdfDocument(pdf)[0].get_textpage()
    places = [number for number, one in enumerate(text.get_text_range()) if one == letter]
    boxes = [text.get_charbox(number) for number in places]
    return min(box[0] for box in boxes), max(box[2] for box in boxes)


def codes_on(pdf: bytes) -> list[str]:
    """What the codes on the first page say to a scanner."""
    picture = pypdfium2.PdfDocument(pdf)[0].render(scale=3, grayscale=True)
    rows = bytes(picture.buffer)
    width, height, stride = picture.width, picture.height, picture.stride
    packed = b"".join(rows[row * stride : row * stride + width] for row in range(height))
    found: Any = zxingcpp.read_barcodes(memoryview(packed).cast("B", (height, width)))
    return [code.text for code in found]
