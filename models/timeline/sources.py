"""Where the events of a timeline come from: a table of data. An area that has events of clients adds its source."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from decimal import Decimal
from typing import Any

from models.base import DayField, Record
from models.catalogue.tables import Product
from models.clients.tables import Client, Interaction, StatusChange
from models.clients.vocabulary import CLIENT_STATUSES, INTERACTION_KINDS, INTERACTION_STATES
from models.company.tables import Operator
from models.conditions import Condition, FilterField, contains
from models.files.tables import AttachedFile
from models.keys.tables import KeyMovement, ProtectionKey
from models.keys.vocabulary import MOVEMENT_KINDS
from models.kinds import KINDS, kind_of
from models.language import _, with_separators
from models.licensing.tables import Licence, LicenceEvent
from models.mail.tables import Message
from models.reminders.tables import Reminder
from models.sales.tables import ContractHeader, Deal, Document, Stage, StageChange
from models.sales.vocabulary import CONTRACT_STATES, DOCUMENT_KINDS, DOCUMENT_STATES
from models.table_listing import Join
from models.text import fold
from models.timeline import licensing


@dataclass(frozen=True, slots=True)
class Source:
    """Rows of one table that are events of a client.

    ``moment`` is the column of their time, a moment or a day; with an index on what ``of_client`` asks for and on it,
    a page costs the same however many there are. ``line`` makes the text of an event of the values of ``columns``.
    """

    kind: str
    """The kind of event, one of ``EVENT_KINDS``; several sources may be of one kind."""
    table: type[Record]
    moment: Any
    of_client: Callable[[int], Condition]
    columns: tuple[Any, ...]
    line: Callable[..., str]
    words: tuple[FilterField, ...]
    """In what the words of a filter are looked for."""
    who: Any = None
    joins: tuple[Join, ...] = ()
    opens: tuple[str, Any] | None = None
    """The kind and the column of the id of the record that an event opens, where that is not its own row."""
    further: tuple[Condition, ...] = field(default=())
    only_if: Callable[[], bool] | None = None
    """Whether there are such rows at all, of any client; what is not there needs not be looked for."""

    @property
    def is_by_day(self) -> bool:
        """Whether the time of the events is a day."""
        return isinstance(self.moment, DayField)

    @property
    def record_kind(self) -> str:
        """The kind of record that the rows are."""
        return kind_of(self.table)


def _texts(*columns: Any) -> tuple[FilterField, ...]:
    return tuple(FilterField(column.name, "text", column) for column in columns)


def _about_client(table: Any) -> Callable[[int], Condition]:
    return lambda client: (table.about_kind == "client") & (table.about_id == client)


# ── What was said and written

_ARROWS = {"in": "←", "out": "→"}


def _interaction(kind: str, direction: str, state: str, subject: str, outcome: str) -> str:
    text = f"{_ARROWS.get(direction, '·')} {_(INTERACTION_KINDS.get(kind, kind))}: {subject}"
    if state != "done":
        text += f" ({_(INTERACTION_STATES.get(state, state))})"
    return f"{text} → {outcome}" if outcome else text


def _message(direction: str, subject: str, attachments: int) -> str:
    text = f"{_ARROWS.get(direction, '·')} {subject or _('(no subject)')}"
    return f"{text}  {_('attachments: {number}').format(number=attachments)}" if attachments else text


def _messages(moment: Any, of_client: Callable[[int], Condition]) -> Source:
    return Source(
        "message", Message, moment, of_client, (Message.direction, Message.subject, Message.attachments), _message,
        _texts(Message.subject, Message.sender_name, Message.sender_address, Message.preview), Message.sender_name,
    )  # fmt: skip


# ── Licences and keys


def _has_number(text: str) -> Condition:
    keys = ProtectionKey.select(ProtectionKey.id).where(contains(ProtectionKey.number_folded, fold(text)))
    return KeyMovement.key.in_(keys)


def _movement(number: str, model: str, kind: str, note: str) -> str:
    return "  ".join(filter(None, (number, model, _(MOVEMENT_KINDS.get(kind, kind)), note)))


def _movements(of_client: Callable[[int], Condition]) -> Source:
    return Source(
        "key", KeyMovement, KeyMovement.moment, of_client,
        (ProtectionKey.number, ProtectionKey.model, KeyMovement.kind, KeyMovement.note), _movement,
        (FilterField("number", "text", ask=_has_number), *_texts(KeyMovement.document, KeyMovement.note)),
        KeyMovement.operator, (Join(ProtectionKey, KeyMovement.key == ProtectionKey.id, required=True),),
        opens=("key", KeyMovement.key),
    )  # fmt: skip


def _left(client: int) -> Condition:
    """What came back from the client; what went from it to itself is told once."""
    elsewhere = KeyMovement.to_client.is_null() | (KeyMovement.to_client != client)
    return (KeyMovement.from_client == client) & elsewhere


_KeyOfEvent, _NewClient = ProtectionKey.alias(), Client.alias()


def _licence_events(of_client: Callable[[int], Condition], whose: Any = None) -> Source:
    """What became of licences, but their issue; ``whose`` is by what the events of one change belong together."""
    has_number = licensing.has_old_number if whose is None else licensing.has_number(whose)
    return Source(
        "licence", LicenceEvent, LicenceEvent.moment, of_client,
        (
            Licence.number, Licence.name, LicenceEvent.kind, LicenceEvent.after, LicenceEvent.reason,
            _KeyOfEvent.number, _NewClient.name, *(() if whose is None else (licensing.how_many(whose),)),
        ),
        licensing.event_line, (FilterField("number", "text", ask=has_number), *_texts(LicenceEvent.reason)),
        LicenceEvent.operator,
        (
            Join(Licence, LicenceEvent.licence == Licence.id, required=True),
            Join(_KeyOfEvent, LicenceEvent.to_key == _KeyOfEvent.id),
            Join(_NewClient, LicenceEvent.to_client == _NewClient.id),
        ),
        opens=("licence", LicenceEvent.licence), further=(LicenceEvent.kind != "issue",),
        only_if=licensing.there_are_old if whose is None else None,
    )  # fmt: skip


# ── Deals, documents, contracts

_Before = Stage.alias()


def _document(kind: str, number: str, gross: Decimal, currency: str, state: str) -> str:
    title, shown = _(DOCUMENT_KINDS.get(kind, kind)), _(DOCUMENT_STATES.get(state, state))
    return f"{title} {number}  {with_separators(f'{gross:,.2f}')} {currency}  ({shown})"


def _stage_change(title: str, before: str | None, after: str) -> str:
    return f"{before or '·'} → {after}  {title}"


def _in_stage(text: str) -> Condition:
    return StageChange.after.in_(Stage.select(Stage.id).where(contains(Stage.folded, fold(text))))


def _of_deal(text: str) -> Condition:
    return StageChange.deal.in_(Deal.select(Deal.id).where(contains(Deal.title, text)))


_STAGE_WORDS = (FilterField("stage", "text", ask=_in_stage), FilterField("deal", "text", ask=_of_deal))


def _contract(number: str, subject: str, state: str) -> str:
    return "  ".join(filter(None, (number, subject, f"({_(CONTRACT_STATES.get(state, state))})")))


# ── The client itself


def _status(before: str, after: str) -> str:
    old, new = (_(CLIENT_STATUSES.get(code, code)) for code in (before, after))
    return f"{old or '·'} → {new}"


def _file(name: str, note: str) -> str:
    return f"{name}  {note}" if note else name


SOURCES: tuple[Source, ...] = (
    Source(
        "interaction", Interaction, Interaction.moment, lambda client: Interaction.client == client,
        (Interaction.kind, Interaction.direction, Interaction.state, Interaction.subject, Interaction.outcome),
        _interaction, _texts(Interaction.subject, Interaction.outcome, Interaction.next_step), Operator.login,
        (Join(Operator, Interaction.operator == Operator.id, required=True),),
    ),
    _messages(Message.moment, lambda client: Message.client == client),
    # A message without a date is told at the time when it came into the archive.
    _messages(Message.created, lambda client: (Message.client == client) & Message.moment.is_null()),
    Source(
        "licence", Licence, Licence.issued, licensing.issued,
        (Licence.number, Licence.kind, Licence.name, Product.name, licensing.HOW_MANY_ISSUED), licensing.issue_line,
        (
            FilterField("number", "text", ask=licensing.has_issued_number),
            *_texts(Licence.name, Licence.product_code),
        ),
        joins=(Join(Product, Licence.product == Product.id, required=True),),
    ),
    _movements(lambda client: KeyMovement.to_client == client),
    _movements(_left),
    Source(
        "status", StatusChange, StatusChange.moment, lambda client: StatusChange.client == client,
        (StatusChange.before, StatusChange.after), _status, _texts(StatusChange.before, StatusChange.after),
        Operator.login, (Join(Operator, StatusChange.operator == Operator.id),),
    ),
    Source(
        "reminder", Reminder, Reminder.done_at, _about_client(Reminder), (Reminder.text,), str,
        _texts(Reminder.text), Operator.login, (Join(Operator, Reminder.operator == Operator.id, required=True),),
        further=(Reminder.state == "done",),
    ),
    Source(
        "file", AttachedFile, AttachedFile.created, _about_client(AttachedFile),
        (AttachedFile.name, AttachedFile.note), _file, _texts(AttachedFile.name, AttachedFile.note), Operator.login,
        (Join(Operator, AttachedFile.operator == Operator.id, required=True),),
    ),
    Source(
        "document", Document, Document.date, lambda client: Document.client == client,
        (Document.kind, Document.number, Document.gross, Document.currency, Document.state), _document,
        _texts(Document.number, Document.outside_number, Document.note), Operator.login,
        (Join(Operator, Document.operator == Operator.id),), further=(Document.issued_at.is_null(False),),
    ),
    Source(
        "stage", StageChange, StageChange.moment,
        lambda client: StageChange.deal.in_(Deal.select(Deal.id).where(Deal.client == client)),
        (Deal.title, _Before.name, Stage.name), _stage_change, _STAGE_WORDS, Operator.login,
        (
            Join(Deal, StageChange.deal == Deal.id, required=True),
            Join(_Before, StageChange.before == _Before.id),
            Join(Stage, StageChange.after == Stage.id, required=True),
            Join(Operator, StageChange.operator == Operator.id),
        ),
        opens=("deal", StageChange.deal),
    ),
    Source(
        "contract", ContractHeader, ContractHeader.date, lambda client: ContractHeader.client == client,
        (ContractHeader.number, ContractHeader.subject, ContractHeader.state), _contract,
        _texts(ContractHeader.number, ContractHeader.subject), Operator.login,
        (Join(Operator, ContractHeader.responsible == Operator.id),),
    ),
    Source(
        "record", Client, Client.created, lambda client: Client.id == client, (Client.name,),
        lambda name: _("The record was made."), _texts(Client.name),
    ),
    _licence_events(licensing.its_own, LicenceEvent.client),
    _licence_events(licensing.went_away, LicenceEvent.from_client),
    _licence_events(licensing.of_old),
)  # fmt: skip
"""In the order in which events of one moment and one id stand; a new source goes to the end."""


def record_kinds() -> frozenset[str]:
    """The kinds of record whose changes may change a timeline."""
    return (
        frozenset(source.record_kind for source in SOURCES)
        | {"operator", "key", "product", "deal", "stage"} & KINDS.keys()
    )
