"""Saving a card: what will change is shown, written, and where another was faster, looked at field by field."""

from __future__ import annotations

from collections.abc import Mapping
from functools import partial
from typing import TYPE_CHECKING, Any

from models.cards.definitions import CARDS
from models.cards.reading import Card, read_card
from models.errors import Conflict, DomainError, RuleBroken
from models.language import _
from screens.kit.comparison import Side
from screens.kit.conflict import ConflictView
from screens.kit.difference import Difference, FieldDifference
from screens.kit.field_line import label_of_field
from screens.kit.form_entries import Entries, value_text

if TYPE_CHECKING:
    from screens.card import CardScreen


class Saving:
    """One card's way from what is typed to what is stored. Whatever is refused, what was typed stays in the form."""

    def __init__(self, card: CardScreen) -> None:
        self._card = card
        self.is_busy = False
        """Whether an answer of the database is still to come."""

    def begin(self) -> None:
        """Check what is typed and show what will change."""
        card = self._card
        if self.is_busy or card.form.entries is None:
            return
        changes = card.form.changes(new=card.is_new)
        if changes is None:
            return
        if not changes and not (card.is_new and card.preset):
            card.notify(_("Nothing was changed."))
            if not card.is_new:
                card.leave_editing()
            return
        if card.is_new and CARDS[card.ref.kind].at_once:
            self._write(changes)
            return
        values = {**card.preset, **changes}
        title = _("Save as new?") if card.is_new else _("Save these changes?")
        dialog = Difference(title, differences(card.form.entries, values, new=card.is_new))
        card.app.push_screen(dialog, partial(self._confirmed, changes))

    def _confirmed(self, changes: Mapping[str, Any], yes: bool | None) -> None:
        if yes:
            self._write(changes)

    def _write(self, changes: Mapping[str, Any]) -> None:
        card, entries = self._card, self._card.form.entries
        assert entries is not None
        definition, actor = CARDS[card.ref.kind], card.shell.actor
        self.is_busy = True
        card.form.disabled = True
        if card.is_new:
            assert definition.add is not None
            made = partial(definition.add, actor, {**card.preset, **changes})
            card.shell.gateway.write(card, made, self._made, partial(self._refused, changes))
        else:
            assert definition.edit is not None
            edited = partial(definition.edit, actor, card.ref.id, card.version, changes, entries.base)
            card.shell.gateway.write(card, edited, self._saved, partial(self._refused, changes))

    def _answered(self) -> None:
        self.is_busy = False
        self._card.form.enable()

    def _made(self, record_id: int) -> None:
        self._answered()
        self._card.made(record_id)

    def _saved(self, _changed: bool) -> None:
        self._answered()
        self._card.saved()

    def _refused(self, changes: Mapping[str, Any], error: Exception) -> None:
        self._answered()
        card = self._card
        if isinstance(error, Conflict):
            self.is_busy = True
            work = partial(read_card, card.ref.kind, card.ref.id)
            newer = partial(self._show_conflict, changes, error.their_operator)
            card.shell.gateway.ask(card, "newer", work, newer, partial(self._refused, changes))
        elif isinstance(error, RuleBroken):
            for other in card.form.say([error]):
                card.notify(str(other), severity="warning", timeout=15)
        elif isinstance(error, DomainError):
            card.notify(str(error), severity="warning", timeout=15)
        else:
            raise error

    # Two changed it

    def _show_conflict(self, changes: Mapping[str, Any], operator: str, newer: Card) -> None:
        self._answered()
        entries = self._card.form.entries
        if entries is not None:
            view = ConflictView(operator, sides(entries, changes, newer))
            self._card.app.push_screen(view, partial(self._decided, newer))

    def _decided(self, newer: Card, choices: dict[str, str] | None) -> None:
        """Go on from the newer version with what is to stay of mine, and save again."""
        if choices is None:
            return
        card = self._card
        card.form.rebase(newer.values, newer.names, [name for name, side in choices.items() if side == "mine"])
        card.rebased(newer.version)
        changes = card.form.changes()
        if changes:
            self._write(changes)
        elif changes is not None:
            card.notify(_("Nothing of yours is left to save."))
            card.saved()


def differences(entries: Entries, values: Mapping[str, Any], *, new: bool) -> list[FieldDifference]:
    """What will change, in the order of the form."""
    names = entries.names | entries.names_now()
    return [
        FieldDifference(
            label_of_field(field),
            "" if new else value_text(field, entries.base[name], entries.names.get(name, "")),
            value_text(field, values[name], names.get(name, "")),
        )
        for name, field in entries.fields.items()
        if name in values
    ]


def sides(entries: Entries, changes: Mapping[str, Any], newer: Card) -> list[Side]:
    """The fields that either of the two changed."""
    names = entries.names_now()
    found = []
    for name, field in entries.fields.items():
        base = value_text(field, entries.base[name], entries.names.get(name, ""))
        mine = value_text(field, changes[name], names.get(name, "")) if name in changes else base
        theirs = value_text(field, newer.values.get(name), newer.names.get(name, ""))
        if mine != base or theirs != base:
            found.append(Side(name, label_of_field(field), base, mine, theirs))
    return found
