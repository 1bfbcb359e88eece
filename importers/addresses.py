"""Addresses and countries as tables and cards give them, put together from their parts."""

from functools import cache

from models.text import clean, fold

_SPOKEN = {"uk": "GB", "usa": "US", "сша": "US", "рф": "RU", "england": "GB", "англия": "GB"}


@cache
def _codes() -> dict[str, str]:
    from babel import Locale

    names = {fold(name): code for language in ("en", "ru") for code, name in Locale(language).territories.items()}
    codes = {name: code for name, code in names.items() if len(code) == 2 and code.isalpha()}
    return codes | {fold(name): code for name, code in _SPOKEN.items()}


def country_code(text: str) -> str:
    """The two letters of a country that is named in English or Russian, or by them; "" for one that is not known."""
    codes = _codes()
    bare = text.strip().upper()
    if len(bare) == 2 and bare in codes.values():
        return bare
    return codes.get(fold(text), "")


def whole_address(text: str, *, postal_code: str = "", country: str = "", region: str = "", city: str = "") -> str:
    """One text of an address: the parts that its text does not hold already stand before it."""
    inside = fold(text)
    parts = [part for part in (postal_code, country, region, city) if part and fold(part) not in inside]
    return clean(", ".join([*parts, text] if text else parts))
