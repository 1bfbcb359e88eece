"""A printed form as the templates get it: plain JSON in which numbers and days are written in the form's language.

The names here are what a company's own templates read; docs/printing.md lists them.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from dataclasses import asdict
from decimal import Decimal
from typing import Any

from exporters.printing.payment_qr import payment_text
from models.language import N_, _
from models.sales.amounts import Amounts
from models.sales.printing import FormLine, Named, PrintedForm
from models.sales.sum_words import in_words

_LOCALES = {"ru": "ru", "en": "en_GB"}
_LONG_DAY = {"ru": "d MMMM y 'г.'", "en": "d MMMM y"}
_SHORT_DAY = {"ru": "dd.MM.y", "en": "d MMM y"}
_CURRENCIES: Mapping[str, Mapping[str, str]] = {
    "RUB": {"numeric": "643", "ru": "Российский рубль", "en": "Russian rouble", "ru_short": "руб.", "en_short": "RUB"},
    "USD": {"numeric": "840", "ru": "Доллар США", "en": "US dollar", "ru_short": "долл. США", "en_short": "USD"},
    "EUR": {"numeric": "978", "ru": "Евро", "en": "Euro", "ru_short": "евро", "en_short": "EUR"},
    "KZT": {"numeric": "398", "ru": "Тенге", "en": "Tenge", "ru_short": "тенге", "en_short": "KZT"},
    "BYN": {
        "numeric": "933", "ru": "Белорусский рубль", "en": "Belarusian rouble", "ru_short": "бел. руб.",
        "en_short": "BYN",
    },
}  # fmt: skip
_UNIT_CODES: Mapping[str, str] = {
    "шт": "796", "компл": "839", "ч": "356", "час": "356", "мес": "362", "год": "366", "сут": "359", "дн": "359",
    "усл": "876", "усл ед": "876", "упак": "778", "м": "006", "кг": "166",
}  # fmt: skip
"""The codes of the Russian classifier of units (OKEI)."""
_MARKS = {"draft": "draft", "cancelled": "cancelled", "superseded": "superseded"}


class Writer:
    """Writes numbers and days as a language does."""

    def __init__(self, language: str) -> None:
        self.language = language
        self._locale = _LOCALES[language]

    def money(self, amount: Decimal) -> str:
        """12 345,60"""
        return self._number(amount, "#,##0.00")

    def quantity(self, amount: Decimal) -> str:
        """As many decimals as there are, three at most."""
        return self._number(amount, "#,##0.###")

    def rate(self, kind: str, permille: int) -> str:
        """A rate of VAT: 22 %, or that there is none."""
        if kind != "taxed":
            return {"ru": "без НДС", "en": "no VAT"}[self.language]
        return self._number(Decimal(permille) / 10, "#,##0.#") + "\u00a0%"

    def day(self, day: dt.date | None) -> str:
        """25 ноября 2026 г."""
        return self._day(day, _LONG_DAY)

    def short_day(self, day: dt.date | None) -> str:
        """25.11.2026"""
        return self._day(day, _SHORT_DAY)

    def _number(self, amount: Decimal, pattern: str) -> str:
        from babel.numbers import format_decimal

        return format_decimal(amount, pattern, locale=self._locale)

    def _day(self, day: dt.date | None, patterns: Mapping[str, str]) -> str:
        if day is None:
            return ""
        from babel.dates import format_date

        return format_date(day, patterns[self.language], locale=self._locale)


def form_data(form: PrintedForm, language: str) -> dict[str, Any]:
    """What the templates read of a document."""
    write = Writer(language)
    return {
        "language": language,
        "form": form.form,
        "kind": form.kind,
        "number": form.number,
        "mark": _MARKS.get(form.state, ""),
        "date": write.day(form.date),
        "short_date": write.short_day(form.date),
        "due": write.day(form.due),
        "valid_until": write.day(form.valid_until),
        "currency": _currency(form.currency, language),
        "prices_include_vat": form.prices_include_vat,
        "has_discounts": form.has_discounts,
        "seller": asdict(form.seller),
        "buyer": asdict(form.buyer),
        "end_user": asdict(form.end_user) if form.end_user is not None else None,
        "bank": asdict(form.bank) if form.bank is not None else None,
        "person": {"name": form.person, "position": form.person_position},
        "operator": form.operator,
        "contract": named_data(form.contract, write),
        "basis": [named_data(one, write) for one in form.basis],
        "corrects": named_data(form.corrects, write),
        "payments": [named_data(one, write) for one in form.payments],
        "lines": [_line(line, write) for line in form.lines],
        "optional": [_line(line, write) for line in form.optional],
        "vat": [
            {"rate": write.rate(one.kind, one.permille), "kind": one.kind, **_amounts(one.amounts, write)}
            for one in form.vat
        ],
        **_amounts(form.totals, write),
        "has_vat": any(one.kind == "taxed" for one in form.vat),
        "in_words": in_words(form.totals.gross, form.currency, language),
        "vat_in_words": in_words(form.totals.vat, form.currency, language),
        "terms": form.terms,
        "note": form.note,
        "payment": payment_text(form, purpose(form)) if form.form == "invoice" else "",
    }


def purpose(form: PrintedForm) -> str:
    """What a payment of an invoice is for, as the payer's bank will write it: in Russian, whatever the form is in."""
    write = Writer("ru")
    vat = f"В том числе НДС {write.money(form.totals.vat)}" if form.totals.vat else "НДС не облагается"
    return f"Оплата по счёту № {form.number} от {write.short_day(form.date)}. {vat}".replace("\u00a0", " ")


def _amounts(amounts: Amounts, write: Writer) -> dict[str, str]:
    return {"net": write.money(amounts.net), "tax": write.money(amounts.vat), "gross": write.money(amounts.gross)}


def _currency(code: str, language: str) -> dict[str, str]:
    known = _CURRENCIES.get(code, {})
    return {
        "code": code, "numeric": known.get("numeric", ""), "name": known.get(language, code),
        "short": known.get(f"{language}_short", code),
    }  # fmt: skip


_KIND_NAMES = {
    "ru": {
        "contract": "Договор", "quote": "Коммерческое предложение", "order": "Заказ", "invoice": "Счёт",
        "shipment": "Отгрузка", "payment_in": "Платёж", "supplier_order": "Заказ поставщику", "receipt": "Поступление",
    },
    "en": {
        "contract": "Contract", "quote": "Quote", "order": "Order", "invoice": "Invoice", "shipment": "Shipment",
        "payment_in": "Payment", "supplier_order": "Supplier order", "receipt": "Receipt",
    },
}  # fmt: skip


def named_data(named: Named | None, write: Writer) -> dict[str, str] | None:
    """Another document as a template names it; none where there is none."""
    if named is None:
        return None
    name = _KIND_NAMES[write.language].get(named.kind, named.kind)
    number, day = named.number, write.short_day(named.date)
    text = f"{name} № {number} от {day}" if write.language == "ru" else f"{name} {number} of {day}"
    return {
        "kind": named.kind, "name": name, "number": number, "date": write.day(named.date), "short_date": day,
        "subject": named.subject, "text": text,
    }  # fmt: skip


def _line(line: FormLine, write: Writer) -> dict[str, Any]:
    return {
        "position": str(line.position),
        "code": line.code,
        "description": line.description,
        "unit": line.unit,
        "unit_code": _UNIT_CODES.get(" ".join(line.unit.replace(".", " ").casefold().split()), ""),
        "quantity": write.quantity(line.quantity),
        "price": write.money(line.price),
        "net_price": write.money(line.net_price),
        "discount": f"{write.quantity(line.discount)}\u00a0%" if line.discount else "",
        "rate": write.rate(line.vat_kind, line.vat_permille),
        "vat_kind": line.vat_kind,
        "amount": write.money(line.amount),
        **_amounts(line.amounts, write),
        "end_user": line.end_user,
        "register_number": line.register_number,
        "vendor": line.vendor,
        "product_kind": line.product_kind,
    }


_FILE_NAMES = {
    "quote": N_("Quote"), "order": N_("Order"), "invoice": N_("Invoice"), "upd1": N_("UTD"), "upd2": N_("UTD"),
    "act": N_("Act"), "rights": N_("Act of transfer of rights"), "supplier_order": N_("Supplier order"),
}  # fmt: skip


def file_name(form: PrintedForm) -> str:
    """What the PDF is called when nobody says otherwise; in the operator's language."""
    number = form.number.replace("/", "-") or _("draft {number}").format(number=form.document_id)
    return f"{_(_FILE_NAMES[form.form])} {number}.pdf"
