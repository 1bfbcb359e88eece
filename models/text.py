"""Text from outside: cleaned when it comes in, made harmless when it is shown, folded when it is looked up.

What may not reach a terminal raw (ECMA-48 control functions, C1, the bidirectional controls of Unicode's
"Trojan Source" kind) is kept as a visible sign where it can be stored, so nothing is lost unseen.
"""

import re
import unicodedata
from functools import lru_cache

_REPLACEMENT = "\ufffd"
_C0_PICTURES = {code: 0x2400 + code for code in range(0x20)} | {0x7F: 0x2421}
_C1 = dict.fromkeys(range(0x80, 0xA0), _REPLACEMENT)
_LINE_BREAKS = re.compile(r"\r\n|[\r\n\v\f\u0085\u2028\u2029]")
_SURROGATES = re.compile("[\ud800-\udfff]")
_NOT_STORED = re.compile("[\x00-\x1f\x7f-\x9f\ud800-\udfff]")

# What of a text of several lines is not stored as it stands; its line breaks are "\n" by then, or among these.
_UNUSUAL = re.compile("[\x00-\x08\x0b-\x1f\x7f-\x9f\u2028\u2029\ud800-\udfff]")

_SHOWN = str.maketrans(
    {code: chr(picture) for code, picture in _C0_PICTURES.items()}
    | _C1
    | {0x85: " ", 0x2028: " ", 0x2029: " ", 0x0A: " ", 0x0D: " ", 0x09: " "}
)
# What Unicode calls letters or marks, and nobody can see: fillers, joiners, selectors of variants, tags.
_INVISIBLE = re.compile("[\u034f\u115f\u1160\u17b4\u17b5\u180b-\u180f\u3164\ufe00-\ufe0f\uffa0\U000e0000-\U000e0fff]")
_PLAIN = re.compile(r"[ -~\u00a0-\u00ac\u00ae-\u02af\u0400-\u0481\u048a-\u052f\u2010-\u2027\u2030-\u205e\u20ac\u2116]*")


def clean(text: str, *, multiline: bool = False) -> str:
    """Text as it is stored: one normal form (NFC), no control characters, no surrogates, no space at the ends.

    A control character becomes its picture (U+2400 …), so that it is seen and nothing is lost. Line breaks
    stay, as ``\\n``, only in ``multiline`` text; elsewhere they and tabs become one space.
    """
    if text.isascii() and text.isprintable():
        return text.strip()
    if multiline:
        text = text.replace("\r\n", "\n")
        if not _UNUSUAL.search(text):
            return (text if text.isascii() else unicodedata.normalize("NFC", text)).strip()
    text = _LINE_BREAKS.sub("\n" if multiline else " ", text)
    if _NOT_STORED.search(text):
        keep = "\n\t" if multiline else ""
        text = text if multiline else text.replace("\t", " ")
        text = _NOT_STORED.sub(lambda found: _stored_sign(found[0], keep), text)
    return unicodedata.normalize("NFC", text).strip()


def _stored_sign(character: str, keep: str) -> str:
    if character in keep:
        return character
    picture = _C0_PICTURES.get(ord(character))
    return chr(picture) if picture else _REPLACEMENT


def shown(text: str) -> str:
    """Text as it may go to a terminal, on one line: controls as pictures, invisible and bidi characters as ``·``."""
    if _PLAIN.fullmatch(text):
        return text
    text = text.translate(_SHOWN)
    return text if is_visible(text) else "".join(map(_seen, text))


def is_visible(text: str) -> bool:
    """Whether every character is seen, or is a plain space: no controls, no format characters, no fillers."""
    return text.isprintable() and not _INVISIBLE.search(text)


def _seen(character: str) -> str:
    if is_visible(character):
        return character
    return " " if unicodedata.category(character) == "Zs" else "·"


def shown_lines(text: str) -> str:
    """The same for text of several lines; line breaks stay."""
    return "\n".join(shown(line.expandtabs(4)) for line in _LINE_BREAKS.sub("\n", text).split("\n"))


# Cyrillic letters that look like Latin ones in capitals: operators type one for the other, so do vendors.
_CYRILLIC_TWINS = dict(zip("авекмнорстухѕіј", "abekmhopctyxsij", strict=True))
_FOLD = str.maketrans(_CYRILLIC_TWINS | {"ё": "e", "й": "и", "ґ": "г"})
_WITHOUT_ACCENTS = re.compile(r"[ -~а-ъыьэюя№]*")
_LEFT_OUT = re.compile(
    r"[\s\-‐-―−_«»„“”\"'`‘’‚‹›"
    "\x00\u00ad\u200b-\u200f\u202a-\u202e\u2060-\u206f\ufeff^$]+"
)
_LATIN_TWINS = str.maketrans("АВЕКМНОРСТУХавекмнорстухЅІЈ", "ABEKMHOPCTYXabekmhopctyxSIJ")
_CYRILLIC_TWIN = re.compile("[АВЕКМНОРСТУХавекмнорстухЅІЈ]")
_LATIN = re.compile("[A-Za-z]")
_CYRILLIC = re.compile("[\u0400-\u04ff]")


@lru_cache(maxsize=4096)
def fold(text: str) -> str:
    """The skeleton by which text is compared and looked up.

    Case, Cyrillic look-alikes of Latin letters, ``ё``, accents, spaces, hyphens and quotation marks make no
    difference: ``fold("0А1F-4433") == fold("0a1f 4433")`` whichever alphabet the ``А`` is from.
    """
    if not text.isascii():
        text = unicodedata.normalize("NFKC", text)
    text = _LEFT_OUT.sub("", text.casefold())
    if text.isascii():
        return text
    text = text.translate(_FOLD)
    if not _WITHOUT_ACCENTS.fullmatch(text):
        text = "".join(c for c in unicodedata.normalize("NFD", text) if not unicodedata.combining(c))
    return text


def folded_words(text: str) -> list[str]:
    """The words of a query, each folded; what folds to nothing is left out."""
    return [word for word in map(fold, text.split()) if word]


def with_latin_letters(number: str) -> str | None:
    """The number with its Cyrillic look-alikes replaced, when it mixes both alphabets; None when it does not.

    Only a number with Latin letters, or one that is all look-alikes and digits, is repaired: a truly Cyrillic
    number stays as it is.
    """
    if not _CYRILLIC_TWIN.search(number):
        return None
    repaired = number.translate(_LATIN_TWINS)
    if _CYRILLIC.search(repaired):
        return None
    return repaired if _LATIN.search(repaired) else None


_LEGAL_FORMS = re.compile(
    r"^(?:ооо|оао|зао|пао|нао|ао|ип|гуп|муп|фгуп|фгбу|фгбоу|гбу|мбу|мбоу|ано|нко|тсж|снт|гк|пк|тоо|чп"
    r"|общество с ограниченной ответственностью|акционерное общество|публичное акционерное общество"
    r"|закрытое акционерное общество|индивидуальный предприниматель)\b[\s\"«„“.]*",
    re.IGNORECASE,
)


def sort_name(name: str) -> str:
    """By what a company's name is looked for in a sorted list: without legal form, quotes and case."""
    bare = _LEGAL_FORMS.sub("", name.strip(" \"«»„“”'"))
    return (bare or name).strip(" \"«»„“”'").casefold().replace("ё", "е")
