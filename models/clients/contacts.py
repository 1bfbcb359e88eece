"""What hangs on a client or person as a list: phones, e-mail addresses, tags, addresses, bank accounts."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping, Sequence
from typing import Any

from models.base import Record, tuples
from models.clients.tables import Address, BankAccount, ClientTag, EmailAddress, Phone
from models.errors import RuleBroken
from models.language import _
from models.requisites import check_account, check_bik
from models.writing import Change


def digits_of(number: str) -> str:
    """What a phone number is found by: its digits, a Russian trunk ``8`` read as ``7``."""
    digits = re.sub(r"\D", "", number)
    return "7" + digits[1:] if len(digits) == 11 and digits[0] == "8" else digits


def set_parts(change: Change, client_id: int, values: Mapping[str, Any], person_id: int | None = None) -> bool:
    """Bring the lists that are named in ``values`` to what they say; returns whether any changed."""
    changed = False
    for name, value in values.items():
        if name in _SETTERS:
            changed = _SETTERS[name](change, client_id, person_id, value) or changed
    return changed


def _set_phones(change: Change, client_id: int, person_id: int | None, numbers: Sequence[str]) -> bool:
    existing = {row.number: row for row in Phone.select().where(_owned(Phone, client_id, person_id))}
    return _replace(
        change,
        existing,
        dict.fromkeys(numbers),
        lambda number: Phone(client=client_id, person=person_id, number=number, digits=digits_of(number)),
    )


def _set_emails(change: Change, client_id: int, person_id: int | None, addresses: Sequence[str]) -> bool:
    existing = {row.address: row for row in EmailAddress.select().where(_owned(EmailAddress, client_id, person_id))}
    for address in addresses:
        if address not in existing:
            _refuse_taken_address(address, client_id, person_id)
    once = {address.casefold(): address for address in addresses}
    return _replace(
        change,
        existing,
        dict.fromkeys(once.values()),
        lambda address: EmailAddress(client=client_id, person=person_id, address=address, folded=address.casefold()),
    )


def _refuse_taken_address(address: str, client_id: int, person_id: int | None) -> None:
    taken = EmailAddress.get_or_none(EmailAddress.folded == address.casefold())
    if taken is None or (taken.client_id == client_id and taken.person_id == person_id):
        return
    owner = taken.person.name if taken.person else taken.client.name
    raise RuleBroken(
        "emails",
        _("{address} belongs to {owner} already.").format(address=address, owner=owner),
        _("An address belongs to one client or person: take it from there first."),
    )


def _set_tags(change: Change, client_id: int, _person_id: int | None, tags: Sequence[str]) -> bool:
    existing = {row.tag: row for row in ClientTag.select().where(ClientTag.client == client_id)}
    return _replace(change, existing, dict.fromkeys(tags), lambda tag: ClientTag(client=client_id, tag=tag))


def _address_setter(kind: str) -> Callable[[Change, int, int | None, str], bool]:
    def set_address(change: Change, client_id: int, _person_id: int | None, text: str) -> bool:
        """Set the address that the form shows, the last one of its kind; older ones stay."""
        of_kind = (Address.client == client_id) & (Address.kind == kind)
        shown = Address.select().where(of_kind).order_by(Address.id.desc()).first()
        if shown is not None and text:
            return change.update(shown, {"text": text})
        if shown is not None:
            change.delete(shown)
        elif text:
            change.insert(Address(client=client_id, kind=kind, text=text))
        return bool(shown or text)

    return set_address


def _set_bank_accounts(change: Change, client_id: int, _person_id: int | None, texts: Sequence[str]) -> bool:
    existing = {
        account_text(row.account, row.bik, row.bank): row
        for row in BankAccount.select().where(BankAccount.client == client_id)
    }
    wanted = {account_text(*read_account(text)): read_account(text) for text in texts}

    def make(text: str) -> BankAccount:
        account, bik, bank = wanted[text]
        return BankAccount(client=client_id, account=account, bik=bik, bank=bank)

    return _replace(change, existing, dict.fromkeys(wanted), make)


def read_account(text: str) -> tuple[str, str, str]:
    """Account, BIK and bank of a text ``40702810900000000001 044525225 Сбербанк``; checked together."""
    account, _space, rest = text.strip().partition(" ")
    found = re.match(r"([0-9]{9})\b\s*", rest.strip())
    bik = check_bik(found[1], "bank_accounts") if found else ""
    bank = rest.strip()[found.end() :] if found else rest.strip()
    return check_account(account, bik, "bank_accounts"), bik, bank


def account_text(account: str, bik: str, bank: str) -> str:
    """How a bank account reads in a form."""
    return " ".join(part for part in (account, bik, bank) if part)


def _owned(table: Any, client_id: int, person_id: int | None) -> Any:
    person = table.person.is_null() if person_id is None else table.person == person_id
    return (table.client == client_id) & person


def _replace(
    change: Change, existing: Mapping[str, Record], wanted: Mapping[str, Any], make: Callable[[str], Record]
) -> bool:
    gone = [row for key, row in existing.items() if key not in wanted]
    new = [key for key in wanted if key not in existing]
    for row in gone:
        change.delete(row)
    for key in new:
        change.insert(make(key))
    return bool(gone or new)


_SETTERS: dict[str, Callable[[Change, int, int | None, Any], bool]] = {
    "phones": _set_phones,
    "emails": _set_emails,
    "tags": _set_tags,
    "legal_address": _address_setter("legal"),
    "postal_address": _address_setter("postal"),
    "bank_accounts": _set_bank_accounts,
}
PART_FIELDS = frozenset(_SETTERS)


def parts_of(client_id: int, person_id: int | None = None) -> dict[str, Any]:
    """The lists of a client or person, by field name, as ``set_parts`` takes them."""
    parts: dict[str, Any] = {
        "phones": _texts(Phone.select(Phone.number).where(_owned(Phone, client_id, person_id)).order_by(Phone.id)),
        "emails": _texts(
            EmailAddress.select(EmailAddress.address)
            .where(_owned(EmailAddress, client_id, person_id))
            .order_by(EmailAddress.id)
        ),
    }
    if person_id is None:
        parts["tags"] = _texts(
            ClientTag.select(ClientTag.tag).where(ClientTag.client == client_id).order_by(ClientTag.id)
        )
        addresses = {
            row.kind: row.text for row in Address.select().where(Address.client == client_id).order_by(Address.id)
        }
        parts["legal_address"] = addresses.get("legal", "")
        parts["postal_address"] = addresses.get("postal", "")
        accounts = BankAccount.select().where(BankAccount.client == client_id).order_by(BankAccount.id)
        parts["bank_accounts"] = tuple(account_text(row.account, row.bik, row.bank) for row in accounts)
    return parts


def _texts(query: Any) -> tuple[str, ...]:
    return tuple(text for (text,) in tuples(query))
