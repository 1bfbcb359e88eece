"""The blocks of the first section, as data: what each asks the models, and how its lines read."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from dataclasses import dataclass
from typing import TYPE_CHECKING

from rich.cells import cell_len, set_cell_size
from textual.content import Content

from models.about import titled_name
from models.cards.recent import changes_by_others
from models.clients.interaction_queries import count_planned, planned_interactions
from models.clients.vocabulary import INTERACTION_KINDS
from models.clock import local, now, stored, today
from models.company.permissions import EDIT_LICENCES, EDIT_PAYMENTS, EDIT_SALES
from models.company.settings import expiring_days, setting
from models.keys.queries import overdue_keys
from models.kinds import KINDS, RecordRef
from models.language import N_, _, ngettext, pgettext
from models.licensing.queries import EndingSoon, licences_ending, maintenance_ending
from models.mail.reading import waiting_messages
from models.reminders.queries import due_reminders
from models.text import shown
from screens.kit.cells import cell_text

if TYPE_CHECKING:
    from screens.kit.drafts import Draft
    from screens.shell import Shell

_ROWS = 8
_MESSAGES = 3
_LONGEST_NAME = 60
_AROUND = 25
"""Cells of a line that its name and its thing leave to the margins and to a moment."""


@dataclass(frozen=True, slots=True)
class Elsewhere:
    """A list of another section under a filter."""

    digit: int
    tab: str
    filter_text: str


@dataclass(frozen=True, slots=True)
class HalfTyped:
    """A form that was left half typed: of a record, or of a new one."""

    draft: Draft


Target = RecordRef | Elsewhere | HalfTyped


@dataclass(frozen=True, slots=True)
class TodayRow:
    """One line: whose it is, what it is, when; and what ``enter`` opens."""

    name: str
    what: str
    when: str
    target: Target
    late: bool = False


@dataclass(frozen=True, slots=True)
class BlockRows:
    """The first lines of a block, how many things there are in all (0: not counted), and where all are shown."""

    rows: tuple[TodayRow, ...]
    total: int
    more: Elsewhere | None = None


@dataclass(frozen=True, slots=True)
class Block:
    """A block: its title (an English msgid), the query (in a thread), and the kinds whose changes it hears of.

    An empty block is not shown. ``any_kind`` is asked again after every change.
    """

    id: str
    title: str
    read: Callable[[Shell], BlockRows]
    kinds: frozenset[str] = frozenset()
    any_kind: bool = False


def _licences(_shell: Shell) -> BlockRows:
    first, last = today(), today() + dt.timedelta(days=expiring_days())
    return _ending(licences_ending(first, last, _ROWS), Elsewhere(5, "renewals", ""))


def _maintenance(_shell: Shell) -> BlockRows:
    days = expiring_days()
    first, last = today(), today() + dt.timedelta(days=days)
    return _ending(maintenance_ending(first, last, _ROWS), Elsewhere(5, "renewals", ""))


def _ending(soon: EndingSoon, more: Elsewhere) -> BlockRows:
    rows = tuple(
        TodayRow(
            one.client,
            one.licence or ngettext("{number} licence", "{number} licences", one.number).format(number=one.number),
            days_left(one.first_day),
            RecordRef("client", one.client_id) if one.licence_id is None else RecordRef("licence", one.licence_id),
        )
        for one in soon.clients
    )
    return BlockRows(rows, soon.licences, more)


def _overdue(_shell: Shell) -> BlockRows:
    keys, total = overdue_keys(today(), _ROWS)
    rows = tuple(
        TodayRow(key.owner, f"{key.number} {key.model}", days_left(key.due), RecordRef("key", key.id), late=True)
        for key in keys
    )
    return BlockRows(rows, total, Elsewhere(5, "keys", "state:lent return_due<today"))


def _unpaid(shell: Shell) -> BlockRows:
    """Whose invoices are overdue, the longest first; for those who sell or look after payments."""
    from models.sales.receivables import overdue_clients

    if not (shell.actor.may(EDIT_SALES) or shell.actor.may(EDIT_PAYMENTS)):
        return BlockRows((), 0)
    clients, total = overdue_clients(_ROWS)
    currency = setting("base_currency")
    rows = tuple(
        TodayRow(
            one.name,
            f"{cell_text(one.overdue, 'money', {})} {currency}",
            days_left(today() - dt.timedelta(days=one.days)),
            RecordRef("client", one.client),
            late=True,
        )
        for one in clients
    )
    return BlockRows(rows, total, Elsewhere(4, "receivables", ""))


def _rotting(shell: Shell) -> BlockRows:
    """Deals that stand still, one's own first; for those who sell."""
    from models.sales.rotting import rotting_deals

    if not shell.actor.may(EDIT_SALES):
        return BlockRows((), 0)
    deals, total = rotting_deals(shell.actor.operator_id, _ROWS)
    rows = tuple(
        TodayRow(one.client or one.title, f"{one.stage}: {one.title}", days_since(one.since), RecordRef("deal", one.id))
        for one in deals
    )
    return BlockRows(rows, total, Elsewhere(4, "deals", "rots:yes"))


def _low_pools(shell: Shell) -> BlockRows:
    """Pools of vendor codes that run low; for those who issue licences."""
    from models.licensing.pools import low_pools

    if not shell.actor.may(EDIT_LICENCES):
        return BlockRows((), 0)
    rows = tuple(
        TodayRow(
            pool.name,
            ngettext("{number} code left", "{number} codes left", pool.available).format(number=pool.available),
            "",
            RecordRef("product", pool.product),
            late=not pool.available,
        )
        for pool in low_pools()
    )
    return BlockRows(rows[:_ROWS], len(rows))


def _unfiled(_shell: Shell) -> BlockRows:
    waiting, total = waiting_messages(_MESSAGES)
    rows = tuple(
        TodayRow(
            one.sender,
            one.subject,
            local(one.moment).strftime("%Y-%m-%d %H:%M") if one.moment else "",
            RecordRef("message", one.id),
        )
        for one in waiting
    )
    return BlockRows(rows, total, Elsewhere(7, "unfiled", ""))


def _drafts(shell: Shell) -> BlockRows:
    rows = tuple(
        TodayRow(
            draft.title or pgettext("record", "new"),
            _(KINDS[draft.kind].title),
            local(draft.moment).strftime("%Y-%m-%d %H:%M"),
            HalfTyped(draft),
        )
        for draft in shell.drafts.pending()
    )
    return BlockRows(rows, len(rows))


def _others(shell: Shell) -> BlockRows:
    midnight = dt.datetime.combine(today(), dt.time()).astimezone()
    changes = changes_by_others(shell.operator, midnight.astimezone(dt.UTC).replace(tzinfo=None), _ROWS)
    rows = tuple(
        TodayRow(
            one.title,
            f"{_(KINDS[one.kind].title)}, {one.operator}",
            local(one.moment).strftime("%H:%M"),
            RecordRef(one.kind, one.id),
        )
        for one in changes
    )
    return BlockRows(rows, 0)


def _due(shell: Shell) -> BlockRows:
    """The reminders of the operator; a line opens what it is about."""
    due = due_reminders(shell.actor.operator_id or 0, now())
    rows = tuple(
        TodayRow(
            one.text,
            "" if one.about is None else titled_name(one.about, one.about_name),
            _since(one.due),
            one.about or RecordRef("reminder", one.id),
            late=local(one.due).date() < today(),
        )
        for one in due[:_ROWS]
    )
    return BlockRows(rows, len(due), Elsewhere(2, "reminders", f"state:due operator:{shell.operator}"))


def _planned(shell: Shell) -> BlockRows:
    """What the operator planned for today, or earlier and did not do."""
    operator_id, midnight = shell.actor.operator_id or 0, stored(dt.datetime.combine(today(), dt.time()))
    before = midnight + dt.timedelta(days=1)
    rows = tuple(
        TodayRow(
            f"{one.client}, {one.person}" if one.person else one.client,
            f"{_(INTERACTION_KINDS.get(one.kind, one.kind))}: {one.subject}",
            _since(one.moment),
            RecordRef("interaction", one.id),
            late=one.moment < midnight,
        )
        for one in planned_interactions(operator_id, before, _ROWS)
    )
    total = len(rows) if len(rows) < _ROWS else count_planned(operator_id, before)
    return BlockRows(rows, total, Elsewhere(2, "planned", f"operator:{shell.operator} moment:..today"))


def _since(moment: dt.datetime) -> str:
    """The time of day of today, or how many days late."""
    here = local(moment)
    return here.strftime("%H:%M") if here.date() >= today() else days_left(here.date())


BLOCKS = (
    Block("due", N_("Reminders"), _due, frozenset({"reminder"})),
    Block("planned", N_("Calls to make, and what else is planned"), _planned, frozenset({"interaction", "client"})),
    Block("drafts", N_("Half typed"), _drafts),
    Block("unpaid", N_("Clients with overdue invoices"), _unpaid, frozenset({"document", "client"})),
    Block("rotting", N_("Deals that stand still"), _rotting, frozenset({"deal", "stage", "client"})),
    Block("overdue", N_("Keys that should be back"), _overdue, frozenset({"key", "client"})),
    Block("licences", N_("Licences that end soon"), _licences, frozenset({"licence", "client"})),
    Block("maintenance", N_("Maintenance that ends soon"), _maintenance, frozenset({"licence", "client"})),
    Block("pools", N_("Pools of codes that run low"), _low_pools, frozenset({"vendor_code", "product"})),
    Block("unfiled", N_("Unfiled mail"), _unfiled, frozenset({"message"})),
    Block("others", N_("Changed by others today"), _others, any_kind=True),
)


def days_left(day: dt.date) -> str:
    """How far away a day is, in words."""
    days = (day - today()).days
    if days == 0:
        return _("today")
    if days > 0:
        return ngettext("in {days} day", "in {days} days", days).format(days=days)
    return ngettext("{days} day late", "{days} days late", -days).format(days=-days)


def days_since(day: dt.date) -> str:
    """How long something has been so, in words."""
    days = (today() - day).days
    return ngettext("for {days} day", "for {days} days", days).format(days=days)


def heading(block: Block, rows: BlockRows | str | None) -> Content:
    """The title of a block with its number."""
    number = f"  {cell_text(rows.total, 'integer', {})}" if isinstance(rows, BlockRows) and rows.total else ""
    return Content.assemble((f" {shown(_(block.title))}", "bold $accent"), (number, "$foreground-muted"))


def remark(text: str) -> Content:
    """A line that says something about a block."""
    return Content.styled(f"   {shown(text)}", "$foreground-muted")


def line(row: TodayRow, width: int) -> Content:
    """One line: name, thing, and the day at a place of its own."""
    name_cells = min(_LONGEST_NAME, max(20, width * 45 // 100))
    what_cells = max(10, min(40, width - name_cells - _AROUND))
    return Content.assemble(
        "   ",
        _cell(row.name, name_cells),
        ("  " + _cell(row.what, what_cells), "$foreground-muted"),
        (f"  {shown(row.when)}", "$warning" if row.late else ""),
    )


def _cell(text: str, cells: int) -> str:
    text = shown(text)
    return set_cell_size(text, cells) if cell_len(text) <= cells else set_cell_size(text, cells - 1) + "…"
