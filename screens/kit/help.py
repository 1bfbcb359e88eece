"""The ``?`` screen: every key that works in the screen below, made from its live bindings."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, ClassVar

from textual.app import ComposeResult
from textual.binding import ActiveBinding, Binding, BindingType
from textual.containers import VerticalScroll
from textual.content import Content
from textual.screen import Screen
from textual.widgets import Input, Static

from models.language import N_, _, pgettext
from models.text import fold
from screens.kit.dialogs import Dialog
from screens.kit.keymap import in_declared_order

if TYPE_CHECKING:
    from textual.app import App
    from textual.dom import DOMNode

_KEY_CELLS = 22


@dataclass(frozen=True, slots=True)
class HelpLine:
    """The keys of one action, as they are written, and what it does, in the operator's language."""

    keys: str
    description: str


@dataclass(frozen=True, slots=True)
class HelpGroup:
    """The keys of one place: the focused widget and those round it, the screen, everywhere."""

    title: str
    lines: tuple[HelpLine, ...]


def _place(node: DOMNode) -> str:
    """Where the keys of a node work; a node says it itself by ``BINDING_GROUP_TITLE``, an English msgid."""
    if node is node.app:
        return N_("Everywhere")
    if isinstance(node, Screen):
        return N_("This screen")
    return node.BINDING_GROUP_TITLE or N_("Here")


def help_groups(app: App[Any], active: Iterable[ActiveBinding]) -> list[HelpGroup]:
    """The keys of the live bindings by place, the innermost place first; keys that do the same on one line.

    Bindings without an id are Textual's own (moving inside a text, for instance) and are left out.
    """
    places: dict[str, dict[str, list[Binding]]] = {}
    for node, binding, _enabled, _tooltip in in_declared_order(active):
        if binding.id and binding.description:
            places.setdefault(_place(node), {}).setdefault(binding.description, []).append(binding)
    return [
        HelpGroup(
            _(place),
            tuple(
                HelpLine(", ".join(map(app.get_key_display, bindings)), _(description))
                for description, bindings in actions.items()
            ),
        )
        for place, actions in places.items()
    ]


def matching(groups: Iterable[HelpGroup], typed: str) -> list[HelpGroup]:
    """The groups with only those lines whose keys or description contain what is typed."""
    wanted = fold(typed)
    found = (
        HelpGroup(
            group.title,
            tuple(line for line in group.lines if typed.strip() == line.keys or wanted in fold(line.description)),
        )
        for group in groups
    )
    return [group for group in found if group.lines]


def help_text(groups: Iterable[HelpGroup]) -> Content:
    """The groups as they are shown: title, then keys and what they do."""
    lines: list[Content] = []
    for group in groups:
        lines.append(Content.styled(group.title, "bold"))
        lines.extend(
            Content.assemble(("  " + line.keys.ljust(_KEY_CELLS), "$accent"), line.description) for line in group.lines
        )
        lines.append(Content())
    return Content("\n").join(lines[:-1])


class Help(Dialog[None]):
    """All keys of the screen below; typing narrows them down, the arrows and page keys scroll."""

    DEFAULT_CSS = """
    Help VerticalScroll { height: auto; max-height: 100%; margin-top: 1; }
    """
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("down", "scroll('down')", N_("scroll"), show=False, id="help.down"),
        Binding("up", "scroll('up')", N_("scroll"), show=False, id="help.up"),
        Binding("pagedown", "scroll('page_down')", N_("scroll"), show=False, id="help.page-down"),
        Binding("pageup", "scroll('page_up')", N_("scroll"), show=False, id="help.page-up"),
    ]

    def __init__(self, groups: list[HelpGroup]) -> None:
        super().__init__(pgettext("keyboard", "Keys"), None)
        self._groups = groups

    def compose_body(self) -> ComposeResult:
        """The filter above the keys."""
        yield Input(placeholder=_("type to find a key"), compact=True)
        with VerticalScroll(can_focus=False):
            yield Static(help_text(self._groups), markup=False)

    def on_input_changed(self, event: Input.Changed) -> None:
        """Show only the keys that were asked for."""
        found = matching(self._groups, event.value)
        self.query_one(Static).update(help_text(found) if found else Content(_("No such key here.")))

    def on_input_submitted(self) -> None:
        """Enter has read enough."""
        self.action_cancel()

    def action_scroll(self, movement: str) -> None:
        """Scroll the keys while the filter keeps the focus."""
        scroll = self.query_one(VerticalScroll)
        {
            "down": scroll.scroll_down,
            "up": scroll.scroll_up,
            "page_down": scroll.scroll_page_down,
            "page_up": scroll.scroll_page_up,
        }[movement](animate=False)
