"""Picking the protection key for instances of a draft: found by any part of its number, shown, confirmed."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import partial
from typing import TYPE_CHECKING

from models.errors import DomainError, RuleBroken
from models.keys.vocabulary import KEY_STATES
from models.language import _, ngettext
from models.licensing.document_instances import InstanceFacts
from models.licensing.picking import KeyChoice, keys_for, pick_key
from screens.kit.cells import cell_text
from screens.kit.dialogs import AskText, Confirm
from screens.kit.record_picker import RecordPicker
from screens.shell import shell_of

if TYPE_CHECKING:
    from textual.screen import Screen

    from screens.kit.reference_input import Candidate


class KeyPicking:
    """One pick, from the question to what was written; ``done`` is called when it is."""

    def __init__(
        self, place: Screen[None], instances: Sequence[InstanceFacts], done: Callable[[], object]
    ) -> None:  # fmt: skip
        self._place, self._instances, self._done = place, instances, done
        self._choices: dict[int, KeyChoice] = {}

    def begin(self) -> None:
        """Offer keys as one types."""
        picker = RecordPicker(
            _("Which key?"),
            shell_of(self._place).gateway,
            self._candidates,
            prompt=self._what(),
            placeholder=_("any part of its number, its model, its owner"),
        )
        self._place.app.push_screen(picker, self._picked)

    def _what(self) -> str:
        """For what it is picked, in a few lines."""
        lines = [said_of(one) for one in self._instances[:4]]
        more = len(self._instances) - len(lines)
        if more:
            lines.append(ngettext("and {number} more", "and {number} more", more).format(number=more))
        return "\n".join(lines)

    def _candidates(self, text: str) -> list[Candidate]:
        """The keys that a text finds, in a thread."""
        found = keys_for(self._instances[0].id, text)
        self._choices |= {one.id: one for one in found}
        return [(one.id, one.number, said_of_key(one)) for one in found]

    def _picked(self, candidate: Candidate | None) -> None:
        if candidate is None:
            return
        choice = self._choices[candidate[0]]
        if choice.reason_needed:
            self._ask_why(choice, "")
            return
        question = _("Key {key}\n\n{instances}").format(
            key=f"{choice.number}  {said_of_key(choice)}", instances=self._what()
        )
        dialog = Confirm(_("Pick this key?"), question, yes=_("Pick it"), no=_("No"))
        self._place.app.push_screen(dialog, partial(self._confirmed, choice))

    def _confirmed(self, choice: KeyChoice, yes: bool | None) -> None:
        if yes:
            self._write(choice.id, choice.number, "")

    def _ask_why(self, choice: KeyChoice, said: str) -> None:
        about = said or _("Key {number} belongs to {owner}.").format(number=choice.number, owner=choice.owner or "–")
        prompt = _("{about}\nWhy do these go on it?\n\n{instances}").format(about=about, instances=self._what())
        dialog = AskText(_("Somebody else's key"), prompt, check=_with_reason)
        self._place.app.push_screen(dialog, partial(self._reasoned, choice))

    def _reasoned(self, choice: KeyChoice, reason: str | None) -> None:
        if reason is not None:
            self._write(choice.id, choice.number, reason)

    def take_away(self) -> None:
        """Pick no key any more."""
        self._write(None, "", "")

    def _write(self, key: int | None, number: str, reason: str) -> None:
        shell, ids = shell_of(self._place), [one.id for one in self._instances]
        work = partial(pick_key, shell.actor, ids, key, reason)
        shell.gateway.write(self._place, work, partial(self._written, number), partial(self._refused, key))

    def _written(self, number: str, _nothing: None) -> None:
        count = len(self._instances)
        text = (
            ngettext("Key {key} is picked for {number} instance.", "Key {key} is picked for {number} instances.", count)
            if number
            else ngettext(
                "The pick of {number} instance is taken away.", "The pick of {number} instances is taken away.", count
            )
        )
        self._place.app.notify(f"{text.format(key=number, number=count)} {_('u takes it back.')}")
        self._done()

    def _refused(self, key: int | None, error: Exception) -> None:
        """A reason may be wanted for one of the others: ask for it then."""
        if isinstance(error, RuleBroken) and error.field == "reason" and key in self._choices:
            self._ask_why(self._choices[key], error.rule)
        elif isinstance(error, DomainError):
            self._place.app.notify(str(error), severity="warning", timeout=15)
        else:
            raise error


def said_of(one: InstanceFacts) -> str:
    """An instance as it is named in questions."""
    quantity = "" if one.quantity is None else f" × {cell_text(one.quantity, 'quantity', {})}"
    return _("Line {line}: {product}").format(line=one.line, product=f"{one.product}{quantity}")


def said_of_key(key: KeyChoice) -> str:
    """What tells a key from others: its model, state, owner, and how many licences are on it."""
    licences = ngettext("{number} licence", "{number} licences", key.licences).format(number=key.licences)
    state = _(KEY_STATES.get(key.state, key.state))
    mark = "! " + _("somebody else's") if key.reason_needed else ""
    return " · ".join(part for part in (mark, key.model, state, key.owner, licences if key.licences else "") if part)


def _with_reason(text: str) -> None:
    if not text.strip():
        raise RuleBroken("reason", _("The reason is missing."), _("Say why, in a few words."))
