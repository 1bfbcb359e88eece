"""The section of mail: the archive, what waits to be filed with a guess for each message, and what is broken."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import partial
from typing import TYPE_CHECKING, ClassVar

from textual.binding import Binding, BindingType
from textual.content import Content
from textual.widgets import Static

from models.company.permissions import EDIT_CLIENTS, FILE_MAIL
from models.errors import DomainError
from models.language import N_, _
from models.text import shown
from screens.kit import marks
from screens.list_pane import ListPane
from screens.list_screen import ListScreen
from screens.list_view import ListView
from screens.shell import shell_of

if TYPE_CHECKING:
    from textual.app import ComposeResult

    from models.conditions import Condition
    from models.mail.reading import Filing
    from models.table_listing import ListDefinition
    from screens.filing import Filer
    from screens.preview import Preview


def _messages() -> ListDefinition:
    from models.mail.lists import MESSAGES

    return MESSAGES


def _broken_messages() -> ListDefinition:
    from models.mail.lists import BROKEN_MESSAGES

    return BROKEN_MESSAGES


def _unfiled() -> Condition:
    from models.mail.lists import UNFILED

    return UNFILED


def _broken() -> Condition:
    from models.mail.reading import BROKEN

    return BROKEN


class GuessLine(Static):
    """To whom the message under the cursor may belong, and why; or whose it is."""

    DEFAULT_CSS = """
    GuessLine { height: 2; padding: 0 2; background: $surface; }
    """

    def say(self, filing: Filing | None) -> None:
        """Say it of this message; of none, nothing."""
        self.update(Content("") if filing is None else guess_text(filing, may_file=shell_of(self).actor.may(FILE_MAIL)))


def guess_text(filing: Filing, *, may_file: bool) -> Content:
    """Two lines: the guess with its reason; what can be done, where the operator may."""
    who, keys = _who(filing), _keys(filing) if may_file else []
    return Content("\n").join([who, Content.styled(" · ".join(keys), "$text-muted")])


def _who(filing: Filing) -> Content:
    if filing.client_id is not None:
        return Content(_("Filed under {client}.").format(client=shown(filing.client_name)))
    if filing.guess is None:
        return Content(_("Nobody is known by {address}.").format(address=shown(filing.address or "?")))
    return Content.assemble((shown(filing.guess.client_name), "bold $accent"), f": {shown(filing.guess.why)}")


def _keys(filing: Filing) -> list[str]:
    if filing.client_id is not None or filing.guess is None:
        return [_("f picks the client"), _("n makes one of the sender")]
    whom = shown(f"@{filing.domain}" if filing.domain else filing.address)
    for_all = [_("T all of {whom}").format(whom=whom)] if filing.remembers else []
    return [_("t files this message"), *for_all, _("f picks another")]


class MailPane(ListPane):
    """A list of messages: filing has the keys that other lists have for their kept filters."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("f", "file", N_("file it"), id="mail.file"),
        Binding("t", "take_guess", N_("take the guess"), id="mail.take"),
        Binding("T", "take_guess_for_all", N_("… for all of the sender's"), id="mail.take-all"),
        Binding("f3", "kept_filters", N_("kept filters"), show=False, id="mail.kept-filters"),
    ]

    filing: Filing | None = None
    """How the message under the cursor may be filed, as soon as that is known."""

    def compose(self) -> ComposeResult:
        """The rows, and above them the guess: what is told comes up over the last rows."""
        if self.shows_guesses:
            yield GuessLine("", markup=False)
        yield from super().compose()

    @property
    def shows_guesses(self) -> bool:
        """Whether this is the list of what waits."""
        return self.view.condition is _unfiled

    @property
    def _filer(self) -> Filer:
        from screens.filing import Filer

        return Filer(self, self._filed)

    def _filed(self) -> None:
        """Something was filed, or was refused."""
        self.filing = None
        self.table.set_marks(marks.NONE)
        self.table.refresh_rows()
        self._look_for_guess()

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """The guess is taken where it is seen, and where the operator may file at all."""
        may_file = True if shell_of(self).actor.may(FILE_MAIL) else None
        if action == "file":
            return may_file
        if action in ("take_guess", "take_guess_for_all"):
            return may_file if self.shows_guesses else False
        return super().check_action(action, parameters)

    def may_add(self) -> bool:
        """New is a client or a contact person, made of the sender."""
        actor = shell_of(self).actor
        return self.shows_guesses and actor.may(EDIT_CLIENTS) and actor.may(FILE_MAIL)

    def empty_text(self) -> str:
        """Messages come by an import."""
        return _(self.view.empty)

    def new_preview(self) -> Preview:
        """The message itself."""
        from screens.message_preview import MessagePreview

        return MessagePreview(shell_of(self).gateway)

    # The guess

    def on_record_table_highlighted(self) -> None:
        """Look for the guess; the preview is seen to by the list."""
        self._look_for_guess()

    def on_record_table_counted(self) -> None:
        """There may be nothing left to guess about."""
        if not self.table.total:
            self._show_guess(None)

    def hear(self, changed: frozenset[str]) -> None:
        """Another client or learned address may be another guess."""
        super().hear(changed)
        if changed & {"client", "person", "message", "learned_address"}:
            self._look_for_guess()

    def speak_again(self) -> None:
        """The language changed."""
        super().speak_again()
        self._look_for_guess()

    def _look_for_guess(self) -> None:
        message_id = self.table.cursor_id
        if self.filing is not None and self.filing.message_id != message_id:
            self.filing = None
        if not self.shows_guesses or message_id is None:
            return
        from models.mail.reading import filing_of

        shell_of(self).gateway.ask(self, "guess", partial(filing_of, message_id), self._show_guess, self._not_found)

    def _show_guess(self, filing: Filing | None) -> None:
        self.filing = filing
        for line in self.query(GuessLine):
            line.say(filing)

    def _not_found(self, error: Exception) -> None:
        if not isinstance(error, DomainError):
            raise error
        self._show_guess(None)

    # What the operator does

    def action_take_guess(self) -> None:
        """File the message under the guess."""
        self._take(all_of_them=False)

    def action_take_guess_for_all(self) -> None:
        """File all of the sender's, now and later."""
        self._take(all_of_them=True)

    def _take(self, *, all_of_them: bool) -> None:
        if self._filer.take_guess(self.filing, all_of_them=all_of_them):
            self.filing = None

    def action_file(self) -> None:
        """Pick the client of the message, or of all marked ones."""
        marked, table = self.table.marks, self.table
        if not marked:
            self._with_filing(self._filer.pick)
            return
        from models.cards.bulk import marked_ids
        from models.mail.bulk_filing import MOST_AT_ONCE

        listing = self.listing
        number = marked.number(table.total)
        if number is None or number > MOST_AT_ONCE:
            text = _("At most {number} messages are filed at once: narrow the list down.")
            self.app.notify(text.format(number=MOST_AT_ONCE), severity="warning")
            return

        def work() -> list[int]:
            return list(marked_ids(listing, marked.__contains__)) if marked.all_but else sorted(marked.ids)

        shell_of(self).gateway.ask(self, "marked", work, self._filer.pick_for_all, self._failed)

    def new_record(self) -> None:
        """Make a client or a contact person of the sender."""
        self._with_filing(self._filer.make)

    def _with_filing(self, then: Callable[[Filing], object]) -> None:
        """Do something with what is known of the message under the cursor, now or when it is."""
        message_id = self.table.cursor_id
        if message_id is None:
            return
        if self.filing is not None and self.filing.message_id == message_id:
            then(self.filing)
            return
        from models.mail.reading import filing_of

        shell_of(self).gateway.ask(self, "filing", partial(filing_of, message_id), then, self._failed)

    def _failed(self, error: Exception) -> None:
        if not isinstance(error, DomainError):
            raise error
        self.app.notify(str(error), severity="warning", timeout=8)


class Mail(ListScreen):
    """Messages: all, those that wait to be filed, those in which something is damaged."""

    VIEWS: ClassVar[Sequence[ListView]] = (
        ListView(
            "messages", N_("Messages"), N_("There are no messages yet: turbofly import mail brings them."), _messages
        ),
        ListView("unfiled", N_("Unfiled"), N_("Every message is filed."), _messages, condition=_unfiled),
        ListView("broken", N_("Broken"), N_("No message is broken."), _broken_messages, condition=_broken),
    )

    def pane_of(self, view: ListView) -> ListPane:
        """The list of a view, with the keys of filing."""
        return MailPane(view, self.memory)
