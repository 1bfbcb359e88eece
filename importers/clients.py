"""From the fields of a table of clients, or from contact cards, to what the clients' area takes."""

from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any

from importers.addresses import country_code, whole_address
from importers.fields.clients import CLIENT_FIELDS
from importers.headings import ColumnMapping, folded_heading
from importers.kinds import TableKind
from importers.rows import RowSource, Values
from models.clients.importing import ClientIntake
from models.clients.incoming import Contact, PostalAddress

_AS_THEY_ARE = (
    "legal_name", "kind", "status", "inn", "kpp", "ogrn", "website", "source", "tags", "note", "responsible", "group",
    "external_code",
)  # fmt: skip
_LEGAL = ("legal", "registered", "юридическ", "местонахожд")


def _values(mapping: ColumnMapping) -> Callable[[Values], Mapping[str, Any]]:
    heading = folded_heading(mapping.heading("address"))
    kind = "legal" if any(folded_heading(word) in heading for word in _LEGAL) else "postal"

    def values(read: Values) -> Mapping[str, Any]:
        taken: dict[str, Any] = {name: read[name] for name in _AS_THEY_ARE if read.get(name)}
        taken["name"] = read.get("name") or read.get("legal_name") or ""
        if read.get("supplier") is not None:
            taken["is_supplier"] = read["supplier"]
        contact = _contact(read)
        if contact is not None:
            taken["contact"] = contact
        taken["phones"] = _list(read, "phones") + (() if contact else _list(read, "contact_phones"))
        taken["emails"] = _list(read, "emails") + (() if contact else _list(read, "contact_emails"))
        return taken | _address(read, kind) | _bank_account(read)

    return values


def _list(read: Values, name: str) -> tuple[str, ...]:
    value = read.get(name)
    return value if isinstance(value, tuple) else ()


def _text(read: Values, name: str) -> str:
    return str(read.get(name) or "")


def _contact(read: Values) -> Contact | None:
    name = _text(read, "contact_name")
    if not name:
        return None
    phones, emails = _list(read, "contact_phones"), _list(read, "contact_emails")
    return Contact(name, _text(read, "contact_position"), phones, emails)


def _address(read: Values, kind: str) -> dict[str, Any]:
    country, region, city, code = (_text(read, name) for name in ("country", "region", "city", "postal_code"))
    street = " ".join(", ".join(filter(None, (_text(read, "address"), _text(read, "street")))).split("\n"))
    text = whole_address(street, postal_code=code, country=country, region=region, city=city)
    found: dict[str, Any] = {"country": country_code(country)} if country else {}
    # A country alone says where a client is, not its address.
    if street or city or code:
        found["addresses"] = (PostalAddress(kind, text, country, region, city, code),)
    return found


def _bank_account(read: Values) -> dict[str, Any]:
    account = _text(read, "bank_account")
    if not account:
        return {}
    return {"bank_accounts": (" ".join(filter(None, (account, _text(read, "bik"), _text(read, "bank")))),)}


def _cards(path: Path) -> RowSource | None:
    from importers.contact_cards import CardRows, is_vcard

    return CardRows(path) if is_vcard(path) else None


CLIENTS = TableKind(
    CLIENT_FIELDS,
    ClientIntake,
    _values,
    columns_of={"is_supplier": "supplier", "bank_accounts": "bank_account", "position": "contact_position"},
    special_source=_cards,
)
