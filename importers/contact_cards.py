"""Contact cards as rows of a table of clients: an organisation with a person of it, or a person alone."""

from collections.abc import Iterator
from pathlib import Path
from typing import Any

from importers.fields.clients import CLIENT_FIELDS
from importers.headings import recognise
from importers.rows import ReadRow
from importers.vcard import ContactCard, UnreadableCard, is_vcard, read_vcards
from models.errors import RuleBroken

__all__ = ["CardRows", "is_vcard"]

_HEADINGS = [field.id for field in CLIENT_FIELDS]


class CardRows:
    """The cards of a file; a row's number is the line where its card begins."""

    def __init__(self, path: Path) -> None:
        self.mapping = recognise(_HEADINGS, CLIENT_FIELDS)
        self._cards = read_vcards(path)

    def rows(self) -> Iterator[ReadRow]:
        """Every card, also those that cannot be read."""
        for card in self._cards:
            if isinstance(card, UnreadableCard):
                yield ReadRow(card.line, {}, [RuleBroken("", card.reason)])
            else:
                values = _values(card)
                texts = _Texts(values)
                yield ReadRow(card.line, values, [], texts, texts.all)

    def progress(self) -> float:
        """Cards are read as a whole: there is nothing to tell."""
        return 0.0

    def warnings(self) -> list[str]:
        return []

    def close(self) -> None:
        self._cards = iter(())


class _Texts:
    """The values of a card as text."""

    def __init__(self, values: dict[str, Any]) -> None:
        self._values = values

    def all(self) -> tuple[str, ...]:
        return tuple(map(self, _HEADINGS))

    def __call__(self, field: str) -> str:
        value = self._values.get(field) or self._values.get(f"contact_{field}")
        return ", ".join(value) if isinstance(value, tuple) else str(value or "")


def _values(card: ContactCard) -> dict[str, Any]:
    phones = tuple(dict.fromkeys(phone.value for phone in card.phones if "fax" not in phone.types))
    emails = tuple(dict.fromkeys(email.value for email in card.emails))
    values: dict[str, Any] = {
        "name": card.organisation or card.name or next(iter((*emails, *phones)), ""),
        "note": card.note or None,
        "website": card.url or None,
        "tags": card.categories,
    }
    if card.organisation and card.name and card.name != card.organisation:
        position = ", ".join(filter(None, (card.title, card.department)))
        values |= {"contact_name": card.name, "contact_position": position or None}
        values |= {"contact_phones": phones, "contact_emails": emails}
    else:
        values |= {"phones": phones, "emails": emails, "kind": None if card.organisation else "person"}
    if card.addresses:
        address = card.addresses[0]
        values |= {
            "country": address.country or None, "region": address.region or None, "city": address.city or None,
            "postal_code": address.postal_code or None, "address": address.street or None,
        }  # fmt: skip
    return values
