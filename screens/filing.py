"""Filing messages, wherever they are shown: taking the guess, picking another client, making one of the sender."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import partial
from typing import TYPE_CHECKING, Any, TypeVar

from models.cards.making import may_make
from models.cards.reading import candidates
from models.company.permissions import FILE_MAIL
from models.errors import DomainError, NotAllowed
from models.language import _, ngettext
from models.mail.actions import file_message, unfile_message
from models.mail.bulk_filing import file_if_waiting, file_messages
from models.mail.reading import Filing
from models.text import shown
from screens.kit.dialogs import PickOne
from screens.kit.record_picker import RecordPicker
from screens.shell import shell_of

if TYPE_CHECKING:
    from textual.app import App
    from textual.widget import Widget

    from screens.kit.reference_input import Candidate

Written = TypeVar("Written")
_NONE = 0
"""Picked in the place of a client: the message waits again."""


class Filer:
    """Does for its host what an operator wants with messages that are not filed, or wrongly."""

    def __init__(self, host: Widget, after: Callable[[], object]) -> None:
        """``after`` is called when something was filed, or was refused."""
        self._host = host
        self._after = after

    @property
    def _app(self) -> App[Any]:
        return self._host.app

    def may(self) -> bool:
        """Whether the operator may file; says so where he may not."""
        actor = shell_of(self._host).actor
        if not actor.may(FILE_MAIL):
            self._app.notify(str(NotAllowed(actor.name, FILE_MAIL)), severity="warning", timeout=8)
            return False
        return True

    # The guess

    def take_guess(self, filing: Filing | None, *, all_of_them: bool) -> bool:
        """File a message under its guess; with ``all_of_them``, whatever else comes from its domain or address too.

        False where there is nothing to take; why is said.
        """
        if not self.may():
            return False
        if filing is None:
            self._app.notify(_("The client is still being looked for."), timeout=3)
        elif filing.client_id is not None:
            self._app.notify(_("The message is filed already; f files it under another client."), timeout=4)
        elif filing.guess is None:
            self._app.notify(_("Nothing speaks for any client here: f picks one, n makes a new one."), timeout=6)
        else:
            remember = filing.remembers if all_of_them else ""
            self._file(filing, filing.guess.client_id, filing.guess.client_name, remember)
            return True
        return False

    # Another client

    def pick(self, filing: Filing) -> None:
        """Ask for the client, then what is to be remembered."""
        if self.may():
            first: list[Candidate] = []
            if filing.guess is not None:
                first.append((filing.guess.client_id, filing.guess.client_name, filing.guess.why))
            if filing.client_id is not None:
                first.append((_NONE, _("(not filed)"), ""))
            prompt = _("Filed under {client} now.").format(client=filing.client_name) if filing.client_name else ""
            self._ask_client(first, prompt or filing.address, partial(self._client_picked, filing))

    def _ask_client(self, first: Sequence[Candidate], prompt: str, then: Callable[[Candidate | None], None]) -> None:
        gateway = shell_of(self._host).gateway
        find = partial(candidates, "client")
        self._app.push_screen(RecordPicker(_("File under a client"), gateway, find, prompt=prompt, first=first), then)

    def _client_picked(self, filing: Filing, picked: Candidate | None) -> None:
        if picked is None:
            return
        client_id, name, _more = picked
        if client_id == _NONE:
            self._write(partial(unfile_message, shell_of(self._host).actor, filing.message_id), self._say_unfiled)
            return
        self._ask_what_to_remember(filing, client_id, name)

    def _ask_what_to_remember(self, filing: Filing, client_id: int, name: str) -> None:
        choices = [("", _("only this message"))]
        if filing.address:
            choices.append(("address", _("all from and to {address}").format(address=filing.address)))
        if filing.domain:
            choices.append(("domain", _("all from and to everybody at {domain}").format(domain=filing.domain)))
        if len(choices) == 1:
            self._file(filing, client_id, name, "")
            return

        def answered(remember: str | None) -> None:
            if remember is not None:
                self._file(filing, client_id, name, remember)

        title = _("File under {client}").format(client=name)
        self._app.push_screen(PickOne[str](title, choices), answered)

    def pick_for_all(self, ids: Sequence[int]) -> None:
        """Ask for the client of many messages."""
        if self.may():
            prompt = ngettext("{number} message", "{number} messages", len(ids)).format(number=len(ids))
            self._ask_client((), prompt, partial(self._client_of_all_picked, tuple(ids)))

    def _client_of_all_picked(self, ids: Sequence[int], picked: Candidate | None) -> None:
        if picked is not None:
            client_id, name, _more = picked
            work = partial(file_messages, shell_of(self._host).actor, ids, client_id)
            self._write(work, partial(self._say_filed, name))

    # A new one

    def make(self, filing: Filing) -> None:
        """Make a client, or a contact person, of the sender, and file the message there."""
        if not self.may():
            return
        actor = shell_of(self._host).actor
        if not may_make(actor, "client"):
            self._app.notify(_("You may not make clients."), severity="warning")
            return
        choices = [("client", _("a new client with the address {address}").format(address=filing.address or "?"))]
        known = filing.guess
        if known is not None:
            choices.append(("person", _("a new contact person of {client}").format(client=known.client_name)))
        choices.append(("other", _("a new contact person of another client")))

        def answered(what: str | None) -> None:
            if what == "client":
                self._make_client(filing)
            elif what == "person" and known is not None:
                self._make_person(filing, known.client_id, known.client_name)
            elif what == "other":
                self._ask_client((), filing.address, partial(self._make_person_of, filing))

        self._app.push_screen(PickOne[str](_("Make of the sender"), choices), answered)

    def _make_client(self, filing: Filing) -> None:
        from screens.card import CardScreen

        preset: dict[str, Any] = {"name": filing.name or filing.domain or filing.address, "emails": _addresses(filing)}
        if filing.domain:
            preset["website"] = filing.domain
        self._app.push_screen(CardScreen.new("client", preset, then=partial(self._file_under_new, filing)))

    def _make_person_of(self, filing: Filing, picked: Candidate | None) -> None:
        if picked is not None:
            self._make_person(filing, picked[0], picked[1])

    def _make_person(self, filing: Filing, client_id: int, client_name: str) -> None:
        from screens.card import CardScreen

        preset = {"name": filing.name or filing.address, "client": client_id, "emails": _addresses(filing)}
        then = partial(self._file_under_person, filing, client_id, client_name)
        self._app.push_screen(CardScreen.new("person", preset, then=then))

    def _file_under_new(self, filing: Filing, client_id: int, name: str) -> None:
        """What comes from an address or site of the new card was filed with it; this message is in any case."""
        work = partial(file_if_waiting, shell_of(self._host).actor, filing.message_id, client_id)
        self._write(work, partial(self._say_filed, name))

    def _file_under_person(self, filing: Filing, client_id: int, client_name: str, person_id: int, name: str) -> None:
        work = partial(file_if_waiting, shell_of(self._host).actor, filing.message_id, client_id, person_id)
        self._write(work, partial(self._say_filed, f"{client_name} · {name}"))

    # Writing

    def _file(self, filing: Filing, client_id: int, name: str, remember: str) -> None:
        actor = shell_of(self._host).actor
        work = partial(file_message, actor, filing.message_id, client_id, None, remember)
        self._write(work, partial(self._say_filed, name))

    def _write(self, work: Callable[[], Written], then: Callable[[Written], object]) -> None:
        shell_of(self._host).gateway.write(self._host, work, then, self._failed)

    def _say_filed(self, name: str, number: int) -> None:
        text = ngettext(
            "{number} message filed under {client}.", "{number} messages filed under {client}.", number
        ).format(number=number, client=shown(name))
        if not number:
            text = _("Filed under {client}, with what else came from there.").format(client=shown(name))
        self._app.notify(f"{text} {_('u takes it back.')}", timeout=5)
        self._after()

    def _say_unfiled(self, _nothing: None) -> None:
        self._app.notify(_("The message waits to be filed again."), timeout=4)
        self._after()

    def _failed(self, error: Exception) -> None:
        if not isinstance(error, DomainError):
            raise error
        self._app.notify(str(error), severity="warning", timeout=15)
        self._after()


def _addresses(filing: Filing) -> tuple[str, ...]:
    return (filing.address,) if filing.address else ()
