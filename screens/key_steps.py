"""What is done with a protection key: asked for in a short form, written at once, said when it is done."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Mapping, Sequence
from functools import partial
from typing import TYPE_CHECKING, Any

from models.actor import Actor
from models.cards.making import may_make
from models.cards.reading import candidates
from models.clock import today
from models.fields import Field
from models.keys.lending import KEY_STEPS, KeyStep, lend_key, mark_key, take_key_back
from models.keys.vocabulary import KEY_STATES
from models.language import N_, _, ngettext
from models.licensing.exchange import REPLACEMENT_CAUSES, Replaced, Transferred, replace_key, transfer_key
from models.licensing.key_choices import KeyMay, key_may, keys_in_place_of
from screens.kit.ask_fields import DoFields
from screens.kit.dialogs import PickOne
from screens.kit.record_picker import RecordPicker
from screens.kit.reference_input import References

if TYPE_CHECKING:
    from screens.card import CardScreen
    from screens.kit.reference_input import Candidate

_BY_KEY = frozenset({"lend", "take_back"})
"""Steps that have a key of their own; the others are marks."""
DAY = Field("day", N_("Day"), "date", required=True)
REASON = Field("reason", N_("Reason"))
DOCUMENT = Field("document", N_("Document"), "reference", reference="document")
_NOTE = Field("note", N_("Note"))
_CLIENT = Field("client", N_("Client"), "reference", reference="client", required=True)
_BACK = ("in_stock", "broken")


class KeySteps:
    """The steps of one key's card."""

    def __init__(self, card: CardScreen) -> None:
        self._card = card

    @property
    def _may(self) -> KeyMay:
        """What is possible with the key as it was read: by the rules that the actions have."""
        card = self._card.record.card
        return KeyMay(False, False, ()) if card is None else key_may(card.state, card.values.get("owner"))

    def may(self, step: str) -> bool:
        """Whether a step is possible."""
        found = self._may
        match step:
            case "exchange":
                return found.exchange
            case "transfer":
                return found.transfer
            case "lend":
                return any(one.name in _BY_KEY for one in found.steps)
        return bool(self._marks())

    def _marks(self) -> list[KeyStep]:
        return [one for one in self._may.steps if one.name not in _BY_KEY]

    def _do(
        self, title: str, fields: Sequence[Field], values: Mapping[str, Any], work: Callable[[dict[str, Any]], Any],
        done: Callable[[Any], str], about: str = "",
    ) -> None:  # fmt: skip
        """Ask for the fields, do it, say it."""
        card = self._card
        references = References(card.shell.gateway, candidates, partial(may_make, card.shell.actor))
        number = about or _("Key {number}").format(number=card.record.title)
        dialog = DoFields(title, number, fields, {"day": today(), **values}, references, work)
        card.app.push_screen(dialog, partial(self._done, done))

    def _done(self, said: Callable[[Any], str], answer: tuple[Any] | None) -> None:
        if answer is not None:
            self._card.notify(f"{said(answer[0])} {_('u takes it back.')}")
            self._card.record.read()

    # Exchange

    def exchange(self) -> None:
        """Which key takes its place?"""
        card = self._card
        picker = RecordPicker(
            _("Exchange key {number}").format(number=card.record.title), card.shell.gateway,
            partial(keys_in_place_of, card.ref.id), prompt=_("Which key takes its place?"),
            placeholder=_("any part of its number, its model, its owner"),
        )  # fmt: skip
        card.app.push_screen(picker, self._new_picked)

    def _new_picked(self, picked: Candidate | None) -> None:
        if picked is None:
            return
        new, number, more = picked
        fields: tuple[Field, ...] = (
            Field("cause", N_("Cause"), "choice", choices=REPLACEMENT_CAUSES, required=True), DAY, REASON,
            Field("return_due", N_("Old one back by"), "date", hint=N_("empty: it does not come back")),
        )  # fmt: skip
        about = _("{old} goes, {new} takes its place, with all licences that are on it.").format(
            old=self._card.record.title, new=f"{number} ({more})"
        )
        work = partial(_replace, self._card.shell.actor, self._card.ref.id, new)
        self._do(_("Exchange the key"), fields, {}, work, partial(_exchanged, number), about)

    # To another client

    def transfer(self) -> None:
        """To whom, when, by which document?"""
        work = partial(_transfer, self._card.shell.actor, self._card.ref.id)
        about = _("Key {number} goes to another client, with the licences of its owner.").format(
            number=self._card.record.title
        )
        self._do(_("To another client"), (_CLIENT, DAY, REASON, DOCUMENT), {}, work, _transferred, about)

    # Lent, back

    def lend(self) -> None:
        """Lend it, or where it is lent, take it back."""
        key, actor = self._card.ref.id, self._card.shell.actor
        if any(one.name == "take_back" for one in self._may.steps):
            states = {state: KEY_STATES[state] for state in _BACK}
            fields: tuple[Field, ...] = (
                Field("state", N_("It is"), "choice", choices=states, required=True),
                DAY,
                _NOTE,
            )
            back = partial(_take_back, actor, key)
            self._do(_("Take the key back"), fields, {"state": "in_stock"}, back, lambda _changed: _("It is back."))
            return
        fields = (_CLIENT, Field("return_due", N_("To be returned by"), "date", required=True), DAY, _NOTE)
        due = today() + dt.timedelta(days=14)
        self._do(
            _("Lend the key"), fields, {"return_due": due}, partial(_lend, actor, key),
            lambda _reminder: _("It is lent; a reminder is set for the day of its return."),
        )  # fmt: skip

    # Marks

    def mark(self) -> None:
        """What became of it?"""
        steps = [(one.name, _(one.title)) for one in self._marks()]
        title = _("What became of key {number}?").format(number=self._card.record.title)
        self._card.app.push_screen(PickOne(title, steps), self._mark)

    def _mark(self, state: str | None) -> None:
        if state is not None:
            work = partial(_mark, self._card.shell.actor, self._card.ref.id, state)
            self._do(_(KEY_STEPS[state].title), (DAY, _NOTE), {}, work, lambda _changed: _("Noted."))


def _replace(actor: Actor, old: int, new: int, values: Mapping[str, Any]) -> Replaced:
    return replace_key(
        actor, old, new, values["cause"], values["day"], values["reason"] or "", values["return_due"]
    )  # fmt: skip


def _exchanged(number: str, done: Replaced) -> str:
    text = ngettext(
        "{key} took its place, with {number} licence.", "{key} took its place, with {number} licences.", done.licences
    )
    return text.format(key=number, number=done.licences)


def _transfer(actor: Actor, key: int, values: Mapping[str, Any]) -> Transferred:
    return transfer_key(actor, key, values["client"], values["day"], values["reason"] or "", values["document"])


def _transferred(done: Transferred) -> str:
    text = ngettext("It went over, with {number} licence.", "It went over, with {number} licences.", done.licences)
    return text.format(number=done.licences)


def _lend(actor: Actor, key: int, values: Mapping[str, Any]) -> int:
    return lend_key(actor, key, values["client"], values["return_due"], values["day"], values["note"] or "")


def _take_back(actor: Actor, key: int, values: Mapping[str, Any]) -> bool:
    return take_key_back(actor, key, values["day"], values["state"], values["note"] or "")


def _mark(actor: Actor, key: int, state: str, values: Mapping[str, Any]) -> bool:
    return mark_key(actor, key, state, values["day"], values["note"] or "")
