"""The small windows that ask or tell one thing: a question, a message, a line of text, one of several.

Each is a ``ModalScreen`` of what it answers; ``esc`` always gives the safe answer. All text is shown as it is.
"""

from collections.abc import Callable, Sequence
from typing import ClassVar, Generic, TypeVar

from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Horizontal, Vertical
from textual.content import Content
from textual.screen import ModalScreen
from textual.widgets import Button, Input, OptionList, Static
from textual.widgets.option_list import Option

from models.errors import DomainError
from models.language import N_, _
from models.text import fold, shown, shown_lines

Answer = TypeVar("Answer")
Choice = TypeVar("Choice")


class Dialog(ModalScreen[Answer]):
    """A window in the middle of the screen, over the screen that asked."""

    DEFAULT_CSS = """
    Dialog {
        align: center middle;
        & > Vertical {
            width: 64;
            max-width: 94%;
            height: auto;
            max-height: 90%;
            padding: 0 1;
            border: round $accent;
            background: $surface;
        }
        & Horizontal { height: auto; align-horizontal: right; }
        & Button { margin: 1 0 0 2; }
        & .dialog--fault { color: $error; }
        & OptionList { height: auto; max-height: 16; border: none; background: transparent; }
        & OptionList > .option-list--option-highlighted {
            color: $block-cursor-foreground;
            background: $block-cursor-background;
        }
    }
    """
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("escape", "cancel", N_("back"), id="dialog.cancel"),
    ]

    def __init__(self, title: str, safe_answer: Answer) -> None:
        super().__init__()
        self._title = title
        self._safe_answer = safe_answer

    def compose(self) -> ComposeResult:
        """The window with its title in the border."""
        with Vertical() as window:
            window.border_title = Content(shown(self._title))
            yield from self.compose_body()

    def compose_body(self) -> ComposeResult:
        """What stands in the window."""
        yield from ()

    def action_cancel(self) -> None:
        """Leave with the safe answer."""
        self.dismiss(self._safe_answer)


class Confirm(Dialog[bool]):
    """A question; the answer that changes nothing has the focus."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("y", "answer(True)", N_("yes"), show=False, id="dialog.yes"),
        Binding("n", "answer(False)", N_("no"), show=False, id="dialog.no"),
        Binding("left,up", "app.focus_previous", N_("other answer"), show=False, id="dialog.previous"),
        Binding("right,down", "app.focus_next", N_("other answer"), show=False, id="dialog.next"),
    ]

    def __init__(self, title: str, question: str, *, yes: str = "", no: str = "") -> None:
        super().__init__(title, False)
        self._question = question
        self._yes = yes or _("Yes")
        self._no = no or _("No")

    def compose_body(self) -> ComposeResult:
        """The question above its two answers."""
        yield Static(shown_lines(self._question), markup=False)
        with Horizontal():
            yield Button(Content(shown(self._no)), id="no", compact=True)
            yield Button(Content(shown(self._yes)), id="yes", compact=True)

    def on_mount(self) -> None:
        """Nothing happens by pressing enter once too often."""
        self.query_one("#no", Button).focus()

    def on_button_pressed(self, event: Button.Pressed) -> None:
        """Answer with the button."""
        self.dismiss(event.button.id == "yes")

    def action_answer(self, answer: bool) -> None:
        """Answer with a key."""
        self.dismiss(answer)


class Tell(Dialog[None]):
    """A message to be read; enter or esc goes on."""

    BINDINGS: ClassVar[list[BindingType]] = [Binding("enter", "cancel", N_("go on"), id="dialog.read")]

    def __init__(self, title: str, message: str) -> None:
        super().__init__(title, None)
        self._message = message

    def compose_body(self) -> ComposeResult:
        """The message."""
        yield Static(shown_lines(self._message), markup=False)


class AskText(Dialog[str | None]):
    """A line of text. ``check`` raises a ``DomainError`` for what cannot be taken; None is the answer of ``esc``."""

    def __init__(
        self, title: str, prompt: str, *, value: str = "", check: Callable[[str], object] | None = None
    ) -> None:
        super().__init__(title, None)
        self._prompt = prompt
        self._value = value
        self._check = check

    def compose_body(self) -> ComposeResult:
        """The prompt, the line, and room for what is wrong with it."""
        yield Static(shown_lines(self._prompt), markup=False)
        yield Input(self._value, compact=True)
        yield Static("", classes="dialog--fault", markup=False)

    def on_input_submitted(self, event: Input.Submitted) -> None:
        """Answer when the text can be taken, else say why not."""
        try:
            if self._check is not None:
                self._check(event.value)
        except DomainError as error:
            self.query_one(".dialog--fault", Static).update(Content(shown(str(error))))
        else:
            self.dismiss(event.value)


class PickOne(Dialog[Choice | None], Generic[Choice]):
    """One of several, each with its text; typing narrows the list down."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("down", "move('cursor_down')", N_("next"), show=False, id="pick.next"),
        Binding("up", "move('cursor_up')", N_("previous"), show=False, id="pick.previous"),
        Binding("pagedown", "move('page_down')", N_("page down"), show=False, id="pick.page-down"),
        Binding("pageup", "move('page_up')", N_("page up"), show=False, id="pick.page-up"),
    ]

    def __init__(self, title: str, choices: Sequence[tuple[Choice, str]]) -> None:
        super().__init__(title, None)
        self._choices = choices
        self._shown_choices = list(choices)

    def compose_body(self) -> ComposeResult:
        """The filter above the list."""
        yield Input(placeholder=_("type to narrow the list down"), compact=True)
        options = OptionList(*self._options(), compact=True)
        options.can_focus = False
        yield options

    def on_mount(self) -> None:
        """Enter takes the first one."""
        self.query_one(OptionList).highlighted = self._first()

    def _first(self) -> int | None:
        """The choice that the cursor begins at."""
        return 0 if self._shown_choices else None

    def _options(self) -> list[Option]:
        return [Option(Content(shown(text))) for _choice, text in self._shown_choices]

    def on_input_changed(self, event: Input.Changed) -> None:
        """Keep the choices that contain what is typed."""
        wanted = fold(event.value)
        self._shown_choices = [choice for choice in self._choices if wanted in fold(choice[1])]
        options = self.query_one(OptionList)
        options.clear_options()
        options.add_options(self._options())
        options.highlighted = self._first()

    def on_input_submitted(self) -> None:
        """Take the choice under the cursor."""
        self._take(self.query_one(OptionList).highlighted)

    def on_option_list_option_selected(self, event: OptionList.OptionSelected) -> None:
        """Take the choice that was clicked."""
        self._take(event.option_index)

    def _take(self, position: int | None) -> None:
        if position is not None:
            self.dismiss(self._shown_choices[position][0])

    async def action_move(self, movement: str) -> None:
        """Move the cursor of the list while the filter keeps the focus."""
        await self.query_one(OptionList).run_action(movement)
