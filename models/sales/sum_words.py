"""Sums in words, as documents give them: the whole units written out, the hundredths in digits. Pure."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal


@dataclass(frozen=True, slots=True)
class _Money:
    """What a currency and its hundredth are called, in the forms that go with numbers."""

    unit: tuple[str, ...]
    hundredth: tuple[str, ...]


_NAMES: Mapping[str, Mapping[str, _Money]] = {
    "ru": {
        "RUB": _Money(("рубль", "рубля", "рублей"), ("копейка", "копейки", "копеек")),
        "USD": _Money(("доллар США", "доллара США", "долларов США"), ("цент", "цента", "центов")),
        "EUR": _Money(("евро", "евро", "евро"), ("цент", "цента", "центов")),
        "KZT": _Money(("тенге", "тенге", "тенге"), ("тиын", "тиына", "тиынов")),
        "BYN": _Money(
            ("белорусский рубль", "белорусских рубля", "белорусских рублей"), ("копейка", "копейки", "копеек")
        ),
    },
    "en": {
        "RUB": _Money(("rouble", "roubles"), ("kopeck", "kopecks")),
        "USD": _Money(("US dollar", "US dollars"), ("cent", "cents")),
        "EUR": _Money(("euro", "euros"), ("cent", "cents")),
        "KZT": _Money(("tenge", "tenge"), ("tiyn", "tiyns")),
        "BYN": _Money(("Belarusian rouble", "Belarusian roubles"), ("kopeck", "kopecks")),
    },
}
_MINUS = {"ru": "минус", "en": "minus"}


def in_words(amount: Decimal, currency: str, language: str) -> str:
    """An amount in words: ``Двадцать одна тысяча рублей 05 копеек``; ``language`` is ``ru`` or ``en``."""
    from num2words import num2words

    whole, hundredths = divmod(int(abs(amount) * 100), 100)
    words = num2words(whole, lang=language).replace(",", "")
    if amount < 0:
        words = f"{_MINUS[language]} {words}"
    names = _NAMES[language].get(currency)
    if names is None:
        return _capital(f"{words} {hundredths:02d}/100 {currency}")
    unit, small = _form(names.unit, whole), _form(names.hundredth, hundredths)
    return _capital(f"{words} {unit} {hundredths:02d} {small}")


def _form(forms: tuple[str, ...], number: int) -> str:
    if len(forms) == 2:
        return forms[number != 1]
    if number % 100 in range(11, 15):
        return forms[2]
    return forms[{1: 0, 2: 1, 3: 1, 4: 1}.get(number % 10, 2)]


def _capital(text: str) -> str:
    return text[:1].upper() + text[1:]
