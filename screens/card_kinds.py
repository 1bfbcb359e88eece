"""Which screen shows the cards of a kind: one for all, but for those to which more is done.

Each is imported when it is first shown.
"""

from __future__ import annotations

import importlib
from typing import TYPE_CHECKING, cast

if TYPE_CHECKING:
    from screens.card import CardScreen

_USUAL = ("screens.card", "CardScreen")
_OWN = {
    "client": ("screens.client_card", "ClientCard"),
    "address": ("screens.detail_card", "DetailCard"),
    "bank_account": ("screens.detail_card", "DetailCard"),
    "deal": ("screens.deal_card", "DealCard"),
    "document": ("screens.document", "DocumentCard"),
    "file": ("screens.file_card", "FileCard"),
    "instance": ("screens.instance_card", "InstanceCard"),
    "key": ("screens.key_card", "KeyCard"),
    "licence": ("screens.licence_card", "LicenceCard"),
    "interaction": ("screens.interactions", "InteractionCard"),
    "reminder": ("screens.reminders", "ReminderCard"),
}


def card_class(kind: str) -> type[CardScreen]:
    """The screen for the cards of a kind, also for one that is being made."""
    module, name = _OWN.get(kind, _USUAL)
    return cast("type[CardScreen]", getattr(importlib.import_module(module), name))
