"""What is printed of keys and licences: certificates, labels, acts of exchange and of transfer, as plain data."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass

from models.base import tuples
from models.catalogue.tables import Product, Vendor
from models.clock import today
from models.company.settings import expiring_days
from models.company.tables import Company
from models.errors import RuleBroken
from models.keys.tables import KeyMovement, ProtectionKey
from models.kinds import RecordRef
from models.language import N_, _
from models.licensing.as_of import day_of
from models.licensing.forming import instances_of
from models.licensing.status import licence_status
from models.licensing.tables import ItemInstance, Licence, LicenceEvent
from models.lookup import among
from models.sales.printing import Named, Party, client_party, our_party
from models.sales.tables import Document, DocumentLine
from models.writing import get

PAPERS = {
    "certificate": N_("licence certificate"),
    "labels": N_("labels"),
    "exchange": N_("act of exchange of a key"),
    "transfer": N_("act of transfer of a key"),
}
PAPERS_OF = {
    "licence": ("certificate", "labels"),
    "key": ("labels", "exchange", "transfer"),
    "instance": ("certificate", "labels"),
    "document": ("certificate", "labels"),
}
"""By kind of record, what can be printed of it; the first is the usual one."""
_MOST_ON_ONE_PAPER = 2000


@dataclass(frozen=True, slots=True)
class PrintedLicence:
    """A licence as papers name it."""

    number: str
    name: str
    code: str
    vendor: str
    client: str
    end_user: str
    key: str
    key_model: str
    issued: dt.date | None
    expires: dt.date | None
    maintenance_until: dt.date | None
    seats: int
    status: str
    instance: str
    shipment: Named | None


@dataclass(frozen=True, slots=True)
class PrintedKey:
    """A key as papers name it."""

    number: str
    model: str
    vendor: str
    colour: str
    marking: str
    owner: str


@dataclass(frozen=True, slots=True)
class Paper:
    """One paper: by whom, for whom, from whom where it changes hands, and what stands on it."""

    name: str
    number: str
    date: dt.date
    seller: Party
    client: Party
    former: Party | None = None
    licences: tuple[PrintedLicence, ...] = ()
    keys: tuple[PrintedKey, ...] = ()
    reason: str = ""
    return_due: dt.date | None = None


def paper_of(ref: RecordRef, name: str = "") -> Paper:
    """A paper of a record; without a name the usual one. Raises ``RuleBroken`` where there is nothing to print."""
    known = PAPERS_OF.get(ref.kind, ())
    name = name or next(iter(known), "")
    if name not in known:
        raise RuleBroken("form", _("This is not printed so."), ", ".join(f"{one} ({_(PAPERS[one])})" for one in known))
    return _MAKERS[name](ref)


def _licences_of(ref: RecordRef) -> list[Licence]:
    if ref.kind == "licence":
        return [get(Licence, ref.id)]
    query = Licence.select().where(Licence.state != "reserved")
    if ref.kind == "key":
        query = query.where(Licence.key == ref.id, Licence.state.in_(("issued", "suspended")))
    elif ref.kind == "instance":
        query = query.where(Licence.instance == ref.id)
    else:
        query = query.where(among(Licence.instance, [one.id for one in instances_of(get(Document, ref.id))]))
    return list(query.order_by(Licence.product, Licence.number).limit(_MOST_ON_ONE_PAPER))


def _certificate(ref: RecordRef) -> Paper:
    licences = _licences_of(ref)
    if not licences:
        raise RuleBroken("licences", _("No licence is issued here yet."), _("Post the shipment first."))
    clients = {licence.client_id for licence in licences}
    number = licences[0].number if len(licences) == 1 else _number_of(ref)
    return Paper(
        "certificate",
        number,
        licences[0].issued or today(),
        _seller(licences),
        client_party(next(iter(clients))) if len(clients) == 1 else Party(),
        licences=_printed(licences),
    )


def _number_of(ref: RecordRef) -> str:
    if ref.kind == "document":
        document = get(Document, ref.id)
        return document.number or f"#{document.id}"
    return get(ProtectionKey, ref.id).number if ref.kind == "key" else get(ItemInstance, ref.id).number


def _labels(ref: RecordRef) -> Paper:
    """A label for each licence, and for each key that they are on or that it is asked for."""
    licences = [] if ref.kind == "key" else _licences_of(ref)
    keys = {ref.id} if ref.kind == "key" else {one.key_id for one in licences if one.key_id is not None}
    if ref.kind == "document":
        keys |= {one.key_id for one in instances_of(get(Document, ref.id)) if one.key_id is not None}
    if not licences and not keys:
        raise RuleBroken("licences", _("There is nothing here to put a label on."), _("Pick keys, enter licences."))
    found = ProtectionKey.select().where(among(ProtectionKey.id, sorted(keys))).order_by(ProtectionKey.number)
    return Paper(
        "labels",
        licences[0].number if ref.kind == "licence" else _number_of(ref),
        today(),
        _seller(licences),
        Party(),
        licences=_printed(licences),
        keys=tuple(map(_printed_key, found)),
    )


def _exchange(ref: RecordRef) -> Paper:
    """The act by which one key took the place of another; asked for either of them."""
    key = get(ProtectionKey, ref.id)
    new = key if key.replaces_id is not None else ProtectionKey.get_or_none(ProtectionKey.replaces == key.id)
    if new is None:
        raise RuleBroken("key", _("Key {number} was not exchanged.").format(number=key.number), _("Exchange it first."))
    old = get(ProtectionKey, new.replaces_id or 0)
    moved = LicenceEvent.select(LicenceEvent.licence).where(
        (LicenceEvent.from_key == old.id) & (LicenceEvent.to_key == new.id)
    )
    licences = list(Licence.select().where(Licence.id.in_(moved)).order_by(Licence.product, Licence.number))
    movement = _last_movement(new, "replacement")
    return Paper(
        "exchange",
        new.number,
        day_of(movement) if movement is not None else today(),
        _seller(licences),
        client_party(new.owner_id),
        licences=_printed(licences),
        keys=(_printed_key(old), _printed_key(new)),
        reason=movement.note if movement is not None else "",
        return_due=old.return_due,
    )


def _transfer(ref: RecordRef) -> Paper:
    """The act by which a key went from one client to another, with the licences that went along."""
    key = get(ProtectionKey, ref.id)
    between = KeyMovement.from_client.is_null(False) & KeyMovement.to_client.is_null(False)
    movement = _last_movement(key, "hand_over", between & (KeyMovement.from_client != KeyMovement.to_client))
    if movement is None:
        raise RuleBroken(
            "key",
            _("Key {number} never went from one client to another.").format(number=key.number),
            _("Transfer it first."),
        )
    went = LicenceEvent.select(LicenceEvent.licence).where(
        LicenceEvent.kind == "transfer",
        LicenceEvent.from_client == movement.from_client_id,
        LicenceEvent.to_client == movement.to_client_id,
        LicenceEvent.moment == movement.moment,
    )
    licences = list(Licence.select().where(Licence.id.in_(went)).order_by(Licence.product, Licence.number))
    return Paper(
        "transfer",
        key.number,
        day_of(movement),
        _seller(licences),
        client_party(movement.to_client_id),
        former=client_party(movement.from_client_id),
        licences=_printed(licences),
        keys=(_printed_key(key),),
        reason=movement.note,
    )


def _last_movement(key: ProtectionKey, kind: str, more: object = None) -> KeyMovement | None:
    query = KeyMovement.select().where((KeyMovement.key == key.id) & (KeyMovement.kind == kind))
    if more is not None:
        query = query.where(more)
    found: KeyMovement | None = query.order_by(KeyMovement.id.desc()).first()
    return found


_MAKERS: Mapping[str, Callable[[RecordRef], Paper]] = {
    "certificate": _certificate,
    "labels": _labels,
    "exchange": _exchange,
    "transfer": _transfer,
}


def _seller(licences: Sequence[Licence]) -> Party:
    """The company of ours that handed the licences over, else the first one."""
    shipments = [shipment.company_id for shipment in _shipments(licences).values()]
    wanted = shipments[0] if shipments else None
    company = Company.get_or_none(Company.id == wanted) if wanted else None
    company = company or Company.select().where(Company.active).order_by(Company.id).first()
    return our_party(company) if company is not None else Party()


def _shipments(licences: Sequence[Licence]) -> dict[int, Document]:
    """By instance, the document that handed it over."""
    query = (
        ItemInstance.select(ItemInstance.id, DocumentLine.document)
        .join(DocumentLine, on=(ItemInstance.shipment_line == DocumentLine.id))
        .where(among(ItemInstance.id, sorted({licence.instance_id for licence in licences})))
    )
    pairs: dict[int, int] = dict(tuples(query))
    documents = {one.id: one for one in Document.select().where(among(Document.id, sorted(set(pairs.values()))))}
    return {instance: documents[document] for instance, document in pairs.items()}


def _printed(licences: Sequence[Licence]) -> tuple[PrintedLicence, ...]:
    shipments, day, soon = _shipments(licences), today(), expiring_days()
    return tuple(_licence(licence, shipments.get(licence.instance_id), day, soon) for licence in licences)


def _licence(licence: Licence, shipment: Document | None, day: dt.date, soon: int) -> PrintedLicence:
    product, key = licence.product, licence.key
    status = licence_status(licence.state, product.term_from, licence.activated, licence.expires, day, soon)
    return PrintedLicence(
        licence.number,
        licence.name,
        licence.product_code,
        _vendor_of(product),
        licence.client.name,
        licence.end_user.name if licence.end_user is not None else "",
        key.number if key is not None else "",
        key.model if key is not None else "",
        licence.issued,
        licence.expires,
        licence.maintenance_until,
        licence.seats,
        status,
        licence.instance.number,
        Named(shipment.kind, shipment.number, shipment.date) if shipment is not None and shipment.number else None,
    )


def _vendor_of(product: Product) -> str:
    vendor: Vendor | None = product.vendor
    return vendor.name if vendor is not None else ""


def _printed_key(key: ProtectionKey) -> PrintedKey:
    vendor, owner = key.vendor, key.owner
    return PrintedKey(
        key.number,
        key.model,
        vendor.name if vendor is not None else "",
        key.colour,
        key.marking,
        owner.name if owner is not None else "",
    )
