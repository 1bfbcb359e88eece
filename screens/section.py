"""What a section is, and what every screen inside the frame has in common.

Hooks for screens: ``compose_body``, ``on_records_changed``, ``on_language_changed``, ``step_back``, ``may_leave``.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING, ClassVar, NamedTuple

from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.message import Message
from textual.screen import Screen

from models.language import N_
from screens.kit.frame import BottomLine, SectionName, TopLine
from screens.shell import Shell, shell_of

if TYPE_CHECKING:
    from models.kinds import RecordRef


class RecordsChanged(Message, bubble=False):
    """Records of these kinds were changed, by this operator or by others; the screen reads again what it shows."""

    def __init__(self, kinds: frozenset[str]) -> None:
        super().__init__()
        self.kinds = kinds


class LanguageChanged(Message, bubble=False):
    """The operator switched the language; texts that were translated once must be made anew."""


class FrameScreen(Screen[None]):
    """A screen with the frame round it: sections above, live keys below, its own body between."""

    def __init__(self) -> None:
        super().__init__()
        self._missed: frozenset[str] = frozenset()

    @property
    def shell(self) -> Shell:
        """The application round this screen."""
        return shell_of(self)

    def compose(self) -> ComposeResult:
        """The frame round the body."""
        yield TopLine(self.shell.frame_facts())
        yield from self.compose_body()
        yield BottomLine()

    def compose_body(self) -> ComposeResult:
        """What stands between the two lines of the frame."""
        yield from ()

    def step_back(self) -> bool:
        """Take ``esc`` for something inside this screen (leave a filter, an edit); False lets the shell go back."""
        return False

    def record_here(self) -> RecordRef | None:
        """The record that the operator is at: that of the card, or under the cursor; None where there is none."""
        return None

    def may_leave(self) -> bool:
        """Whether the screen may be closed now; one that says no tells the operator why, or asks him."""
        return True

    def on_mount(self) -> None:
        """Hear what changes from now on."""
        self.shell.attend(self)

    def on_unmount(self) -> None:
        """Hear nothing more."""
        self.shell.forget(self)

    def on_screen_resume(self) -> None:
        """Catch up with what changed while the screen was not shown."""
        self.refresh_frame()
        if self._missed:
            missed, self._missed = self._missed, frozenset()
            self.post_message(RecordsChanged(missed))

    def records_changed(self, kinds: frozenset[str]) -> None:
        """Hear that records changed: at once when the screen is shown, else when it is shown again."""
        if self.is_current:
            self.post_message(RecordsChanged(kinds))
        else:
            self._missed |= kinds

    def on_language_changed(self) -> None:
        """Draw everything again; screens that keep translated text in widgets set it again too."""
        for widget in self.walk_children():
            widget.refresh(layout=True)
        self.refresh_frame()

    def refresh_frame(self) -> None:
        """Show in the top line what is true now."""
        for line in self.query_children(TopLine):
            line.facts = self.shell.frame_facts()


class SectionScreen(FrameScreen):
    """The main view of a section: it stays when another section is shown, with all its state."""


class RecordScreen(FrameScreen):
    """The card of one record."""

    BINDINGS: ClassVar[list[BindingType]] = [Binding("F", "files", N_("files"), id="record.files")]

    def __init__(self, ref: RecordRef) -> None:
        super().__init__()
        self.ref = ref

    def record_here(self) -> RecordRef | None:
        """The record itself."""
        return self.ref

    def action_files(self) -> None:
        """Show the files of the record."""
        from screens.files import FilesScreen

        self.app.push_screen(FilesScreen(self.ref))


class Section(NamedTuple):
    """One of the sections that the digits switch; the title is an English msgid, the screen is made when shown."""

    id: str
    title: str
    digit: int
    factory: Callable[[], SectionScreen]

    @property
    def name(self) -> SectionName:
        """How it stands in the top line."""
        return SectionName(self.id, self.digit, self.title)
