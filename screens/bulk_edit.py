"""Setting a field of all marked records: which field, which value, are you sure, and what came of it."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from typing import TYPE_CHECKING, Any

from models.cards.bulk import BulkResult, fields_to_set, marked_ids, set_field
from models.cards.reading import candidates
from models.errors import DomainError
from models.fields import Field, read, written
from models.language import _, ngettext
from screens.kit.cells import cell_text
from screens.kit.dialogs import AskText, Confirm, PickOne, Tell
from screens.shell import shell_of

if TYPE_CHECKING:
    from screens.list_pane import ListPane

_MOST_CANDIDATES = 500


def repeat(pane: ListPane) -> None:
    """Do again what was last done to marked records, to those that are marked now."""
    if pane.last_bulk is None:
        pane.app.notify(_("There is nothing to repeat yet."), timeout=3)
    else:
        pane.last_bulk()


def begin(pane: ListPane) -> None:
    """Ask which field."""
    card = pane.card
    fields = () if card is None else fields_to_set(card, shell_of(pane).actor)
    if not fields:
        pane.app.notify(_("There is no field here that can be set on many records."), severity="warning")
        return
    title = _("Set a field of the marked records")
    choices = [(field, _(field.title)) for field in fields]
    pane.app.push_screen(PickOne[Field](title, choices), partial(_ask_value, pane))


def _ask_value(pane: ListPane, field: Field | None) -> None:
    """Ask for its value, in the way of its kind."""
    if field is None:
        return
    if field.kind == "flag":
        _pick(pane, field, [(True, _("yes")), (False, _("no"))])
    elif field.choices and field.kind == "choice":
        _pick(pane, field, [(code, _(title)) for code, title in field.choices.items()])
    elif field.kind == "reference":
        work = partial(candidates, field.reference, "", _MOST_CANDIDATES)
        shell_of(pane).gateway.ask(pane, "candidates", work, partial(_pick_record, pane, field), partial(_failed, pane))
    else:
        _ask_text(pane, field)


def _pick(pane: ListPane, field: Field, choices: list[tuple[Any, str]]) -> None:
    def picked(place: int | None) -> None:
        if place is not None:
            _confirm(pane, field, choices[place][0], choices[place][1])

    numbered = [(place, text) for place, (_value, text) in enumerate(choices)]
    pane.app.push_screen(PickOne[int](_(field.title), numbered), picked)


def _pick_record(pane: ListPane, field: Field, found: list[tuple[int, str, str]]) -> None:
    _pick(pane, field, [(None, _("(none)")), *((record_id, name) for record_id, name, _note in found)])


def _ask_text(pane: ListPane, field: Field) -> None:
    prompt = _("Added to those that are there; several with commas between.") if field.kind == "texts" else ""

    def typed(text: str | None) -> None:
        if text is not None:
            value = read(field, text)
            _confirm(pane, field, value, written(field, value) or _("(empty)"))

    pane.app.push_screen(AskText(_(field.title), prompt, check=partial(read, field)), typed)


def _confirm(pane: ListPane, field: Field, value: Any, words: str) -> None:
    """Ask once more, with the number of records and what will stand in them."""
    number = pane.table.marks.number(pane.table.total)
    shown = _("all") if number is None else cell_text(number, "integer", {})
    question = _("{field}: “{value}” in {number} records?").format(field=_(field.title), value=words, number=shown)

    def answered(yes: bool | None) -> None:
        if yes:
            pane.last_bulk = partial(_confirm, pane, field, value, words)
            _run(pane, field, value)

    pane.app.push_screen(Confirm(_("Set a field of the marked records"), question), answered)


def _run(pane: ListPane, field: Field, value: Any) -> None:
    marks, listing = pane.table.marks, pane.listing
    actor, kind = shell_of(pane).actor, pane.definition.kind
    say = _reporter(pane)

    def work() -> BulkResult:
        ids = list(marked_ids(listing, marks.__contains__)) if marks.all_but else sorted(marks.ids)
        return set_field(actor, kind, ids, field.name, value, say)

    shell_of(pane).gateway.write(pane, work, partial(_done, pane), partial(_failed, pane))


def _reporter(pane: ListPane) -> Callable[[int], None]:
    """Says from the writing thread how many records are done."""

    def say(number: int) -> None:
        pane.call_later(pane.say, _("{number} done …").format(number=cell_text(number, "integer", {})))

    return say


def _done(pane: ListPane, result: BulkResult) -> None:
    pane.say("")
    lines = [ngettext("{number} record changed.", "{number} records changed.", result.changed)]
    if result.unchanged:
        lines.append(ngettext("{unchanged} was so already.", "{unchanged} were so already.", result.unchanged))
    if result.refused:
        lines.append(ngettext("{refused} was refused:", "{refused} were refused:", result.refused))
    counts = {"number": result.changed, "unchanged": result.unchanged, "refused": result.refused}
    text = "\n".join([*(line.format(**counts) for line in lines), *result.reasons])
    if result.refused:
        pane.app.push_screen(Tell(_("Set a field of the marked records"), text))
    else:
        pane.app.notify(text, timeout=5)
    pane.table.refresh_rows()


def _failed(pane: ListPane, error: Exception) -> None:
    pane.say("")
    if not isinstance(error, DomainError):
        raise error
    pane.app.notify(str(error), severity="warning", timeout=15)
