"""Asking for the reasons of unmet demand: at once for what an action recorded, or in bulk from its list."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from functools import partial
from typing import TYPE_CHECKING

from models.errors import DomainError
from models.language import _, ngettext
from models.sales.actions_unmet import state_reason
from models.sales.document_look import UnmetEntry, unmet_entries
from screens.reason_strip import Reason, ReasonStrip, question
from screens.shell import shell_of

if TYPE_CHECKING:
    from textual.screen import Screen
    from textual.widget import Widget

    Place = Screen[None] | Widget


def ask_for_reasons(place: Place, entries: Sequence[int]) -> None:
    """Ask for the reason of each entry that an action recorded; nothing where there is none."""
    if entries:
        work = partial(unmet_entries, list(entries))
        shell_of(place).gateway.ask(place, "unmet", work, partial(_ask, place), partial(_refused, place))


def _ask(place: Place, entries: list[UnmetEntry]) -> None:
    questions = [(entry.id, question(entry)) for entry in entries if entry.reason == "not_stated"]
    if questions:
        place.app.push_screen(ReasonStrip(_("Not bought"), questions), partial(_state, place))


def ask_for_all(place: Place, entries: Sequence[int], done: Callable[[], object]) -> None:
    """Ask once for the reason of many entries."""
    text = ngettext("{number} entry: why was it not bought?", "{number} entries: why were they not bought?",
                    len(entries)).format(number=len(entries))  # fmt: skip
    strip = ReasonStrip(_("Not bought"), [(0, text)])
    place.app.push_screen(strip, partial(_state_all, place, list(entries), done))


def _state_all(
    place: Place, entries: list[int], done: Callable[[], object], answers: Mapping[int, Reason] | None
) -> None:  # fmt: skip
    if answers and 0 in answers:
        reason, competitor = answers[0]
        work = partial(state_reason, shell_of(place).actor, entries, reason, competitor or None)
        said = partial(_said, place, done)
        shell_of(place).gateway.write(place, work, said, partial(_refused, place))


def _state(place: Place, answers: Mapping[int, Reason] | None) -> None:
    by_reason: dict[Reason, list[int]] = {}
    for entry, answer in (answers or {}).items():
        by_reason.setdefault(answer, []).append(entry)
    shell = shell_of(place)
    for (reason, competitor), entries in by_reason.items():
        work = partial(state_reason, shell.actor, entries, reason, competitor or None)
        shell.gateway.write(place, work, lambda _count: None, partial(_refused, place))


def _said(place: Place, done: Callable[[], object], count: int) -> None:
    text = ngettext("The reason of {number} entry is kept.", "The reason of {number} entries is kept.", count)
    place.app.notify(f"{text.format(number=count)} {_('u takes it back.')}")
    done()


def _refused(place: Place, error: Exception) -> None:
    if not isinstance(error, DomainError):
        raise error
    place.app.notify(str(error), severity="warning", timeout=10)
