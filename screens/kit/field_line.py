"""One field of a form: its label and its value, or in the value's place the input and what is wrong with it."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING

from rich.cells import cell_len, set_cell_size
from textual.content import Content
from textual.geometry import Size
from textual.message import Message
from textual.widget import Widget
from textual.widgets import Static

from models.errors import RuleBroken
from models.fields import Field, FieldKind
from models.language import _
from models.text import shown, shown_lines
from screens.kit.form_entries import Entry, value_text
from screens.kit.form_inputs import ChoiceInput, LineInput, LinesInput
from screens.kit.glyphs import glyphs
from screens.kit.reference_input import ReferenceInput, References

if TYPE_CHECKING:
    from textual.app import RenderResult
    from textual.events import Click
    from textual.style import Style

Editor = LineInput | LinesInput
MARGIN = 2
"""Cells at the left of the label: one for the cursor's mark."""
GAP = 2
"""Cells between label and value."""
_FAULT_INDENT = 4
_EDGE = "▏"
"""Stands before an input, which in few colours looks like a value."""

_EDITORS: Mapping[FieldKind, Callable[[Field, Entry, References], Editor]] = {
    "text": lambda field, entry, references: LineInput(entry),
    "integer": lambda field, entry, references: LineInput(entry, replace=True),
    "quantity": lambda field, entry, references: LineInput(entry, replace=True),
    "money": lambda field, entry, references: LineInput(entry, replace=True),
    "date": lambda field, entry, references: LineInput(entry, replace=True),
    "moment": lambda field, entry, references: LineInput(entry, replace=True),
    "lines": lambda field, entry, references: LinesInput(entry),
    "texts": lambda field, entry, references: LinesInput(entry),
    "flag": lambda field, entry, references: ChoiceInput.of(field, entry),
    "choice": lambda field, entry, references: ChoiceInput.of(field, entry),
    "choices": lambda field, entry, references: ChoiceInput.of(field, entry),
    "reference": ReferenceInput,
}


def label_of_field(field: Field, *, editing: bool = False) -> str:
    """The label in the operator's language; a star says that the field has to be filled."""
    return shown(_(field.title)) + ("*" if editing and field.required else "")


class GroupHeading(Static):
    """The heading above the fields of a group."""

    DEFAULT_CSS = "GroupHeading { height: 1; padding: 0 0 0 2; color: $accent; text-style: bold; }"

    def __init__(self, title: str, *, blank_above: bool) -> None:
        super().__init__(markup=False)
        self._msgid = title
        self.styles.margin = (1 if blank_above else 0, 0, 0, 0)

    def render(self) -> Content:
        """The heading in the language of now."""
        return Content(_(self._msgid))


@dataclass(frozen=True, slots=True)
class Looks:
    """The styles of all lines of a form; asked for once, since each style of each widget costs when it is mounted."""

    label: Style
    label_here: Style
    value: Style
    link: Style
    cursor: Style
    input: Style
    fault: Style


class FieldLine(Widget):
    """A field in a form. It knows no other; the form tells it what to show and when to take input.

    While editing, a field that was not visited yet only looks like an input: mounting all of them would take longer
    than an operator waits.
    """

    DEFAULT_CSS = "FieldLine { width: 100%; height: auto; layout: vertical; }"

    class Chosen(Message):
        """The field was clicked; ``chain`` says how many times."""

        def __init__(self, line: FieldLine, chain: int) -> None:
            super().__init__()
            self.line = line
            self.chain = chain

    def __init__(self, field: Field, label_width: int, looks: Callable[[], Looks]) -> None:
        super().__init__()
        self.field = field
        self.label_width = label_width
        self.editor: Editor | None = None
        self._looks = looks
        self._text = ""
        self._entry: Entry | None = None
        self._fault = ""
        self._is_here = False
        self._has_cursor = False

    @property
    def is_link(self) -> bool:
        """Whether the value shown is the name of another record."""
        return bool(self.field.kind in ("reference", "record") and self._text)

    @property
    def text(self) -> str:
        """The value as it is read and copied."""
        return self._text

    def show(self, value: object, name: str) -> None:
        """Show a value; ``name`` is that of the record that a reference points to."""
        text = value_text(self.field, value, name)
        if text != self._text:
            self._text = text
            self.refresh(layout=True)

    def mark(self, *, here: bool, focused: bool) -> None:
        """Show the cursor on this line or not; with its mark where the form has the focus."""
        if (here, focused) != (self._is_here, self._has_cursor):
            self._is_here, self._has_cursor = here, focused
            self.refresh()

    # Editing

    @property
    def is_input(self) -> bool:
        """Whether the field takes input now."""
        return self._entry is not None

    @property
    def entry(self) -> Entry:
        """What stands in the field now, while it takes input."""
        return self.editor.entry if self.editor is not None else self._entry or Entry()

    def start_editing(self, entry: Entry) -> None:
        """Look like an input with this in it."""
        self._entry = entry
        self.refresh(layout=True)

    def put(self, entry: Entry) -> None:
        """Put something into the input."""
        self._entry = entry
        if self.editor is not None:
            self.editor.put(entry)
        self.refresh(layout=True)

    def open(self, references: References) -> Editor:
        """The input itself, mounted when it is first asked for."""
        if self.editor is None:
            self.editor = _EDITORS[self.field.kind](self.field, self.entry, references)
            if self.field.hint:
                self.editor.placeholder = shown(_(self.field.hint))
            parts = self.editor.with_parts()
            for part in parts:
                part.styles.margin = (0, 0, 0, self._indent)
            self.mount_all(parts)
            self.refresh(layout=True)
        return self.editor

    async def stop_editing(self) -> None:
        """Take the input away again."""
        self._entry = None
        self._fault = ""
        if self.editor is not None:
            self.editor = None
            await self.remove_children()
        self.refresh(layout=True)

    def say(self, error: RuleBroken | None) -> None:
        """Say at the field what is wrong with it; None: nothing."""
        fault = "" if error is None else f"{glyphs(self.app).marked} {shown(str(error))}"
        if fault != self._fault:
            self._fault = fault
            self.refresh(layout=True)

    # Drawing

    @property
    def _indent(self) -> int:
        return MARGIN + self.label_width + GAP

    def _wrapped(self, text: str, width: int, indent: int | None = None) -> list[str]:
        room = max(8, width - (self._indent if indent is None else indent) - 1)
        return [line.plain for line in Content(text).wrap(room)] if text else []

    def _fault_lines(self, width: int) -> list[str]:
        """What is wrong stands below label and value: the place of the value alone is narrow."""
        return self._wrapped(self._fault, width, _FAULT_INDENT)

    def _value_lines(self, width: int) -> list[str]:
        """The lines of the value; of an input that was not visited, one unless it is one of several lines."""
        if self._entry is None:
            return self._wrapped(self._text, width)
        text = shown_lines(self._entry.text)
        if self.field.kind in ("lines", "texts"):
            return self._wrapped(text, width)[:8]
        return [set_cell_size(text, min(cell_len(text), max(8, width - self._indent)))]

    def get_content_height(self, container: Size, viewport: Size, width: int) -> int:
        """As high as the wrapped value, or as the input, and what is wrong below it."""
        faults = len(self._fault_lines(width))
        if self.editor is not None:
            return super().get_content_height(container, viewport, width) + faults
        return max(1, len(self._value_lines(width))) + faults

    def render(self) -> RenderResult:
        """The label, and beside it the value, or what surrounds the input."""
        looks, width, indent = self._looks(), self.size.width, self._indent
        label = _fitted(label_of_field(self.field, editing=self.is_input), self.label_width)
        faults = self._fault_lines(width)
        focused = self.editor is not None and self.editor.has_focus
        lines = self._drawn_value(looks, width)
        lines += [Content()] * (max(1, self.size.height - len(faults)) - len(lines))
        mark = glyphs(self.app).cursor if self._has_cursor else " "
        first = Content.assemble(mark + " " * (MARGIN - 1), (label, looks.label_here if focused else looks.label))
        edge = (" " * (GAP - 1) + _EDGE, looks.label) if self.is_input else " " * GAP
        rows = [Content.assemble(first, edge, lines[0]), *(Content.assemble(" " * indent, line) for line in lines[1:])]
        rows += [Content.assemble(" " * _FAULT_INDENT, (fault, looks.fault)) for fault in faults]
        whole = Content("\n").join(rows)
        if self._is_here:
            whole = Content("\n").join(line.pad_right(max(0, width - line.cell_length)) for line in whole.split("\n"))
            whole = Content(whole.plain).stylize(looks.cursor)
        return whole

    def _drawn_value(self, looks: Looks, width: int) -> list[Content]:
        if self.editor is not None:
            return []
        style = looks.input if self.is_input else looks.link if self.is_link else looks.value
        lines = self._value_lines(width)
        if self.is_input:
            room = max(1, width - self._indent)
            if lines in ([], [""]):
                lines = [set_cell_size(shown(_(self.field.hint)), room)] if self.field.hint else [""]
                style = looks.input + looks.label if self.field.hint else style
            lines = [line + " " * (room - cell_len(line)) for line in lines]
        return [Content.styled(line, style) for line in lines]

    def on_click(self, event: Click) -> None:
        """The field was clicked."""
        self.post_message(self.Chosen(self, event.chain))


def _fitted(label: str, width: int) -> str:
    if cell_len(label) <= width:
        return label + " " * (width - cell_len(label))
    return set_cell_size(label, width - 1) + "…"


def editor_of(field: Field, entry: Entry, references: References) -> Editor:
    """The input of a field by itself, for what is no form: a cell of a table."""
    return _EDITORS[field.kind](field, entry, references)
