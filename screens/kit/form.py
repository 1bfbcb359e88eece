"""A form over the fields of any record: read, walked and copied from; with ``edit`` its values become inputs in place.

The form knows no business word: fields, values and where references are looked for are given to it, and it posts
what the operator meant.
"""

from __future__ import annotations

import dataclasses
from collections.abc import Iterable, Mapping, Sequence
from functools import partial
from typing import TYPE_CHECKING, Any, ClassVar

from rich.cells import cell_len
from textual.app import ComposeResult
from textual.binding import BindingType
from textual.containers import Horizontal, Vertical, VerticalScroll

from models.errors import RuleBroken
from models.fields import Field
from models.language import N_
from screens.kit import form_inputs, form_messages, reference_input
from screens.kit.field_line import FieldLine, GroupHeading, Looks, label_of_field
from screens.kit.form_entries import Entries, Entry, grouped, in_columns
from screens.kit.form_inputs import PickInput
from screens.kit.form_keys import FORM_BINDINGS, READING
from screens.kit.reference_input import ReferenceInput, References

if TYPE_CHECKING:
    from textual.events import DescendantBlur, DescendantFocus

_LONGEST_LABEL = 24
_LOOKS = tuple(look.name for look in dataclasses.fields(Looks))


class Form(VerticalScroll, can_focus=True, inherit_bindings=False):
    """Labels and values under headings, in one or two columns."""

    Typed = form_messages.Typed
    LinkOpened = form_messages.LinkOpened
    CopyRequested = form_messages.CopyRequested
    NewWanted = form_messages.NewWanted

    BINDING_GROUP_TITLE = N_("The fields")
    BINDINGS: ClassVar[list[BindingType]] = [*FORM_BINDINGS]
    COMPONENT_CLASSES: ClassVar[set[str]] = {f"form--{name.replace('_', '-')}" for name in _LOOKS}
    DEFAULT_CSS = """
    Form {
        scrollbar-size-vertical: 1;
        & > Horizontal { height: auto; }
        & Vertical { height: auto; width: 1fr; }
        & > .form--label { color: $text-muted; }
        & > .form--label-here { color: $foreground; text-style: bold; }
        & > .form--value { color: $foreground; }
        & > .form--link { color: $accent; text-style: underline; }
        & > .form--cursor { color: $foreground; background: $block-cursor-blurred-background; }
        & > .form--input { color: $foreground; background: $panel; }
        & > .form--fault { color: $error; }
        &:focus > .form--cursor { color: $block-cursor-foreground; background: $block-cursor-background; }
    }
    """

    def __init__(
        self,
        fields: Sequence[Field],
        references: References,
        *,
        editable: Iterable[str] | None = None,
        columns: int = 1,
        dense: bool = False,
        id: str | None = None,
    ) -> None:
        """``editable`` names the fields that take input; without it all do. A ``dense`` form has no blank lines."""
        super().__init__(id=id)
        self.fields = tuple(fields)
        self.entries: Entries | None = None
        self.begin_at = ""
        """The field at which editing begins; that under the cursor without it."""
        self._references = references
        self._editable = frozenset(field.name for field in fields) if editable is None else frozenset(editable)
        self._columns, self._dense = columns, dense
        self._values: Mapping[str, Any] = {}
        self._names: Mapping[str, str] = {}
        self._cursor = self.fields[0].name if self.fields else ""
        self._lines: dict[str, FieldLine] = {}
        self._looks: Looks | None = None
        self._is_here = False
        self._is_made = False

    @property
    def is_editing(self) -> bool:
        """Whether the values are inputs now."""
        return self.entries is not None

    # What it is made of

    def compose(self) -> ComposeResult:
        """The groups in their columns."""
        width = min(_LONGEST_LABEL, max((cell_len(label_of_field(f, editing=True)) for f in self.fields), default=0))
        self._lines = {field.name: FieldLine(field, width, self._looks_of_lines) for field in self.fields}
        with Horizontal():
            for column in in_columns(grouped(self.fields), self._columns):
                with Vertical():
                    for number, (heading, fields) in enumerate(column):
                        if heading:
                            yield GroupHeading(heading, blank_above=number > 0 and not self._dense)
                        yield from (self._lines[field.name] for field in fields)
        self._fill()

    def on_mount(self) -> None:
        """The lines are there: editing that was asked for before begins."""
        self._is_made = True
        if self.entries is not None:
            self._start_inputs()

    def _looks_of_lines(self) -> Looks:
        if self._looks is None:
            self._looks = Looks(*(self.get_visual_style(f"form--{name.replace('_', '-')}") for name in _LOOKS))
        return self._looks

    def notify_style_update(self) -> None:
        """Another theme: all lines look otherwise. The focus: only the one with the cursor."""
        super().notify_style_update()
        before, self._looks = self._looks, None
        if before is not None and self.is_mounted:
            same = dataclasses.replace(before, cursor=self._looks_of_lines().cursor) == self._looks
            for name, line in self._lines.items():
                if not same or name == self._cursor:
                    line.refresh()

    def _fill(self) -> None:
        for name, line in self._lines.items():
            line.show(self._values.get(name), self._names.get(name, ""))
        self._mark_cursor()

    def _mark_cursor(self) -> None:
        for name, line in self._lines.items():
            here = name == self._cursor and not self.is_editing
            line.mark(here=here, focused=here and self._is_here)

    def on_focus(self) -> None:
        """The cursor is here."""
        self._is_here = True
        self._mark_cursor()

    def on_blur(self) -> None:
        """The cursor is elsewhere."""
        self._is_here = False
        self._mark_cursor()

    async def lay_out(self, *, columns: int, dense: bool) -> None:
        """Show one column or two, with blank lines or without; what is typed stays."""
        if (columns, dense) != (self._columns, self._dense):
            self._columns, self._dense = columns, dense
            await self.remake()

    async def remake(self) -> None:
        """Make all lines anew, as after a change of language; what is typed stays."""
        self._gather()
        await self.recompose()
        if self.entries is not None:
            self._start_inputs()

    def show(self, values: Mapping[str, Any], names: Mapping[str, str]) -> None:
        """Show these values; ``names`` are those of the records that references point to, by field."""
        self._values, self._names = values, names
        self._fill()

    # Editing

    def edit(self, base: Mapping[str, Any], names: Mapping[str, str], typed: Mapping[str, Entry] | None = None) -> None:
        """Turn values into inputs; ``base`` is what the record has, ``typed`` what was typed of it before."""
        self.entries = Entries((field for field in self.fields if field.name in self._editable), base, names)
        self.entries.restore(typed or {})
        if self.begin_at in self.entries.fields:
            self._cursor = self.begin_at
        if self._cursor not in self.entries.fields:
            self._cursor = next(iter(self.entries.fields), "")
        if self._is_made:
            self._start_inputs()

    def _start_inputs(self) -> None:
        assert self.entries is not None
        self.can_focus = False
        self._mark_cursor()
        for name in self.entries.fields:
            self._lines[name].start_editing(self.entries[name])
        self._focus_field(self._cursor)
        self.refresh_bindings()

    async def stop_editing(self) -> None:
        """Turn the inputs back into values; what was typed is forgotten."""
        if self.entries is None:
            return
        self.entries = None
        self.can_focus = True
        self.disabled = False
        self.screen.set_focus(self, scroll_visible=False)
        for line in self._lines.values():
            await line.stop_editing()
        self._fill()
        self.refresh_bindings()

    def forget(self) -> None:
        """Forget what was typed, on a form that is about to go."""
        self.entries = None

    def enable(self) -> None:
        """Take input again after a while in which the form was disabled; the focus is where it was."""
        self.disabled = False
        self._focus_field(self._cursor)

    def rebase(self, base: Mapping[str, Any], names: Mapping[str, str], mine: Iterable[str]) -> None:
        """Go on editing from a newer version; the fields of ``mine`` stay as typed, the others become its."""
        self._gather()
        if self.entries is not None:
            self.entries = self.entries.rebased(base, names, mine)
            for name in self.entries.fields:
                self._lines[name].put(self.entries[name])

    def pick(self, name: str, record_id: int, label: str) -> None:
        """Put a record into a reference."""
        if self.entries is not None and name in self.entries.fields:
            self._lines[name].put(Entry(label, record_id))
            self._lines[name].say(None)
            self._focus_field(name)
            self.post_message(self.Typed(self))

    def typed(self) -> dict[str, Entry]:
        """What the operator typed: the entries that differ from what editing began with."""
        self._gather()
        return {} if self.entries is None else self.entries.touched

    def changes(self, *, new: bool = False) -> dict[str, Any] | None:
        """The values to save; None when rules are broken: they are shown at their fields, the first is focused."""
        self._gather()
        if self.entries is None:
            return {}
        changes, broken = self.entries.changes(new=new)
        self.say(broken)
        return None if broken else changes

    def say(self, broken: Iterable[RuleBroken]) -> list[RuleBroken]:
        """Show broken rules at their fields and go to the first; returns those that no field here answers to."""
        by_field: dict[str, RuleBroken] = {}
        for error in broken:
            by_field.setdefault(error.field, error)
        for name, line in self._lines.items():
            line.say(by_field.get(name) if line.is_input else None)
        here = [name for name, line in self._lines.items() if line.is_input and name in by_field]
        if here:
            self._focus_field(here[0])
        return [error for name, error in by_field.items() if name not in here]

    def _gather(self) -> None:
        if self.entries is not None:
            for name in self.entries.fields.keys() & self._lines.keys():
                if self._lines[name].is_input:
                    self.entries.type(name, self._lines[name].entry)

    def _focus_field(self, name: str) -> None:
        line = self._lines.get(name)
        if line is not None and line.is_input:
            self._cursor = name
            editor = line.open(self._references)
            editor.go = self.action_step
            if isinstance(editor, ReferenceInput) and line.field.within in self._lines:
                editor.within = partial(self.picked, line.field.within)
            self.screen.set_focus(editor, scroll_visible=False)
            self.call_after_refresh(self.scroll_to_widget, line, animate=False)

    def picked(self, name: str) -> int | None:
        """The record that a reference points to as it stands now."""
        line = self._lines.get(name)
        return None if line is None or not line.is_input else line.entry.picked

    def _line_of(self, editor: object) -> FieldLine | None:
        return next((line for line in self._lines.values() if line.editor is editor), None)

    # What the inputs say

    def on_typed(self, event: form_inputs.Typed) -> None:
        """An input was changed."""
        event.stop()
        self.post_message(self.Typed(self))

    def on_settled(self, event: form_inputs.Settled) -> None:
        """What was left unfinished in an input is complete now."""
        event.stop()
        self._left(self._line_of(event.editor))

    def on_new_wanted(self, event: reference_input.NewWanted) -> None:
        """A reference wants a record that is not there yet."""
        event.stop()
        line = self._line_of(event.editor)
        if line is not None:
            self.post_message(self.NewWanted(self, line.field, event.text))

    def on_descendant_focus(self, event: DescendantFocus) -> None:
        """The operator came to a field; he may be further by the time this is heard."""
        line = self._line_of(event.widget)
        if line is not None:
            if self.screen.focused is event.widget:
                self._cursor = line.field.name
            line.refresh()

    def on_descendant_blur(self, event: DescendantBlur) -> None:
        """A field was left: its value is written in its usual form, or what is wrong with it is said."""
        self._left(self._line_of(event.widget))

    def _left(self, line: FieldLine | None) -> None:
        if line is None or self.entries is None:
            return
        name = line.field.name
        self.entries.type(name, line.entry)
        line.say(self.entries.broken(name))
        self.entries.tidy(name)
        if self.entries[name] != line.entry:
            line.put(self.entries[name])
        line.refresh()

    # Walking

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """Reading has its keys and editing has others."""
        if action == "open":
            return not self.is_editing and self._cursor in self._lines and self._lines[self._cursor].is_link
        if action in READING:
            return not self.is_editing
        if action == "step":
            return self.is_editing
        return super().check_action(action, parameters)

    @property
    def _place(self) -> int:
        names = list(self._lines)
        return names.index(self._cursor) if self._cursor in self._lines else 0

    def _move_to(self, place: int) -> None:
        names = list(self._lines)
        if names:
            self._cursor = names[max(0, min(place, len(names) - 1))]
            self._mark_cursor()
            self.scroll_to_widget(self._lines[self._cursor], animate=False)
            self.refresh_bindings()

    def on_field_line_chosen(self, event: FieldLine.Chosen) -> None:
        """A field was clicked."""
        event.stop()
        if self.is_editing:
            self._focus_field(event.line.field.name)
            return
        self._move_to(list(self._lines).index(event.line.field.name))
        if event.chain == 2 and event.line.is_link:
            self.action_open()

    def action_walk(self, step: int) -> None:
        """To the next field, or the one before."""
        self._move_to(self._place + step)

    def action_walk_to(self, place: int) -> None:
        """To the first field, or with -1 the last."""
        self._move_to(place % max(1, len(self._lines)))

    def action_page(self, direction: int) -> None:
        """As many fields on as there are lines on the screen."""
        self._move_to(self._place + direction * max(1, self.size.height - 1))

    def action_step(self, direction: int) -> None:
        """To the next input, or the one before; round and round."""
        names = [name for name, line in self._lines.items() if line.is_input]
        editor = self._lines[self._cursor].editor if self._cursor in names else None
        if isinstance(editor, PickInput) and direction > 0:
            # The only field is not left: what its list says is taken at once.
            (editor.done if len(names) > 1 else editor.settle)()
        if names:
            at = names.index(self._cursor) + direction if self._cursor in names else 0
            self._focus_field(names[at % len(names)])

    def action_open(self) -> None:
        """Open the record that the reference under the cursor points to."""
        self.post_message(self.LinkOpened(self, self._lines[self._cursor].field))

    def action_copy_value(self) -> None:
        """Copy the value under the cursor."""
        if self._cursor in self._lines:
            self.post_message(self.CopyRequested(self, self._lines[self._cursor].text))

    def action_copy_all(self) -> None:
        """Copy all fields that have a value, a line each."""
        lines = [f"{label_of_field(line.field)}: {line.text}" for line in self._lines.values() if line.text]
        self.post_message(self.CopyRequested(self, "\n".join(lines)))
