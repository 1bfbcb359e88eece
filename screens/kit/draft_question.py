"""The question whether to go on with what was left half typed."""

from __future__ import annotations

from typing import ClassVar, Literal

from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Horizontal
from textual.content import Content
from textual.widgets import Button, Static

from models.clock import local
from models.language import N_, _
from models.text import shown
from screens.kit.dialogs import Dialog
from screens.kit.drafts import Draft

DraftAnswer = Literal["continue", "later", "throw away"]


class DraftQuestion(Dialog[DraftAnswer]):
    """There is a draft: continue, look at it later (the safe answer), or throw it away."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("c", "answer('continue')", N_("continue"), show=False, id="draft.continue"),
        Binding("l", "answer('later')", N_("later"), show=False, id="draft.later"),
        Binding("t", "answer('throw away')", N_("throw away"), show=False, id="draft.throw-away"),
        Binding("left,up", "app.focus_previous", N_("other answer"), show=False, id="draft.previous"),
        Binding("right,down", "app.focus_next", N_("other answer"), show=False, id="draft.next"),
    ]

    def __init__(self, draft: Draft) -> None:
        super().__init__(_("Draft"), "later")
        self._draft = draft

    def compose_body(self) -> ComposeResult:
        """What there is, and the three answers."""
        moment = local(self._draft.moment).strftime("%Y-%m-%d %H:%M")
        text = _("There is a draft of {moment}, typed but not saved.").format(moment=moment)
        yield Static(f"{text}\n{shown(self._draft.title)}".rstrip(), markup=False)
        with Horizontal():
            yield Button(Content(_("Continue")), id="continue", compact=True)
            yield Button(Content(_("Later")), id="later", compact=True)
            yield Button(Content(_("Throw away")), id="throw-away", compact=True)

    def on_mount(self) -> None:
        """Going on is what nearly everybody wants, and it loses nothing."""
        self.query_one("#continue", Button).focus()

    def on_button_pressed(self, event: Button.Pressed) -> None:
        """Answer with the button."""
        answers: dict[str, DraftAnswer] = {"continue": "continue", "throw-away": "throw away"}
        self.dismiss(answers.get(event.button.id or "", "later"))

    def action_answer(self, answer: DraftAnswer) -> None:
        """Answer with a key."""
        self.dismiss(answer)
