"""Filing messages by hand: under a client, and with what is to be remembered of it; how far folders were fetched."""

from __future__ import annotations

from models.clients.tables import Client, EmailAddress, Person
from models.company.permissions import FILE_MAIL
from models.errors import RuleBroken
from models.language import _
from models.mail.domains import company_domains, domain_of
from models.mail.tables import LearnedAddress, MailFolder, Message, MessageAddress
from models.mail.waiting import file_waiting
from models.writing import Change, action, get


@action("file_message", FILE_MAIL)
def file_message(
    change: Change, message_id: int, client_id: int, person_id: int | None = None, remember: str = ""
) -> int:
    """File a message under a client; returns how many were filed, it included.

    ``remember`` is ``address`` or ``domain``: that of the other side is learned, and what waits from there filed too.
    """
    message, client = get(Message, message_id), get(Client, client_id)
    if person_id is not None and get(Person, person_id).client_id != client_id:
        raise RuleBroken("person", _("This person is not of {client}.").format(client=client.name))
    change.update(message, {"client": client_id, "person": person_id, "filed_by": "hand"})
    if not remember:
        return 1
    name = _to_remember(message, client_id, remember)
    learn(change, name, client_id, person_id if remember == "address" else None)
    return 1 + file_waiting(change, *(((), [name]) if remember == "domain" else ([name], ())))


def learn(change: Change, name: str, client_id: int, person_id: int | None) -> None:
    """Remember that an address or a domain belongs to a client."""
    known = LearnedAddress.get_or_none(LearnedAddress.address == name)
    if known is not None:
        change.update(known, {"client": client_id, "person": person_id})
        return
    change.insert(LearnedAddress(address=name, is_domain="@" not in name, client=client_id, person=person_id))


def _to_remember(message: Message, client_id: int, remember: str) -> str:
    """The address, or its domain, that tells the other side of a message."""
    address = other_address(message)
    if not address:
        raise RuleBroken("remember", _("The message names no address that could be remembered."))
    if remember == "domain":
        names = company_domains(domain_of(address))
        if not names:
            raise RuleBroken(
                "remember",
                _("Anybody may have an address in {domain}.").format(domain=domain_of(address) or address),
                _("Remember the address alone."),
            )
        return names[-1]
    owner = EmailAddress.get_or_none(EmailAddress.folded == address)
    if owner is not None and owner.client_id != client_id:
        raise RuleBroken(
            "remember",
            _("{address} belongs to {owner} already.").format(address=address, owner=owner.client.name),
            _("An address belongs to one client or person: take it from there first."),
        )
    return address


def other_address(message: Message) -> str:
    """The address of the other side of a message: its sender, or the first whom ours went to."""
    if message.direction != "out":
        return str(message.sender_address)
    of_message = (MessageAddress.message == message.id) & MessageAddress.role.in_(("to", "cc"))
    query = MessageAddress.select(MessageAddress.address).where(of_message, MessageAddress.address != "")
    return str(query.order_by(MessageAddress.id).limit(1).scalar() or "")


@action("unfile_message", FILE_MAIL)
def unfile_message(change: Change, message_id: int) -> None:
    """Let a message wait to be filed again; what was remembered stays."""
    change.update(get(Message, message_id), {"client": None, "person": None, "filed_by": ""})


@action("fetch_mail", FILE_MAIL)
def note_fetched(change: Change, account: str, folder: str, uidvalidity: int, last_uid: int) -> None:
    """Note how far a folder of a mail server was fetched."""
    known = MailFolder.get_or_none(MailFolder.account == account, MailFolder.folder == folder)
    if known is None:
        change.insert(MailFolder(account=account, folder=folder, uidvalidity=uidvalidity, last_uid=last_uid))
    else:
        change.update(known, {"uidvalidity": uidvalidity, "last_uid": last_uid})


def fetched_up_to(account: str, folder: str, uidvalidity: int) -> int:
    """The last UID that was fetched of a folder; 0 where it, or its UIDVALIDITY, is new."""
    known = MailFolder.get_or_none(MailFolder.account == account, MailFolder.folder == folder)
    return int(known.last_uid) if known is not None and known.uidvalidity == uidvalidity else 0
