"""A window for a block of numbers: typed, pasted, scanned or read from a file, checked as it grows, taken as a whole.

Nothing is taken before the operator says so; while some numbers are bad he corrects them, or takes only the good ones.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from functools import partial
from typing import TYPE_CHECKING, Any, ClassVar

from textual.binding import Binding, BindingType
from textual.containers import Horizontal
from textual.content import Content
from textual.widgets import OptionList, Static, TextArea
from textual.widgets.option_list import Option

from importers.encodings import encoding_of
from models.errors import DomainError, RuleBroken
from models.files.paths import existing_file, read_file, typed_path
from models.language import N_, _, ngettext
from models.licensing.blocks import Numbered, numbers_of
from models.licensing.entering import Checked
from models.reading import read_integer
from models.text import shown, shown_lines, with_latin_letters
from screens.kit.ask_fields import AskFields
from screens.kit.ask_path import AskPath
from screens.kit.dialogs import AskText, Confirm, Dialog, PickOne
from screens.shell import shell_of

if TYPE_CHECKING:
    from pathlib import Path

    from textual.app import ComposeResult

    from models.fields import Field
    from screens.kit.reference_input import References

_SHOWN = 200
"""So many bad numbers are listed; who has more corrects these first."""
_LARGEST = 2_000_000
"""Bytes of a file of numbers: some ten thousand lines are far less."""
_PARTS = re.compile(r"[^\t;,]+")
Numbers = Sequence[Numbered]


@dataclass(frozen=True, slots=True)
class Pool:
    """Codes that wait and can be taken in place of typed numbers: how many, and what takes so many of them."""

    left: int
    take: Callable[[int, Mapping[str, Any]], int]


@dataclass(frozen=True, slots=True)
class BlockOf:
    """What a block of numbers is for. ``check`` and ``take`` run in threads; ``take`` says how many it took."""

    title: str
    about: str
    check: Callable[[Numbers], list[Checked]]
    take: Callable[[Numbers, Mapping[str, Any]], int]
    room: int | None = None
    """How many numbers are wanted at most; None where that is not bounded."""
    pool: Pool | None = None
    fields: tuple[Field, ...] = ()
    """What may be said of all numbers of the block."""
    references: References | None = None
    text: str = ""
    """What stands in the block to begin with."""
    may_be_empty: bool = False
    """Taking an empty block is meant: it takes away what was there."""


class NumberBlock(Dialog["int | None"]):
    """The answer is how many numbers were taken; None when it was left."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("ctrl+s", "accept", N_("take them"), priority=True, id="block.accept"),
        Binding("f2", "more", N_("more about them"), priority=True, id="block.more"),
        Binding("f3", "repair", N_("Latin letters"), priority=True, id="block.repair"),
        Binding("f4", "from_file", N_("from a file"), priority=True, id="block.file"),
        Binding("f5", "from_pool", N_("from the pool"), priority=True, id="block.pool"),
        Binding("f6", "area", N_("numbers, what is wrong"), priority=True, id="block.area"),
    ]
    DEFAULT_CSS = """
    NumberBlock {
        & > Vertical { width: 110; max-width: 98%; height: 90%; max-height: 32; }
        & Horizontal { height: 1fr; align-horizontal: left; }
        & TextArea { width: 1fr; height: 1fr; padding: 0; background: $panel; scrollbar-size-vertical: 1; }
        & OptionList { width: 1fr; height: 1fr; max-height: 100%; margin: 0 0 0 1; scrollbar-size-vertical: 1; }
        & .block--about { max-height: 4; }
        & .block--hint { color: $text-muted; }
    }
    """

    def __init__(self, block: BlockOf) -> None:
        super().__init__(block.title, None)
        self._block = block
        self._checked: list[Checked] = []
        self._checked_text: str | None = None
        self._accepts = False
        self._busy = False
        self._values: dict[str, Any] = {}

    def compose_body(self) -> ComposeResult:
        """What it is about; the numbers, what is wrong with them beside; how it stands, and the keys."""
        yield Static(shown_lines(self._block.about), classes="block--about", markup=False)
        with Horizontal():
            area = TextArea(self._block.text, compact=True, highlight_cursor_line=False, show_line_numbers=True)
            area.cursor_blink = False
            yield area
            yield OptionList(compact=True, markup=False)
        yield Static("", classes="block--state", markup=False)
        yield Static("", classes="dialog--fault", markup=False)
        yield Static(Content(self._hint()), classes="block--hint", markup=False)

    def on_mount(self) -> None:
        """What is typed goes into the block; what stands there is checked."""
        self._area.focus()
        self._area.move_cursor(self._area.document.end)
        self._check()

    def on_unmount(self) -> None:
        """Nothing is wanted any more."""
        shell_of(self).gateway.drop(self)

    def _hint(self) -> str:
        parts = [_("ctrl+s takes them"), _("f3 Latin letters"), _("f4 from a file"), _("f6 to what is wrong")]
        if self._block.pool is not None:
            parts.insert(3, _("f5 from the pool"))
        if self._block.fields:
            parts.insert(1, _("f2 more about them"))
        return "  ".join([*parts, _("esc leaves")])

    @property
    def _area(self) -> TextArea:
        return self.query_one(TextArea)

    @property
    def _bad(self) -> list[Checked]:
        return [one for one in self._checked if one.problem is not None]

    # The running check

    def on_text_area_changed(self) -> None:
        """Check again; what was said of the block before is no longer true."""
        self._say("")
        self._check()

    def _check(self) -> None:
        text = self._area.text
        self._checked_text = None
        work = partial(_checked, text, self._block.check)
        shell_of(self).gateway.ask(self, "check", work, partial(self._came, text), partial(self._no_block, text))

    def _came(self, text: str, checked: list[Checked]) -> None:
        self._checked, self._checked_text = checked, text
        self._show()
        if self._accepts:
            self.action_accept()

    def _no_block(self, text: str, error: Exception) -> None:
        self._checked, self._checked_text, self._accepts = [], text, False
        self._show()
        self._failed(error)

    def _show(self) -> None:
        wrong = [one for one in self._checked if one.problem is not None or _is_mixed(one)]
        options = self.query_one(OptionList)
        options.clear_options()
        options.add_options([Option(Content(_said(one))) for one in wrong[:_SHOWN]])
        self.query_one(".block--state", Static).update(Content(shown(self._state())))

    def _state(self) -> str:
        number, bad, block = len(self._checked), len(self._bad), self._block
        parts = [ngettext("{number} number", "{number} numbers", number).format(number=number)]
        if number:
            parts.append(_("{number} good").format(number=number - bad))
        if bad:
            parts.append(_("{number} bad").format(number=bad))
        if block.room is not None:
            parts.append(_("room for {number}").format(number=block.room))
        if block.pool is not None:
            left = ngettext("{number} code in the pool", "{number} codes in the pool", block.pool.left)
            parts.append(left.format(number=block.pool.left))
        return ", ".join(parts)

    def _say(self, text: str) -> None:
        self.query_one(".dialog--fault", Static).update(Content(shown(text)))

    def _failed(self, error: Exception) -> None:
        self._busy = False
        if not isinstance(error, DomainError):
            raise error
        self._say(str(error))

    # Keys

    def action_area(self) -> None:
        """From the numbers to what is wrong with them, and back."""
        options = self.query_one(OptionList)
        (self._area if options.has_focus or not options.option_count else options).focus()

    def on_option_list_option_selected(self, event: OptionList.OptionSelected) -> None:
        """To the line of a number that is wrong."""
        wrong = [one for one in self._checked if one.problem is not None or _is_mixed(one)]
        self._area.focus()
        self._area.move_cursor((wrong[event.option_index].line - 1, 0))

    def action_repair(self) -> None:
        """Write the look-alike letters of Latin numbers as Latin ones."""
        text = self._area.text
        repaired = _PARTS.sub(_latin, text.replace("\r\n", "\n"))
        if repaired != text:
            at = self._area.cursor_location
            self._area.replace(repaired, (0, 0), self._area.document.end)
            self._area.move_cursor(at)
        else:
            self._say(_("No letter of another alphabet stands among Latin ones."))

    def action_more(self) -> None:
        """Ask what is to be said of all of them."""
        block = self._block
        if block.fields and block.references is not None:
            about = _("Said of all numbers of the block.")
            dialog = AskFields(block.title, about, block.fields, self._values, block.references)
            self.app.push_screen(dialog, self._more)

    def _more(self, values: dict[str, Any] | None) -> None:
        if values is not None:
            self._values = {name: value for name, value in values.items() if value not in (None, "")}

    def action_from_file(self) -> None:
        """Read numbers from a file into the block; they are looked at before they are taken."""
        prompt = _("A text file, a number on a line; tab completes its name.")
        dialog = AskPath(shell_of(self).gateway, _("From a file"), prompt, value="~/", check=existing_file)
        self.app.push_screen(dialog, self._read)

    def _read(self, text: str | None) -> None:
        if text is not None:
            work = partial(_text_of, typed_path(text))
            shell_of(self).gateway.ask(self, "file", work, self._put, self._failed)

    def _put(self, text: str) -> None:
        area = self._area
        before = area.text
        joined = text if not before.strip() else before.rstrip("\n") + "\n" + text
        area.replace(joined, (0, 0), area.document.end)

    def action_from_pool(self) -> None:
        """Ask how many are taken from the pool."""
        pool = self._block.pool
        if pool is None:
            return
        usual = pool.left if self._block.room is None else min(pool.left, self._block.room)
        prompt = ngettext("{number} code waits. How many are taken?", "{number} codes wait. How many are taken?",
                          pool.left).format(number=pool.left)  # fmt: skip
        dialog = AskText(_("From the pool"), prompt, value=str(usual or ""), check=_count)
        self.app.push_screen(dialog, self._take_from_pool)

    def _take_from_pool(self, text: str | None) -> None:
        if text is not None and self._block.pool is not None:
            self._write(partial(self._block.pool.take, _count(text), self._values))

    def action_accept(self) -> None:
        """Take the numbers; where some are bad, ask what is to become of them."""
        if self._busy:
            return
        self._accepts = self._checked_text != self._area.text
        if self._accepts:
            return
        bad, good = self._bad, len(self._checked) - len(self._bad)
        if not bad:
            self._take(self._checked)
            return
        self._say("")
        correct = ngettext(
            "Correct it: nothing is taken yet", "Correct them: nothing is taken yet", len(bad)
        )  # fmt: skip
        choices: list[tuple[bool, str]] = [(False, correct)]
        if good:
            text = ngettext("Take only the {number} good one", "Take only the {number} good ones", good)
            choices.append((True, text.format(number=good)))
        title = ngettext("{number} number is bad", "{number} numbers are bad", len(bad)).format(number=len(bad))
        self.app.push_screen(PickOne[bool](title, choices), self._decided)

    def _decided(self, good_ones: bool | None) -> None:
        if good_ones:
            self._take([one for one in self._checked if one.problem is None])
        else:
            self._area.focus()

    def _take(self, checked: Sequence[Checked]) -> None:
        if not checked and not self._block.may_be_empty:
            self._say(_("There is no number. Type, paste or scan at least one."))
            return
        numbers = [Numbered(one.line, one.number) for one in checked]
        self._write(partial(self._block.take, numbers, self._values))

    def _write(self, work: Callable[[], int]) -> None:
        self._busy = True
        shell_of(self).gateway.write(self, work, self._taken, self._failed)

    def _taken(self, number: int) -> None:
        self.dismiss(number)

    def action_cancel(self) -> None:
        """Leave; what was typed is thrown away only after a question."""
        if self._busy:
            return
        if self._area.text.strip() == self._block.text.strip():
            self.dismiss(None)
            return
        dialog = Confirm(self._block.title, _("Nothing was taken yet."), yes=_("Discard it"), no=_("Keep editing"))
        self.app.push_screen(dialog, self._discard)

    def _discard(self, yes: bool | None) -> None:
        if yes:
            self.dismiss(None)


def _checked(text: str, check: Callable[[Numbers], list[Checked]]) -> list[Checked]:
    return check(numbers_of(text))


def _is_mixed(one: Checked) -> bool:
    return one.repaired is not None and one.repaired != one.number


def _said(one: Checked) -> str:
    """A number that is wrong, with its line and why."""
    why = one.problem.rule if one.problem is not None else _("letters of two alphabets, f3 repairs them")
    mixed = _("f3: {number}").format(number=one.repaired) if one.problem is not None and _is_mixed(one) else ""
    # Most rules name the number themselves.
    said = why if one.number in why else f"{one.number} – {why}"
    return shown(f"{one.line}: {said} {mixed}".rstrip())


def _latin(part: re.Match[str]) -> str:
    return with_latin_letters(part[0]) or part[0]


def _text_of(path: Path) -> str:
    data = read_file(path)
    if len(data) > _LARGEST:
        raise RuleBroken(
            "file",
            _("“{name}” is too large for a list of numbers.").format(name=path.name),
            _("Pick the file with the numbers, or split it."),
        )
    text = data.decode(encoding_of(data), "replace").replace("\r\n", "\n").replace("\r", "\n")
    return "".join(sign if sign.isprintable() or sign in "\n\t" else " " for sign in text)


def _count(text: str) -> int:
    return read_integer(text, "count", least=1)
