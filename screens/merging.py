"""Merging two clients: picking the other, looking at both field by field, seeing what goes over, and doing it."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from functools import partial
from typing import TYPE_CHECKING, ClassVar, TypeVar

from textual.binding import Binding, BindingType

from models.cards.making import names_of
from models.cards.reading import candidates
from models.clients.actions import client_values
from models.clients.duplicates import Typed, likely_duplicates
from models.clients.merging import merge_clients
from models.clients.tables import Client
from models.clients.twins import OTHER, SURVIVOR, Twins, read_twins
from models.errors import DomainError
from models.fields import Field
from models.language import N_, _
from models.writing import get
from screens.kit.cells import cell_text
from screens.kit.comparison import Comparison, Side, SideWords
from screens.kit.field_line import label_of_field
from screens.kit.form_entries import value_text
from screens.kit.record_picker import RecordPicker
from screens.shell import shell_of

if TYPE_CHECKING:
    from textual.widget import Widget

    from screens.kit.reference_input import Candidate

Answer = TypeVar("Answer")
_KIND = "client"


@dataclass(frozen=True, slots=True)
class Compared:
    """Two clients, and the names of what their references point to."""

    twins: Twins
    names: Mapping[str, str]
    other_names: Mapping[str, str]

    def about(self) -> str:
        """Which of the two stays, and what goes over to it."""
        twins = self.twins
        lines = [
            _("Stays: {name} #{id}").format(name=twins.survivor["name"], id=twins.survivor_id),
            _("Is merged into it: {name} #{id}").format(name=twins.other["name"], id=twins.other_id),
        ]
        moves = ", ".join(f"{_(title)}: {cell_text(count, 'integer', {})}" for title, count in twins.moves)
        lines.append(_("Goes over: {moves}").format(moves=moves or _("nothing")))
        return "\n".join(lines)

    def sides(self) -> list[Side]:
        """The fields that somebody may choose, and those that are filled."""
        return [self._side(field) for field in (*self.twins.contested(), *self.twins.filled())]

    def _side(self, field: Field) -> Side:
        mine = value_text(field, self.twins.survivor[field.name], self.names.get(field.name, ""))
        theirs = value_text(field, self.twins.other[field.name], self.other_names.get(field.name, ""))
        return Side(field.name, label_of_field(field), "", mine, theirs, usual="mine")


class MergeView(Comparison):
    """Both clients; enter merges them, ``x`` lets the other one stay."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("enter,ctrl+s", "save", N_("merge"), id="merge.save"),
        Binding("m,left", "take('mine')", N_("keep"), id="merge.mine"),
        Binding("t,right", "take('theirs')", N_("take the other's"), id="merge.theirs"),
        Binding("x", "exchange", N_("let the other one stay"), id="merge.exchange"),
        Binding("M", "take_all('mine')", N_("keep all"), show=False, id="merge.all-mine"),
        Binding("T", "take_all('theirs')", N_("take all of the other's"), show=False, id="merge.all-theirs"),
    ]

    def __init__(self, compared: Compared) -> None:
        words = SideWords(_("stays"), _("the other"))
        super().__init__(_("Merge two clients"), compared.about(), compared.sides(), words)
        self.is_exchanged = False

    def action_exchange(self) -> None:
        """The other one is to stay."""
        self.is_exchanged = True
        self.dismiss(None)


class Merging:
    """One merge, asked for on a screen or list; ``then`` gets the ids of the one that stayed and of the other."""

    def __init__(self, asker: Widget, then: Callable[[int, int], object]) -> None:
        self._asker = asker
        self._then = then

    def begin(self, client_id: int) -> None:
        """Ask with which other client this one is to be merged."""
        self._ask(partial(_likely_others, client_id), partial(self._pick, client_id))

    def _pick(self, client_id: int, likely: Sequence[Candidate]) -> None:
        find = partial(_others, client_id)
        prompt = _("The other record of the same company:")
        dialog = RecordPicker(_("Merge with"), shell_of(self._asker).gateway, find, prompt=prompt, first=likely)
        self._asker.app.push_screen(dialog, partial(self._picked, client_id))

    def _picked(self, client_id: int, other: Candidate | None) -> None:
        if other is not None:
            self.compare(client_id, other[0])

    def compare(self, survivor_id: int, other_id: int) -> None:
        """Show the two beside each other."""
        self._ask(partial(_compared, survivor_id, other_id), self._show)

    def _show(self, compared: Compared) -> None:
        view = MergeView(compared)
        self._asker.app.push_screen(view, partial(self._decided, view, compared.twins))

    def _decided(self, view: MergeView, twins: Twins, chosen: dict[str, str] | None) -> None:
        if view.is_exchanged:
            self.compare(twins.other_id, twins.survivor_id)
        elif chosen is not None:
            choices = {name: OTHER if side == "theirs" else SURVIVOR for name, side in chosen.items()}
            ids = (twins.survivor_id, twins.other_id)
            work = partial(merge_clients, shell_of(self._asker).actor, *ids, choices, twins.versions)
            shell_of(self._asker).gateway.write(self._asker, work, partial(self._done, *ids), self._failed)

    def _done(self, survivor_id: int, other_id: int, _nothing: None) -> None:
        self._asker.notify(_("Merged. u takes it back."))
        self._then(survivor_id, other_id)

    def _ask(self, work: Callable[[], Answer], deliver: Callable[[Answer], object]) -> None:
        shell_of(self._asker).gateway.ask(self._asker, "merge", work, deliver, self._failed)

    def _failed(self, error: Exception) -> None:
        if not isinstance(error, DomainError):
            raise error
        self._asker.notify(str(error), severity="warning", timeout=15)


def _compared(survivor_id: int, other_id: int) -> Compared:
    twins = read_twins(survivor_id, other_id)
    return Compared(twins, names_of(_KIND, twins.survivor), names_of(_KIND, twins.other))


def _others(client_id: int, text: str) -> list[Candidate]:
    return [found for found in candidates(_KIND, text) if found[0] != client_id]


def _likely_others(client_id: int) -> list[Candidate]:
    """The clients that are likely the same, by all that is known of this one."""
    values = client_values(get(Client, client_id))
    typed = Typed(
        values["name"], values["inn"], values["kpp"], "\n".join(values["phones"]), "\n".join(values["emails"]),
        values["website"],
    )  # fmt: skip
    return [
        (likely.id, likely.name, f"#{likely.id}  {likely.why()}")
        for likely in likely_duplicates(typed, client_id, limit=10)
    ]
