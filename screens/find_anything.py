"""The one box for everything: records by any fragment, commands by their names, as the operator types."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from inspect import iscoroutinefunction
from typing import TYPE_CHECKING, ClassVar

from rich.cells import cell_len, set_cell_size
from textual.binding import Binding, BindingType
from textual.containers import Vertical
from textual.content import Content
from textual.events import Key
from textual.screen import ModalScreen
from textual.widgets import Input, OptionList, Static
from textual.widgets.option_list import Option

from models.keys.vocabulary import KEY_STATES
from models.kinds import KINDS, RecordRef
from models.language import N_, _
from models.licensing.vocabulary import LICENCE_STATUSES
from models.search.anything import Answer, find_anything
from models.text import fold, shown
from screens.commands import Command, commands_of
from screens.shell import shell_of

if TYPE_CHECKING:
    from textual.app import ComposeResult

_KIND_CELLS = 9
_TITLE_CELLS = 22
_MOST_COMMANDS = 8
_KIND_WORDS = {
    "client": N_("client"),
    "person": N_("person"),
    "key": N_("key"),
    "licence": N_("licence"),
    "product": N_("product"),
}
_STATES: Mapping[str, Mapping[str, str]] = {"key": KEY_STATES, "licence": LICENCE_STATUSES}


@dataclass
class LastQuery:
    """What was typed into the box when it was last open."""

    text: str = ""


class FindAnything(ModalScreen[None]):
    """Type a fragment of a number or name, or of a command; the best answer first."""

    CSS_PATH = "find_anything.tcss"
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("escape", "dismiss(None)", N_("close"), id="find.close"),
        Binding("ctrl+y", "copy", N_("copy the number"), id="find.copy"),
        Binding("down", "move('cursor_down')", N_("next"), show=False, id="find.next"),
        Binding("up", "move('cursor_up')", N_("previous"), show=False, id="find.previous"),
        Binding("pagedown", "move('page_down')", N_("page down"), show=False, id="find.page-down"),
        Binding("pageup", "move('page_up')", N_("page up"), show=False, id="find.page-up"),
    ]

    def __init__(self, last: LastQuery) -> None:
        super().__init__()
        self._last = last
        self._commands: tuple[Command, ...] = ()
        self._chosen: list[Answer | Command] = []
        self._answers: list[Answer] = []

    def compose(self) -> ComposeResult:
        """The text above the answers, and what enter does below."""
        with Vertical() as window:
            window.border_title = Content(_("Find anything"))
            hint = _("a part of a number, a name, a command")
            yield Input(self._last.text, compact=True, placeholder=hint, select_on_focus=False)
            options = OptionList(compact=True, markup=False)
            options.can_focus = False
            yield options
            yield Static("", id="find-hint", markup=False)

    def on_mount(self) -> None:
        """What works below the box are its commands; the last text is there to be typed over."""
        self._commands = commands_of(self.app)
        entry = self.query_one(Input)
        entry.select_all()
        # Not entry.focus(), which comes after the keys that are already typed.
        self.set_focus(entry)
        self._ask(self._last.text)

    def on_key(self, event: Key) -> None:
        """What was typed while the box was being opened belongs into it."""
        entry = self.query_one(Input)
        if event.is_printable and event.character:
            event.stop()
            entry.replace(event.character, *sorted(entry.selection))

    def on_unmount(self) -> None:
        """Nothing is wanted any more."""
        shell_of(self).gateway.drop(self)

    def on_input_changed(self, event: Input.Changed) -> None:
        """Look again for each key typed; the answers stay until the next ones are there."""
        self._last.text = event.value
        self._ask(event.value)

    def _ask(self, text: str) -> None:
        gateway = shell_of(self).gateway
        if not fold(text):
            gateway.drop(self)
            self._show(text, [])
            return
        if not self._answers:
            self._show(text, [], looking=True)
        gateway.ask(self, "find", lambda: find_anything(text), lambda found: self._show(text, found), self._failed)

    def _failed(self, error: Exception) -> None:
        self.query_one("#find-hint", Static).update(Content(shown(str(error))))

    def _show(self, text: str, found: list[Answer], *, looking: bool = False) -> None:
        """Records and commands that answer; where the text names a command best, that comes first.

        While records are still looked for, nobody is told that there are none.
        """
        self._answers = found
        commands = matching_commands(self._commands, text)
        first = [command for command in commands if fold(command.title).startswith(fold(text)) and len(fold(text)) > 2]
        rest = [command for command in commands if command not in first]
        self._chosen = [*first, *found, *rest] if text else [*rest]
        options = self.query_one(OptionList)
        width = max(20, self.query_one(Vertical).size.width - 4)
        options.clear_options()
        options.add_options([Option(line_of(one, width)) for one in self._chosen])
        options.highlighted = 0 if self._chosen else None
        self.query_one("#find-hint", Static).update(Content(self._hint(text, looking=looking)))

    def _hint(self, text: str, *, looking: bool) -> str:
        if self._chosen:
            return _("enter opens   ctrl+y copies   esc closes")
        if looking:
            return _("reading …")
        return _("Nothing is called “{text}”. Try a shorter part of it.").format(text=shown(text)) if text else ""

    def on_input_submitted(self) -> None:
        """Open or do what is under the cursor."""
        self._take(self.query_one(OptionList).highlighted)

    def on_option_list_option_selected(self, event: OptionList.OptionSelected) -> None:
        """The same by a click."""
        self._take(event.option_index)

    def _take(self, position: int | None) -> None:
        if position is None:
            return
        chosen, shell, app = self._chosen[position], shell_of(self), self.app
        self.dismiss(None)
        # At once, before the next key: what is typed ahead is meant for what opens, not for what lies below.
        if not isinstance(chosen, Command):
            shell.open_record(RecordRef(chosen.kind, chosen.id))
        elif iscoroutinefunction(chosen.run):
            app.call_later(chosen.run)
        else:
            chosen.run()

    def action_copy(self) -> None:
        """Copy the number or name under the cursor."""
        position = self.query_one(OptionList).highlighted
        chosen = None if position is None else self._chosen[position]
        if isinstance(chosen, Answer):
            self.app.copy_to_clipboard(chosen.title)
            self.app.notify(_("Copied: {text}").format(text=shown(chosen.title)), timeout=2)

    async def action_move(self, movement: str) -> None:
        """Move the cursor of the answers while the text keeps the focus."""
        await self.query_one(OptionList).run_action(movement)


def matching_commands(commands: tuple[Command, ...], text: str) -> list[Command]:
    """The commands in whose name each word of the text begins a word, or stands; all, in their order, for no text."""
    words = [fold(word) for word in text.split()]
    return [one for one in commands if all(word in fold(one.title) for word in words)][
        : _MOST_COMMANDS if words else 99
    ]


def line_of(one: Answer | Command, width: int) -> Content:
    """One line: what it is, what it is called, whose it is."""
    if isinstance(one, Command):
        head = Content.assemble((_cut(_("command"), _KIND_CELLS), "$foreground-muted"), (shown(one.title), "$accent"))
        return head.append(Content.styled(f"  {one.keys}", "$foreground-muted")) if one.keys else head
    kind = _cut(_(_KIND_WORDS.get(one.kind, KINDS[one.kind].title)), _KIND_CELLS)
    state = _(_STATES.get(one.kind, {}).get(one.state, one.state))
    chain = "".join(f" ← {shown(name)}" for name in one.chain)
    title = shown(one.title)
    if one.kind == "message" and cell_len(title) > width * 2 // 5:
        title = set_cell_size(title, width * 2 // 5 - 1) + "…"
    title = title if cell_len(title) > _TITLE_CELLS else set_cell_size(title, _TITLE_CELLS)
    note = "  ".join(filter(None, (shown(one.note), state)))
    room = width - _KIND_CELLS - cell_len(title) - cell_len(chain) - 2
    parts: list[str | Content | tuple[str, str]] = [(kind, "$foreground-muted"), (title, "bold"), chain]
    if note and room > 3:
        parts.append((f"  {note}", "$foreground-muted"))
    return Content.assemble(*parts).truncate(width, ellipsis=True)


def _cut(text: str, cells: int) -> str:
    return set_cell_size(shown(text), cells - 1) + " "
