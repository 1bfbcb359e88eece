"""Keeping what is typed on a card: every three seconds, and when the program has to leave."""

from __future__ import annotations

import json
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Any

from models.cards.definitions import CARDS
from models.kinds import KINDS, RecordRef
from models.language import _
from screens.kit.draft_question import DraftAnswer, DraftQuestion
from screens.kit.drafts import Draft
from screens.shell import shell_of

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from textual.app import App
    from textual.timer import Timer

    from screens.card import CardScreen

EVERY_SECONDS = 3.0


class DraftKeeper:
    """The draft of one card. It is there from ``start`` to ``forget`` (saved, thrown away) or ``leave_be``."""

    def __init__(self, card: CardScreen) -> None:
        self._card = card
        self._timer: Timer | None = None
        self._path: Path | None = None
        self._written = ""
        self._told = False

    def start(self, path: Path | None = None) -> None:
        """Keep what is typed from now on; ``path`` is the draft that the typing goes on from."""
        self._path = path
        self._written = ""
        if self._timer is None:
            self._timer = self._card.set_interval(EVERY_SECONDS, self.keep)
            shell_of(self._card).draft_keepers.add(self.keep)

    def keep(self) -> None:
        """Write what is typed now, if it is other than what was written."""
        entries = self._card.form.entries
        typed = self._card.form.typed()
        if entries is None:
            return
        now = json.dumps({name: [entry.text, entry.picked] for name, entry in typed.items()}, sort_keys=True)
        if now == self._written:
            return
        try:
            if typed:
                self._path = shell_of(self._card).drafts.keep(self._draft())
            else:
                shell_of(self._card).drafts.discard(self._path)
                self._path = None
        except OSError as error:
            self._tell(error)
        else:
            self._written = now

    def _draft(self) -> Draft:
        card = self._card
        entries = card.form.entries
        assert entries is not None
        kind, record_id = card.ref.kind, card.ref.id
        label = entries[CARDS[kind].label].text if CARDS[kind].label in entries.fields else card.record.title
        title = f"{_(KINDS[kind].title)}: {label}"
        base = {**card.preset, **entries.base} if card.is_new else entries.base
        return Draft(kind, record_id, title, card.version, base, entries.names, card.form.typed(), path=self._path)

    def _tell(self, error: OSError) -> None:
        """Say once that typing is not kept: the operator may want to save sooner."""
        if not self._told:
            self._told = True
            reason = error.strerror or str(error)
            text = _("What you type cannot be kept as a draft: {reason}").format(reason=reason)
            self._card.notify(text, severity="warning", timeout=15)

    def forget(self) -> None:
        """What was typed is saved or not wanted."""
        shell_of(self._card).drafts.discard(self._path)
        self.leave_be()

    def leave_be(self) -> None:
        """Keep nothing more; what was written stays for the next time."""
        self._path = None
        if self._timer is not None:
            self._timer.stop()
            self._timer = None
        shell_of(self._card).draft_keepers.discard(self.keep)


def preset_of(draft: Draft, usual: Mapping[str, Any]) -> dict[str, Any]:
    """The values that a new record's card began with, beside the usual ones."""
    return {name: value for name, value in draft.base.items() if value and value != usual.get(name)}


def ask_about_draft(card: CardScreen, go_on: Callable[[Draft | None], object]) -> None:
    """Where a draft of the card was left behind, ask what to do with it; ``go_on`` gets it if it is to be continued."""
    drafts = shell_of(card).drafts
    draft = drafts.of(card.ref.kind, card.ref.id)
    if draft is None:
        go_on(None)
        return
    found = draft

    def answered(answer: DraftAnswer | None) -> None:
        if answer == "throw away":
            drafts.discard(found.path)
        go_on(found if answer == "continue" else None)

    card.app.push_screen(DraftQuestion(found), answered)


def offer_drafts(app: App[None]) -> bool:
    """What the program does at its start: show the drafts that were left behind, to go on with one of them.

    Returns whether there are any.
    """
    from models.clock import local
    from screens.kit.dialogs import PickOne

    drafts = [draft for draft in shell_of(app).drafts.pending() if draft.kind in CARDS]
    if drafts:
        choices = [(draft, f"{local(draft.moment):%Y-%m-%d %H:%M}  {draft.title}") for draft in drafts]
        app.push_screen(PickOne(_("Typed but not saved: go on with"), choices), partial(_open_draft, app))
    return bool(drafts)


def _open_draft(app: App[None], draft: Draft | None) -> None:
    from screens.card_kinds import card_class

    if draft is not None:
        app.push_screen(card_class(draft.kind)(RecordRef(draft.kind, draft.record_id), draft=draft))
