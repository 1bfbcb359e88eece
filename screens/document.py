"""The card of a document: its chain, its header, its lines edited as a table, and all that is done with it by keys."""

from __future__ import annotations

from dataclasses import replace
from functools import partial
from pathlib import PurePath
from typing import TYPE_CHECKING, Any, ClassVar, cast

from textual.binding import Binding, BindingType
from textual.containers import Container
from textual.content import Content
from textual.widgets import Static

from models.cards.definitions import CARDS
from models.cards.making import may_make
from models.cards.reading import candidates
from models.errors import DomainError
from models.kinds import RecordRef
from models.language import N_, _
from models.sales.amounts import Amounts
from models.sales.document_look import COPY, CORRECT, EDIT, MOVE, REVISE, SIGN, DocumentLook, look_at
from models.sales.document_queries import kind_of_document
from models.sales.vocabulary import ACCEPT, CANCEL, DECLINE, DOCUMENT_STATES, ISSUE, KINDS_OF_DOCUMENT
from screens.card_room import WIDE, CardRoom
from screens.card_tabs import CardTabs
from screens.card_title import CardTitle, TitleFacts
from screens.document_chain import ChainLine
from screens.document_form import DocumentForm, header_of, shown_of
from screens.document_saving import DocumentSaving
from screens.document_steps import DocumentSteps
from screens.draft_lines import DraftLine, lines_of
from screens.keyed_card import ISSUING, KeyedCard
from screens.kit.cells import cell_text
from screens.kit.reference_input import References
from screens.line_editor import LineEditor

if TYPE_CHECKING:
    from collections.abc import Mapping

    from textual.app import ComposeResult

    from models.cards.definitions import CardDefinition
    from models.cards.reading import Card
    from screens.kit.drafts import Draft
    from screens.section import RecordsChanged

_STEPS = {
    "issue": ISSUE, "accept": ACCEPT, "decline": DECLINE, "cancel": CANCEL, "revise": REVISE, "copy": COPY,
    "correct": CORRECT, "signed": SIGN, "stage": MOVE,
}  # fmt: skip
"""By action: what of ``DocumentLook.may`` it takes."""


class DocumentRoom(CardRoom):
    """While a draft is edited on a narrow screen, header and lines take turns."""

    def __init__(self, screen: DocumentCard) -> None:
        super().__init__(screen)
        self._card = screen

    def share(self) -> None:
        """Show the header, the lines, or both."""
        card = self._card
        editing, area = card.form.is_editing and card.has_lines, card.area
        if card.tabs is not None:
            card.tabs.display = not card.form.is_editing
        card.editor.display = editing and (self.is_wide or area == "lines")
        card.form.display = not editing or self.is_wide or area == "header"
        card.set_class(card.form.is_editing and not self.is_wide, "-header")

    @property
    def is_wide(self) -> bool:
        """Whether both stand beside each other."""
        return self._card.app.size.width >= WIDE


class DocumentCard(KeyedCard):
    """One document."""

    CSS_PATH: ClassVar[str | PurePath | list[str | PurePath] | None] = ["card.tcss", "document.tcss"]
    AUTO_FOCUS = "Form"
    BINDINGS: ClassVar[list[BindingType]] = [
        *ISSUING,
        Binding("o", "next", N_("next document"), id="document.next"),
        Binding("m", "pay", N_("payment"), id="document.pay"),
        Binding("a", "accept", N_("accepted"), id="document.accept"),
        Binding("d", "decline", N_("declined"), id="document.decline"),
        Binding("N", "revise", N_("revise"), id="document.revise"),
        Binding("E", "correct", N_("correct"), id="document.correct"),
        Binding("S", "signed", N_("signed original"), id="document.signed"),
        Binding("greater_than_sign", "stage(1)", N_("stage on"), id="document.stage-on"),
        Binding("less_than_sign", "stage(-1)", N_("stage back"), show=False, id="document.stage-back"),
        Binding("right_curly_bracket", "chain(1)", N_("next of the chain"), show=False, id="document.chain-on"),
        Binding("left_curly_bracket", "chain(-1)", N_("chain back"), show=False, id="document.chain-back"),
        Binding("D", "open_deal", N_("its deal"), show=False, id="document.deal"),
        Binding("K", "copy", N_("copy as a draft"), show=False, id="document.copy"),
        Binding("C", "cancel", N_("cancel it"), id="document.cancel"),
        Binding("f6,ctrl+l", "swap_area", N_("header, lines"), priority=True, id="document.area"),
    ]

    def __init__(
        self, ref: RecordRef, *, preset: Any = None, then: Any = None, draft: Draft | None = None, edit: bool = False
    ) -> None:
        """``edit``: a draft that was just made is edited at once."""
        super().__init__(ref, preset=preset, then=then, draft=draft)
        stored = kind_of_document(ref.id)
        self.kind = stored if stored in KINDS_OF_DOCUMENT else "quote"
        self.look: DocumentLook | None = None
        """The document with its chain and what may be done, as soon as that is read."""
        self.area = "lines" if self.has_lines else "header"
        """What is edited: ``header`` or ``lines``."""
        self.lines_before: list[DraftLine] = []
        self._edit_at_once = edit
        self._saves_then = False
        self._room = DocumentRoom(self)
        self._saving = DocumentSaving(self)
        self.steps = DocumentSteps(self)
        self.editor: LineEditor

    @property
    def definition(self) -> CardDefinition:
        """The card of a document of this kind."""
        kind = KINDS_OF_DOCUMENT[self.kind]
        fields, also = header_of(self.kind), shown_of(self.kind)
        return replace(CARDS["document"], fields=fields, shown=also, permission=kind.permission)

    @property
    def has_lines(self) -> bool:
        """A payment has none."""
        return KINDS_OF_DOCUMENT[self.kind].has_lines

    @property
    def form(self) -> DocumentForm:
        """The header."""
        return cast(DocumentForm, super().form)

    def compose_body(self) -> ComposeResult:
        """Title, chain, header, lists, totals; the editor of lines comes into their place."""
        references = References(self.shell.gateway, candidates, partial(may_make, self.shell.actor))
        self._room.fit(self.app.size.width, self.app.size.height)
        definition = self.definition
        fields = (*definition.fields, *definition.shown)
        editable = [field.name for field in definition.fields]
        self._form = DocumentForm(fields, references, editable=editable, dense=True)
        self.tabs = CardTabs(self.ref)
        self.editor = LineEditor(self.ref.id, references)
        self.editor.details.has_cost = KINDS_OF_DOCUMENT[self.kind].side != "purchase"
        if (card := self.record.read_at_once()) is not None:
            self.version = card.version
            self._form.show(card.values, card.names)
        yield CardTitle()
        yield ChainLine()
        yield Static("", id="card-meanwhile", markup=False)
        with Container(id="card-body"):
            yield self._form
            yield self.tabs
            yield self.editor
        yield Static("", id="document-totals", markup=False)

    def on_mount(self) -> None:
        """Read the chain and what may be done."""
        self.look_again()

    # What it shows

    def look_again(self) -> None:
        """Read the document with its chain, and what may be done with it now."""
        work = partial(look_at, self.ref.id, self.shell.actor)
        self.shell.gateway.ask(self, "look", work, self._looked, self.record.not_read)

    def _looked(self, look: DocumentLook) -> None:
        self.look = look
        line = self.query_one(ChainLine)
        line.links, line.here = look.chain, self.ref.id
        if not self.form.is_editing:
            self.show_totals(look.shown.totals)
        self._show_title()
        self.refresh_bindings()
        if self._edit_at_once and self.record.card is not None:
            self._edit_at_once = False
            if EDIT in look.may:
                self.action_edit()

    def show_record(self, card: Card, *, first: bool) -> None:
        """The record changed: so may have its chain."""
        super().show_record(card, first=first)
        if not first:
            self.look_again()

    def show_totals(self, totals: Amounts | None, fault: str = "") -> None:
        """Say what it comes to, or why that is not known."""
        line = self.query_one("#document-totals", Static)
        if totals is None:
            line.update(Content(fault))
            return
        currency = self.look.shown.values.get("currency", "") if self.look is not None else ""
        net, vat, gross = (cell_text(value, "money", {}) for value in (totals.net, totals.vat, totals.gross))
        text = _("without VAT {net}   VAT {vat}   total {gross} {currency}")
        line.update(Content(text.format(net=net, vat=vat, gross=gross, currency=currency)))

    def _show_title(self) -> None:
        look = self.look
        code = "" if look is None else look.shown.state
        doing = _("editing") if self.form.is_editing else ""
        number = f"#{self.ref.id}" if look is None or not look.shown.number else look.shown.number
        stage = "" if look is None or not look.shown.stage else look.shown.stage
        client = "" if self.record.card is None else self.record.card.names.get("client", "")
        self.query_one(CardTitle).facts = TitleFacts(
            KINDS_OF_DOCUMENT[self.kind].title, f"{number}  {client}".strip(), DOCUMENT_STATES.get(code, code), code,
            stage or f"#{self.ref.id}", doing, self.record.card.files if self.record.card is not None else 0,
        )  # fmt: skip
        self._room.share()

    def on_records_changed(self, event: RecordsChanged) -> None:
        """A document of the chain, or its deal, may be another now; the handler of the card runs too."""
        if event.kinds & {"document", "deal", "document_line", "stage"} and not self._saving.is_busy:
            self.look_again()

    def on_chain_line_chosen(self, event: ChainLine.Chosen) -> None:
        """Show another document of the chain."""
        self._open(event.document)

    def action_chain(self, step: int) -> None:
        """Show the document after this one in the chain, or the one before."""
        other = self.query_one(ChainLine).beside(step)
        if other is None:
            self.notify(_("The chain ends here."), timeout=3)
        else:
            self._open(other)

    def _open(self, document: int) -> None:
        if document != self.ref.id and not self.form.is_editing:
            self.shell.open_record(RecordRef("document", document))

    def action_open_deal(self) -> None:
        """Show its deal."""
        if self.look is not None and self.look.deal is not None:
            self.shell.open_record(RecordRef("deal", self.look.deal))

    # Editing

    @property
    def _may_edit(self) -> bool:
        return self.look is not None and EDIT in self.look.may

    def _ask_about_draft(self) -> None:
        """What was typed and not saved is offered when it is known whether it still may be."""
        if self.look is None:
            work = partial(look_at, self.ref.id, self.shell.actor)
            self.shell.gateway.ask(self, "look first", work, self._first_look, self.record.not_read)
        else:
            super()._ask_about_draft()

    def _first_look(self, look: DocumentLook) -> None:
        self._looked(look)
        super()._ask_about_draft()

    def action_edit(self) -> None:
        """Edit the lines; the header first where nobody is named yet whom it is for."""
        if self.shell.gateway.is_asked(self, "look"):
            # The lines that are shown may be older than the version that was read: one would save over the newer.
            self._edit_at_once = True
            return
        named = self.look is not None and self.look.client is not None
        self.area = "lines" if self.has_lines and named else "header"
        super().action_edit()

    def _edit(self, base: Mapping[str, Any], names: Mapping[str, str], draft: Draft | None = None) -> None:
        super()._edit(base, names, draft)
        self.lines_before = [] if self.look is None else lines_of(self.look.shown.lines)
        lines = self.form.edit_lines(lines_of(self.look.shown.lines) if self.look is not None else [])
        self.editor.show(lines, includes_vat=bool(base.get("prices_include_vat", True)))
        self.show_area()

    def show_area(self, area: str = "") -> None:
        """Go on typing in the header or in the lines."""
        self.area = area or self.area
        self._room.share()
        if self.area == "lines":
            self.form.disabled = False
            # At once, not when there is time for it: the keys behind the one that began belong to the lines.
            self.set_focus(self.editor.grid, scroll_visible=False)
        else:
            self.form.enable()

    def ready_to_save(self) -> bool:
        """A cell that is being filled in is taken first; then saving goes on."""
        self._saves_then = self.editor.finish()
        return not self._saves_then

    def on_line_editor_changed(self) -> None:
        """What was being filled in was taken."""
        if self._saves_then:
            self._saves_then = False
            self.action_save()

    def rebase_lines(self, theirs: list[DraftLine], *, mine: bool) -> None:
        """Go on from the lines of a newer version, with mine or theirs."""
        self.lines_before = theirs
        kept = self.form.lines or []
        self.form.edit_lines([*theirs])
        if mine:
            self.form.lines = kept
        self.editor.show(self.form.lines or [], includes_vat=self.editor.includes_vat)

    def on_line_editor_totalled(self, event: LineEditor.Totalled) -> None:
        """The totals as one types."""
        if self.form.is_editing:
            self.show_totals(event.totals, event.fault)

    def action_swap_area(self) -> None:
        """From the header to the lines and back."""
        self.show_area("header" if self.area == "lines" else "lines")

    async def _stop_editing(self) -> None:
        await super()._stop_editing()
        self._room.share()
        self.look_again()
        if self.tabs is not None:
            self.tabs.table.focus()

    # Keys

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """What is not possible with the document as it stands is greyed."""
        look = self.look
        if self._form is None:
            return None
        if action == "swap_area":
            return self.form.is_editing and self.has_lines
        if action in (*_STEPS, "next", "pay", "chain", "open_deal"):
            if self.form.is_editing or look is None:
                return False
            return self._may_step(look, action) or None
        return super().check_action(action, parameters)

    @staticmethod
    def _may_step(look: DocumentLook, action: str) -> bool:
        match action:
            case "next":
                return bool(look.next_kinds)
            case "pay":
                return any(not KINDS_OF_DOCUMENT[kind].has_lines for kind in look.next_kinds)
            case "chain":
                return len(look.chain) > 1
            case "open_deal":
                return look.deal is not None
        return _STEPS[action] in look.may

    def on_refused(self, error: Exception) -> None:
        """Say in words why something is not possible."""
        if not isinstance(error, DomainError):
            raise error
        self.notify(str(error), severity="warning", timeout=15)
        self.look_again()

    def action_issue(self) -> None:
        """Give it its number: it no longer changes."""
        self.steps.issue()

    def action_accept(self) -> None:
        """The client accepts."""
        self.steps.accept()

    def action_decline(self) -> None:
        """The client declines; why?"""
        self.steps.decline()

    def action_cancel(self) -> None:
        """Cancel it with a reason."""
        self.steps.cancel()

    def action_revise(self) -> None:
        """Make its next revision."""
        self.steps.revise()

    def action_copy(self) -> None:
        """Make a draft of the same."""
        self.steps.copy()

    def action_next(self) -> None:
        """Make the next document from all or part of it."""
        self.steps.next()

    def action_pay(self) -> None:
        """Record a payment of it."""
        self.steps.pay()

    def action_correct(self) -> None:
        """Make a correcting document."""
        self.steps.correct()

    def action_signed(self) -> None:
        """Note whether the signed original is back."""
        self.steps.signed()

    def action_stage(self, step: int) -> None:
        """Move its deal to the next stage, or the one before."""
        self.steps.stage(step)
