"""Certificates, labels and acts of keys as the templates get them: plain JSON, written in the paper's language.

The names here are what a company's own templates read; docs/printing.md lists them.
"""

from __future__ import annotations

from dataclasses import asdict
from typing import Any

from exporters.printing.form_data import Writer, named_data
from exporters.printing.payment_qr import qr_svg
from models.language import N_, _
from models.licensing.papers import Paper, PrintedKey, PrintedLicence

_STATUSES = {
    "ru": {
        "inactive": "не активирована", "active": "действует", "expiring": "действует", "expired": "истекла",
        "suspended": "приостановлена", "superseded": "заменена", "revoked": "отозвана",
    },
    "en": {
        "inactive": "not activated", "active": "valid", "expiring": "valid", "expired": "expired",
        "suspended": "suspended", "superseded": "superseded", "revoked": "revoked",
    },
}  # fmt: skip
_PERPETUAL = {"ru": "бессрочно", "en": "perpetual"}
_UNTIL = {"ru": "до {day}", "en": "until {day}"}


def paper_data(paper: Paper, language: str) -> dict[str, Any]:
    """What the templates read of a paper."""
    write = Writer(language)
    return {
        "language": language,
        "form": paper.name,
        "number": paper.number,
        "mark": "",
        "date": write.day(paper.date),
        "seller": asdict(paper.seller),
        "client": asdict(paper.client),
        "former": asdict(paper.former) if paper.former is not None else None,
        "licences": [_licence(one, write) for one in paper.licences],
        "keys": [_key(one) for one in paper.keys],
        "reason": paper.reason,
        "return_due": write.day(paper.return_due),
    }


def _licence(licence: PrintedLicence, write: Writer) -> dict[str, Any]:
    shipment = named_data(licence.shipment, write)
    perpetual, last_day = _PERPETUAL[write.language], write.short_day(licence.expires)
    return {
        **asdict(licence),
        "issued": write.short_day(licence.issued),
        "expires": last_day or perpetual,
        "term": _UNTIL[write.language].format(day=last_day) if last_day else perpetual,
        "maintenance_until": write.short_day(licence.maintenance_until),
        "seats": str(licence.seats),
        "status": _STATUSES[write.language].get(licence.status, licence.status),
        "shipment": shipment["text"] if shipment is not None else "",
        "qr": qr_svg(licence.number),
    }


def _key(key: PrintedKey) -> dict[str, Any]:
    return {**asdict(key), "qr": qr_svg(key.number)}


_FILE_NAMES = {
    "certificate": N_("Certificate"), "labels": N_("Labels"), "exchange": N_("Act of exchange"),
    "transfer": N_("Act of transfer"),
}  # fmt: skip


def paper_file_name(paper: Paper) -> str:
    """What the PDF is called when nobody says otherwise; in the operator's language."""
    number = "".join("-" if sign in '/\\:*?"<>|' else sign for sign in paper.number)
    return f"{_(_FILE_NAMES[paper.name])} {number}.pdf"
