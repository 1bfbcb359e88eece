"""Saving a draft: header and lines in one step, with the difference shown, and the lines too where two changed them."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from functools import partial
from typing import TYPE_CHECKING, Any

from models.cards.reading import Card, read_card
from models.errors import Conflict
from models.language import _
from models.sales.document_look import save_draft
from models.sales.document_queries import lines_shown
from screens.card_saving import Saving, differences, sides
from screens.document_form import LINES
from screens.draft_lines import DraftLine, lines_of, said, values_of
from screens.kit.comparison import Side
from screens.kit.conflict import ConflictView
from screens.kit.difference import Difference, FieldDifference

if TYPE_CHECKING:
    from screens.document import DocumentCard


class DocumentSaving(Saving):
    """A draft's way from what is typed to what is stored."""

    def __init__(self, card: DocumentCard) -> None:
        super().__init__(card)
        self._document = card

    def begin(self) -> None:
        """Check what is typed and show what will change."""
        card = self._document
        if self.is_busy or card.form.entries is None or not card.ready_to_save():
            return
        changes = card.form.changes()
        if changes is None:
            card.show_area("header")
            return
        lines = card.form.lines_changed()
        if not changes and lines is None:
            card.notify(_("Nothing was changed."))
            card.leave_editing()
            return
        shown = differences(card.form.entries, changes, new=False)
        if lines is not None:
            shown += line_differences(card.lines_before, card.form.lines or [])
        dialog = Difference(_("Save these changes?"), shown)
        card.app.push_screen(dialog, partial(self._confirmed, changes))

    def _write(self, changes: Mapping[str, Any]) -> None:
        card, entries = self._document, self._document.form.entries
        assert entries is not None
        self.is_busy = True
        lines, base = card.form.lines_changed(), dict(entries.base)
        work = partial(save_draft, card.shell.actor, card.ref.id, card.version, dict(changes), base, lines)
        card.shell.gateway.write(card, work, self._saved, partial(self._refused, changes))

    def _answered(self) -> None:
        self.is_busy = False
        self._document.show_area()

    def _refused(self, changes: Mapping[str, Any], error: Exception) -> None:
        if not isinstance(error, Conflict):
            super()._refused(changes, error)
            return
        card = self._document
        work = partial(_newer, card.ref.id)
        newer = partial(self._show_both, changes, error.their_operator)
        card.shell.gateway.ask(card, "newer", work, newer, partial(super()._refused, changes))

    def _show_both(
        self, changes: Mapping[str, Any], operator: str, newer: tuple[Card, Sequence[DraftLine]]
    ) -> None:  # fmt: skip
        self._answered()
        card, (theirs, their_lines) = self._document, newer
        if card.form.entries is None:
            return
        found = sides(card.form.entries, changes, theirs)
        texts = [_said(lines) for lines in (card.lines_before, card.form.lines or [], their_lines)]
        if texts[1] != texts[0] or texts[2] != texts[0]:
            found.append(Side(LINES, _("Lines"), *texts))
        card.app.push_screen(ConflictView(operator, found), partial(self._decided_both, newer))

    def _decided_both(self, newer: tuple[Card, Sequence[DraftLine]], choices: dict[str, str] | None) -> None:
        """Go on from the newer version with what is to stay of mine, and save again."""
        if choices is None:
            return
        card, (theirs, their_lines) = self._document, newer
        mine = [name for name, side in choices.items() if side == "mine"]
        card.form.rebase(theirs.values, theirs.names, mine)
        card.rebase_lines(list(their_lines), mine=LINES in mine)
        card.rebased(theirs.version)
        changes = card.form.changes()
        if changes or (changes is not None and card.form.lines_changed() is not None):
            self._write(changes)
        elif changes is not None:
            card.notify(_("Nothing of yours is left to save."))
            card.saved()


def _newer(document: int) -> tuple[Card, Sequence[DraftLine]]:
    return read_card("document", document), lines_of(lines_shown(document))


def _said(lines: Sequence[DraftLine]) -> str:
    return "\n".join(f"{number}. {said(line)}" for number, line in enumerate(lines, 1))


def line_differences(before: Sequence[DraftLine], after: Sequence[DraftLine]) -> list[FieldDifference]:
    """What will change of the lines, a difference for each line; their order last, where that is all."""
    old = {line.values.get("id"): said(line) for line in before}
    new = [(line.values.get("id"), said(line)) for line in after]
    found = []
    for number, (line_id, text) in enumerate(new, 1):
        was = old.pop(line_id, "") if line_id else ""
        if was != text:
            found.append(FieldDifference(_("Line {number}").format(number=number), was, text))
    found += [FieldDifference(_("Line taken out"), text, "") for text in old.values()]
    if not found and values_of(before) != values_of(after):
        found.append(FieldDifference(_("Lines"), _said(before), _said(after)))
    return found
