"""One message: its headers, its text, what is attached, its thread; filed, saved and walked by keys."""

from __future__ import annotations

from dataclasses import dataclass, replace
from functools import partial
from typing import TYPE_CHECKING, ClassVar

from textual.binding import Binding, BindingType
from textual.containers import Container
from textual.content import Content
from textual.widgets import Static

from models.errors import DomainError, NotFound
from models.kinds import KINDS, RecordRef
from models.language import N_, _
from models.mail.queries import ReadMessage, read_message
from models.mail.reading import Filing, beginning_of_source, filing_of_read, thread_ids
from models.mail.vocabulary import DIRECTIONS, MESSAGE_STATES
from models.text import shown
from screens.card_title import CardTitle, TitleFacts
from screens.filing import Filer
from screens.kit.dialogs import AskText
from screens.kit.text_view import TextView
from screens.message_parts import ask_which_part, copy_from, save_original
from screens.message_text import FIRST_CHARACTERS, Shown, message_lines
from screens.message_thread import ThreadTable
from screens.section import RecordsChanged, RecordScreen

if TYPE_CHECKING:
    from textual.app import ComposeResult

    from screens.kit.table_messages import Opened
    from screens.kit.text_lines import Line

_THREAD_BESIDE_FROM = 110
"""From so many columns the thread stands at the right of the text."""


@dataclass(frozen=True, slots=True)
class _Read:
    """All that is read of a message in one go."""

    message: ReadMessage
    thread: tuple[int, ...]
    source: tuple[str, ...]


def _read_whole(message_id: int) -> _Read:
    message = read_message(message_id)
    source = beginning_of_source(message_id) if message.state == "unreadable" else ()
    return _Read(message, tuple(thread_ids(message_id)), tuple(source))


class MessageScreen(RecordScreen):
    """One message, to be read; another one of its thread takes its place."""

    CSS_PATH = "message.tcss"
    AUTO_FOCUS = "TextView"
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("f", "file", N_("file it"), id="message.file"),
        Binding("t", "take_guess", N_("take the guess"), id="message.take"),
        Binding("T", "take_guess_for_all", N_("… for all of the sender's"), show=False, id="message.take-all"),
        Binding("right_square_bracket", "walk_thread(1)", N_("next in thread"), id="message.next"),
        Binding("left_square_bracket", "walk_thread(-1)", N_("previous in thread"), show=False, id="message.previous"),
        Binding("w", "save_part", N_("attachment"), id="message.save"),
        Binding("z", "unfold", N_("quotes"), id="message.unfold"),
        Binding("v", "thread", N_("thread"), id="message.thread"),
        Binding("O", "source", N_("source"), id="message.source"),
        Binding("y", "copy", N_("copy"), id="message.copy"),
        Binding("F", "files", N_("save the original"), show=False, id="record.files"),
        Binding("slash", "find", N_("find in the text"), id="message.find"),
        Binding("f3", "find_next(1)", N_("next place found"), show=False, id="message.find-next"),
        Binding("shift+f3", "find_next(-1)", N_("place found before"), show=False, id="message.find-previous"),
        Binding("c", "open_client", N_("client"), show=False, id="message.client"),
        Binding("p", "open_person", N_("contact person"), show=False, id="message.person"),
        Binding("n", "new", N_("client or person of the sender"), show=False, id="message.new"),
        Binding("tab", "area", N_("text, thread"), show=False, id="message.area"),
        Binding("shift+tab", "area", N_("text, thread"), show=False, id="message.area-back"),
    ]

    text: TextView
    thread: ThreadTable

    def __init__(self, ref: RecordRef) -> None:
        super().__init__(ref)
        self._read: _Read | None = None
        self._shown: Shown | None = None
        self.filing: Filing | None = None
        """How it is filed or may be, as soon as that is read."""
        self._wants_thread: bool | None = None
        self._has_quotes = False
        self._wanted_text = ""
        self._filer = Filer(self, self._filed)

    # What it is made of

    def compose_body(self) -> ComposeResult:
        """The title, the text, the thread."""
        self.text = TextView(self.shell.gateway)
        self.thread = ThreadTable(self.shell.gateway)
        yield CardTitle()
        yield Static("", id="message-note", markup=False)
        with Container(id="message-body"):
            yield self.text
            yield self.thread

    def on_mount(self) -> None:
        """Read the message."""
        super().on_mount()
        self._fit()
        self._show_title()
        self._ask()

    def on_unmount(self) -> None:
        """Nothing is wanted any more."""
        self.shell.gateway.drop(self)
        super().on_unmount()

    def on_resize(self) -> None:
        """The thread stands where there is room for it."""
        self._fit()

    def _fit(self) -> None:
        is_wide = self.app.size.width >= _THREAD_BESIDE_FROM
        self.set_class(is_wide, "-wide")
        wants = is_wide if self._wants_thread is None else self._wants_thread
        self.thread.display = wants and self._read is not None and len(self._read.thread) > 1
        if not self.thread.display and self.thread.has_focus:
            self.text.focus()

    def record_here(self) -> RecordRef:
        """What is logged or remembered here is about the message."""
        return self.ref

    # Reading

    def _ask(self) -> None:
        self.shell.gateway.ask(self, "message", partial(_read_whole, self.ref.id), self._came, self._not_read)

    def _came(self, read: _Read) -> None:
        first = self._read is None or self._read.message.id != read.message.id
        self._read = read
        self._say("")
        place = read.thread.index(read.message.id) + 1 if read.message.id in read.thread else 0
        unfolded = self._shown is not None and self._shown.unfolded and not first
        self.filing = None if first else self.filing
        self._shown = Shown(read.message, self.filing, place, len(read.thread), read.source, unfolded)
        self._show_title()
        self._draw(keep_place=not first)
        self.thread.show(read.message.thread, read.message.id)
        self._fit()
        self.refresh_bindings()
        work = partial(filing_of_read, read.message)
        self.shell.gateway.ask(self, "filing", work, self._filing_came, self._not_read)

    def _filing_came(self, filing: Filing) -> None:
        if self._shown is None or filing.message_id != self._shown.message.id:
            return
        before, self.filing = self.filing, filing
        if filing != before and filing.guess is not None:
            self._shown = replace(self._shown, filing=filing)
            self._draw(keep_place=True)
        self.refresh_bindings()

    def _not_read(self, error: Exception) -> None:
        if not isinstance(error, DomainError):
            raise error
        self._say(_("This record does not exist any more.") if isinstance(error, NotFound) else str(error))

    def _draw(self, *, keep_place: bool) -> None:
        """Show the beginning at once; the rest of a long text when a thread has looked at it."""
        assert self._shown is not None
        one, is_long = self._shown, len(self._shown.message.text) > FIRST_CHARACTERS
        if not (keep_place and is_long):
            self._show_lines(message_lines(one, FIRST_CHARACTERS), keep_place=keep_place)
        if is_long:
            came = partial(self._rest_came, one)
            self.shell.gateway.ask(self, "text", partial(message_lines, one), came, self._not_read)

    def _rest_came(self, one: Shown, lines: list[Line]) -> None:
        if one is self._shown:
            self._show_lines(lines, keep_place=True)

    def _show_lines(self, lines: list[Line], *, keep_place: bool) -> None:
        self._has_quotes = any(line.look in ("folded", "quoted") for line in lines)
        self.text.show(lines, keep_place=keep_place)

    def _show_title(self) -> None:
        message = None if self._read is None else self._read.message
        state = code = title = ""
        if message is not None:
            title = message.subject or _("(no subject)")
            code = message.state if message.state != "whole" else message.direction
            state = {**DIRECTIONS, **MESSAGE_STATES}.get(code, code)
        facts = TitleFacts(KINDS[self.ref.kind].title, title, state, code, f"#{self.ref.id}")
        self.query_one(CardTitle).facts = facts

    def _say(self, text: str) -> None:
        note = self.query_one("#message-note", Static)
        note.update(Content(shown(text)))
        note.display = bool(text)

    def on_records_changed(self, event: RecordsChanged) -> None:
        """Another may have filed it, or renamed its client."""
        if event.kinds & {"message", "client", "person", "learned_address"}:
            self._ask()

    def on_language_changed(self) -> None:
        """Say everything in the other language."""
        super().on_language_changed()
        self._show_title()
        self._ask()
        self.thread.redraw()

    # The thread

    def show_message(self, message_id: int) -> None:
        """Show another message in the place of this one."""
        if message_id != self.ref.id:
            self.ref = RecordRef(self.ref.kind, message_id)
            self._show_title()
            self._ask()

    def action_walk_thread(self, step: int) -> None:
        """The next message of the thread, or the one before."""
        ids = () if self._read is None else self._read.thread
        place = ids.index(self.ref.id) + step if self.ref.id in ids else -1
        if 0 <= place < len(ids):
            self.show_message(ids[place])
        else:
            self.notify(
                _("This is the last message of its thread.") if step > 0 else _("This is the first one."), timeout=3
            )

    def on_record_table_opened(self, event: Opened) -> None:
        """A message of the thread was chosen."""
        self.show_message(event.record_id)

    def action_thread(self) -> None:
        """Show the thread, or not."""
        if self._read is not None and len(self._read.thread) < 2:
            self.notify(_("No other message belongs to this thread."), timeout=3)
            return
        self._wants_thread = not self.thread.display
        self._fit()

    def action_area(self) -> None:
        """From the text to the thread and back."""
        if self.thread.display:
            (self.text if self.thread.has_focus else self.thread).focus()

    # The text

    def action_unfold(self) -> None:
        """Show what is quoted, or fold it away again."""
        if self._shown is not None:
            self._shown = replace(self._shown, unfolded=not self._shown.unfolded)
            self._draw(keep_place=True)

    def action_find(self) -> None:
        """Ask for a text and go to it."""
        dialog = AskText(_("Find in the text"), _("enter goes on to the next place."), value=self._wanted_text)
        self.app.push_screen(dialog, self._find)

    def _find(self, text: str | None) -> None:
        if text is not None:
            self._wanted_text = text
            self.text.find(text)

    def action_find_next(self, step: int) -> None:
        """To the next place where it stands, or the one before."""
        if self._wanted_text:
            self.text.find(self._wanted_text, forward=step > 0)
        else:
            self.action_find()

    def on_text_view_found(self, event: TextView.Found) -> None:
        """Say when it stands nowhere."""
        if not event.is_there:
            self.notify(_("“{text}” does not stand here.").format(text=event.wanted), timeout=3)

    def on_text_view_failed(self, event: TextView.Failed) -> None:
        """A mistake of the program."""
        self._not_read(event.error)

    def action_copy(self) -> None:
        """Copy a link, an address, or the text."""
        if self._read is not None:
            copy_from(self, self._read.message)

    # Filing

    def action_take_guess(self) -> None:
        """File it under the guess."""
        self._filer.take_guess(self.filing, all_of_them=False)

    def action_take_guess_for_all(self) -> None:
        """File all of the sender's, now and later."""
        self._filer.take_guess(self.filing, all_of_them=True)

    def action_file(self) -> None:
        """Pick its client."""
        if self.filing is not None:
            self._filer.pick(self.filing)

    def action_new(self) -> None:
        """Make a client or a contact person of the sender."""
        if self.filing is not None:
            self._filer.make(self.filing)

    def _filed(self) -> None:
        self.filing = None
        self._ask()

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """What there is nothing for is greyed."""
        message = None if self._read is None else self._read.message
        match action:
            case "take_guess" | "take_guess_for_all":
                return self.filing is not None and self.filing.client_id is None and self.filing.guess is not None
            case "walk_thread" | "thread":
                return True if self._read is not None and len(self._read.thread) > 1 else None
            case "unfold":
                return True if self._has_quotes else None
            case "save_part":
                return True if message is not None and message.parts else None
            case "open_client":
                return True if message is not None and message.client_id is not None else None
            case "open_person":
                return True if message is not None and message.person_id is not None else None
        return super().check_action(action, parameters)

    # What belongs to it

    def action_open_client(self) -> None:
        """The card of its client."""
        if self._read is not None and self._read.message.client_id is not None:
            self.shell.open_record(RecordRef("client", self._read.message.client_id))

    def action_open_person(self) -> None:
        """The card of its contact person."""
        if self._read is not None and self._read.message.person_id is not None:
            self.shell.open_record(RecordRef("person", self._read.message.person_id))

    def action_save_part(self) -> None:
        """Save an attachment to disk."""
        if self._read is not None:
            ask_which_part(self, self._read.message)

    def action_files(self) -> None:
        """The file of a message is its original: save it as it came."""
        save_original(self, self.ref.id)

    def action_source(self) -> None:
        """Show the message as it came."""
        from screens.message_source import SourceScreen

        self.app.push_screen(SourceScreen(self.ref.id))
