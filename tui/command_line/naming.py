"""Which record a kind and a number on the command line mean: documents by their number, others as their cards do."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from models.kinds import RecordRef

KINDS = (
    "client", "person", "address", "bank_account", "client_group", "vendor", "product", "campaign", "key", "licence",
    "instance", "file", "interaction", "reminder", "operator", "company", "deal", "contract", "stage",
)  # fmt: skip
DOCUMENTS = (
    "quote", "order", "invoice", "shipment", "payment", "payment_in", "payment_out", "supplier_order", "receipt",
    "licence_order",
)  # fmt: skip


def record_meant(kind: str, number: str) -> RecordRef:
    """The record that is meant; the database is open. Raises ``NotFound``, or ``RuleBroken`` where it is several."""
    from models.kinds import RecordRef

    if kind in DOCUMENTS:
        from models.sales.naming import document_named

        return RecordRef("document", document_named(kind, number))
    from models.cards.reading import record_named

    return RecordRef(kind, record_named(kind, number))
