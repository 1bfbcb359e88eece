"""What a document's screen shows and offers, read in one go: the document, its chain, what may be done with it."""

from __future__ import annotations

import contextlib
from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from peewee import JOIN

from models.actor import Actor
from models.base import tuples
from models.catalogue.tables import Product
from models.catalogue.vocabulary import VAT_CODES
from models.company.permissions import EDIT_SALES, READ
from models.company.tables import Company
from models.errors import RuleBroken
from models.language import _
from models.lookup import among
from models.sales.actions_drafts import edit_document, set_lines
from models.sales.bases import next_kinds
from models.sales.chains import ChainLink, chain
from models.sales.corrections import unpaid
from models.sales.document_queries import DocumentShown, read_document
from models.sales.families import lines_of, vat_rates
from models.sales.funnel import StageData
from models.sales.funnel_queries import stages
from models.sales.states import possible
from models.sales.tables import Deal, Document, DocumentLine, Stage, UnmetDemand
from models.sales.vat import rate_on
from models.sales.vocabulary import KINDS_OF_DOCUMENT, LIVE_STATES, SUPERSEDE
from models.writing import Change, action, get

EDIT, REVISE, CORRECT, SIGN, COPY, MOVE = "edit", "revise", "correct", "sign", "copy", "move"


@dataclass(frozen=True, slots=True)
class DocumentLook:
    """A document with all that its screen needs to know."""

    shown: DocumentShown
    chain: tuple[ChainLink, ...]
    may: frozenset[str]
    """What the operator may do now: names of transitions, and those above."""
    next_kinds: tuple[str, ...]
    """The kinds that may be made from it now."""
    unpaid: Decimal
    client: int | None
    deal: int | None


def look_at(document_id: int, actor: Actor) -> DocumentLook:
    """A document as its screen shows it to an operator; raises ``NotFound``."""
    document = get(Document, document_id)
    return DocumentLook(
        read_document(document_id), tuple(chain(document_id)), frozenset(_may(document, actor)),
        next_kinds(document, actor), unpaid([document]), document.client_id, document.deal_id,
    )  # fmt: skip


def _may(document: Document, actor: Actor) -> list[str]:
    if document.kind not in KINDS_OF_DOCUMENT:
        return []
    kind = KINDS_OF_DOCUMENT[document.kind]
    found = [transition.name for transition in possible(document, actor)]
    if document.deal_id is not None and actor.may(EDIT_SALES):
        found.append(MOVE)
    if not actor.may(kind.permission):
        return found
    superseded = kind.transition(SUPERSEDE)
    live = document.state in LIVE_STATES
    conditions = {
        EDIT: document.state == "draft",
        COPY: True,
        REVISE: kind.revisable and superseded is not None and document.state in superseded.before,
        CORRECT: kind.correctable and live and document.corrects_id is None,
        SIGN: live,
    }
    return [*found, *(name for name, holds in conditions.items() if holds)]


def makable_kinds(actor: Actor) -> tuple[str, ...]:
    """The kinds of which an operator may make drafts."""
    return tuple(kind.name for kind in KINDS_OF_DOCUMENT.values() if actor.may(kind.permission))


def our_companies() -> list[tuple[int, str]]:
    """Our companies that documents may belong to."""
    query = Company.select(Company.id, Company.name).where(Company.active).order_by(Company.name)
    return [(company, str(name)) for company, name in tuples(query)]


@action("save_draft", READ)
def save_draft(
    change: Change,
    document_id: int,
    version: int,
    values: dict[str, Any],
    base: dict[str, Any],
    lines: Sequence[dict[str, Any]] | None = None,
) -> bool:
    """Save what was typed of a draft, header and lines (None: as they are), at once; raises as both do."""
    before = _codes(document_id) if values and lines is not None else {}
    changed = edit_document(change, document_id, version, values, base) if values else False
    if lines is not None:
        now = get(Document, document_id).version if values else version
        after = _codes(document_id) if before else {}
        # What the header changed of lines (on another day another tax regime) was not known when they were typed.
        other = {line: code for line, code in after.items() if before.get(line) != code}
        typed = [
            line | {"vat_code": other[line["id"]]}
            if line.get("id") in other and line.get("vat_code") == before[line["id"]]
            else line
            for line in lines
        ]
        changed = set_lines(change, document_id, now, typed) or changed
    return changed


def _codes(document_id: int) -> dict[int, str]:
    return {line.id: line.vat_code for line in lines_of([document_id])}


def rates_of(document_id: int) -> dict[str, str]:
    """By VAT code: the rate that it has on the day of a document, as it is read."""
    day, rates = get(Document, document_id).date, vat_rates()
    found = {}
    for code in VAT_CODES:
        with contextlib.suppress(RuleBroken):
            permille = rate_on(rates, code, day).permille
            found[code] = f"{Decimal(permille) / 10:f} %".replace(".0 ", " ") if permille else _(VAT_CODES[code])
    return found


@dataclass(frozen=True, slots=True)
class UnmetEntry:
    """An entry of unmet demand as it is asked about."""

    id: int
    title: str
    quantity: Decimal
    amount: Decimal
    cause: str
    reason: str


def unmet_entries(ids: Sequence[int]) -> list[UnmetEntry]:
    """The entries of these ids that still count, in the order in which they were recorded."""
    entry, line = UnmetDemand, DocumentLine
    columns = (entry.id, Product.name, line.description, entry.quantity, entry.amount, entry.cause, entry.reason)
    query = (
        entry.select(*columns)
        .join(Product, JOIN.LEFT_OUTER, on=(entry.product == Product.id))
        .join(line, JOIN.INNER, on=(entry.quote_line == line.id))
        .where(among(entry.id, list(ids)), entry.state != "withdrawn")
    )
    rows = tuples(query.order_by(entry.id))
    return [UnmetEntry(i, line_title or name or "", *rest) for i, name, line_title, *rest in rows]


def stage_beside(stage_id: int, step: int) -> StageData | None:
    """The stage after one in the funnel's order, or with -1 before it; None at the ends."""
    active = {stage for (stage,) in tuples(Stage.select(Stage.id).where(Stage.active))}
    ordered = [stage for stage in stages() if stage.id == stage_id or stage.id in active]
    places = [place for place, stage in enumerate(ordered) if stage.id == stage_id]
    at = places[0] + step if places else -1
    return ordered[at] if 0 <= at < len(ordered) else None


def deal_step(deal_id: int, step: int) -> tuple[StageData | None, StageData | None]:
    """The stage that a deal is in, and the one that a step leads to."""
    now = get(Deal, deal_id).stage_id
    return next((stage for stage in stages() if stage.id == now), None), stage_beside(now, step)
