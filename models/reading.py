"""What an operator types or a file holds, read strictly: amounts, whole numbers, yes and no, phones.

Forms, the filter and the importers use the same readers, so a value that a form takes is taken from a
file too. Every reader raises ``RuleBroken`` that says what was read and what is expected. Dates are in
``reading_dates``.
"""

import re
from decimal import Decimal

from models.errors import RuleBroken
from models.language import N_, _
from models.text import shown

# Spaces by which thousands are grouped: plain, no-break, narrow no-break, thin, figure.
_SPACES = re.compile("[ \u00a0\u202f\u2009\u2007]")
_MINUS = str.maketrans("−–", "--")
_GROUPINGS = tuple(
    re.compile(pattern)
    for pattern in (
        r"(?P<whole>[0-9]+)(?:[.,](?P<part>[0-9]+))?",
        r"(?P<whole>[0-9]{1,3}(?: [0-9]{3})+)(?:[.,](?P<part>[0-9]+))?",
        r"(?P<whole>[0-9]{1,3}(?:['’][0-9]{3})+)(?:[.,](?P<part>[0-9]+))?",
        r"(?P<whole>[0-9]{1,3}(?:,[0-9]{3})+)\.(?P<part>[0-9]+)",
        r"(?P<whole>[0-9]{1,3}(?:\.[0-9]{3})+),(?P<part>[0-9]+)",
        r"(?P<whole>[0-9]{1,3}(?:,[0-9]{3}){2,}|[0-9]{1,3}(?:\.[0-9]{3}){2,})(?P<part>)",
    )
)
_NOT_A_DIGIT = re.compile("[^0-9]")
# "1,250" is 1250 to one reader and 1.25 to another.
_THREE_PLACES = re.compile(r"[1-9][0-9]{0,2}[.,][0-9]{3}")
# Minor units of larger amounts would not fit the database's 64-bit integers with room for sums.
LARGEST_AMOUNT = Decimal(10) ** 13

YES = frozenset(["1", "y", "yes", "true", "t", "on", "+", "x", "✓", "✔", "да", "д", "истина", "истинно", "вкл", "есть"])
NO = frozenset(["0", "n", "no", "false", "f", "off", "-", "–", "—", "нет", "н", "ложь", "ложно", "выкл"])

_AMOUNT_EXPECTED = N_("An amount is expected, as 1250.50 or 1 250,50.")
_LENGTH_SHOWN = 60


def quoted(text: str) -> str:
    """What was read, cut and made harmless, for a message."""
    cut = text if len(text) <= _LENGTH_SHOWN else text[: _LENGTH_SHOWN - 1] + "…"
    return shown(cut)


def refused(field: str, text: str, expected: str) -> RuleBroken:
    """The error of every reader: what was read, and what is expected (already translated)."""
    return RuleBroken(field, _("“{text}” cannot be read.").format(text=quoted(text)), expected)


def read_amount(text: str, field: str = "", *, places: int = 2) -> Decimal:
    """An amount with at most ``places`` decimals, exact; thousands may be grouped, no exponent, no sign of money."""
    bare = _SPACES.sub(" ", text.strip()).translate(_MINUS)
    negative = bare.startswith("-")
    unsigned = bare[1:].lstrip() if bare[:1] in ("-", "+") else bare
    found = next((match for pattern in _GROUPINGS if (match := pattern.fullmatch(unsigned))), None)
    if found is None:
        raise refused(field, text, _(_AMOUNT_EXPECTED))
    if places < 3 and _THREE_PLACES.fullmatch(unsigned):
        raise refused(field, text, _("It can be meant with thousands or with three decimals: write 1250 or 1250.00."))
    whole, part = _NOT_A_DIGIT.sub("", found["whole"]), found["part"] or ""
    if part[places:].strip("0"):
        raise refused(field, text, _("At most {places} decimals are expected.").format(places=places))
    value = Decimal(f"{whole}.{part[:places].ljust(places, '0')}" if places else whole)
    if value >= LARGEST_AMOUNT:
        raise refused(field, text, _("The number is too large."))
    return -value if negative and value else value


def read_quantity(text: str, field: str = "") -> Decimal:
    """A quantity, exact to three places; a single comma or point is the decimal one."""
    return read_amount(text, field, places=3)


def read_integer(text: str, field: str = "", *, least: int | None = None, most: int | None = None) -> int:
    """A whole number; thousands may be grouped, decimals must be zeros (spreadsheets write ``12.0``)."""
    expected = _("A whole number is expected, as 12.")
    try:
        value = int(read_amount(text, field, places=0))
    except RuleBroken as error:
        raise refused(field, text, expected) from error
    if least is not None and value < least:
        raise refused(field, text, _("At least {least} is expected.").format(least=least))
    if most is not None and value > most:
        raise refused(field, text, _("At most {most} is expected.").format(most=most))
    return value


def read_flag(text: str, field: str = "") -> bool:
    """Yes or no, in English or Russian."""
    word = text.strip().casefold()
    if word in YES:
        return True
    if word in NO:
        return False
    raise refused(field, text, _("Yes or no is expected."))


_BETWEEN_PHONES = re.compile(r"[;\n\r]+|,(?=\s*(?:[+(]|[0-9]{3}))|\s/\s|\s\|\s")
_EXTENSION = re.compile(r"(?:доб\w*|вн\w*|ext\w*|x|#)[\s.:]*[0-9]{1,6}\.?\s*$", re.IGNORECASE)


def split_phones(text: str) -> list[str]:
    """The phones that one cell or input holds, as written: ``(495) 123-45-67, доб. 12; 8 800 …`` are two."""
    phones: list[str] = []
    for piece in _BETWEEN_PHONES.split(text):
        phone = " ".join(piece.split()).strip(" ,")
        if phone:
            phones.append(phone)
    return phones


def read_phone(text: str, field: str = "") -> str:
    """One phone number as written, with single spaces; it must have 3 to 15 digits besides an extension (E.164)."""
    phone = " ".join(text.split())
    digits = len(_NOT_A_DIGIT.sub("", _EXTENSION.sub("", phone)))
    if not 3 <= digits <= 15:
        raise refused(field, text, _("A phone number is expected, as +7 495 123-45-67."))
    return phone


def without_extension(phone: str) -> str:
    """A phone number without the extension behind it."""
    return _EXTENSION.sub("", phone)


def split_list(text: str) -> list[str]:
    """The parts of a cell that holds several values: tags, addresses of mail; each once, in their order."""
    parts = (" ".join(part.split()) for part in re.split(r"[;,\n\r]+", text))
    return list(dict.fromkeys(part for part in parts if part))
