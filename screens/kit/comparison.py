"""Two versions beside each other, field by field: what either has, and which of the two is to stay."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import ClassVar

from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import VerticalScroll
from textual.content import Content
from textual.events import Click
from textual.message import Message
from textual.widgets import Static

from models.language import N_, _
from models.text import shown, shown_lines
from screens.kit.dialogs import Dialog
from screens.kit.frame import BottomLine
from screens.kit.glyphs import glyphs


@dataclass(frozen=True, slots=True)
class Side:
    """One field, all as text: ``base`` is as it was before either of the two; ``usual`` stays if nobody chooses.

    ``usual`` is ``mine`` or ``theirs``; empty where it follows from the three.
    """

    name: str
    label: str
    base: str
    mine: str
    theirs: str
    usual: str = ""

    @property
    def is_contested(self) -> bool:
        """Whether both changed the field, to different values: somebody has to choose."""
        return self.mine != self.theirs and self.mine != self.base and self.theirs != self.base

    @property
    def usual_choice(self) -> str:
        """The side that stays when nobody chooses: whose change it is; "" where both changed it."""
        if self.is_contested:
            return self.usual
        return "mine" if self.mine != self.base else "theirs"


@dataclass(frozen=True, slots=True)
class SideWords:
    """What the two sides are called, and what stood before them; without a word for that it is not shown."""

    mine: str
    theirs: str
    base: str = ""


class SideView(Static):
    """One field of a comparison with its values."""

    DEFAULT_CSS = """
    SideView {
        height: auto;
        padding: 0 1;
        margin: 0 0 1 0;
        &.-here { background: $block-cursor-background; color: $block-cursor-foreground; }
    }
    """

    class Chosen(Message):
        """The field was clicked."""

        def __init__(self, view: SideView) -> None:
            super().__init__()
            self.view = view

    def __init__(self, side: Side, words: SideWords) -> None:
        super().__init__(markup=False)
        self.side = side
        self.choice = side.usual_choice
        self.read_only = not side.is_contested
        self._words = words

    def render(self) -> Content:
        """The label, then mine and theirs with a mark at the one that stays, then as it was."""
        note = "" if self.read_only or self.choice else "  " + _("choose")
        lines = [Content.assemble((self.side.label, "bold"), (note, "bold $warning"))]
        lines += [
            self._line("mine", self._words.mine, self.side.mine),
            self._line("theirs", self._words.theirs, self.side.theirs),
        ]
        if self._words.base:
            lines.append(self._line("", self._words.base, self.side.base))
        return Content("\n").join(lines)

    def _line(self, choice: str, title: str, value: str) -> Content:
        chosen = bool(choice) and choice == self.choice
        mark = f"({glyphs(self.app).marked})" if chosen else "( )" if choice else "   "
        style = "bold" if chosen else ""
        text = (value or _("(empty)")).replace("\n", "\n" + " " * 20)
        return Content.assemble((f"  {mark} {shown(title)}".ljust(20), style), (text, style))

    def on_click(self, event: Click) -> None:
        """The field was clicked; a click on one of the two values takes it."""
        self.post_message(self.Chosen(self))
        if event.y in (1, 2) and not self.read_only:
            self.choice = ("mine", "theirs")[event.y - 1]
            self.refresh()


class Comparison(Dialog[dict[str, str] | None]):
    """The answer is for each field ``mine`` or ``theirs``; None goes back. Subclasses bind the other actions."""

    DEFAULT_CSS = """
    Comparison {
        & > Vertical { width: 90; height: 90%; }
        & VerticalScroll { height: 1fr; }
        & .comparison--about { height: auto; margin: 0 0 1 0; }
    }
    """
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("down,j,tab", "walk(1)", N_("next field"), show=False, id="comparison.down"),
        Binding("up,k,shift+tab", "walk(-1)", N_("previous field"), show=False, id="comparison.up"),
    ]

    def __init__(self, title: str, about: str, sides: Sequence[Side], words: SideWords) -> None:
        super().__init__(title, None)
        self._about = about
        ordered = sorted(sides, key=lambda side: not side.is_contested)
        self._views = [SideView(side, words) for side in ordered]
        self._here = 0

    def compose_body(self) -> ComposeResult:
        """What it is about, the fields, and the keys."""
        yield Static(shown_lines(self._about), classes="comparison--about", markup=False)
        with VerticalScroll(can_focus=False):
            yield from self._views
        yield BottomLine()

    def on_mount(self) -> None:
        """The first field that has to be decided."""
        self._go_to(0)

    def _go_to(self, place: int) -> None:
        self._here = max(0, min(place, len(self._views) - 1))
        for number, view in enumerate(self._views):
            view.set_class(number == self._here, "-here")
        if self._views:
            self.query_one(VerticalScroll).scroll_to_widget(self._views[self._here], animate=False)

    def on_side_view_chosen(self, event: SideView.Chosen) -> None:
        """A field was clicked."""
        self._go_to(self._views.index(event.view))

    def action_walk(self, step: int) -> None:
        """To the next field, or the one before."""
        self._go_to(self._here + step)

    def action_take(self, choice: str) -> None:
        """Let one side of the field under the cursor stay, and go on."""
        view = self._views[self._here] if self._views else None
        if view is None or view.read_only:
            self.app.bell()
            return
        view.choice = choice
        view.refresh()
        self._go_to(self._here + 1)

    def action_take_all(self, choice: str) -> None:
        """Let one side stay in all fields that both changed."""
        for view in self._views:
            if not view.read_only:
                view.choice = choice
                view.refresh()

    def action_save(self) -> None:
        """Answer when everything is decided; else go to what is not."""
        undecided = next((number for number, view in enumerate(self._views) if not view.choice), None)
        if undecided is not None:
            self._go_to(undecided)
            self.app.bell()
            return
        self.dismiss({view.side.name: view.choice for view in self._views})
