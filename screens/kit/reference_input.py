"""The input of a reference: typing any part of a name lists the records it may mean, found through the gateway."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from functools import partial
from typing import TYPE_CHECKING

from textual.content import Content

from models.fields import Field
from models.language import _
from models.text import shown
from screens.kit.form_entries import Entry
from screens.kit.form_inputs import InputMessage, PickInput, Settled

if TYPE_CHECKING:
    from screens.kit.gateway import Gateway

Candidate = tuple[int, str, str]
"""A record that a reference can point to: its id, its name, and what tells it from others of that name."""

_CHANNEL = "candidates"


@dataclass(frozen=True, slots=True)
class References:
    """Where references are looked for: ``candidates(kind, text)`` reads, in a thread of the gateway, the best few.

    With ``within`` (the name and value of a field) it reads only records that agree in it. ``may_make`` says whether a
    record of a kind can be made on the way.
    """

    gateway: Gateway
    candidates: Callable[..., list[Candidate]]
    may_make: Callable[[str], bool] = lambda kind: False


class NewWanted(InputMessage):
    """The operator wants a new record to refer to; ``text`` is what he typed for its name."""

    def __init__(self, editor: ReferenceInput, text: str) -> None:
        super().__init__(editor)
        self.text = text


class SearchFailed(InputMessage):
    """The records could not be looked for."""

    def __init__(self, editor: ReferenceInput, error: Exception) -> None:
        super().__init__(editor)
        self.error = error


class ReferenceInput(PickInput):
    """The name of the record referred to; typing looks for others, an empty field refers to none."""

    def __init__(self, field: Field, entry: Entry, references: References) -> None:
        super().__init__(entry)
        self._kind = field.reference
        self._references = references
        self._picked = entry.picked
        self._found: list[Candidate] = []
        self._searched = ""
        self._take_when_found = False
        self.within: Callable[[], int | None] = lambda: None
        """What the record has to belong to; set by the form where another field says it."""
        self._within_field = field.within

    @property
    def entry(self) -> Entry:
        """The text, and the record while the text is still its name."""
        return Entry(self.value, self._picked if self.value == self._settled and self.value else None)

    def put(self, entry: Entry) -> None:
        """Refer to a record."""
        self._picked = entry.picked
        super().put(entry)

    @property
    def _may_make(self) -> bool:
        return self._references.may_make(self._kind)

    def suggest(self, text: str) -> None:
        """Look for what is typed; the list opens when the answer is here."""
        self._take_when_found = False
        owner = self.within()
        wanted = {} if owner is None else {"within": (self._within_field, owner)}
        work = partial(self._references.candidates, self._kind, text, **wanted)
        self._references.gateway.ask(self, _CHANNEL, work, partial(self._came, text), self._failed)

    def _failed(self, error: Exception) -> None:
        self.post_message(SearchFailed(self, error))

    def _came(self, text: str, found: list[Candidate]) -> None:
        self._found, self._searched = found, text.strip()
        if not self.has_focus:
            if self._take_when_found and found and self.value.strip() == self._searched:
                self.take(0)
            self.post_message(Settled(self))
            return
        prompts = [
            Content.assemble(shown(name), ("  " + shown(more) if more else "", "$text-muted"))
            for _id, name, more in found
        ]
        if self._may_make:
            prompts.append(Content(_("+ make a new one: {name}").format(name=shown(self._searched) or "…")))
        elif not prompts:
            prompts.append(Content.styled(_("nothing found"), "$text-muted"))
        self.suggestions.offer(prompts)
        self.list_opened()

    def settle(self) -> None:
        """Refer to the record under the cursor; where the answer is not here yet, to the best one when it comes."""
        if self.value == self._settled or not self.value.strip():
            return
        if self._searched != self.value.strip() or self._references.gateway.is_asked(self, _CHANNEL):
            self.suggest(self.value)
            self._take_when_found = True
        elif self._found:
            self.take(min(self.suggestions.highlighted or 0, len(self._found) - 1))

    def take(self, position: int) -> None:
        """Refer to the record picked, or ask for a new one."""
        if position < len(self._found):
            record_id, name, _more = self._found[position]
            self.put(Entry(name, record_id))
        elif self._may_make:
            self.close_list()
            self.post_message(NewWanted(self, self._searched))

    def action_enter(self) -> None:
        """Make a new record where the cursor of the list is on that line, else go on."""
        if self.is_open and self._may_make and (self.suggestions.highlighted or 0) >= len(self._found):
            self.take(len(self._found))
        else:
            super().action_enter()
