"""What is done to reminders from a list, a card or the box of those that are due: done, snoozed, handed over."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import partial
from typing import TYPE_CHECKING, Any

from textual.binding import Binding

from models.clock import local, now
from models.errors import DomainError, RuleBroken
from models.language import N_, _, ngettext
from models.reading_moments import read_moment
from models.reminders import actions
from models.reminders.queries import operators_at_work
from models.writing import Change, in_transaction
from screens.kit.dialogs import AskText, PickOne
from screens.shell import shell_of

if TYPE_CHECKING:
    import datetime as dt

    from textual.dom import DOMNode

REMINDER_BINDINGS = (
    Binding("d", "reminder('done')", N_("done"), id="reminder.done"),
    Binding("z", "reminder('snooze')", N_("snooze"), id="reminder.snooze"),
    Binding("H", "reminder('hand_over')", N_("hand over"), id="reminder.hand-over"),
)
_SNOOZES = (
    ("+15min", N_("15 minutes")),
    ("+1h", N_("1 hour")),
    ("+1d", N_("tomorrow morning")),
    ("+3d", N_("in three days")),
    ("+1w", N_("in a week")),
    ("", N_("until another moment …")),
)
_Then = Callable[[], object]


def take_step(node: DOMNode, step: str, ids: Sequence[int], then: _Then = lambda: None) -> None:
    """Do a step of the bindings to reminders; ``then`` is called when it is stored."""
    if ids:
        {"done": _done, "snooze": _snooze, "hand_over": _hand_over, "reopen": _reopen}[step](node, ids, then)


def _done(node: DOMNode, ids: Sequence[int], then: _Then) -> None:
    text = ngettext("Done: {number} reminder.", "Done: {number} reminders.", len(ids))
    _write(node, ids, actions.reminder_done, text, then)


def _reopen(node: DOMNode, ids: Sequence[int], then: _Then) -> None:
    text = ngettext("Open again: {number} reminder.", "Open again: {number} reminders.", len(ids))
    _write(node, ids, actions.reopen_reminder, text, then)


def _snooze(node: DOMNode, ids: Sequence[int], then: _Then) -> None:
    def until(text: str | None) -> None:
        if text:
            moment = _still_to_come(text)
            said = _("Silent until {moment}.").format(moment=f"{local(moment):%Y-%m-%d %H:%M}")
            _write(node, ids, lambda change, one: actions.snooze_reminder(change, one, moment), said, then)

    def picked(text: str | None) -> None:
        if text == "":
            prompt = _("Until when? For example: fri 10:00, 31.12 9:00, +3d, +2h")
            node.app.push_screen(AskText(_("Snooze"), prompt, check=_still_to_come), until)
        else:
            until(text)

    node.app.push_screen(PickOne[str](_("Snooze"), [(text, _(title)) for text, title in _SNOOZES]), picked)


def _still_to_come(text: str) -> dt.datetime:
    """The moment typed; raises ``RuleBroken`` for one that has passed."""
    moment = read_moment(text, "wakes", now=now())
    if moment <= now():
        raise RuleBroken("wakes", _("That moment has passed already."), _("Give one that is still to come."))
    return moment


def _hand_over(node: DOMNode, ids: Sequence[int], then: _Then) -> None:
    def came(operators: list[tuple[int, str]]) -> None:
        node.app.push_screen(PickOne[int](_("Hand over to"), operators), partial(picked, dict(operators)))

    def picked(names: dict[int, str], operator_id: int | None) -> None:
        if operator_id is not None:
            said = _("Handed over to {operator}.").format(operator=names[operator_id])
            _write(node, ids, lambda change, one: actions.hand_over_reminder(change, one, operator_id), said, then)

    shell_of(node).gateway.ask(node, "operators", operators_at_work, came, partial(_failed, node))


def _write(node: DOMNode, ids: Sequence[int], step: Callable[[Change, int], bool], said: str, then: _Then) -> None:
    """One change for all of them, so that one undo takes it back."""
    actor = shell_of(node).actor

    def work() -> list[bool]:
        return in_transaction(actor, "reminders", lambda change: [step(change, one) for one in ids])

    def stored(_changed: list[bool]) -> None:
        node.app.notify(said.format(number=len(ids)), timeout=4)
        then()

    shell_of(node).gateway.write(node, work, stored, partial(_failed, node))


def _failed(node: DOMNode, error: Exception) -> None:
    if not isinstance(error, DomainError):
        raise error
    node.app.notify(str(error), severity="warning", timeout=10)


def may_step(node: DOMNode) -> bool:
    """Whether the operator may do anything to reminders."""
    from models.company.permissions import KEEP_REMINDERS

    return shell_of(node).actor.may(KEEP_REMINDERS)


def ids_or_marked(pane: Any) -> list[int]:
    """The reminders that are meant in a list: those marked, else the one under the cursor."""
    from models.cards.bulk import marked_ids

    marks = pane.table.marks
    if marks:
        return list(marked_ids(pane.listing, marks.__contains__)) if marks.all_but else sorted(marks.ids)
    return [] if pane.table.cursor_id is None else [pane.table.cursor_id]
