"""Why was it not bought? A strip that asks for the reason of each line with one key; enter skips."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, ClassVar

from textual.binding import Binding, BindingType
from textual.content import Content
from textual.widgets import Input, Static

from models.language import N_, _
from models.sales.vocabulary import UNMET_CAUSES, UNMET_REASONS
from models.text import shown
from screens.kit.cells import cell_text
from screens.kit.dialogs import Dialog

if TYPE_CHECKING:
    from textual.app import ComposeResult

    from models.sales.document_look import UnmetEntry

REASONS = tuple(reason for reason in UNMET_REASONS if reason != "not_stated")
"""In the order of their digits."""
Reason = tuple[str, str]
"""A reason and the competitor, where one is named."""


def reasons_line() -> str:
    """The keys with what they mean."""
    return "  ".join(f"{digit} {_(UNMET_REASONS[reason])}" for digit, reason in enumerate(REASONS, 1))


class ReasonStrip(Dialog["dict[int, Reason]"]):
    """The answer are the reasons by entry; an entry that was skipped is not in it."""

    AUTO_FOCUS = ""
    DEFAULT_CSS = """
    ReasonStrip {
        align: center bottom;
        & > Vertical { width: 100%; max-width: 100%; }
        & Input { display: none; }
    }
    """
    BINDINGS: ClassVar[list[BindingType]] = [
        *(
            Binding(str(digit), f"reason({digit})", N_("reason"), show=False, id=f"reasons.digit-{digit}")
            for digit in range(1, len(REASONS) + 1)
        ),
        Binding("enter", "skip", N_("skip"), id="reasons.skip"),
    ]

    def __init__(self, title: str, questions: Sequence[tuple[int, str]]) -> None:
        """``questions``: id and text of each that is asked for."""
        super().__init__(title, {})
        self._questions = questions
        self._answers: dict[int, Reason] = {}
        self._at = 0

    def compose_body(self) -> ComposeResult:
        """The question, the keys, room for a competitor's name."""
        yield Static("", id="question", markup=False)
        yield Static(Content(reasons_line()), markup=False)
        yield Input(placeholder=_("which competitor? enter goes on"), compact=True)
        yield Static(Content(_("enter skips it, esc skips all that follow")), id="skips", markup=False)

    def on_mount(self) -> None:
        """Ask for the first."""
        self._ask()

    def _ask(self) -> None:
        if self._at >= len(self._questions):
            self.dismiss(self._answers)
            return
        count = f"{self._at + 1}/{len(self._questions)}  " if len(self._questions) > 1 else ""
        self.query_one("#question", Static).update(Content(shown(count + self._questions[self._at][1])))

    def action_reason(self, digit: int) -> None:
        """Take a reason; for a competitor, ask which."""
        reason = REASONS[digit - 1]
        self._answers[self._questions[self._at][0]] = (reason, "")
        if reason == "competitor":
            entry = self.query_one(Input)
            entry.value = ""
            entry.display = True
            entry.focus()
        else:
            self.action_skip()

    def on_input_submitted(self, event: Input.Submitted) -> None:
        """The competitor is named."""
        event.stop()
        self._answers[self._questions[self._at][0]] = ("competitor", event.value.strip())
        event.input.display = False
        self.set_focus(None)
        self.action_skip()

    def action_skip(self) -> None:
        """To the next one."""
        self._at += 1
        self._ask()

    def action_cancel(self) -> None:
        """What was answered is kept."""
        self.dismiss(self._answers)


def question(entry: UnmetEntry) -> str:
    """An entry as it is asked about."""
    quantity, amount = cell_text(entry.quantity, "quantity", {}), cell_text(entry.amount, "money", {})
    return _("{title}: {quantity}, {amount} ({cause}). Why not?").format(
        title=entry.title, quantity=quantity, amount=amount, cause=_(UNMET_CAUSES.get(entry.cause, entry.cause))
    )
