"""The inputs of a form: a line, several lines, one of a few choices. A reference's is in ``reference_input``.

All speak alike: ``entry`` is what stands in them, ``put`` puts something in, ``Typed`` says that the operator changed
it. ``go`` is set by the form and called when he wants the next field (1) or the one before (-1): at once and not by a
message, since the keys that arrive behind this one belong to the other field.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING, ClassVar

from textual.binding import Binding, BindingType
from textual.content import Content
from textual.message import Message
from textual.strip import Strip
from textual.widgets import Input, OptionList, TextArea
from textual.widgets.option_list import Option

from models.fields import Field, written
from models.language import N_, _
from models.text import fold, shown
from screens.kit.form_entries import Entry

if TYPE_CHECKING:
    from textual.events import Key
    from textual.geometry import Region
    from textual.widget import Widget


class InputMessage(Message):
    """Posted by an input of a form to the line that it stands in."""

    def __init__(self, editor: LineInput | LinesInput) -> None:
        super().__init__()
        self.editor = editor


class Typed(InputMessage):
    """What stands in the input is another than before."""


class Settled(InputMessage):
    """What the operator left unfinished here is complete now."""


class LineInput(Input):
    """One line of text: also numbers, amounts and dates, which the form reads."""

    BINDING_GROUP_TITLE = N_("The field")
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("enter", "enter", N_("next field"), show=False, priority=True, id="field.enter"),
        Binding("down", "down", N_("next field"), show=False, priority=True, id="field.down"),
        Binding("up", "up", N_("previous field"), show=False, priority=True, id="field.up"),
    ]
    DEFAULT_CSS = """
    LineInput {
        background: $panel;
        width: 1fr;
        &:focus { background: $block-cursor-blurred-background; }
    }
    """

    def __init__(self, entry: Entry, *, replace: bool = False) -> None:
        """With ``replace``, what is typed first takes the place of all that stood there."""
        super().__init__(entry.text, compact=True, select_on_focus=replace)
        self.cursor_blink = False
        self.go: Callable[[int], object] = lambda direction: None

    @property
    def entry(self) -> Entry:
        """What stands in the input."""
        return Entry(self.value)

    def put(self, entry: Entry) -> None:
        """Put something into the input."""
        self.value = entry.text

    def with_parts(self) -> list[Widget]:
        """The input and what belongs to it."""
        return [self]

    def on_input_changed(self, event: Input.Changed) -> None:
        """Say so in the words of the form."""
        event.stop()
        self.post_message(Typed(self))

    def on_blur(self) -> None:
        """Show the beginning of a long text again."""
        self.scroll_to(x=0, animate=False)

    def action_enter(self) -> None:
        """To the next field."""
        self.go(1)

    def action_down(self) -> None:
        """To the next field."""
        self.go(1)

    def action_up(self) -> None:
        """To the field before."""
        self.go(-1)


class LinesInput(TextArea):
    """Several lines of text, as high as they are many; the arrows leave it at its ends."""

    BINDING_GROUP_TITLE = N_("The field")
    DEFAULT_CSS = """
    LinesInput {
        height: auto;
        max-height: 8;
        padding: 0;
        background: $panel;
        scrollbar-size-vertical: 1;
        &:focus { background: $block-cursor-blurred-background; }
    }
    """

    def __init__(self, entry: Entry) -> None:
        super().__init__(entry.text, compact=True, highlight_cursor_line=False)
        self.cursor_blink = False
        self.go: Callable[[int], object] = lambda direction: None

    @property
    def entry(self) -> Entry:
        """What stands in the input."""
        return Entry(self.text)

    def put(self, entry: Entry) -> None:
        """Put something into the input."""
        if entry.text != self.text:
            self.load_text(entry.text)

    def with_parts(self) -> list[Widget]:
        """The input and what belongs to it."""
        return [self]

    def render_lines(self, crop: Region) -> list[Strip]:
        """The lines; none of an input that was taken away and is drawn once more, before the layout has heard of it."""
        # A text area asks for its styles whenever it is drawn: github.com/Textualize/textual/issues/6528
        return super().render_lines(crop) if self.parent is not None else [Strip.blank(crop.width)] * crop.height

    def on_text_area_changed(self, event: TextArea.Changed) -> None:
        """Say so in the words of the form."""
        event.stop()
        self.post_message(Typed(self))

    def action_cursor_up(self, select: bool = False) -> None:
        """Up; from the first line to the field before."""
        if self.cursor_at_first_line and not select:
            self.go(-1)
        else:
            super().action_cursor_up(select)

    def action_cursor_down(self, select: bool = False) -> None:
        """Down; from the last line to the next field."""
        if self.cursor_at_last_line and not select:
            self.go(1)
        else:
            super().action_cursor_down(select)


class Suggestions(OptionList):
    """The list that opens below an input; the input keeps the focus and the keys."""

    DEFAULT_CSS = """
    Suggestions {
        display: none;
        overlay: screen;
        constrain: none inside;
        width: 100%;
        height: auto;
        max-height: 9;
        border: none;
        padding: 0 1;
        background: $panel;
        scrollbar-size-vertical: 1;
        & > .option-list--option-highlighted {
            color: $block-cursor-foreground;
            background: $block-cursor-background;
        }
    }
    """

    def __init__(self) -> None:
        super().__init__(compact=True, markup=False)
        self.can_focus = False

    def offer(self, prompts: list[Content], highlighted: int | None = 0) -> None:
        """Open the list with these lines; with none of them it closes."""
        self.clear_options()
        self.add_options([Option(prompt) for prompt in prompts])
        self.display = bool(prompts)
        self.highlighted = highlighted if prompts else None


class PickInput(LineInput):
    """One line that is filled by picking: typing narrows the list, enter takes, space on a full field shows all."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("escape", "close_list", N_("close the list"), id="field.list-close"),
        Binding("space", "open_list", N_("list"), id="field.list-open"),
    ]

    def __init__(self, entry: Entry) -> None:
        super().__init__(entry, replace=True)
        self.suggestions = Suggestions()
        self._settled = entry.text
        """The text that was put in or picked: no list opens for it."""
        self._is_done = False

    def with_parts(self) -> list[Widget]:
        """The input with its list."""
        return [self, self.suggestions]

    @property
    def is_open(self) -> bool:
        """Whether the list is open."""
        return self.suggestions.display

    def put(self, entry: Entry) -> None:
        """Put something in, without opening the list."""
        self._settled = entry.text
        self.close_list()
        super().put(entry)

    def suggest(self, text: str) -> None:
        """Open the list of what fits a text; "" asks for everything."""
        raise NotImplementedError

    def take(self, position: int) -> None:
        """Fill the field with a line of the list."""
        raise NotImplementedError

    def close_list(self) -> None:
        """Close the list."""
        if self.is_open:
            self.suggestions.display = False
            self.refresh_bindings()

    def list_opened(self) -> None:
        """The list was opened: its keys come into effect."""
        self.refresh_bindings()

    def on_input_changed(self, event: Input.Changed) -> None:
        """Offer what fits as soon as the operator types; the handler of ``LineInput`` runs too."""
        if event.value == self._settled or not self.has_focus:
            self.close_list()
        else:
            self.suggest(event.value)

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """The keys of the list work while it is open."""
        if action == "close_list":
            return self.is_open
        if action == "open_list":
            return not self.is_open and self._is_whole
        return super().check_action(action, parameters)

    @property
    def _is_whole(self) -> bool:
        """Whether the next character would replace all there is: then space cannot be meant as text."""
        return not self.value or len(self.selected_text) == len(self.value)

    def check_consume_key(self, key: str, character: str | None) -> bool:
        """A space that would replace everything is a key, not text."""
        return not (key == "space" and self._is_whole) and super().check_consume_key(key, character)

    def on_key(self, event: Key) -> None:
        """Keep the space that opens the list out of the text."""
        if event.key == "space" and self._is_whole:
            event.prevent_default()

    def done(self) -> None:
        """The operator goes on to the next field: what the list says is taken when all that he typed has come in."""
        self._is_done = True

    def on_blur(self) -> None:
        """Take what is to be taken; nobody sees the list of a field that was left."""
        if self._is_done:
            self._is_done = False
            self.settle()
        self.close_list()

    def settle(self) -> None:
        """Take the line under the cursor of the list, if it is open."""
        if self.is_open and self.suggestions.highlighted is not None:
            self.take(self.suggestions.highlighted)

    def on_option_list_option_selected(self, event: OptionList.OptionSelected) -> None:
        """A line of the list was clicked."""
        event.stop()
        self.take(event.option_index)

    def action_down(self) -> None:
        """To the next line of the list; to the next field where it is closed."""
        if self.is_open:
            self.suggestions.action_cursor_down()
        else:
            super().action_down()

    def action_up(self) -> None:
        """To the line before; to the field before where the list is closed."""
        if self.is_open:
            self.suggestions.action_cursor_up()
        else:
            super().action_up()

    def action_close_list(self) -> None:
        """Close the list and leave the text as it is."""
        self.close_list()

    def action_open_list(self) -> None:
        """Show everything there is to pick."""
        self.suggest("")


class ChoiceInput(PickInput):
    """One of a few words, or with ``several`` any of them with commas between."""

    def __init__(self, entry: Entry, titles: list[str], *, several: bool = False) -> None:
        super().__init__(entry)
        self._titles = titles
        self._several = several
        self._fitting: list[str] = []
        self._offered_for = ""

    @classmethod
    def of(cls, field: Field, entry: Entry) -> ChoiceInput:
        """The input of a choice, of choices, or of yes and no."""
        if field.kind == "flag":
            return cls(entry, [written(field, True), written(field, False)])
        titles = [_(title) for title in (field.choices or {}).values()]
        return cls(entry, titles, several=field.kind == "choices")

    def suggest(self, text: str) -> None:
        """The words that contain what is typed, those that begin with it first."""
        self._offered_for = text
        wanted = fold(text.rpartition(",")[2] if self._several else text)
        fitting = [title for title in self._titles if wanted in fold(title)]
        self._fitting = sorted(fitting, key=lambda title: not fold(title).startswith(wanted))
        self.suggestions.offer([Content(shown(title)) for title in self._fitting])
        self.list_opened()

    def settle(self) -> None:
        """Take the word under the cursor, unless the list is of what was typed before; the form reads beginnings."""
        if self._offered_for in (self.value, ""):
            super().settle()

    def take(self, position: int) -> None:
        """Put the word in; beside the others where several may stand."""
        before = self.value.rpartition(",")[0] if self._several and not self._is_whole else ""
        self.put(Entry(", ".join(filter(None, (before.strip(), self._fitting[position])))))
        self.cursor_position = len(self.value)
