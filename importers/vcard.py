"""Contacts from vCard files of versions 2.1, 3 and 4; one card that cannot be read does not stop the others."""

import re
from collections.abc import Iterator, Sequence
from contextlib import suppress
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any

import vobject

from importers.encodings import examine
from importers.vcard_lines import CardText, cards_in, regular
from models.errors import RuleBroken
from models.language import _
from models.reading import split_list
from models.reading_dates import read_date
from models.text import clean

# The largest address book seen has 20 MB with pictures; the text is held as a whole.
_LARGEST_FILE = 256 << 20
_APPLE_LABEL = re.compile(r"_\$!<(.*)>!\$_")
# Parameters that say nothing about what a phone or address is for.
_SILENT_TYPES = frozenset({"internet", "pref", "voice", "x509", "postal", "parcel", "msg"})


@dataclass(frozen=True, slots=True)
class Labelled:
    """A phone, e-mail address or similar with what it is for, in lower case: ``("work", "fax")``."""

    value: str
    types: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class PostalAddress:
    """An address in its parts; ``street`` holds box and extension too."""

    street: str = ""
    city: str = ""
    region: str = ""
    postal_code: str = ""
    country: str = ""
    types: tuple[str, ...] = ()

    def __str__(self) -> str:
        parts = (self.postal_code, self.country, self.region, self.city, self.street)
        return ", ".join(part for part in parts if part)


@dataclass(frozen=True, slots=True)
class ContactCard:
    """One contact; texts are cleaned, absent ones empty. ``line`` is where the card begins in its file."""

    line: int
    name: str = ""
    organisation: str = ""
    department: str = ""
    title: str = ""
    phones: tuple[Labelled, ...] = ()
    emails: tuple[Labelled, ...] = ()
    addresses: tuple[PostalAddress, ...] = ()
    birthday: date | None = None
    note: str = ""
    url: str = ""
    uid: str = ""
    categories: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class UnreadableCard:
    """A card that is refused: the line where it begins, and why, in the operator's language."""

    line: int
    reason: str


def is_vcard(path: Path) -> bool:
    """Whether the file begins as vCards do."""
    with path.open("rb") as file:
        beginning = file.read(4096).replace(b"\0", b"").lstrip(b"\xef\xbb\xbf\xff\xfe \t\r\n")
    return re.match(rb"BEGIN\s*:\s*VCARD", beginning, re.IGNORECASE) is not None


def read_vcards(path: Path) -> Iterator[ContactCard | UnreadableCard]:
    """The cards of a file in their order; raises ``RuleBroken`` when the file is no readable text."""
    text = examine(path)
    if text.size > _LARGEST_FILE:
        raise RuleBroken("file", _("{file} is larger than {size} MB.").format(file=path.name, size=_LARGEST_FILE >> 20))
    for card in cards_in(path.read_bytes().decode(text.encoding, "replace")):
        yield _read(card)


def _read(card: CardText) -> ContactCard | UnreadableCard:
    if not card.complete:
        return UnreadableCard(card.line, _("The card has no end."))
    try:
        component = vobject.readOne(regular(card), ignoreUnreadable=True, allowQP=True)
        contact = _contact(card.line, component)
    except (vobject.base.VObjectError, ValueError, KeyError, IndexError, TypeError, AttributeError) as error:
        return UnreadableCard(card.line, _("The card is damaged: {reason}.").format(reason=error))
    if not (contact.name or contact.organisation or contact.phones or contact.emails):
        return UnreadableCard(card.line, _("The card names nobody."))
    return contact


def _contact(line: int, card: Any) -> ContactCard:
    organisation, *departments = _parts(_values(card, "org"))
    return ContactCard(
        line=line,
        name=_first(card, "fn") or _spoken_name(card) or _first(card, "nickname"),
        organisation=organisation,
        department=", ".join(departments),
        title=_first(card, "title") or _first(card, "role"),
        phones=tuple(label for label in _labelled(card, "tel") if label.value),
        emails=tuple(label for label in _labelled(card, "email") if label.value),
        addresses=tuple(_addresses(card)),
        birthday=_birthday(card),
        note="\n".join(filter(None, (_text(line.value, multiline=True) for line in _lines(card, "note")))),
        url=_first(card, "url"),
        uid=_first(card, "uid"),
        categories=tuple(split_list(", ".join(map(_text, _values(card, "categories"))))),
    )


def _lines(card: Any, name: str) -> Sequence[Any]:
    found: Sequence[Any] = card.contents.get(name, ())
    return found


def _values(card: Any, name: str) -> list[Any]:
    return [line.value for line in _lines(card, name)]


def _flat(value: Any) -> list[str]:
    """vobject gives texts, lists of them, and lists in lists where it has met commas."""
    if isinstance(value, list | tuple):
        return [text for part in value for text in _flat(part)]
    return [value.decode("utf-8", "replace") if isinstance(value, bytes) else str(value)]


def _text(value: Any, *, multiline: bool = False) -> str:
    joined = ", ".join(text for text in (part.strip() for part in _flat(value)) if text)
    return clean(joined, multiline=multiline)


def _first(card: Any, name: str) -> str:
    # Some address books escape colons too, which is no escape of vCard's.
    return next((text.replace("\\:", ":") for text in map(_text, _values(card, name)) if text), "")


def _spoken_name(card: Any) -> str:
    for name in _values(card, "n"):
        parts = (name.prefix, name.given, name.additional, name.family, name.suffix)
        spoken = " ".join(filter(None, map(_text, parts)))
        if spoken:
            return spoken
    return ""


def _parts(organisations: list[Any]) -> list[str]:
    """Name and departments of the first organisation."""
    for organisation in organisations:
        parts = [_text(part) for part in (organisation if isinstance(organisation, list) else [organisation])]
        if any(parts):
            return [parts[0], *filter(None, parts[1:])]
    return [""]


def _types(card: Any, line: Any) -> tuple[str, ...]:
    """What the line is for, from its parameters and Apple's label in the same group."""
    named = [kind for value in line.params.get("TYPE", ()) for kind in value.split(",")]
    group = getattr(line, "group", None)
    labels = [
        _APPLE_LABEL.sub(r"\1", _text(label.value))
        for label in _lines(card, "x-ablabel")
        if group and label.group == group
    ]
    found = [kind.strip().lower() for kind in (*named, *line.singletonparams, *labels)]
    return tuple(dict.fromkeys(kind for kind in found if kind and kind not in _SILENT_TYPES))


def _labelled(card: Any, name: str) -> Iterator[Labelled]:
    for line in _lines(card, name):
        value = _text(line.value)
        # vCard 4 may give phones and addresses as URIs (RFC 6350 6.4.1).
        yield Labelled(re.sub(r"^(?:tel|mailto):", "", value, flags=re.IGNORECASE), _types(card, line))


def _addresses(card: Any) -> Iterator[PostalAddress]:
    for line in _lines(card, "adr"):
        part = line.value
        address = PostalAddress(
            street=", ".join(
                filter(None, (_text(text).strip(" ,") for text in (part.street, part.extended, part.box)))
            ),
            city=_text(part.city),
            region=_text(part.region),
            postal_code=_text(part.code),
            country=_text(part.country),
            types=_types(card, line),
        )
        if str(address):
            yield address


def _birthday(card: Any) -> date | None:
    """The birthday; one without its year, or no date at all, is left out, as it is no date."""
    for text in map(_text, _values(card, "bday")):
        with suppress(RuleBroken):
            return read_date(text)
    return None
